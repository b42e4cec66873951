"""Notices for programs: how far they are; and the address to which providers push their receipts."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from longzhong.dispatch.notifications import selectors, services
from longzhong.dispatch.notifications.rules import Heard
from longzhong.kit import clock, web
from longzhong.kit.actor import Actor

router = Router(tags=["notifications"])
CALLBACK = Actor.machine("notifications.callback")


class NoticeOut(Schema):
    """A notice with its messages by state; queued = waiting + claimed + sent + failed + uncertain."""

    id: int
    number: str
    title: str
    cause: str
    purpose: str
    state: str
    queued: int
    waiting: int
    claimed: int
    sent: int
    failed: int
    uncertain: int
    cancelled: int
    skipped: int


class ReceiptIn(Schema):
    """One receipt: by our number (`our`) or the provider's (`ref`)."""

    kind: Heard
    our: str = Field("", max_length=24)
    ref: str = Field("", max_length=80)
    code: str = Field("", max_length=20)
    at: datetime | None = None


class ReceiptsIn(Schema):
    """At most a thousand at once."""

    receipts: list[ReceiptIn] = Field(max_length=1000)


class TakenOut(Schema):
    """How many receipts came and how many found their message; the others wait seven days."""

    received: int
    matched: int


@router.get("{int:notice_id}", response=NoticeOut)
def notice(request: HttpRequest, notice_id: int) -> dict[str, Any]:
    """One notice, counted now."""
    row = selectors.notice_of(web.actor(request), notice_id)
    card = selectors.progress(row.pk)
    return {**card.__dict__, "queued": card.counts.queued, **card.counts.as_dict()}


@router.post("receipts/{code}", response=TakenOut, auth=None)
def receipts(request: HttpRequest, code: str, body: ReceiptsIn) -> dict[str, int]:
    """Receipts of a provider, who shows its shared secret in `X-Longzhong-Secret`; repeated ones are kept once."""
    at, secret = clock.now(), request.headers.get("X-Longzhong-Secret", "")
    provider = services.provider_by_secret(code=code, secret=secret, by=CALLBACK, at=at)
    told = [services.NewReceipt(one.kind, one.at or at, one.ref, one.our, one.code) for one in body.receipts]
    matched = services.record_receipts(provider_id=provider, receipts=told, by=CALLBACK, at=at)
    return {"received": len(told), "matched": matched}
