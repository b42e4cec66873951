"""What the named appliances use in a day, and how that compares with what the meter counted (S0-20).

kWh a day of an appliance = count × (W × share of the rating × hours + standby W × the other hours) ÷ 1000, with a low,
a middle and a high share. The comparison is a help to talk about, never a finding: whoever doubts the meter may have it
tested.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from longzhong.cases.explanations.rules.appliances import APPLIANCES, Appliance
from longzhong.kit.errors import Refused

HOURS = 24.0
MOST_PIECES = 200
MOST_WATTS = 50_000.0


@dataclass(frozen=True)
class Use:
    """An appliance as the customer tells it: pieces, hours a day; `watts` 0 means the table's rating."""

    code: str
    count: int
    hours: float
    watts: float = 0.0


@dataclass(frozen=True)
class Line:
    """What one kind of appliance uses, kWh a day, low to high; `standby` is the middle's share while idle."""

    code: str
    name: str
    count: int
    hours: float
    watts: float
    low: float
    mid: float
    high: float
    standby: float
    confidence: str


@dataclass(frozen=True)
class Estimate:
    """All lines, kWh a day, the largest first."""

    lines: tuple[Line, ...]
    low: float
    mid: float
    high: float


class Verdict(StrEnum):
    WITHIN = "within"
    MORE = "more"
    LESS = "less"
    UNKNOWN = "unknown"


VERDICT_WORDS = {
    Verdict.WITHIN: "计量电量落在所列电器的估算范围内，两者相符。",
    Verdict.MORE: "计量电量高于所列电器的估算上限：可能还有未列出的电器、线路漏电或他人搭接，先逐项断电核查；仍有疑问可申请校表。",
    Verdict.LESS: "计量电量低于所列电器的估算下限：实际使用时间可能比所说的短，请客户再核对小时数。",
    Verdict.UNKNOWN: "这段时间没有足够的计量数据，无法比较。",
}


@dataclass(frozen=True)
class Comparison:
    """Metered against estimated, kWh a day. `share` 0..1 of the metered energy is explained; `remains` isn't (never below 0)."""

    metered: float | None
    low: float
    mid: float
    high: float
    share: float | None
    remains: float | None
    verdict: Verdict

    @property
    def words(self) -> str:
        return VERDICT_WORDS[self.verdict]


def estimate(uses: Sequence[Use], table: Mapping[str, Appliance] = APPLIANCES) -> Estimate:
    """The estimate of all uses; unknown appliances and impossible numbers are refused."""
    lines = sorted((_line(use, table) for use in uses if use.count), key=lambda line: (-line.mid, line.code))
    return Estimate(
        tuple(lines), sum(line.low for line in lines), sum(line.mid for line in lines), sum(line.high for line in lines)
    )


def compare(metered: float | None, made: Estimate) -> Comparison:
    """Metered kWh a day against an estimate; without reading or without appliances there is nothing to compare."""
    if metered is None or not made.lines:
        return Comparison(metered, made.low, made.mid, made.high, None, None, Verdict.UNKNOWN)
    share = min(1.0, made.mid / metered) if metered > 0 else 1.0
    verdict = Verdict.MORE if metered > made.high else Verdict.LESS if metered < made.low else Verdict.WITHIN
    return Comparison(metered, made.low, made.mid, made.high, share, max(0.0, metered - made.mid), verdict)


def _line(use: Use, table: Mapping[str, Appliance]) -> Line:
    kind = table.get(use.code)
    if kind is None:
        raise Refused("appliance_unknown", f"电器表里没有“{use.code}”；什么都没有保存。", appliance=use.code)
    fits = 0 < use.count <= MOST_PIECES and 0 <= use.hours <= HOURS and 0 <= use.watts <= MOST_WATTS
    if not fits:
        raise Refused(
            "appliance_numbers", f"“{kind.name}”的数量、小时或功率不合理；什么都没有保存，请改正。", appliance=use.code
        )
    watts = use.watts or kind.rated_w
    standby = use.count * kind.standby_w * (HOURS - use.hours) / 1000
    low, mid, high = (use.count * watts * part * use.hours / 1000 + standby for part in (kind.low, kind.mid, kind.high))
    return Line(use.code, kind.name, use.count, use.hours, watts, low, mid, high, standby, kind.confidence)
