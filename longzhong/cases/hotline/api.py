"""The hotline for other platforms (95598, 12345): push an order, ask how it stands, urge it. The caller signs in as a desk user.

An order is known by (channel, external_no); a repeated push, with the same `Idempotency-Key` or without, is answered the same.
"""

from datetime import datetime

from django.http import HttpRequest
from ninja import Field, Header, Query, Router, Schema

from longzhong.cases.hotline import selectors, services
from longzhong.cases.hotline.rules.pushed import Push
from longzhong.cases.hotline.rules.repeats import UrgeReason
from longzhong.cases.hotline.rules.words import Channel
from longzhong.kit import clock, web

router = Router(tags=["hotline"])


class PushIn(Schema):
    """An order of another system. Personal data is sealed on arrival; `due_at` wins over the words in `due_words`."""

    external_no: str = Field(min_length=1, max_length=60)
    channel: Channel = Channel.PHONE_95598
    text: str = Field("", max_length=20_000)
    type_code: str = Field("", max_length=80)
    class_code: str = Field("", max_length=80)
    name: str = Field("", max_length=60)
    phone: str = Field("", max_length=40)
    address: str = Field("", max_length=200)
    account_code: str = Field("", max_length=40)
    meter_code: str = Field("", max_length=40)
    unit_code: str = Field("", max_length=40)
    accepted_at: datetime | None = None
    due_at: datetime | None = None
    due_words: str = Field("", max_length=80)
    urgency: str = Field("", max_length=12)
    mood: str = Field("", max_length=12)
    secrecy: str = Field("", max_length=12)
    over_level: bool = False
    wants_call_back: bool = True


class PushOut(Schema):
    """`status`: opened, kept (a person must choose the category), known or urged."""

    status: str
    message: str
    call_number: str
    case_number: str
    understood: list[str]
    missing: list[str]


class StandingOut(Schema):
    """How an order stands, for the system that sent it; nothing personal."""

    external_no: str
    number: str
    state: str
    state_label: str
    type: str
    category: str
    outcome: str
    opened_at: datetime | None
    expected_at: datetime | None
    replied_at: datetime | None
    closed_at: datetime | None
    due_at: datetime | None
    urges: int


class UrgeIn(Schema):
    """A customer urges an order that is being handled; `urge_no` makes a repeated POST harmless."""

    external_no: str = Field(min_length=1, max_length=60)
    channel: Channel = Channel.PHONE_95598
    urge_no: str = Field(min_length=1, max_length=60)
    reason: UrgeReason = UrgeReason.OVERDUE
    text: str = Field("", max_length=2_000)


class UrgeOut(Schema):
    number: int
    within_limit: bool
    dispatched: bool


class Asked(Schema):
    channel: Channel = Channel.PHONE_95598
    external_no: str = Field(min_length=1, max_length=60)


@router.post("orders/", response=PushOut)
def push(
    request: HttpRequest,
    order: PushIn,
    idempotency_key: Header[str] = "",
) -> PushOut:
    """Bring in one order."""
    pushed = Push(**order.dict(), key=idempotency_key)
    found = services.take_push(push=pushed, by=web.actor(request), at=clock.now())
    return PushOut(
        status=found.status, message=found.message, call_number=found.call.number or "" if found.call else "",
        case_number=found.case.number or "" if found.case else "", understood=list(found.understood), missing=list(found.missing),
    )  # fmt: skip


@router.get("orders/", response=StandingOut, url_name="push")
def standing(request: HttpRequest, asked: Query[Asked]) -> object:
    """How the order with this number stands."""
    return selectors.standing_of(web.actor(request), asked.channel, asked.external_no)


@router.post("urges/", response=UrgeOut)
def press(request: HttpRequest, urge: UrgeIn) -> object:
    """Record that the customer urges."""
    who = web.actor(request)
    case = selectors.case_of_external(who, urge.channel, urge.external_no)
    return services.urge(
        case_id=case.pk, reason=urge.reason, words=urge.text, external_no=urge.urge_no, by=who, at=clock.now()
    )
