"""A frequent caller becomes a file, or is let rest; both by a person who has seen the calls (never automatic)."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline.rules.words import PartyKind, Secrecy
from longzhong.cases.petitioners.models import Petitioner, Rest
from longzhong.cases.petitioners.rules import WRITERS, Limits
from longzhong.cases.petitioners.services.files import NewFile, open_file
from longzhong.cases.petitioners.services.following import HIDDEN, follow_call
from longzhong.cases.petitioners.services.moving import HOUSE, said
from longzhong.kit import journal, vault
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.policies import selectors as policies

COLUMNS = (
    "unit_id", "account_id", "case__secrecy", "parties__name_sealed", "parties__phone_sealed", "parties__phone_index",
    "parties__person_id", "parties__account_id",
)  # fmt: skip
MOST_CALLS = 200


@transaction.atomic
def open_from_call(*, call_id: int, reason: str, by: Actor, at: datetime) -> Petitioner:
    """Open a file for who made this call; their calls of the policy's window come into it at once."""
    party = _party(call_id, by)
    account = party["parties__account_id"] or party["account_id"]
    new = NewFile(
        unit_id=party["unit_id"], reason=reason, name=vault.unseal(party["parties__name_sealed"]),
        phone=vault.unseal(party["parties__phone_sealed"]), person_id=party["parties__person_id"], account_id=account,
    )  # fmt: skip
    row = open_file(new=new, by=by, at=at)
    window = policies.limits(Limits, "petitioners", unit_id=party["unit_id"], day=civil_day(at)).window_d
    calls = hotline.visible_calls(HOUSE).filter(at__gte=at - timedelta(days=window), at__lte=at)
    if party["parties__phone_index"]:
        own = calls.filter(parties__phone_index=party["parties__phone_index"])
        for number in own.order_by("at", "id").values_list("id", flat=True)[:MOST_CALLS]:
            follow_call(call_id=number, by=HOUSE, at=at)
        row.refresh_from_db()
    return row


@transaction.atomic
def rest_candidate(*, call_id: int, reason: str, by: Actor, at: datetime) -> Rest:
    """No file for this caller: they aren't proposed again for the policy's days."""
    words, party = said(reason), _party(call_id, by)
    if not party["parties__phone_index"]:
        raise Refused("no_phone", _("这通来电没有留下电话，没法记住；什么都没有改动。"), call=call_id)
    limits = policies.limits(Limits, "petitioners", unit_id=party["unit_id"], day=civil_day(at))
    values = {"unit_id": party["unit_id"], "until_on": civil_day(at) + timedelta(days=limits.rest_d), "at": at}
    row, _new = Rest.objects.update_or_create(phone_index=party["parties__phone_index"], defaults=values)
    journal.record(by, "petitioners.rest", f"{hotline.CALL_NOUN}:{call_id}", at=at, reason=words)
    return row


def _party(call_id: int, by: Actor) -> dict[str, Any]:
    need(by, *WRITERS)
    rows = hotline.visible_calls(by).filter(pk=call_id, parties__kind=PartyKind.CALLER, parties__erased_at=None)
    row: dict[str, Any] | None = rows.order_by("parties__id").values(*COLUMNS).first()
    if row is None or (row["case__secrecy"] or Secrecy.OPEN) in HIDDEN:
        raise Refused("call_unknown", _("没有这通来电，或不在您的管辖范围内；什么都没有改动。"), call=call_id)
    return row
