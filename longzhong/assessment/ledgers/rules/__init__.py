"""The rules of the ledgers: spans, Pareto, dimensions."""

from longzhong.assessment.ledgers.rules.dimensions import (
    DIMENSION_LABELS,
    NAMES,
    ORDERED,
    READERS,
    SIDE_LABELS,
    UNKNOWN,
    UNKNOWN_LABELS,
    WEEKDAYS,
    Dimension,
    Side,
)
from longzhong.assessment.ledgers.rules.pareto import Bar, pareto
from longzhong.assessment.ledgers.rules.spans import Days, month_of, months_until, quarter_of, span_of, year_of

__all__ = [
    "DIMENSION_LABELS",
    "NAMES",
    "ORDERED",
    "READERS",
    "SIDE_LABELS",
    "UNKNOWN",
    "UNKNOWN_LABELS",
    "WEEKDAYS",
    "Bar",
    "Days",
    "Dimension",
    "Side",
    "month_of",
    "months_until",
    "pareto",
    "quarter_of",
    "span_of",
    "year_of",
]
