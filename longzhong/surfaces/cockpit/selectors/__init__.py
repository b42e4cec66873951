"""What the cockpit shows: the selectors of the lower apps, composed. Nothing is stored; every number is counted when asked."""

from longzhong.surfaces.cockpit.selectors.hands import VIEWS, orders_in_hand
from longzhong.surfaces.cockpit.selectors.loop import (
    Loop,
    Period,
    Trend,
    UnitRate,
    governance_by_unit,
    loop,
    loop_alerts,
    period,
    trend,
)
from longzhong.surfaces.cockpit.selectors.places import MapPoint, map_points, priority_behind

__all__ = [
    "VIEWS",
    "Loop",
    "MapPoint",
    "Period",
    "Trend",
    "UnitRate",
    "governance_by_unit",
    "loop",
    "loop_alerts",
    "map_points",
    "orders_in_hand",
    "period",
    "priority_behind",
    "trend",
]
