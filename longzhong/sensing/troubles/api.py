"""Troubles for meter and switch systems: pushes of last gasps, silent meters, feeder events; and the open troubles."""

from datetime import datetime
from typing import Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from pydantic import AwareDatetime

from longzhong.kit import clock, web
from longzhong.sensing.troubles import selectors, services
from longzhong.sensing.troubles.rules import NewSignal, SignalKind

router = Router(tags=["troubles"])


class SignalIn(Schema):
    """One signal; `source` is your own label of it, unique with the kind. Moments carry their offset."""

    kind: Literal["call", "last_gasp", "missing", "feeder_event"]
    at: AwareDatetime
    source: str = Field(min_length=1, max_length=80)
    meter_code: str = Field("", max_length=40)
    feeder_code: str = Field("", max_length=40)
    section_code: str = Field("", max_length=40)
    lat: float | None = Field(None, ge=-90, le=90)
    lon: float | None = Field(None, ge=-180, le=180)


class SignalsIn(Schema):
    """A push of at most 5,000 signals."""

    client_key: str = Field(min_length=8, max_length=64)
    signals: list[SignalIn] = Field(max_length=5_000)


class HeardOut(Schema):
    """How many signals were new, now or by an earlier POST with this key."""

    new: int


class TroubleOut(Schema):
    """A probable outage in a list; confidence 0..1."""

    id: int
    level: str
    device: str
    name: str
    state: str
    began_at: datetime
    last_at: datetime
    confidence: float
    signals: int
    areas: int
    accounts: int
    outage_id: int | None


class Asked(Schema):
    """Filters and page; a page holds at most 100."""

    state: str = "open"
    limit: int = Field(50, ge=1, le=100)
    offset: int = Field(0, ge=0, le=100_000)


@router.post("signals/", response=HeardOut)
def push(request: HttpRequest, sent: SignalsIn) -> HeardOut:
    """Hear signals; those known by source and kind change nothing."""
    rows = [NewSignal(**{**one.dict(), "kind": SignalKind(one.kind)}) for one in sent.signals]
    new = services.hear_once(signals=rows, key=sent.client_key, by=web.actor(request), at=clock.now())
    return HeardOut(new=new)


@router.get("", response=list[TroubleOut])
def troubles(request: HttpRequest, asked: Query[Asked]) -> object:
    """Troubles that the caller may see, the newest first."""
    rows = selectors.board(web.actor(request)).filter(state=asked.state)
    return rows[asked.offset : asked.offset + asked.limit]
