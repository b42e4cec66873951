"""Did it work? (成效): the result against the baseline, with what chance alone could do, and with what else could have done it.

An interval of the ratio of the daily rates that holds 1 shows no effect yet: 没有显著变化, whatever the percentages say. And a
fall that chance can't explain needn't be the campaign's: what is put right because it stood high falls by itself (均值回归), and a
season ends.
"""

from dataclasses import dataclass
from datetime import date
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


class Doubt(StrEnum):
    """Why a change may be none of the campaign's doing, or can't be told."""

    PEAK = "peak"
    SEASON = "season"
    SMALL = "small"
    YOUNG = "young"
    COMMON = "common"


DOUBT_LABELS = {
    Doubt.PEAK: "基线取自整治之前：因为投诉多才整治，即使什么都不做也往往会回落（均值回归），降幅会被高估。",
    Doubt.SEASON: "基线与整治期不在同一季节（迎峰度夏、雷雨、春节等），升降可能只是季节变化；可与上年同期再比。",
    Doubt.SMALL: "基线和整治期加起来件数很少，区间很宽，只有很大的变化才看得出来。",
    Doubt.YOUNG: "系统里最早的投诉晚于基线开始，基线可能不全，升幅会被高估。",
    Doubt.COMMON: "同期同范围的其他投诉也同样变化，与它们相比看不出整治的作用。",
}


@dataclass(frozen=True)
class Grounds:
    """What a comparison rests on. `other`: the rate of all other complaints of the same units over the same days; `since`: the
    day of the first complaint ever kept; `least`: fewer complaints in both spans together are said to be few (policy).
    """

    before: bool
    events: int
    base_from: date
    since: date | None
    rate: Interval | None
    other: Interval | None
    least: int = 20


def doubts(on: Grounds) -> tuple[Doubt, ...]:
    """What has to be said beside an effect, the weightiest first."""
    effect = effect_of(on.rate)
    common = on.rate is not None and on.other is not None and effect in (Effect.LESS, Effect.MORE)
    holds = {
        Doubt.YOUNG: on.since is None or on.since > on.base_from,
        Doubt.PEAK: on.before,
        Doubt.SEASON: on.before,
        Doubt.COMMON: common and effect_of(on.other) is effect and _overlap(on.rate, on.other),
        Doubt.SMALL: on.events < on.least,
    }
    return tuple(one for one, says in holds.items() if says)


def _overlap(one: Interval | None, other: Interval | None) -> bool:
    return one is not None and other is not None and one.low <= other.high and other.low <= one.high


def effect_of(found: Interval | None) -> Effect:
    """What the ratio of two rates shows."""
    if found is None:
        return Effect.UNKNOWN
    return Effect.LESS if found.high < 1 else Effect.MORE if found.low > 1 else Effect.SAME


class Reached(StrEnum):
    """Where a campaign stands against its target."""

    UNKNOWN = "unknown"
    NO = "no"
    CHANCE = "chance"
    YES = "yes"


REACHED_LABELS = {
    Reached.UNKNOWN: "还不能判断",
    Reached.NO: "未达到",
    Reached.CHANCE: "数字上达到，但与偶然波动分不开",
    Reached.YES: "已达到",
}


def reached(found: Interval | None, target_pct: float) -> Reached:
    """Whether the rate fell by the target, and whether that it fell at all is more than chance."""
    if found is None:
        return Reached.UNKNOWN
    if found.value > 1 - target_pct / 100:
        return Reached.NO
    return Reached.YES if effect_of(found) is Effect.LESS else Reached.CHANCE
