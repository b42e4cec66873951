"""From the papers to the legal end: contact, last reading and removal, settlement, closing; or withdrawn; or found closed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.closures import selectors
from longzhong.cases.closures.models import Closure
from longzhong.cases.closures.rules import (
    CONTACT_WAYS,
    LIVE,
    MACHINE,
    SYSTEM,
    Given,
    Ground,
    amount,
    may_close,
)
from longzhong.cases.closures.services.moving import complete, enter, plain, refuse_if, set_next, words_needed
from longzhong.cases.hotline.selectors.owners import has_left, heir_of
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said, Upload
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers
from longzhong.register.customers import services as customer_services
from longzhong.register.customers.rules.accounts import AccountState
from longzhong.register.org import selectors as org


@transaction.atomic
def contact(*, closure_id: int, given: Given, by: Actor, at: datetime) -> Closure:
    """The customer was reached or tried: what they said, and when they are contacted next."""
    row, move = enter(closure_id=closure_id, verb="contact", by=by)
    if given.way not in CONTACT_WAYS:
        raise Refused("way_missing", _("请选择联系方式；什么都没有改动。"), way=given.way)
    words = words_needed(given.note, _("联系的情况"))
    row.tries, row.contacted_at = row.tries + 1, at
    next_on = set_next(row=row, next_on=given.next_on, by=by, at=at)
    said = Said({"way": given.way, "next_on": next_on}, {"note": words})
    return complete(row=row, move=move, said=said, fields=("tries", "contacted_at"), by=by, at=at)


@transaction.atomic
def read(*, closure_id: int, given: Given, uploads: Sequence[Upload] = (), by: Actor, at: datetime) -> Closure:
    """The last reading, with a photo, and the meter removed; a demolished account gets no message from now on (S0-38)."""
    row, move = enter(closure_id=closure_id, verb="read", by=by)
    kwh = amount(given.kwh)
    if kwh is None:
        raise Refused("reading_missing", _("请填写末次抄表示数（数字，最多两位小数）；什么都没有改动。"))
    if not given.removed:
        raise Refused("meter_still_there", _("拆表后才能登记末次抄表；什么都没有改动。"))
    if not uploads:
        raise Refused("photo_missing", _("请上传拆表时的表计照片；什么都没有改动。"))
    row.kwh, row.removed, row.read_at = kwh, True, at
    state = customers.account_states([row.account_id]).get(row.account_id)
    if row.ground == Ground.DEMOLITION and state in (AccountState.ACTIVE, AccountState.CLOSING):
        customer_services.move_account(account_id=row.account_id, verb="demolish", by=by, at=at)
    said = Said({"kwh": str(kwh), "removed": True}, {"note": plain(given.note)}, uploads)
    return complete(row=row, move=move, said=said, fields=("kwh", "removed", "read_at"), by=by, at=at)


@transaction.atomic
def settle(*, closure_id: int, given: Given, by: Actor, at: datetime) -> Closure:
    """The last bill is paid, or there was nothing to pay."""
    row, move = enter(closure_id=closure_id, verb="settle", by=by)
    yuan, receipt = amount(given.yuan), given.receipt.strip()
    if yuan is None:
        raise Refused("amount_missing", _("请填写末次电费金额（没有电费填 0）；什么都没有改动。"))
    if (yuan and not receipt) or len(receipt) > 40:
        raise Refused("receipt_missing", _("有电费的要写缴费票据号（最多 40 个字）；什么都没有改动。"))
    row.final_fen, row.receipt, row.settled_at = int(yuan * 100), receipt, at
    said = Said({"receipt": bool(receipt)})
    return complete(row=row, move=move, said=said, fields=("final_fen", "receipt", "settled_at"), by=by, at=at)


@transaction.atomic
def close(*, closure_id: int, given: Given, by: Actor, at: datetime) -> Closure:
    """Closed for good: nothing is missing, the meter is gone, the bills are paid; the account says so."""
    row, move = enter(closure_id=closure_id, verb="close", by=by)
    refuse_if(may_close(selectors.facts_of(row, at)))
    state = customers.account_states([row.account_id]).get(row.account_id)
    if state == AccountState.ACTIVE:
        customer_services.move_account(account_id=row.account_id, verb="begin_closing", by=by, at=at)
    if state != AccountState.CLOSED:
        customer_services.move_account(account_id=row.account_id, verb="close", by=by, at=at)
    return complete(row=row, move=move, said=Said({}, {"note": plain(given.note)}), by=by, at=at)


@transaction.atomic
def withdraw(*, closure_id: int, given: Given, by: Actor, at: datetime) -> Closure:
    """The customer goes on using power; possible until the meter is gone."""
    row, move = enter(closure_id=closure_id, verb="withdraw", by=by)
    words = words_needed(given.reason, _("客户为什么撤回"))
    if customers.account_states([row.account_id]).get(row.account_id) == AccountState.CLOSING:
        customer_services.move_account(account_id=row.account_id, verb="cancel_closing", by=by, at=at)
    return complete(row=row, move=move, said=Said({}, {"reason": words}), by=by, at=at)


@transaction.atomic
def found_closed(*, closure_id: int, by: Actor, at: datetime) -> bool:
    """The marketing system closed the account meanwhile: so is this. Safe twice."""
    need(by, SYSTEM)
    row = Closure.objects.select_for_update(of=("self",)).filter(pk=closure_id, state__in=LIVE).first()
    if row is None or customers.account_states([row.account_id]).get(row.account_id) != AccountState.CLOSED:
        return False
    complete(row=row, move=MACHINE.move("found", row.state), said=Said(), by=by, at=at)
    return True


@transaction.atomic
def assign(*, closure_id: int, given: Given, by: Actor, at: datetime) -> Closure:
    """Somebody else answers for it from now on, with its clocks."""
    row, _move = enter(closure_id=closure_id, verb="assign", by=by)
    code = given.staff.strip()
    staff = org.staff_ids([code]).get(code) if code else None
    if staff is None or has_left(staff, at):
        raise Refused("no_such_staff", _("没有这个工号，或已不在岗；什么都没有改动。"), staff=code)
    return _give(row, staff, by, at)


@transaction.atomic
def hand_over_leavers(*, by: Actor, at: datetime) -> int:
    """Live closures of people who hold no post any more go to the cell's manager, else to the head. Returns how many."""
    need(by, SYSTEM)
    rows = list(Closure.objects.filter(state__in=LIVE).select_for_update(of=("self",)).order_by("id"))
    gone = {one for one in {row.owner_id for row in rows} if has_left(one, at)}
    managers = org.managers_of({row.grid_id for row in rows if row.grid_id}, civil_day(at))
    moved = 0
    for row in rows:
        if row.owner_id not in gone:
            continue
        manager = managers.get(row.grid_id) if row.grid_id else None
        heir = manager if manager not in (None, *gone) else heir_of(row.unit_id, at)
        if heir is not None and heir != row.owner_id:
            _give(row, heir, by, at)
            moved += 1
    return moved


def _give(row: Closure, staff_id: int, by: Actor, at: datetime) -> Closure:
    was, row.owner_id = row.owner_id, staff_id
    matters.give_clocks(matter=selectors.label(row.pk), owner_id=staff_id, by=by, at=at)
    said = Said({"from_staff": was, "to_staff": staff_id})
    return complete(row=row, move=MACHINE.move("assign", row.state), said=said, fields=("owner",), by=by, at=at)
