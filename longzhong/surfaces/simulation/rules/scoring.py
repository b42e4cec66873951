"""How well the county was watched (查全率与查准率): what was found against the truth table, and why something wasn't.

A fault of the grid counts as found by an alert of its area and kind, a meter's by an alert that names the meter.
Every miss and every alert beyond the table is explained from the physics: levels without noise, limits and
persistence in force; nothing is written by hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from longzhong.surfaces.simulation.rules.faults import FAULT_NAMES, FOUND_AS, GRID_KINDS, Fault, FaultKind
from longzhong.surfaces.simulation.rules.levels import THRESHOLDS


@dataclass(frozen=True, slots=True)
class Seen:
    """An alert: area and customer (-1: the area's own meter, or no meter) of the plan, kind, first and last day."""

    area: int
    customer: int
    kind: str
    first_on: date
    last_on: date
    quality: bool


@dataclass(frozen=True, slots=True)
class Truth:
    """What the physics says. level[kind][area] by day (None: not simulated), beyond likewise; silent: meters without
    data for hours.
    """

    level: Mapping[str, Mapping[int, Mapping[date, float]]]
    beyond: Mapping[str, Mapping[int, frozenset[date]]]
    broken: Mapping[int, frozenset[date]]
    silent: Mapping[tuple[int, int], frozenset[date]]
    mended: Mapping[int, frozenset[date]]
    warmest: float


@dataclass(frozen=True, slots=True)
class Need:
    """Persistence in force: days of the window that must be abnormal, for the grid and for meters."""

    grid_days: int
    meter_days: int
    window: int


@dataclass(frozen=True, slots=True)
class Miss:
    """A fault that raised no alert, and why: a code with the figures that prove it."""

    fault: Fault
    why: str
    facts: Mapping[str, float]


@dataclass(slots=True)
class Score:
    """One kind: injected, found; alerts of the kind, those that the table names, those that the physics confirms, the rest."""

    kind: str
    name: str
    injected: int = 0
    visible: int = 0
    found: int = 0
    alerts: int = 0
    true: int = 0
    side_effects: int = 0
    false: int = 0
    days_to_alert: list[int] = field(default_factory=list)

    @property
    def recall(self) -> float | None:
        return self.found / self.injected if self.injected else None

    @property
    def recall_visible(self) -> float | None:
        """Of the faults that the physics showed for long enough."""
        return self.found / self.visible if self.visible else None

    @property
    def precision(self) -> float | None:
        """Against the table alone."""
        return self.true / self.alerts if self.alerts else None

    @property
    def precision_physical(self) -> float | None:
        """Against what was physically so, side effects included."""
        return (self.true + self.side_effects) / self.alerts if self.alerts else None


def names(fault: Fault, seen: Seen) -> bool:
    """Whether an alert speaks of a fault."""
    if seen.area != fault.area or seen.kind not in FOUND_AS[fault.kind] or seen.last_on < fault.from_day:
        return False
    return fault.kind in GRID_KINDS or seen.customer == fault.customer or fault.kind is FaultKind.TERMINAL


def most_in_window(days: Sequence[date], window: int) -> int:
    """The most of these days that any window of so many days holds."""
    return max((sum(day <= other < day + timedelta(days=window) for other in days) for day in days), default=0)


def days_shown(fault: Fault, truth: Truth, last: date) -> list[date]:
    """Days on which a perfect observer would have seen the fault."""
    if fault.kind in GRID_KINDS:
        some = frozenset[date]().union(
            *(truth.beyond[kind].get(fault.area, frozenset()) for kind in FOUND_AS[fault.kind])
        )
    else:
        some = truth.broken.get(fault.number, frozenset())
    return sorted(day for day in some if fault.from_day <= day <= last)


def explain(fault: Fault, truth: Truth, need: Need, last: date) -> Miss:
    """Why a fault raised no alert."""
    shown = days_shown(fault, truth, last)
    needed = need.grid_days if fault.kind in GRID_KINDS else need.meter_days
    best = most_in_window(shown, need.window)
    facts: dict[str, float] = {
        "days_lived": (last - fault.from_day).days + 1,
        "days_beyond": len(shown),
        "needed": needed,
    }
    if fault.kind in GRID_KINDS:
        kind = fault.kind.value
        levels = [v for day, v in truth.level[kind].get(fault.area, {}).items() if day >= fault.from_day]
        worst = (min if kind == "low_voltage" else max)(levels, default=float("nan"))
        facts |= {"worst": round(worst, 3), "limit": THRESHOLDS[kind], "warmest_c": round(truth.warmest, 1)}
    if facts["days_lived"] < needed:
        return Miss(fault, "too_recent", facts)
    before = [day for day in truth.mended.get(fault.area, ()) if day <= fault.from_day + timedelta(days=need.window)]
    if best < needed and before:
        return Miss(fault, "mended_early", facts | {"most_in_window": best, "repairs": len(before)})
    if not shown:
        return Miss(fault, "never_beyond_limit", facts)
    if best < needed:
        return Miss(fault, "below_persistence", facts | {"most_in_window": best})
    return Miss(fault, "not_detected", facts | {"most_in_window": best})


WHY_WORDS = {
    "too_recent": "出现得太晚：只有 {days_lived:.0f} 天数据，预警需要 {needed:.0f} 天",
    "mended_early": "同台区先有 {repairs:.0f} 次其他处理，压住了异常：窗口内最多 {most_in_window:.0f} 天越限，需要 {needed:.0f} 天",
    "never_beyond_limit": "从未越限：天气温和或负荷不够，最严重 {worst}，限值 {limit}（期间最高 {warmest_c} ℃）",
    "below_persistence": "未达持续条件：共 {days_beyond:.0f} 天越限，窗口内最多 {most_in_window:.0f} 天，需要 {needed:.0f} 天",
    "not_detected": "应发现而未发现：窗口内 {most_in_window:.0f} 天越限（观测噪声、缺数或判定边界）",
}


def why_words(miss: Miss) -> str:
    """The explanation in words."""
    return WHY_WORDS[miss.why].format_map({"worst": "", "limit": "", "warmest_c": "", **miss.facts})


def score(
    faults: Sequence[Fault], alerts: Sequence[Seen], truth: Truth, need: Need, last: date
) -> tuple[list[Score], list[Miss], list[Seen]]:
    """Scores by kind of fault, every miss explained, and the alerts that neither table nor physics confirms."""
    scores = {kind: Score(kind.value, FAULT_NAMES[kind]) for kind in FaultKind}
    misses, false = [], []
    for fault in faults:
        one = scores[fault.kind]
        one.injected += 1
        needed = need.grid_days if fault.kind in GRID_KINDS else need.meter_days
        visible = most_in_window(days_shown(fault, truth, last), need.window) >= needed
        mine = [seen for seen in alerts if names(fault, seen)]
        one.visible += visible or bool(mine)
        if mine:
            one.found += 1
            one.days_to_alert.append((min(seen.first_on for seen in mine) - fault.from_day).days)
        else:
            misses.append(explain(fault, truth, need, last))
    for seen in alerts:
        meant = next((fault for fault in faults if names(fault, seen)), None)
        one = scores[meant.kind if meant else _own(seen)]
        one.alerts += 1
        if meant:
            one.true += 1
        elif physically(seen, faults, truth, need.window):
            one.side_effects += 1
        else:
            one.false += 1
            false.append(seen)
    return [one for one in scores.values() if one.injected or one.alerts], misses, false


def _own(seen: Seen) -> FaultKind:
    """The kind under which an alert without a fault is counted."""
    return FaultKind.TERMINAL if seen.kind == "dead" else FaultKind(seen.kind)


def physically(seen: Seen, faults: Sequence[Fault], truth: Truth, window: int) -> bool:
    """Whether the physics (for meters: their true silence, or another lie of the same meter) confirms an alert beyond the table."""
    days = [seen.first_on - timedelta(days=back) for back in range(window)]
    if seen.quality:
        same = any(
            one.customer == seen.customer and one.area == seen.area and one.kind not in GRID_KINDS for one in faults
        )
        return same or any(day in truth.silent.get((seen.area, seen.customer), ()) for day in days)
    return any(day in truth.beyond.get(seen.kind, {}).get(seen.area, ()) for day in days)
