"""Rules of the organisation: roles, the unit tree, the working calendar and office hours."""

from longzhong.register.org.rules.calendar import (
    DAY_KIND_NAMES,
    Calendar,
    CalendarUnknown,
    CountedDay,
    DayKind,
    DayMark,
    Override,
)
from longzhong.register.org.rules.hours import CST, OFFICE_HOURS, ROUND_THE_CLOCK, Hours, civil
from longzhong.register.org.rules.profile import Profile
from longzhong.register.org.rules.published import published_calendar
from longzhong.register.org.rules.roles import HEADS, ROLE_NAMES, THREE_ADMINISTRATORS, Role
from longzhong.register.org.rules.tree import UNIT_KIND_NAMES, UnitKind

__all__ = [
    "CST",
    "DAY_KIND_NAMES",
    "HEADS",
    "OFFICE_HOURS",
    "ROLE_NAMES",
    "ROUND_THE_CLOCK",
    "THREE_ADMINISTRATORS",
    "UNIT_KIND_NAMES",
    "Calendar",
    "CalendarUnknown",
    "CountedDay",
    "DayKind",
    "DayMark",
    "Hours",
    "Override",
    "Profile",
    "Role",
    "UnitKind",
    "civil",
    "published_calendar",
]
