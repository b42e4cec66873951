"""Reads of the ledgers; the door is that of complaints."""

from longzhong.assessment.ledgers.selectors.parts import BELOW, Part, breakdown, rows_behind
from longzhong.assessment.ledgers.selectors.reading import Ledger, Line, ledger, span, unit_lines

__all__ = ["BELOW", "Ledger", "Line", "Part", "breakdown", "ledger", "rows_behind", "span", "unit_lines"]
