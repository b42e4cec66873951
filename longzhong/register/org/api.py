"""Units and staff for other systems, read-only; phones are masked."""

from datetime import date

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors

router = Router(tags=["org"])


class UnitOut(Schema):
    id: int
    code: str
    name: str
    short_name: str
    kind: str
    parent_id: int | None
    depth: int


class StaffOut(Schema):
    id: int
    code: str
    name: str
    phone: str


class Page(Schema):
    limit: int = Field(50, ge=1, le=500)
    offset: int = Field(0, ge=0, le=1_000_000)


def _who(request: HttpRequest) -> Actor:
    who: Actor | None = getattr(request, "actor", None)
    if who is None:
        raise Refused("not_allowed", "请先登录。")
    return who


@router.get("units", response=list[UnitOut], summary="The caller's units as a tree of a day (default today)")
def units(request: HttpRequest, page: Query[Page], day: date | None = None) -> list[selectors.UnitNode]:
    nodes = selectors.units(_who(request), day or clock.today())
    return nodes[page.offset : page.offset + page.limit]


@router.get("staff", response=list[StaffOut], summary="Staff of the caller's units, phones masked")
def staff(request: HttpRequest, page: Query[Page]) -> list[selectors.StaffCard]:
    return selectors.staff_cards(_who(request), limit=page.limit, offset=page.offset)
