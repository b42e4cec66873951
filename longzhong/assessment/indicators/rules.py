"""Governance indicators (治理指标) as rows: what is divided by what, which way is better, and what is promised.

过/低电压、重过载治理率 100 % (seed S0-32), 三相不平衡 > 50 % 治理率 ≥ 80 % (seed S0-33). Counted are the alerts raised in a month:
治理率 = 核实治好 ÷（发现 − 撤销）. Only measured proof counts as cured (核实), never somebody's word; a withdrawn alert (撤销) was
no fault. From which share an area counts as unbalanced is the policy of curves (50 %).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from longzhong.cases.alerts.rules import GROUPS
from longzhong.sensing.curves.rules import ELECTRIC, KIND_NAMES, Kind


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True)
class Tally:
    """Alerts of some units and kinds raised in a month, and how many of them stand where."""

    found: int = 0
    verified: int = 0
    unproven: int = 0
    dismissed: int = 0
    late: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.found + other.found,
            self.verified + other.verified,
            self.unproven + other.unproven,
            self.dismissed + other.dismissed,
            self.late + other.late,
        )

    @property
    def rate(self) -> float | None:
        """治理率, 0..1; None where nothing (or only what was withdrawn) was found."""
        faults = self.found - self.dismissed
        return self.verified / faults if faults > 0 else None


COLUMN_WORDS = {"found": "发现", "verified": "核实治好", "unproven": "待判定", "dismissed": "撤销", "late": "超期"}
Terms = tuple[tuple[int, str], ...]
FAULTS: Terms = ((1, "found"), (-1, "dismissed"))


@dataclass(frozen=True)
class Targets:
    """What is promised, in percent; the policies `indicators.*` overlay it. Below zero: no promise."""

    voltage_load_pct: float = 100.0
    unbalance_pct: float = 80.0
    on_time_pct: float = -1.0
    unproven_pct: float = -1.0


@dataclass(frozen=True)
class Indicator:
    """One share in percent: signed columns above signed columns, of some kinds of alert."""

    code: str
    name: str
    kinds: tuple[str, ...]
    numerator: Terms
    denominator: Terms = FAULTS
    direction: Direction = Direction.UP
    target: str = ""
    source: str = ""
    unit: str = "%"

    @property
    def formula(self) -> str:
        """核实治好 ÷（发现 − 撤销）."""
        return f"{_words(self.numerator)} ÷ {_words(self.denominator)}"


@dataclass(frozen=True)
class Value:
    """A share with both of its parts; None where nothing was found. `met` is None without a promise or a share."""

    numerator: int
    denominator: int
    share: float | None
    target: float | None
    met: bool | None


def _kinds(*kinds: Kind) -> tuple[str, ...]:
    return tuple(kind.value for kind in kinds)


CURED: Terms = ((1, "verified"),)
ON_TIME: Terms = ((1, "found"), (-1, "dismissed"), (-1, "late"))
INDICATORS = (
    Indicator(
        "voltage_load", "过/低电压、重过载治理率", GROUPS["voltage_load"][1], CURED, target="voltage_load_pct", source="S0-32"
    ),
    Indicator(
        "unbalance", "三相不平衡（>50%）治理率", _kinds(Kind.UNBALANCE), CURED, target="unbalance_pct", source="S0-33"
    ),
    Indicator("low_voltage", "低电压治理率", _kinds(Kind.LOW_VOLTAGE), CURED, target="voltage_load_pct", source="S0-32"),
    Indicator("over_voltage", "过电压治理率", _kinds(Kind.OVER_VOLTAGE), CURED, target="voltage_load_pct", source="S0-32"),
    Indicator(
        "load", "重过载治理率", _kinds(Kind.HEAVY_LOAD, Kind.OVERLOAD), CURED, target="voltage_load_pct", source="S0-32"
    ),
    Indicator("metering", "计量与采集异常治理率", GROUPS["metering"][1], CURED),
    Indicator("on_time", "按期处置率", _kinds(*ELECTRIC), ON_TIME, target="on_time_pct", source="S0-31"),
    Indicator(
        "unproven", "待判定占比", _kinds(*ELECTRIC), ((1, "unproven"),), direction=Direction.DOWN, target="unproven_pct",
        source="S0-31",
    ),
)  # fmt: skip
BY_CODE = {indicator.code: indicator for indicator in INDICATORS}
HEADLINES = ("voltage_load", "unbalance", "on_time", "unproven")
ROWS = (*_kinds(*ELECTRIC), *GROUPS["metering"][1])
KIND_WORDS = {kind: KIND_NAMES[kind] for kind in ROWS}


def total(rows: Iterable[Tally]) -> Tally:
    return sum(rows, Tally())


def value_of(indicator: Indicator, counts: Mapping[str, Tally], targets: Targets) -> Value:
    """The indicator over counts by kind."""
    counted = total(row for kind, row in counts.items() if kind in indicator.kinds)
    above, below = _sum(indicator.numerator, counted), _sum(indicator.denominator, counted)
    share = round(100.0 * above / below, 1) if below > 0 else None
    promised = getattr(targets, indicator.target) if indicator.target else -1.0
    target = promised if promised >= 0 else None
    return Value(above, below, share, target, _met(indicator, above, below, target))


def _met(indicator: Indicator, above: int, below: int, target: float | None) -> bool | None:
    """By the exact counts, so that 99.96 % is not a kept promise of 100 %."""
    if target is None or below <= 0:
        return None
    return 100.0 * above >= target * below if indicator.direction is Direction.UP else 100.0 * above <= target * below


def _sum(terms: Terms, counts: Tally) -> int:
    return sum(sign * int(getattr(counts, column)) for sign, column in terms)


def _words(terms: Terms) -> str:
    first, *others = terms
    words = COLUMN_WORDS[first[1]] + "".join(
        (" + " if sign > 0 else " − ") + COLUMN_WORDS[name] for sign, name in others
    )
    return f"（{words}）" if others else words
