"""Outages for platforms and outer systems: what is known of an area or account, lists, and pushes with a client key."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from pydantic import AwareDatetime

from longzhong.kit import clock, web
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers
from longzhong.register.network import selectors as network
from longzhong.sensing.outages import selectors, services
from longzhong.sensing.outages.rules import Given, Kind, NewFault, NewPlan, NewReport

router = Router(tags=["outages"])
MOST_DEVICES = 200


class KnownOut(Schema):
    """An outage as it stands for the area asked; `words` for a screen, `answer` for the customer."""

    id: int
    number: str
    kind: str
    state: str
    title: str
    reason_words: str
    starts_at: datetime
    expected_end_at: datetime | None
    restored_at: datetime | None
    running: bool
    confirmed: bool
    overdue: bool
    words: str
    answer: str


class StopOut(Schema):
    """Why this account alone is without power; `answer` is for its own customer."""

    kind: str
    words: str
    answer: str
    stopped_at: datetime


class AccountOut(Schema):
    """What is known of an account: its own stops, for those whom they concern, and the outages of its area."""

    stops: list[StopOut]
    outages: list[KnownOut]


class OutageOut(Schema):
    """An outage in a list."""

    id: int
    number: str
    kind: str
    state: str
    title: str
    reason_code: str
    source: str
    unit_id: int
    planned_start: datetime | None
    planned_end: datetime | None
    started_at: datetime | None
    expected_end_at: datetime | None
    restored_at: datetime | None
    areas: int
    accounts: int
    important: int


class AskedKnown(Schema):
    """An area by id, or an account by its number."""

    area_id: int | None = Field(None, ge=1, le=2**53)
    account: str = Field("", max_length=32)


class Asked(Schema):
    """Filters and page; a page holds at most 100."""

    state: str = ""
    limit: int = Field(50, ge=1, le=100)
    offset: int = Field(0, ge=0, le=100_000)


class DeviceIn(Schema):
    """A device by its code in the register."""

    kind: Literal["substation", "feeder", "section", "area"]
    code: str = Field(min_length=1, max_length=40)


class OutageIn(Schema):
    """A push: kind `fault` is a report of now, the others are plans and need both times. `source` is your own label.

    Moments carry their offset ("2026-03-02T08:55:00+08:00").
    """

    client_key: str = Field(min_length=8, max_length=64)
    kind: Literal["planned", "temporary", "fault", "shortage"]
    reason_code: str = Field(max_length=16)
    reason: str = Field("", max_length=200)
    place: str = Field("", max_length=120)
    source: str = Field("", max_length=60)
    unit_id: int | None = Field(None, ge=1, le=2**53)
    devices: list[DeviceIn] = Field(default_factory=list, max_length=MOST_DEVICES)
    kept_sections: list[str] = Field(default_factory=list, max_length=MOST_DEVICES)
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    exemption: str = Field("", max_length=200)
    confirmed: bool = False
    apart: bool = False


class StepIn(Schema):
    """What a step needs; each verb reads its own fields."""

    client_key: str = Field(min_length=8, max_length=64)
    reason: str = Field("", max_length=200)
    moment: AwareDatetime | None = None
    until: AwareDatetime | None = None
    other_id: int | None = Field(None, ge=1, le=2**53)
    pole: str = Field("", max_length=40)
    cause: str = Field("", max_length=16)
    area_codes: list[str] = Field(default_factory=list, max_length=6_000)


class StandingOut(Schema):
    """Where the outage stands after the POST, now or by an earlier one with this key."""

    id: int
    number: str
    state: str


@router.get("known/", response=list[KnownOut])
def known(request: HttpRequest, asked: Query[AskedKnown]) -> object:
    """What is known of an area or account that the caller may see: running, coming, just restored."""
    who = web.actor(request)
    accounts, areas = customers.visible_to(who), network.visible_to(who)
    if asked.account:
        area_id = accounts.filter(code=asked.account).values_list("area_id", flat=True).first()
    else:
        area_id = areas.filter(pk=asked.area_id or 0).values_list("id", flat=True).first()
    return selectors.known_at([area_id], clock.now()).get(area_id, []) if area_id else []


@router.get("account/{code}/", response=AccountOut)
def of_account(request: HttpRequest, code: str) -> object:
    """What the desk may say to the customer of an account that the caller may see."""
    who = web.actor(request)
    held = customers.visible_to(who).filter(code=code).values_list("id", "area_id").first()
    if held is None:
        raise Refused("not_found", _("没有这一户，或不在您的管辖范围内。"))
    return selectors.known_of_account(who, *held, clock.now())


@router.get("", response=list[OutageOut])
def outages(request: HttpRequest, asked: Query[Asked]) -> object:
    """Outages that the caller may see, the newest first."""
    rows = selectors.board(web.actor(request))
    rows = rows.filter(state=asked.state) if asked.state else rows
    return rows[asked.offset : asked.offset + asked.limit]


@router.get("{outage_id}/", response=OutageOut)
def outage(request: HttpRequest, outage_id: int) -> object:
    """One outage."""
    return selectors.outage_of(web.actor(request), min(outage_id, 2**53), clock.now()).outage


@router.post("", response=StandingOut)
def push(request: HttpRequest, sent: OutageIn) -> StandingOut:
    """Register a plan or a fault; the same client key, or the same live source, is answered with the same outage."""
    who, now = web.actor(request), clock.now()
    outage_id = services.open_once(what=_what(who, sent), key=sent.client_key, by=who, at=now)
    return _standing(outage_id)


@router.post("{outage_id}/steps/{verb}/", response=StandingOut, url_name="outages_step")
def step(request: HttpRequest, outage_id: int, verb: str, sent: StepIn) -> StandingOut:
    """Take a step; the same client key again does nothing again and answers the same."""
    areas = tuple(network.area_ids(sent.area_codes).values())
    fault = NewFault(pole=sent.pole, cause=sent.cause, note=sent.reason) if sent.pole else None
    given = Given(sent.reason, sent.moment, areas, until=sent.until, other_id=sent.other_id, fault=fault)
    services.take_step(
        outage_id=min(outage_id, 2**53), verb=verb, given=given, key=sent.client_key,
        by=web.actor(request), at=clock.now(),
    )  # fmt: skip
    return _standing(outage_id)


def _what(who: Actor, sent: OutageIn) -> NewPlan | NewReport:
    devices = selectors.devices_by_code(who, [(one.kind, one.code) for one in sent.devices], sent.kept_sections)
    same: dict[str, Any] = {
        "reason_code": sent.reason_code,
        "reason": sent.reason,
        "place": sent.place,
        "source": sent.source,
    }
    same |= {"devices": devices, "unit_id": sent.unit_id}
    if sent.kind == "fault":
        return NewReport(
            **same, started_at=sent.starts_at, expected_end_at=sent.ends_at, confirmed=sent.confirmed, apart=sent.apart
        )
    if sent.starts_at is None or sent.ends_at is None:
        raise Refused("field_missing", _("计划停电要写明停电和送电时间；什么都没有改动。"), field="starts_at, ends_at")
    return NewPlan(
        **same, kind=Kind(sent.kind), starts_at=sent.starts_at, ends_at=sent.ends_at, exemption=sent.exemption
    )


def _standing(outage_id: int) -> StandingOut:
    found = selectors.standing(outage_id)
    return StandingOut(id=outage_id, number=found.number, state=found.state)
