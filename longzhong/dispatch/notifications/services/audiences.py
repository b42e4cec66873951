"""Audiences that a person chose on the composer's page: kept with the batch, resolved by a job."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.notifications import selectors
from longzhong.dispatch.notifications.models import Notice
from longzhong.dispatch.notifications.rules import NewNotice, Recipient
from longzhong.dispatch.notifications.services.composing import CHUNK, fill_notice, open_notice
from longzhong.kit import clock, vault
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.rules.masking import mask_account_code
from longzhong.register.org import selectors as org

OWN_CODE = "account"  # the place that is filled with each account's masked number


def open_once(
    *, notice: NewNotice, audience: Mapping[str, object], phones: Sequence[str], key: str, by: Actor, at: datetime
) -> int:
    """Open a batch for a chosen audience once for a client key; phones typed by hand are sealed. Returns its id."""

    def make() -> int:
        chosen = {**audience, "phones": [vault.seal(one) for one in phones]}
        return open_notice(notice=notice, audience=chosen, by=by, at=at).pk

    return matters.once_int(key=key, what="notifications.new", make=make, by=by, at=at)


def compose_waiting(*, by: Actor, at: datetime) -> int:
    """Resolve the audiences that wait (job); returns how many batches."""
    notices = selectors.still_composing()
    for notice_id in notices:
        try:
            fill_notice(notice_id=notice_id, recipients=_audience(notice_id, by, at), by=by, at=at)
        except Refused as refusal:  # cancelled, or composed by another worker meanwhile
            if refusal.code not in {"not_composing", "composed_elsewhere"}:
                raise
    return len(notices)


def _audience(notice_id: int, by: Actor, at: datetime) -> Iterator[Recipient]:
    notice = Notice.objects.select_related("template").get(pk=notice_id)
    chosen = notice.audience or {}
    units = org.descendants(int(chosen["unit"]), clock.civil_day(at))
    names = {one.name for one in selectors.variables_of(notice.template)}
    coded = OWN_CODE in names and OWN_CODE not in notice.params
    accounts = customers.audience(by, units, chosen.get("areas", ()), chosen.get("estate", ""))
    while some := list(islice(accounts, CHUNK)):
        codes = customers.codes_of(some) if coded else {}
        for one in some:
            yield Recipient(account_id=one, params={OWN_CODE: mask_account_code(codes[one])} if coded else {})
    for sealed in chosen.get("phones", ()):
        yield Recipient(phone=vault.unseal(sealed), params={OWN_CODE: "****"} if coded else {})
