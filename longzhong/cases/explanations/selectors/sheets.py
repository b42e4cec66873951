"""A saved sheet as it was shown: its frozen figures as plain values for the page and the paper."""

from dataclasses import dataclass
from typing import Any

from longzhong.cases.explanations.models import Sheet
from longzhong.cases.explanations.rules import CONDITIONS, Comparison, Condition, Line, Night, Verdict, night_of


@dataclass(frozen=True)
class Told:
    """What a sheet told: comparison and lines, the days, the curves, the advert, the neighbours."""

    comparison: Comparison
    lines: tuple[Line, ...]
    days: tuple[dict[str, Any], ...]
    average: list[float | None]
    chosen: list[float | None]
    chosen_on: str
    base_kw: float | None
    base_share: float | None
    peak_kw: float | None
    counted: int
    neighbours: float | None
    neighbours_count: int
    meters: tuple[str, ...]
    conditions: tuple[Condition, ...]
    night: Night | None


def told(sheet: Sheet) -> Told:
    """Read the frozen figures; nothing is computed again from the lake."""
    kept = sheet.figures
    codes = tuple(sheet.advert)
    return Told(
        comparison=Comparison(**{**kept["comparison"], "verdict": Verdict(kept["comparison"]["verdict"])}),
        lines=tuple(Line(**line) for line in kept["lines"]),
        days=tuple(kept["days"]),
        average=kept["average"],
        chosen=kept["chosen"],
        chosen_on=kept["chosen_on"],
        base_kw=kept["base_kw"],
        base_share=kept["base_share"],
        peak_kw=kept["peak_kw"],
        counted=kept["counted"],
        neighbours=kept["neighbours"],
        neighbours_count=kept["neighbours_count"],
        meters=tuple(kept["meters"]),
        conditions=tuple(CONDITIONS[code] for code in codes if code in CONDITIONS),
        night=night_of(codes) if codes else None,
    )
