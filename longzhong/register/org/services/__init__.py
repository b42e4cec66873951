"""Writes of the organisation: loads in bulk, and changes one by one, all dated."""

from longzhong.register.org.rules.rows import GridRow, Kept, RefusedRow, Share, StaffRow, UnitRow
from longzhong.register.org.services.calendar import publish_year, set_calendar_day
from longzhong.register.org.services.grids import assign_grid_manager, pair_grid
from longzhong.register.org.services.keep_grids import keep_grids
from longzhong.register.org.services.keep_staff import keep_staff
from longzhong.register.org.services.people import appoint, set_duty, stand_in
from longzhong.register.org.services.profile import set_profile
from longzhong.register.org.services.responsibility import set_responsibility
from longzhong.register.org.services.units import keep_units, move_unit

__all__ = [
    "GridRow",
    "Kept",
    "RefusedRow",
    "Share",
    "StaffRow",
    "UnitRow",
    "appoint",
    "assign_grid_manager",
    "keep_grids",
    "keep_staff",
    "keep_units",
    "move_unit",
    "pair_grid",
    "publish_year",
    "set_calendar_day",
    "set_duty",
    "set_profile",
    "set_responsibility",
    "stand_in",
]
