"""Is it the same matter (同一事项)? What a new call and an earlier case have in common, weighed into a score with its reasons.

Who counts first: the same account, meter or phone. A customer who moved house (搬家) is known by the phone though the account
differs. Neighbours tell of one fault (同一故障) if they hang on one area, lack the same thing and call within hours; two single
households without power don't. Another category lowers the score but doesn't exclude: the second agent may have chosen it
wrongly. What is open is urged or joined, what is closed is a repeat (重复致电), what got its final answer is listened to.
Sources: REFERENCE §2.6 (definition U: window and count are policies), CN105335496B (similar meaning); weights are Longzhong's (U).
"""

from dataclasses import dataclass, field
from enum import StrEnum

WHO, PHONE_ONLY, BOTH = 0.45, 0.40, 0.05
FAULT = 0.50
SAME_ITEM, SAME_TOPIC, SAME_CLASS, SAME_TYPE = 0.30, 0.25, 0.20, 0.10
MEANING, AGAINST = 0.30, 0.12
ALIKE, UNLIKE = 0.35, 0.10  # from which likeness the words speak for it, and below which against

OUTAGE = (
    "repair.hv",
    "repair.lv",
    "enquiry.outage",
    "complaint.outage",
    "opinion.outage",
    "complaint.quality.frequent",
)
VOLTAGE = ("repair.quality", "complaint.quality.voltage", "opinion.quality.voltage")
ONE_HOUSE = ("repair.lv.single_out", "repair.lv.box", "repair.lv.phase_lost")


@dataclass(frozen=True)
class SameLimits:
    """Policies `repeat.*`: days in which a closed matter told again is a repeat, hours in which neighbours tell of one fault,
    and the score from which the pair is offered.
    """

    window_d: int = 30
    merge_h: float = 24.0
    offer_at: float = 0.60


class Ending(StrEnum):
    """Where the earlier case stands, as far as it matters here."""

    OPEN = "open"
    CLOSED = "closed"
    FINAL = "final"


class Decision(StrEnum):
    """MERGE: one matter, now. LINK: told before, and again. NONE: two matters."""

    MERGE = "merge"
    LINK = "link"
    NONE = "none"


class Offer(StrEnum):
    """What the agent is offered to do."""

    JOIN = "join"
    URGE = "urge"
    REPEAT = "repeat"
    LISTEN = "listen"
    NONE = ""


OFFER_LABELS = {
    Offer.JOIN: "并入主单（同一故障，各自回访）",
    Offer.URGE: "按催办登记",
    Offer.REPEAT: "立新单并关联为重复致电",
    Offer.LISTEN: "倾听留存（已最终答复，不再立单）",
    Offer.NONE: "",
}


@dataclass(frozen=True)
class Pair:
    """What two callings have in common. `account`: None if either is unknown. `alike`: likeness of the words 0..1, None
    if either said nothing. `hours`: between them, never negative.
    """

    account: bool | None = None
    phone: bool = False
    meter: bool = False
    area: bool = False
    code: str = ""
    earlier_code: str = ""
    alike: float | None = None
    hours: float = 0.0
    ending: Ending = Ending.OPEN


@dataclass(frozen=True)
class Verdict:
    """The score 0..1, why in words, and what follows."""

    score: float
    reasons: tuple[str, ...] = field(default_factory=tuple)
    decision: Decision = Decision.NONE
    offer: Offer = Offer.NONE


def same_matter(pair: Pair, limits: SameLimits) -> Verdict:
    """Weigh a pair."""
    mine = bool(pair.account) or pair.phone or pair.meter
    fault = _one_fault(pair, limits)
    if not mine and not fault:
        return Verdict(0.0, (_strangers(pair),))
    if not fault and pair.ending is Ending.CLOSED and pair.hours > limits.window_d * 24:
        return Verdict(0.0, (f"上一件已超过 {limits.window_d} 天，不算重复",))
    parts = (_who(pair), _where(limits, fault), _what(pair), _meaning(pair), (0.0, _standing(pair)))
    who, where, *others = parts
    score = round(min(1.0, max(who[0], where[0]) + sum(part[0] for part in others)), 3)
    reasons = tuple(words for _points, words in parts if words)
    decision, offer = _follows(pair, mine) if score >= limits.offer_at else (Decision.NONE, Offer.NONE)
    return Verdict(score, reasons, decision, offer)


