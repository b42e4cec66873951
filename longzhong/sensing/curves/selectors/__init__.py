"""Reads of curves. `visible_to` (findings) and `visible_faults` (areas' faults) are the doors."""

from longzhong.sensing.curves.selectors.charts import CurveDays, area_curves, meter_curves
from longzhong.sensing.curves.selectors.lists import (
    abnormal_groups,
    faults,
    findings,
    last_scan,
    season_risks,
    spans,
    visible_faults,
    visible_to,
)
from longzhong.sensing.curves.selectors.places import lake
from longzhong.sensing.curves.selectors.proofs import DayVerdict, day_verdicts, meter_verdicts, verdicts

__all__ = [
    "CurveDays",
    "DayVerdict",
    "abnormal_groups",
    "area_curves",
    "day_verdicts",
    "faults",
    "findings",
    "lake",
    "last_scan",
    "meter_curves",
    "meter_verdicts",
    "season_risks",
    "spans",
    "verdicts",
    "visible_faults",
    "visible_to",
]
