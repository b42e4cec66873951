"""Writes of the network: loads in bulk, and moves one by one, all dated."""

from longzhong.register.network.services.keep_areas import keep_areas
from longzhong.register.network.services.keep_lines import keep_feeders, keep_sections, keep_substations
from longzhong.register.network.services.keep_meters import keep_meters
from longzhong.register.network.services.moving import assign_area_grid, move_meter
from longzhong.register.network.services.settling import settle_areas

__all__ = [
    "assign_area_grid",
    "keep_areas",
    "keep_feeders",
    "keep_meters",
    "keep_sections",
    "keep_substations",
    "move_meter",
    "settle_areas",
]
