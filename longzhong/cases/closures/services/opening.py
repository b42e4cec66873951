"""Begin a closure: a spoken wish, which is only kept, or applied for with at least one document; the list is told once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from longzhong.cases.closures import selectors
from longzhong.cases.closures.models import Closure
from longzhong.cases.closures.rules import (
    HALL,
    KEEPERS,
    OF_UTILITY,
    TOLD_BY,
    Channel,
    Facts,
    Given,
    Ground,
    NewClosure,
    Way,
    kind_of,
    may_begin,
)
from longzhong.cases.closures.services.moving import follow_household, note, plain, refuse_if, set_next
from longzhong.cases.closures.services.papers import accept
from longzhong.cases.closures.services.telling import NewTelling, keep_telling
from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline.selectors.owners import heir_of
from longzhong.dispatch.matters.services import Said, Upload
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers
from longzhong.register.customers import services as customer_services
from longzhong.register.customers.rules.accounts import AccountKind, AccountState
from longzhong.register.org import selectors as org


@transaction.atomic
def begin(*, account_id: int, new: NewClosure, uploads: Sequence[Upload] = (), by: Actor, at: datetime) -> Closure:
    """Begin the closure of an account; at most one is live. Without a document shown it is a wish and stays one (S0-21)."""
    need(by, *HALL)
    if new.ground not in set(Ground) or new.channel not in set(Channel):
        raise Refused("ground_unknown", _("请选择销户原因和提出方式；什么都没有改动。"))
    account = _account(by, account_id)
    row = _drafted(account, new, by, at)
    refuse_if(may_begin(_facts(row, new, at), selectors.limits_of(row.unit_id, at)))
    try:
        with transaction.atomic():
            Closure.objects.bulk_create([row])
    except IntegrityError as error:  # somebody else began it at the same moment
        raise _standing(account_id) from error
    row.number = f"XH{civil_day(at):%Y%m%d}{row.pk:06d}"
    row.save(update_fields=["number"])
    if row.household_id is not None:
        follow_household(household_id=row.household_id, verb="begin", closure_id=row.pk, by=by, at=at)
    words = {"note": plain(new.note)}
    data = {"ground": row.ground, "channel": row.channel, "case": row.case_id, "household": row.household_id}
    note(row=row, verb="begin", said=Said(data, words, uploads), by=by, at=at)
    set_next(row=row, next_on=new.next_on, by=by, at=at)
    row.save(update_fields=["next_on"])
    _tell(row, by, at)
    if new.shown or selectors.limits_of(row.unit_id, at).wish_marks:
        mark_closing(account_id=account_id, by=by, at=at)
    if new.shown:
        given = Given(shown=new.shown, agent=new.agent, signed=new.signed, next_on=row.next_on)
        accept(closure_id=row.pk, given=given, by=by, at=at)
        row.refresh_from_db()
    return row


def mark_closing(*, account_id: int, by: Actor, at: datetime) -> None:
    """The account is being closed from now on: bills are no longer sent to its phone (S0-38). Safe twice."""
    if customers.account_states([account_id]).get(account_id) == AccountState.ACTIVE:
        customer_services.move_account(account_id=account_id, verb="begin_closing", by=by, at=at)


def _account(by: Actor, account_id: int) -> Any:
    account = customers.visible_to(by).select_related("area").filter(pk=account_id).first()
    if account is None:
        raise Refused("not_found", _("没有这一户，或不在您的管辖范围内。"), account=account_id)
    if account.state == AccountState.CLOSED:
        raise Refused("account_closed", _("这一户已经销户，再用电须按新装办理；什么都没有改动。"), account=account_id)
    if selectors.live_of(account_id) is not None:
        raise _standing(account_id)
    return account


def _standing(account_id: int) -> Refused:
    held = selectors.live_of(account_id)
    return Refused(
        "closure_live", _("这一户已有一件在办的销户；没有重复登记，请在原件上办理。"), closure=held.pk if held else None
    )


def _drafted(account: Any, new: NewClosure, by: Actor, at: datetime) -> Closure:
    """The row, not kept yet: a household of an open demolition is closed as such."""
    household = selectors.live_household(account.pk)
    ground = Ground.DEMOLITION if household and new.ground == Ground.OWN else Ground(new.ground)
    if ground in OF_UTILITY:
        need(by, *KEEPERS)
    grid_id = account.area.grid_id if account.area else None
    return Closure(
        account_id=account.pk, unit_id=account.unit_id, grid_id=grid_id, household=household,
        case_id=_case(new, account.pk, by), ground=ground, channel=new.channel,
        kind=kind_of(ground, account.kind == AccountKind.RESIDENT), owner_id=_owner(account.unit_id, grid_id, by, at),
        idle_since_on=new.idle_since_on, begun_at=at,
    )  # fmt: skip


def _facts(row: Closure, new: NewClosure, at: datetime) -> Facts:
    return Facts(
        ground=row.ground, day=civil_day(at), idle_since_on=new.idle_since_on, suspended=new.suspended
    )  # fmt: skip


def _owner(unit_id: int, grid_id: int | None, by: Actor, at: datetime) -> int:
    """Whoever is asked first answers for it (首问负责); without a person the cell's manager, else the head."""
    manager = org.managers_of({grid_id}, civil_day(at)).get(grid_id) if grid_id else None
    owner = by.staff_id or manager or heir_of(unit_id, at)
    if owner is None:
        raise Refused("owner_unknown", _("这个单位没有能负责的人员；什么都没有改动，请先登记所长或台区经理。"))
    return owner


def _case(new: NewClosure, account_id: int, by: Actor) -> int | None:
    """The hotline case that this came from, if its number was given."""
    number = new.case_number.strip().upper()
    if not number:
        return None
    found = hotline.visible_to(by).filter(number=number).values_list("pk", "account_id").first()
    if found is None:
        raise Refused("case_unknown", _("没有这个编号的诉求，或不在您的管辖范围内；什么都没有改动。"), number=number)
    if found[1] not in (None, account_id):
        raise Refused("case_other_account", _("这件诉求是另一户的；什么都没有改动。"), number=number)
    return int(found[0])


def _tell(row: Closure, by: Actor, at: datetime) -> None:
    """Everything that will be asked for is told now, once."""
    way = TOLD_BY.get(Channel(row.channel), Way.PRINT)
    new = NewTelling(row.kind, way, row.unit_id, row.grid_id, row.account_id, row.case_id, row.pk, row.owner_id)
    telling = keep_telling(new=new, by=by, at=at)
    note(row=row, verb="tell", said=Said({"papers": telling.codes, "way": way, "telling": telling.pk}), by=by, at=at)