def topic(code: str) -> str:
    """What is lacking, whatever the type is called: "outage", "voltage", or "" for matters that aren't of the supply."""
    for name, prefixes in (("outage", OUTAGE), ("voltage", VOLTAGE)):
        if any(code == prefix or code.startswith(f"{prefix}.") for prefix in prefixes):
            return name
    return ""


def _one_fault(pair: Pair, limits: SameLimits) -> bool:
    """Whether neighbours tell of one fault."""
    lacking = topic(pair.code)
    alone = pair.code in ONE_HOUSE and pair.earlier_code in ONE_HOUSE
    open_now = pair.area and pair.ending is Ending.OPEN and pair.hours <= limits.merge_h
    return open_now and bool(lacking) and lacking == topic(pair.earlier_code) and not alone


def _strangers(pair: Pair) -> str:
    return "同一台区，但不是同一客户，也不是同一时段的同类故障" if pair.area else "户号、电话、电表都不同"


def _who(pair: Pair) -> tuple[float, str]:
    if pair.account or pair.meter:
        points = WHO + (BOTH if pair.phone else 0.0)
        return points, "、".join(
            word
            for held, word in ((pair.account, "同一户号"), (pair.meter, "同一电表"), (pair.phone, "同一来电号码"))
            if held
        )
    if pair.phone:
        return PHONE_ONLY, "同一来电号码，户号不同（可能已搬家）" if pair.account is False else "同一来电号码"
    return 0.0, ""


def _where(limits: SameLimits, fault: bool) -> tuple[float, str]:
    if not fault:
        return 0.0, ""
    return FAULT, f"同一台区，{limits.merge_h:g} 小时内报同类问题"


def _what(pair: Pair) -> tuple[float, str]:
    if not pair.code or not pair.earlier_code:
        return 0.0, ""
    if pair.code == pair.earlier_code:
        return SAME_ITEM, "业务分类相同"
    if topic(pair.code) and topic(pair.code) == topic(pair.earlier_code):
        return SAME_TOPIC, "都是停电问题" if topic(pair.code) == "outage" else "都是电压问题"
    if pair.code.split(".")[:2] == pair.earlier_code.split(".")[:2]:
        return SAME_CLASS, "业务小类相同"
    if pair.code.split(".")[0] == pair.earlier_code.split(".")[0]:
        return SAME_TYPE, "业务类型相同，细类不同"
    return 0.0, "业务分类不同，得分降低"


def _meaning(pair: Pair) -> tuple[float, str]:
    if pair.alike is None:
        return 0.0, ""
    share = f"{pair.alike:.0%}"
    if pair.alike >= ALIKE:
        return MEANING * pair.alike, f"描述相近（{share}）"
    if pair.alike < UNLIKE:
        return -AGAINST * (UNLIKE - pair.alike) / UNLIKE, f"描述不同（{share}），得分降低"
    return MEANING * pair.alike, ""


def _standing(pair: Pair) -> str:
    if pair.ending is Ending.FINAL:
        return "上一件已最终答复"
    if pair.ending is Ending.OPEN:
        return "上一件尚未办结"
    return f"上一件已归档，距今 {pair.hours / 24:.0f} 天"


def _follows(pair: Pair, mine: bool) -> tuple[Decision, Offer]:
    if pair.ending is Ending.FINAL:
        return Decision.LINK, Offer.LISTEN
    if pair.ending is Ending.CLOSED:
        return Decision.LINK, Offer.REPEAT
    return Decision.MERGE, Offer.URGE if mine else Offer.JOIN
