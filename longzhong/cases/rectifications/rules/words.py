"""The words of rectification forms: orders of signing, parts, measures, re-visits; what a person gave for a step."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Order(StrEnum):
    """How the parts are signed (会签方式): one after the other, or all at once."""

    ORDERED = "ordered"
    PARALLEL = "parallel"


class Resign(StrEnum):
    """Who signs again after a refusal was mended: everybody, or whoever hasn't signed (a policy kept as at submission)."""

    ALL = "all"
    REFUSER = "refuser"


class Sign(StrEnum):
    """One part of one round: its turn hasn't come, waits for a signature, signed, refused, or fallen away."""

    LATER = "later"
    WAITING = "waiting"
    SIGNED = "signed"
    REFUSED = "refused"
    DROPPED = "dropped"


class Proof(StrEnum):
    """A measure: to be done, proved by its owner, or returned as weak and to be done again."""

    OPEN = "open"
    PROVED = "proved"
    RETURNED = "returned"


class Visit(StrEnum):
    """What a re-visit (整改回访, S3-08) found; dropped: the form ended before."""

    DUE = "due"
    KEPT = "kept"
    SLIPPED = "slipped"
    DROPPED = "dropped"


ORDER_LABELS = {Order.PARALLEL: "同时会签", Order.ORDERED: "按顺序会签"}
RESIGN_LABELS = {Resign.ALL: "全部重新签", Resign.REFUSER: "只由未签的重新签"}
SIGN_LABELS = {
    Sign.LATER: "未轮到",
    Sign.WAITING: "待签",
    Sign.SIGNED: "已签",
    Sign.REFUSED: "不同意",
    Sign.DROPPED: "本轮作废",
}
PROOF_LABELS = {Proof.OPEN: "整改中", Proof.PROVED: "已举证", Proof.RETURNED: "退回补证"}
VISIT_LABELS = {
    Visit.DUE: "待回访",
    Visit.KEPT: "整改保持良好",
    Visit.SLIPPED: "有反弹",
    Visit.DROPPED: "随整改结束",
}
FOUND = (Visit.KEPT, Visit.SLIPPED)
UNPROVED = (Proof.OPEN, Proof.RETURNED)
PENDING = (Sign.LATER, Sign.WAITING)
MOST_PARTS = 6
DEPUTY_MARK = "代"


@dataclass(frozen=True)
class Part:
    """Who has to sign: whoever acts in this role of this unit on the day."""

    unit_id: int
    role: str


@dataclass(frozen=True)
class Given:
    """What a person gave for a step; only what the step needs is read. `number` is a measure, a part or a re-visit."""

    text: str = ""
    cause: str = ""
    aim: str = ""
    reason: str = ""
    number: int | None = None
    staff_id: int | None = None
    due_on: date | None = None
    from_on: date | None = None
    found: str = ""
    order: str = ""
    parts: tuple[Part, ...] = ()
