"""Writes of averted complaints and of the service record."""

from longzhong.cases.nearmisses.services.deciding import take_step
from longzhong.cases.nearmisses.services.marking import mark_case, set_standing
from longzhong.cases.nearmisses.services.recording import NewNearMiss, record_near_miss

__all__ = ["NewNearMiss", "mark_case", "record_near_miss", "set_standing", "take_step"]
