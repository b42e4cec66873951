"""Reads of averted complaints and of the staff service record."""

from longzhong.cases.nearmisses.selectors.door import (
    NOUN,
    board,
    counts_by_reason,
    counts_by_state,
    is_visible,
    label,
    may_decide,
    near_miss_of,
    of_staff,
    people,
    posts_on,
    title,
    visible_to,
)
from longzhong.cases.nearmisses.selectors.records import (
    MarkLine,
    StaffLine,
    StaffRecord,
    YearLine,
    marks_of,
    staff_lines,
    staff_record,
)

__all__ = [
    "NOUN",
    "MarkLine",
    "StaffLine",
    "StaffRecord",
    "YearLine",
    "board",
    "counts_by_reason",
    "counts_by_state",
    "is_visible",
    "label",
    "marks_of",
    "may_decide",
    "near_miss_of",
    "of_staff",
    "people",
    "posts_on",
    "staff_lines",
    "staff_record",
    "title",
    "visible_to",
]
