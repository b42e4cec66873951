"""Where it happens: stations and areas on the map, and the priority customers behind abnormal areas."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from longzhong.cases.alerts import selectors as alerts
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.register.customers import selectors as customers
from longzhong.register.network import selectors as network
from longzhong.register.org import selectors as org

MOST_POINTS = 8000


@dataclass(frozen=True)
class MapPoint:
    """`level` of an area is the most urgent of its live alerts (1 red, 2 amber, 3 blue; 0 none)."""

    id: int
    kind: Literal["station", "area"]
    name: str
    lat: float
    lon: float
    level: int = 0


def map_points(actor: Actor) -> list[MapPoint]:
    """Stations and areas with a known place; two queries."""
    placed = network.visible_to(actor).exclude(lat=None).exclude(lon=None).order_by("id")
    levelled = placed.annotate(level=alerts.worst_level(actor))
    areas = [
        MapPoint(key, "area", name, lat, lon, level or 0)
        for key, name, lat, lon, level in levelled.values_list("id", "name", "lat", "lon", "level")[:MOST_POINTS]
        if lat is not None and lon is not None
    ]
    stations = [
        MapPoint(node.id, "station", node.label, node.lat, node.lon)
        for node in org.units(actor)
        if node.kind == "station" and node.lat is not None and node.lon is not None
    ]
    return stations + areas


def priority_behind(area_ids: Collection[int]) -> int:
    """Important, sensitive and special customers behind these areas; one query."""
    return sum(count.total for count in customers.priority_of_areas(area_ids, clock.today()).values())
