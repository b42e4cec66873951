"""Before anybody is disconnected: propose, contact, deliver the notice, ask for approval, approve or not, cancel."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from longzhong.cases.disconnections import selectors
from longzhong.cases.disconnections.models import Disconnection
from longzhong.cases.disconnections.rules import RECEIPT_LABELS, SYSTEM, WAY_LABELS, Given, Way
from longzhong.cases.disconnections.services.moving import NO_WORDS, begin, complete, enter, in_order, watch
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said, Upload
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.kit.texts import written
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.rules.accounts import AccountKind

NO_FILES: tuple[Upload, ...] = ()


@transaction.atomic
def propose(*, account_id: int, by: Actor, at: datetime) -> int:
    """Propose to act on an account's arrears, and return the id; the live one if there is one. It asks for a visit first."""
    need(by, "station", SYSTEM)
    account = customers.visible_to(by).select_related("area").filter(pk=account_id).first()
    if account is None:
        raise Refused("not_found", _("没有这一户，或不在您的管辖范围内。"))
    debt = selectors.owed(account_id)
    if debt is None:
        raise Refused("nothing_owed", _("这一户没有欠费；什么都没有改动。"))
    row = Disconnection(
        account=account, unit_id=account.unit_id, grid_id=account.area.grid_id if account.area else None,
        owed_fen=debt.fen, due_on=debt.due_on, is_resident=account.kind == AccountKind.RESIDENT, proposed_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            Disconnection.objects.bulk_create([row])
    except IntegrityError:
        return Disconnection.objects.values_list("pk", flat=True).get(account=account_id, closed_at=None)
    row.number = f"TF{civil_day(at):%Y%m%d}{row.pk:06d}"
    row.save(update_fields=["number"])
    data = {"overdue_d": (civil_day(at) - debt.due_on).days, "bills": debt.bills}
    matters.add_step(matter=selectors.label(row.pk), step=matters.NewStep("propose", data), by=by, at=at)
    return row.pk


def propose_due(*, by: Actor, at: datetime) -> int:
    """Propose every account that is due for it; safe twice. Returns how many were proposed."""
    found = selectors.to_propose(at)
    for account_id in found:
        propose(account_id=account_id, by=by, at=at)
    return len(found)


@transaction.atomic
def try_contact(*, disconnection_id: int, given: Given, by: Actor, at: datetime) -> Disconnection:
    """Nobody was met or answered: it is counted, and doesn't open the way to a notice."""
    row = enter(disconnection_id=disconnection_id, by=by)
    move = begin(row=row, verb="try_contact", by=by)
    row.tries += 1
    said = Said({"way": _way(given)}, {"note": given.note})
    return complete(row=row, move=move, said=said, fields=("tries",), by=by, at=at)


@transaction.atomic
def contact(
    *, disconnection_id: int, given: Given, photos: Sequence[Upload] = NO_FILES, by: Actor, at: datetime
) -> Disconnection:
    """The customer was met or reached: why they owe, what they need. A visit has a photo; both have what was said."""
    row = enter(disconnection_id=disconnection_id, by=by)
    move = begin(row=row, verb="contact", by=by)
    way, note = _way(given), written(given.note, _("客户为什么欠费、需要什么帮助"), code=NO_WORDS)
    if way == Way.VISIT:
        _evidence(photos)
    row.contacted_at, row.tries = in_order(given.moment, since=row.proposed_at, at=at), row.tries + 1
    said = Said({"way": way, "moment": row.contacted_at}, {"note": note}, photos)
    return complete(row=row, move=move, said=said, fields=("contacted_at", "tries"), by=by, at=at)


@transaction.atomic
def notice(
    *, disconnection_id: int, given: Given, photos: Sequence[Upload] = NO_FILES, by: Actor, at: datetime
) -> Disconnection:
    """The written notice was delivered, with a picture of its receipt; its days count from the delivery."""
    row = enter(disconnection_id=disconnection_id, by=by)
    move = begin(row=row, verb="notice", by=by)
    if given.receipt not in RECEIPT_LABELS:
        raise Refused("receipt_missing", _("请选择通知书怎样送达、谁签收；什么都没有改动。"))
    _evidence(photos)
    row.noticed_at, row.receipt = in_order(given.moment, since=row.contacted_at, at=at), given.receipt
    said = Said(
        {"receipt": row.receipt, "moment": row.noticed_at},
        {"note": given.note},
        photos,
    )
    return complete(row=row, move=move, said=said, fields=("noticed_at", "receipt"), by=by, at=at)


@transaction.atomic
def submit(*, disconnection_id: int, given: Given, by: Actor, at: datetime) -> Disconnection:
    """The station head asks for approval; what the guard forbids isn't asked for."""
    row = enter(disconnection_id=disconnection_id, by=by)
    move = begin(row=row, verb="submit", by=by)
    reason = written(given.reason, _("提请停电的理由"), code=NO_WORDS)
    watch(row=row, verb="submit", moment=at)
    row.asked_by_user, row.asked_by_staff = by.user_id, by.staff_id
    fields = ("asked_by_user", "asked_by_staff")
    return complete(row=row, move=move, said=Said({}, {"reason": reason}), fields=fields, by=by, at=at)


@transaction.atomic
def approve(*, disconnection_id: int, given: Given, by: Actor, at: datetime) -> Disconnection:
    """Somebody else approves, after the guard was read again."""
    row = enter(disconnection_id=disconnection_id, by=by)
    move = begin(row=row, verb="approve", by=by)
    watch(row=row, verb="approve", moment=at)
    row.approved_by_user, row.approved_at = by.user_id, at
    fields = ("approved_by_user", "approved_at")
    return complete(row=row, move=move, said=Said({}, {"note": given.note}), fields=fields, by=by, at=at)


@transaction.atomic
def decline(*, disconnection_id: int, given: Given, by: Actor, at: datetime) -> Disconnection:
    """Not approved, with a reason; it may be asked for again."""
    row = enter(disconnection_id=disconnection_id, by=by)
    move = begin(row=row, verb="decline", by=by)
    said = Said({}, {"reason": written(given.reason, _("不批准的理由"), code=NO_WORDS)})
    return complete(row=row, move=move, said=said, by=by, at=at)


@transaction.atomic
def cancel(*, disconnection_id: int, given: Given, by: Actor, at: datetime) -> Disconnection:
    """Given up by a person (a plan of instalments, help): not proposed again for the policy's days."""
    row = enter(disconnection_id=disconnection_id, by=by)
    move = begin(row=row, verb="cancel", by=by)
    reason = written(given.reason, _("取消的理由"), code=NO_WORDS)
    quiet = selectors.limits_of(row.account.unit_id, at).quiet_d
    row.quiet_until_on = civil_day(at) + timedelta(days=quiet)
    return complete(row=row, move=move, said=Said({}, {"reason": reason}), fields=("quiet_until_on",), by=by, at=at)


def _evidence(photos: Sequence[Upload]) -> None:
    if not photos:
        raise Refused("photo_missing", _("请拍照留证（现场、签收单）；什么都没有改动。"))


def _way(given: Given) -> str:
    if given.way not in WAY_LABELS:
        raise Refused("way_missing", _("请选择上门还是电话；什么都没有改动。"))
    return given.way
