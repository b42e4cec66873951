"""Receipts: what came back, by our number or the provider's; heard twice is heard once, too early is kept until it fits."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.notifications.models import Message, Provider, Receipt
from longzhong.dispatch.notifications.rules import Heard, MessageState, message_of
from longzhong.dispatch.notifications.services.providers import config_of
from longzhong.dispatch.notifications.services.wording import ack_code
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused

ORPHAN_DAYS = 7
MATCH_PAGE = 2000


@dataclass(frozen=True)
class NewReceipt:
    """A receipt as it came: `our` is our number, `ref` the provider's; one of the two."""

    kind: Heard
    at: datetime
    ref: str = ""
    our: str = ""
    code: str = ""


@transaction.atomic
def record_receipts(
    *,
    provider_id: int,
    receipts: Sequence[NewReceipt],
    by: Actor,  # noqa: ARG001  every service says who
    at: datetime,  # noqa: ARG001  and when: a receipt brings its own moment
) -> int:
    """Keep receipts of one provider; returns how many found their message. An uncertain message that is heard of was sent."""
    by_our = {one.our: told for one in receipts if one.our and (told := message_of(one.our))}
    rows = Message.objects.filter(pk__in=[number for _token, number in by_our.values()], provider=provider_id)
    tokens = dict(rows.values_list("pk", "notice__token"))
    refs = [one.ref for one in receipts if one.ref]
    named = Message.objects.filter(provider=provider_id, provider_ref__in=refs).exclude(provider_ref="")
    by_ref = dict(named.values_list("provider_ref", "pk"))
    kept, matched = [], []
    for one in receipts:
        token, number = by_our.get(one.our, ("", 0))
        found = number if number and tokens.get(number) == token else by_ref.get(one.ref)
        if found is not None:
            matched.append(found)
        if found is not None or one.ref:
            kept.append(
                Receipt(message_id=found, provider_id=provider_id, provider_ref=one.ref[:80], kind=one.kind,
                        code=one.code[:20], at=one.at)
            )  # fmt: skip
    Receipt.objects.bulk_create(kept, ignore_conflicts=True)
    _heard_of(matched)
    return len(matched)


@transaction.atomic
def match_receipts(*, by: Actor, at: datetime) -> int:  # noqa: ARG001  every service says who
    """Give waiting receipts their message, and forget those nobody can place (job)."""
    waiting = Receipt.objects.select_for_update(skip_locked=True).filter(message=None).order_by("id")
    Receipt.objects.filter(message=None, at__lt=at - timedelta(days=ORPHAN_DAYS)).delete()
    matched = []
    for row in list(waiting[:MATCH_PAGE]):
        owner = (
            Message.objects.filter(provider=row.provider_id, provider_ref=row.provider_ref)
            .exclude(provider_ref="")
            .first()
        )
        if owner is None:
            continue
        matched.append(owner.pk)
        if Receipt.objects.filter(message=owner, kind=row.kind).exists():
            row.delete()
        else:
            Receipt.objects.filter(pk=row.pk).update(message=owner)
    _heard_of(matched)
    return len(matched)


@transaction.atomic
def acknowledge(*, code: str, by: Actor, at: datetime) -> int:  # noqa: ARG001  the code says who
    """The recipient confirms by the code of their message (place {ack}); returns the message's id."""
    found = message_of(code[:-12]) if len(code) > 12 else None
    row = Message.objects.filter(pk=found[1]).select_related("notice").first() if found else None
    if row is None or not hmac.compare_digest(ack_code(row.notice.token, row.pk), code):
        raise Refused("ack_unknown", _("确认码不对，请核对短信里的链接。"))
    Receipt.objects.bulk_create(
        [Receipt(message=row, provider_id=row.provider_id, kind=Heard.ACKNOWLEDGED, at=at)], ignore_conflicts=True
    )
    _heard_of([row.pk])
    return row.pk


def provider_by_secret(*, code: str, secret: str, by: Actor, at: datetime) -> int:  # noqa: ARG001  nobody is known yet
    """The provider that a callback comes from, by its shared secret; refused alike whether code or secret is wrong."""
    row = Provider.objects.filter(code=code).first()
    expected = config_of(row).secrets.get("callback", "") if row else ""
    if row is None or not expected or not hmac.compare_digest(expected.encode(), secret.encode()):
        raise Refused("not_allowed", _("回执口令不对；什么都没有记录。"))
    return row.pk


def _heard_of(ids: Sequence[int]) -> None:
    rows = Message.objects.filter(pk__in=ids, state=MessageState.UNCERTAIN)
    rows.update(state=MessageState.SENT, reason="", settled_at=clock.real_now(), lease_until=None)
