"""Did it work? (成效): the result against the baseline, with what chance alone could do.

An interval of the ratio of the daily rates that holds 1 shows no effect yet: 没有显著变化, whatever the percentages say.
"""

from enum import StrEnum

from longzhong.cases.complaints.rules.intervals import Interval


class Effect(StrEnum):
    LESS = "less"
    SAME = "same"
    MORE = "more"
    UNKNOWN = "unknown"


EFFECT_LABELS = {
    Effect.LESS: "显著下降",
    Effect.SAME: "没有显著变化",
    Effect.MORE: "显著上升",
    Effect.UNKNOWN: "还没有可比的件数",
}


def effect_of(found: Interval | None) -> Effect:
    """What the ratio of two rates shows."""
    if found is None:
        return Effect.UNKNOWN
    return Effect.LESS if found.high < 1 else Effect.MORE if found.low > 1 else Effect.SAME


def reached(found: Interval | None, target_pct: float) -> bool | None:
    """Whether the rate fell by the target; None without anything to compare."""
    return None if found is None else found.value <= 1 - target_pct / 100
