"""Read-only: areas, and what feeds them."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from longzhong.kit import web
from longzhong.kit.errors import Refused
from longzhong.register.network import selectors
from longzhong.register.network.selectors import AreaLine, Downstream, SupplyPath

router = Router(tags=["network"])


class AreaOut(Schema):
    id: int
    code: str
    name: str
    kva: float
    kind: str
    site: str
    connection: str
    lat: float | None
    lon: float | None
    unit_id: int | None
    unit: str
    grid_id: int | None
    grid: str
    manager: str
    feeder: str
    customers: int

    @staticmethod
    def resolve_customers(line: Any) -> int:
        return int(line.meters.customer)


class PassedOut(Schema):
    id: int
    code: str
    name: str
    kind: str


class PathOut(Schema):
    area_id: int
    sections: list[PassedOut]
    feeder_id: int | None
    feeder: str
    substation_id: int | None
    substation: str
    end: str
    complete: bool


class DownstreamOut(Schema):
    section_ids: list[int]
    area_ids: list[int]
    customer_meters: int
    kva: float


class Paging(Schema):
    q: str = Field("", max_length=80)
    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0, le=1_000_000)


@router.get("areas", response=list[AreaOut])
def areas(request: HttpRequest, paging: Query[Paging]) -> list[AreaLine]:
    """Areas that one may see, by code; `q` is part of the code or name."""
    rows = selectors.areas_named(web.actor(request), paging.q)
    return selectors.area_lines(rows[paging.offset : paging.offset + paging.limit])


@router.get("areas/{int:area_id}/supply", response=PathOut)
def supply(request: HttpRequest, area_id: int) -> SupplyPath:
    """The way from an area up to its substation."""
    return selectors.trace_up(selectors.area_card(web.actor(request), area_id).line.id)


@router.get("feeders/{int:feeder_id}/downstream", response=DownstreamOut)
def downstream(request: HttpRequest, feeder_id: int) -> Downstream:
    """Everything that a feeder supplies."""
    if not selectors.visible_feeders(web.actor(request)).filter(pk=feeder_id).exists():
        raise Refused("not_found", "没有这条线路，或不在您的管辖范围内。", feeder=feeder_id)
    return selectors.trace_down(feeder_id=feeder_id)
