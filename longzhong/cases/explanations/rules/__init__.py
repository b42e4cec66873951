"""Rules of usage explanations: appliances, what a curve says, the comparison, the advert, the life of a sheet."""

from longzhong.cases.explanations.rules.advert import CONDITIONS, Condition, Night, night_of
from longzhong.cases.explanations.rules.appliances import APPLIANCES, GROUPS, Appliance
from longzhong.cases.explanations.rules.curves import DayUse, Limits, Picture, day_use, median_of, picture_of, total
from longzhong.cases.explanations.rules.estimate import Comparison, Estimate, Line, Use, Verdict, compare, estimate
from longzhong.cases.explanations.rules.machine import (
    MACHINE,
    METER_TEST_CATEGORY,
    READERS,
    STATE_LABELS,
    WRITERS,
    State,
)

__all__ = [
    "APPLIANCES",
    "CONDITIONS",
    "GROUPS",
    "MACHINE",
    "METER_TEST_CATEGORY",
    "READERS",
    "STATE_LABELS",
    "WRITERS",
    "Appliance",
    "Comparison",
    "Condition",
    "DayUse",
    "Estimate",
    "Limits",
    "Line",
    "Night",
    "Picture",
    "State",
    "Use",
    "Verdict",
    "compare",
    "day_use",
    "estimate",
    "median_of",
    "night_of",
    "picture_of",
    "total",
]
