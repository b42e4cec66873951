"""Tables of the organisation: units, people, grid cells, the calendar, and who answers for what."""

from longzhong.register.org.models.calendar import CalendarDay, CalendarYear
from longzhong.register.org.models.grids import Counterpart, GridCell, GridManager, GridPairing, GridUnit
from longzhong.register.org.models.people import Duty, Post, Staff, StandIn
from longzhong.register.org.models.units import Category, Responsibility, Unit, UnitPlace, UnitProfile

__all__ = [
    "CalendarDay",
    "CalendarYear",
    "Category",
    "Counterpart",
    "Duty",
    "GridCell",
    "GridManager",
    "GridPairing",
    "GridUnit",
    "Post",
    "Responsibility",
    "Staff",
    "StandIn",
    "Unit",
    "UnitPlace",
    "UnitProfile",
]
