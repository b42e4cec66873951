"""The portal for 微信 and 网上国网 front ends: the same answers and the same limits as the pages; no login, nothing personal.

Errors have the house's shape; 429 `portal_too_many` says after how many seconds to ask again (`retry_after_s`).
"""

import functools
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Field, Header, Query, Router, Schema
from ninja.decorators import decorate_view

from longzhong.cases.hotline.rules.repeats import UrgeReason
from longzhong.kit import clock
from longzhong.surfaces.portal import selectors, services
from longzhong.surfaces.portal.rules import AskKind, FaultKind, Report, asked_words, client_address, shown_code
from longzhong.surfaces.portal.selectors import PORTAL, PlaceCard, PlanLine

router = Router(tags=["portal"])
STATUS = {"portal_too_many": 429, "portal_code_unknown": 404}


class PowerIn(Schema):
    """The end of the account number and the phone left with the station."""

    tail: str = Field(pattern=r"^[0-9]{4,6}$")
    phone: str = Field(min_length=7, max_length=24, pattern=r"^[+0-9()（） \-－]+$")


class AnswerOut(Schema):
    """`state`: out, unsure, coming, back or none. An unknown pair is answered like a home with power."""

    state: str
    title: str
    lines: list[str]
    advice: list[str]
    starts_at: datetime | None
    expected_at: datetime | None


class PlaceOut(Schema):
    token: str
    kind: str
    town: str
    name: str
    calendar: str


class PlanOut(Schema):
    number: str
    kind: str
    reason: str
    starts_at: datetime
    ends_at: datetime
    state: str
    places: list[str]


class ReportIn(Schema):
    """A fault. `tail`, `place` (a token) or `where` says where it is."""

    kind: FaultKind
    phone: str = Field(min_length=7, max_length=24)
    tail: str = Field("", pattern=r"^([0-9]{4,6})?$")
    place: str = Field("", max_length=24)
    where: str = Field("", max_length=120)
    words: str = Field("", max_length=500)


class ReportOut(Schema):
    """`code`: given once, only its digest is kept."""

    code: str


class CodeIn(Schema):
    code: str = Field(min_length=1, max_length=40)


class UrgeIn(CodeIn):
    reason: UrgeReason = UrgeReason.PROGRESS
    words: str = Field("", max_length=300)


class UrgeOut(Schema):
    number: int


class RateIn(CodeIn):
    stars: int = Field(ge=1, le=5)
    words: str = Field("", max_length=300)


class RateOut(Schema):
    stars: int


class PromiseOut(Schema):
    due_at: datetime
    state: str


class FollowOut(Schema):
    number: str
    stage: str
    meaning: str
    taken_at: datetime
    expected_at: datetime | None
    closed_at: datetime | None
    owner: str
    promises: list[PromiseOut]
    urges: int
    may_urge: bool
    may_confirm: bool
    may_rate: bool
    stars: int | None


class PlansAsked(Schema):
    q: str = Field("", max_length=40)
    town: str = Field("", max_length=60)
    day: date | None = None


def stranger(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Nobody keeps the answer; a refusal for asking too often is a 429."""

    @functools.wraps(run)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = run(request, *args, **kwargs)
        if response.status_code == 409:
            error = json.loads(response.content)["error"]
            response.status_code = STATUS.get(error["code"], 409)
            if wait := error.get("retry_after_s"):
                response["Retry-After"] = str(wait)
        response["Cache-Control"] = "no-store, private"
        return response

    return wrapper


def count(request: HttpRequest, kind: AskKind, phone: str = "") -> None:
    """One more question of this client; refused when there were too many."""
    proxies = int(getattr(settings, "LONGZHONG_PROXIES", 0))
    remote = str(request.META.get("REMOTE_ADDR") or "")
    address = client_address(remote, request.headers.get("X-Forwarded-For", ""), proxies)
    services.ask(kind=kind, address=address, phone=phone, by=PORTAL, at=clock.now())


@router.post("power/", auth=None, response=AnswerOut)
@decorate_view(stranger)
def power(request: HttpRequest, asked: PowerIn) -> object:
    """Is my power out and until when."""
    count(request, AskKind.POWER, asked.phone)
    return selectors.power_of_account(asked.phone, asked.tail, clock.now())


@router.get("places/", auth=None, response=list[PlaceOut])
@decorate_view(stranger)
def places(request: HttpRequest, q: str = "", town: str = "") -> list[PlaceOut]:
    """Estates and villages by name."""
    count(request, AskKind.LOOK)
    return [_place(card) for card in selectors.find_places(asked_words(q), asked_words(town))]


@router.get("places/{token}/", auth=None, response=AnswerOut)
@decorate_view(stranger)
def place(request: HttpRequest, token: str) -> object:
    """Is the power out at an estate or a village."""
    count(request, AskKind.LOOK)
    return selectors.power_of_place(selectors.place_of(asked_words(token)), clock.now())


@router.get("plans/", auth=None, response=list[PlanOut])
@decorate_view(stranger)
def plans(request: HttpRequest, asked: Query[PlansAsked]) -> list[PlanOut]:
    """Planned outages of the next days."""
    count(request, AskKind.LOOK)
    words, town = asked_words(asked.q), asked_words(asked.town)
    return [_plan(line) for line in selectors.plan_lines(clock.now(), town=town, day=asked.day, words=words)]


@router.post("reports/", auth=None, response=ReportOut)
@decorate_view(stranger)
def report(request: HttpRequest, given: ReportIn, idempotency_key: Header[str] = "") -> ReportOut:
    """Report a fault; the same `Idempotency-Key` (16 to 64 characters, random) gives the same code."""
    count(request, AskKind.REPORT, given.phone)
    made = services.report_fault(report=Report(**given.dict(), key=idempotency_key), by=PORTAL, at=clock.now())
    return ReportOut(code=shown_code(made))


@router.post("follow/", auth=None, response=FollowOut)
@decorate_view(stranger)
def follow(request: HttpRequest, given: CodeIn) -> object:
    """How the report behind a code stands."""
    count(request, AskKind.CODE)
    return selectors.follow_card(selectors.follow_of(given.code, clock.now()), clock.now())


@router.post("follow/urges/", auth=None, response=UrgeOut)
@decorate_view(stranger)
def press(request: HttpRequest, given: UrgeIn, idempotency_key: Header[str] = "") -> UrgeOut:
    """Urge the case behind a code."""
    count(request, AskKind.CODE)
    number = services.press(
        code=given.code, reason=given.reason, words=given.words, key=idempotency_key, by=PORTAL, at=clock.now()
    )
    return UrgeOut(number=number)


@router.post("follow/ratings/", auth=None, response=RateOut)
@decorate_view(stranger)
def rate(request: HttpRequest, given: RateIn, idempotency_key: Header[str] = "") -> object:
    """Rate the service once the case has ended."""
    count(request, AskKind.CODE)
    return services.rate(
        code=given.code, stars=given.stars, words=given.words, key=idempotency_key, by=PORTAL, at=clock.now()
    )


def _place(card: PlaceCard) -> PlaceOut:
    calendar = reverse("portal:calendar", args=[card.token])
    return PlaceOut(token=card.token, kind=card.kind, town=card.town, name=card.name, calendar=calendar)


def _plan(line: PlanLine) -> PlanOut:
    return PlanOut(
        number=line.number, kind=line.kind, reason=line.reason, starts_at=line.starts_at, ends_at=line.ends_at,
        state=line.state, places=[one.label for one in line.places],
    )  # fmt: skip
