"""Take a call: always kept, whatever was understood of it (首问不冷落, S3-17); who is calling is sealed beside it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline.events import CallTaken
from longzhong.cases.hotline.models import Call, CaseParty
from longzhong.cases.hotline.rules.given import TAKERS, NewCall
from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.hotline.rules.words import CALL_OUTCOME_LABELS, CallOutcome
from longzhong.cases.hotline.selectors.door import visible_calls
from longzhong.cases.hotline.services.placing import Spot, at_account, spot_of
from longzhong.kit import outbox, vault
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.kit.texts import clean_text
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.rules.masking import mask_party, mask_phone
from longzhong.register.customers.rules.numbers import normal_phone

MOST_EXTERNAL_NO = 60


@transaction.atomic
def take_call(*, call: NewCall, by: Actor, at: datetime) -> Call:
    """Keep a call, also one without words or without a known caller. Once for a (channel, external_no): the first one stands."""
    need(by, *TAKERS)
    number = clean_text(call.external_no, MOST_EXTERNAL_NO)
    if number and (known := _external(call.channel, number)):
        return known
    spot = spot_of(call=call, by=by, at=at)
    call = at_account(call, spot)
    try:
        with transaction.atomic():
            row = _kept(call, spot, number, by=by, at=at)
    except IntegrityError:
        if number and (known := _external(call.channel, number)):  # somebody else kept it at the same moment
            return known
        raise
    _keep_party(row, call)
    tell_call(call=row, at=at)
    return row


def _external(channel: str, number: str) -> Call | None:
    return Call.objects.filter(channel=channel, external_no=number).first()


def _kept(call: NewCall, spot: Spot, number: str, *, by: Actor, at: datetime) -> Call:
    names = [call.caller.name]
    codes = []
    if spot.account is not None:
        names += customers.names_behind(spot.account.id)
        codes = [spot.account.code]
    came_at = min(call.at or at, at)
    row = Call.objects.create(
        channel=call.channel, at=came_at, taken_by_id=by.staff_id, unit_id=spot.unit_id, grid_id=spot.grid_id,
        account_id=call.caller.account_id, area_id=spot.area_id, external_no=number, text_sealed=vault.seal(call.text),
        text=redact(call.text, names=filter(None, names), codes=codes), mood=call.mood,
    )  # fmt: skip
    row.number = f"LD{civil_day(came_at):%Y%m%d}{row.pk}"
    row.save(update_fields=["number"])
    return row


def _keep_party(row: Call, call: NewCall) -> None:
    """Who is calling, sealed; nothing for somebody who said nothing about themselves."""
    caller = call.caller
    if not caller.known:
        return
    phone = normal_phone(caller.phone)[:40]
    name = caller.name.strip()
    CaseParty.objects.create(
        call=row, account_id=caller.account_id, name_sealed=vault.seal(name), name_mask=mask_party(name)[:40],
        phone_sealed=vault.seal(phone), phone_mask=mask_phone(phone)[:24], phone_index=customers.phone_index(phone),
        address_sealed=vault.seal(caller.address.strip()), at=row.at,
    )  # fmt: skip


def tell_call(*, call: Call, at: datetime) -> None:
    """A call came, or became something: others read what it is now."""
    outbox.tell(
        CallTaken(
            call_id=call.pk, channel=call.channel, outcome=call.outcome, case_id=call.case_id, account_id=call.account_id,
            area_id=call.area_id, unit_id=call.unit_id, at=at,
        )
    )  # fmt: skip


def open_call(*, call_id: int, by: Actor) -> Call:
    """Door and lock: a kept call that nothing became of yet."""
    row = visible_calls(by).select_for_update(of=("self",)).filter(pk=call_id).first()
    if row is None:
        raise Refused("not_found", _("没有这个来电，或不在您的管辖范围内。"), call=call_id)
    if row.outcome != CallOutcome.KEPT:
        raise Refused(
            "call_settled",
            _("这个来电已经处理过（%(outcome)s）；没有重复办理。")
            % {"outcome": CALL_OUTCOME_LABELS[CallOutcome(row.outcome)]},
            case=row.case_id,
        )
    return row
