"""What is given: a telling, the fields of an errand's step, a partners' group; and the values of a template's places."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from longzhong.register.org.rules import CST
from longzhong.sensing.announcements.rules.words import Audience, Tale
from longzhong.sensing.outages.rules import Kind

LINE, REASON, WHERE = 40, 30, 40  # the longest values in characters; the shipped templates declare the same


@dataclass(frozen=True, kw_only=True)
class NewTelling:
    """Tell `tale` of an outage to these audiences; `only_new`: only accounts that were sent nothing about it yet."""

    outage_id: int
    tale: Tale
    audiences: tuple[Audience, ...]
    channels: tuple[str, ...] = ()
    only_new: bool = False


@dataclass(frozen=True)
class Given:
    """The fields of a step; each verb reads its own. `moment` None: now."""

    receipt: str = ""
    note: str = ""
    reason: str = ""
    moment: datetime | None = None
    owner_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class NewGroup:
    """A partner's group chat and its robot's key; `estate` "" stands for the whole unit, an empty key keeps the known one."""

    name: str
    unit_id: int
    estate: str = ""
    robot: str = ""


@dataclass(frozen=True)
class Facts:
    """What a telling says, as it stood when it was made."""

    kind: Kind
    title: str
    reason: str
    starts_at: datetime
    ends_at: datetime | None


def template_code(tale: Tale, kind: str) -> str:
    """The shipped template of what is told."""
    if tale is Tale.PLAN:
        return "outage_planned" if kind == Kind.PLANNED else "outage_temporary"
    return {
        Tale.CHANGE: "outage_change", Tale.POSTPONE: "outage_postponed", Tale.DELAY: "outage_delay", Tale.FAULT: "outage_fault",
        Tale.RESTORED: "outage_restored", Tale.CANCELLED: "outage_cancelled",
    }[tale]  # fmt: skip


def values(facts: Facts) -> dict[str, str]:
    """The values that all recipients share: line, reason, start and end in the words of a message."""
    return {
        "line": cut(facts.title, LINE), "reason": cut(facts.reason, REASON), "start": moment(facts.starts_at),
        "end": moment(facts.ends_at) if facts.ends_at else "待定",
    }  # fmt: skip


def known(wanted: Mapping[str, str], names: frozenset[str]) -> dict[str, str]:
    """Those of the values that a template has a place for."""
    return {name: value for name, value in wanted.items() if name in names}


def moment(at: datetime) -> str:
    """3月5日08:00, in the county's time."""
    local = at.astimezone(CST)
    return f"{local.month}月{local.day}日{local:%H:%M}"


def cut(text: str, most: int) -> str:
    """A text that fits a template's place."""
    plain = text.replace("{", "（").replace("}", "）").strip() or "—"
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"
