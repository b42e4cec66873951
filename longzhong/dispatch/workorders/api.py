"""Orders for phones and platforms: lists, one order, and its steps with a client key."""

from datetime import date, datetime

from django.http import HttpRequest
from ninja import Field, File, Form, Query, Router, Schema
from ninja.files import UploadedFile

from longzhong.dispatch.workorders import selectors, services
from longzhong.dispatch.workorders.rules import given_of
from longzhong.kit import clock, web

router = Router(tags=["workorders"])
NO_FILES: list[UploadedFile] = []


class OrderOut(Schema):
    """An order in a list."""

    id: int
    number: str
    kind: str
    fault: str
    state: str
    priority: int
    cause: str
    unit_id: int
    grid_id: int | None
    area_id: int | None
    owner_id: int | None
    opened_at: datetime
    finished_at: datetime | None
    due_at: datetime | None
    due_clock: str
    alarm: int


class ClockOut(Schema):
    """A clock with its reasons in words."""

    name: str
    label: str
    state: str
    verdict: str
    started_at: datetime
    due_at: datetime | None
    why: list[str]


class OneOut(Schema):
    """An order with its clocks and the verbs open to whoever asks."""

    order: OrderOut
    clocks: list[ClockOut]
    verbs: list[str]


class Asked(Schema):
    """Filters and page; a page holds at most 100."""

    state: str = ""
    owner_id: int | None = Field(None, ge=1, le=2**53)
    area_id: int | None = Field(None, ge=1, le=2**53)
    limit: int = Field(50, ge=1, le=100)
    offset: int = Field(0, ge=0, le=100_000)


class StepIn(Schema):
    """What a step needs; each verb reads its own fields. `client_key` makes a repeated POST harmless."""

    client_key: str = Field(min_length=8, max_length=64)
    claimed_at: datetime | None = None
    reason: str = Field("", max_length=500)
    owner_id: int | None = Field(None, ge=1, le=2**53)
    lat: float | None = Field(None, ge=-90, le=90)
    lon: float | None = Field(None, ge=-180, le=180)
    accuracy_m: float | None = Field(None, ge=0, le=1e6)
    cause_found: str = Field("", max_length=24)
    work_done: str = Field("", max_length=2000)
    no_photo_reason: str = Field("", max_length=200)
    ua: float | None = None
    ub: float | None = None
    uc: float | None = None
    load_pct: float | None = None
    priority: int | None = Field(None, ge=1, le=3)
    code: str = Field("", max_length=24)
    due_on: date | None = None
    expected_in: int | None = Field(None, ge=1, le=7 * 1440, description="minutes from when it was said")
    expected_at: datetime | None = None
    fault_place: str = Field("", max_length=120)
    side: str = Field("", max_length=12)
    service: str = Field("", max_length=12)
    restored_at: datetime | None = None
    triage: str = Field("", max_length=12)
    reply: str = Field("", max_length=2000)


class StepOut(Schema):
    """Which step was taken, now or by an earlier POST with this key, and where the order stands."""

    verb: str
    state: str


@router.get("orders/", response=list[OrderOut])
def orders(request: HttpRequest, asked: Query[Asked]) -> object:
    """Orders that the caller may see, due soonest first."""
    rows = selectors.board(web.actor(request))
    wanted = {"state": asked.state, "owner": asked.owner_id, "area": asked.area_id}
    rows = rows.filter(**{key: value for key, value in wanted.items() if value})
    return rows[asked.offset : asked.offset + asked.limit]


@router.get("orders/{order_id}/", response=OneOut)
def order(request: HttpRequest, order_id: int) -> OneOut:
    """One order with its clocks, why they end when they end, and the open verbs."""
    card = selectors.order_card(web.actor(request), min(order_id, 2**53), clock.now())
    clocks = [ClockOut.from_orm(one) for one in card.clocks]
    return OneOut(order=OrderOut.from_orm(card.order), clocks=clocks, verbs=[row.verb for row in card.moves])


@router.post("orders/{order_id}/steps/{verb}/", response=StepOut, url_name="workorders_step")
def step(
    request: HttpRequest, order_id: int, verb: str, given: Form[StepIn], photos: File[list[UploadedFile]] = NO_FILES
) -> StepOut:
    """Take a step; the same client key again does nothing again and answers the same."""
    who, now = web.actor(request), clock.now()
    order_id = min(order_id, 2**53)
    uploads = [services.Upload("photo", photo.name or "photo", photo.read()) for photo in photos]
    taken = services.take_step(
        order_id=order_id,
        verb=verb,
        given=given_of(given.dict(), now),
        photos=uploads,
        key=given.client_key,
        by=who,
        at=now,
    )
    return StepOut(verb=taken, state=selectors.state_of(order_id))
