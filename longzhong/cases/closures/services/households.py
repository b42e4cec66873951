"""Households of a demolition: contacted, refused, transferred, taken off the list and put back; found closed."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from longzhong.cases.closures import selectors
from longzhong.cases.closures.models import Household
from longzhong.cases.closures.rules import (
    CONTACT_WAYS,
    HOUSE_LIVE,
    HOUSEHOLD,
    SYSTEM,
    Given,
    House,
    Transfer,
    Work,
    next_on_fault,
)
from longzhong.cases.closures.services.moving import complete_household, enter_household, words_needed
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.rules.accounts import AccountState


@transaction.atomic
def contact_household(*, household_id: int, given: Given, by: Actor, at: datetime) -> Household:
    """Somebody was there or called: what the household said, and when to come again."""
    row, move = enter_household(household_id=household_id, verb="contact", by=by)
    if given.way not in CONTACT_WAYS:
        raise Refused("way_missing", _("请选择联系方式；什么都没有改动。"), way=given.way)
    words = words_needed(given.note, _("联系的情况"))
    row.tries, row.contacted_at, row.next_on = row.tries + 1, at, _next_on(row, given.next_on, at)
    said = Said({"way": given.way, "next_on": row.next_on}, {"note": words})
    return complete_household(row=row, move=move, said=said, fields=("tries", "contacted_at", "next_on"), by=by, at=at)


@transaction.atomic
def refuse_household(*, household_id: int, given: Given, by: Actor, at: datetime) -> Household:
    """The household won't close nor transfer; it stays on the list."""
    row, move = enter_household(household_id=household_id, verb="refuse", by=by)
    words = words_needed(given.reason, _("客户为什么拒绝"))
    row.next_on = _next_on(row, given.next_on, at)
    said = Said({"next_on": row.next_on}, {"reason": words})
    return complete_household(row=row, move=move, said=said, fields=("next_on",), by=by, at=at)


@transaction.atomic
def transfer_household(*, household_id: int, given: Given, by: Actor, at: datetime) -> Household:
    """The account isn't closed but transferred, renamed, reclassified or moved: done for this list."""
    row, move = enter_household(household_id=household_id, verb="transfer", by=by)
    if given.kind not in set(Transfer):
        raise Refused("transfer_missing", _("请选择过户、更名、改类或迁址；什么都没有改动。"), kind=given.kind)
    words = words_needed(given.reason, _("办理的情况"))
    row.transfer, row.next_on = given.kind, None
    said = Said({"transfer": given.kind}, {"reason": words})
    return complete_household(row=row, move=move, said=said, fields=("transfer", "next_on"), by=by, at=at)


@transaction.atomic
def drop_household(*, household_id: int, given: Given, by: Actor, at: datetime) -> Household:
    """Listed by mistake: it no longer counts."""
    row, move = enter_household(household_id=household_id, verb="drop", by=by)
    words = words_needed(given.reason, _("为什么移出名单"))
    row.next_on = None
    return complete_household(row=row, move=move, said=Said({}, {"reason": words}), fields=("next_on",), by=by, at=at)


@transaction.atomic
def resume_household(*, household_id: int, given: Given, by: Actor, at: datetime) -> Household:
    """Back on the list; refused where another project has the account now."""
    row, move = enter_household(household_id=household_id, verb="resume", by=by)
    words = words_needed(given.reason, _("为什么恢复"))
    if row.project.state != Work.OPEN:
        raise Refused("project_finished", _("拆迁项目已经结束，请先重新打开；什么都没有改动。"))
    row.transfer = ""
    try:
        with transaction.atomic():
            said = Said({}, {"reason": words})
            return complete_household(row=row, move=move, said=said, fields=("transfer",), by=by, at=at)
    except IntegrityError as error:
        raise Refused("listed_elsewhere", _("这一户已在另一个拆迁项目的名单里；什么都没有改动。")) from error


@transaction.atomic
def found_closed_household(*, household_id: int, by: Actor, at: datetime) -> bool:
    """The marketing system closed the account without a closure here. Safe twice."""
    need(by, SYSTEM)
    rows = Household.objects.select_for_update(of=("self",)).filter(pk=household_id, state__in=HOUSE_LIVE)
    row = rows.first()
    if row is None or customers.account_states([row.account_id]).get(row.account_id) != AccountState.CLOSED:
        return False
    complete_household(row=row, move=HOUSEHOLD.move("found", House(row.state)), said=Said(), by=by, at=at)
    return True


def _next_on(row: Household, next_on: date | None, at: datetime) -> date:
    """The day agreed upon, else that of the policy: nobody on the list is left without one once somebody spoke to them."""
    limits = selectors.limits_of(row.unit_id, at)
    if next_on_fault(next_on, civil_day(at), limits):
        raise Refused(
            "next_on_out_of_range",
            _("下次联系日期要在今天到 %(n)s 天以内；什么都没有改动。") % {"n": limits.contact_most_d},
        )
    return next_on or civil_day(at) + timedelta(days=limits.contact_d)
