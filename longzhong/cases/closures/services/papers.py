"""Accept with one document (一证受理), the others brought later; one bringing serves the hotline's case too (S4-34)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.closures import selectors
from longzhong.cases.closures.models import Closure, ClosurePaper, Telling, ToldAgain
from longzhong.cases.closures.rules import SAME_AS_HOTLINE, SHOWN, Given, may_pass_on, wanted
from longzhong.cases.closures.services.moving import complete, enter, refuse_if, set_next, start_handling
from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline import services as hotline_services
from longzhong.cases.hotline.rules.machine import LIVE as CASE_LIVE
from longzhong.cases.hotline.rules.papers import DOCUMENTS
from longzhong.cases.hotline.rules.papers import SHOWN as CASE_SHOWN
from longzhong.cases.hotline.rules.words import CaseType
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers
from longzhong.register.customers import services as customer_services
from longzhong.register.customers.rules.accounts import AccountState

PROPERTY = "property"  # 一证受理: the identity or the property document is enough, whatever the list says


@transaction.atomic
def accept(*, closure_id: int, given: Given, by: Actor, at: datetime) -> Closure:
    """Apply for it: one document is shown, the rest of the told list is wanted. The account is being closed from now on."""
    row, move = enter(closure_id=closure_id, verb="apply", by=by)
    listed = Telling.objects.values_list("codes", flat=True).get(closure=row)
    codes = wanted(listed, agent=given.agent)
    if given.shown not in SHOWN or given.shown not in (*codes, PROPERTY):
        raise Refused("paper_unknown", _("请从清单里选择客户出示的证件；什么都没有改动。"), shown=given.shown)
    _want(row, (given.shown, *codes), at)
    row.shown, row.agent, row.signed, row.applied_at = given.shown, given.agent, given.signed, at
    set_next(row=row, next_on=given.next_on, by=by, at=at)
    if customers.account_states([row.account_id]).get(row.account_id) == AccountState.ACTIVE:
        customer_services.move_account(account_id=row.account_id, verb="begin_closing", by=by, at=at)
    missing = selectors.missing_of(row.pk)
    _tell_hotline(row, missing, by, at)
    said = Said(
        {"shown": row.shown, "missing": missing, "signed": row.signed, "next_on": row.next_on}, {"note": given.note}
    )
    fields = ("shown", "agent", "signed", "applied_at")
    return complete(row=row, move=move, said=said, fields=fields, by=by, at=at)


@transaction.atomic
def bring(*, closure_id: int, given: Given, by: Actor, at: datetime) -> Closure:
    """A document that was wanted has been brought."""
    row, move = enter(closure_id=closure_id, verb="bring", by=by)
    brought = ClosurePaper.objects.filter(closure=row, code=given.paper, brought_at=None).update(brought_at=at)
    if not brought:
        raise Refused("paper_not_missing", _("这份材料不在待补清单里；什么都没有改动。"), paper=given.paper)
    case = _application(row, by)
    if case is not None and given.paper in SAME_AS_HOTLINE:
        papers = hotline.papers(case)
        if papers is not None and given.paper in papers.missing:
            hotline_services.bring_paper(case_id=case.pk, paper=given.paper, by=by, at=at)
    said = Said({"papers": [given.paper], "missing": selectors.missing_of(row.pk)})
    return complete(row=row, move=move, said=said, by=by, at=at)


@transaction.atomic
def pass_on(*, closure_id: int, given: Given, by: Actor, at: datetime) -> Closure:
    """The papers are whole, or what is missing is committed to in writing: the meter may be read and removed, our clock runs."""
    row, move = enter(closure_id=closure_id, verb="pass_on", by=by)
    row.signed = row.signed or given.signed
    refuse_if(may_pass_on(selectors.facts_of(row, at), selectors.limits_of(row.unit_id, at)))
    start_handling(row=row, by=by, at=at)
    said = Said({"missing": selectors.missing_of(row.pk), "signed": row.signed})
    return complete(row=row, move=move, said=said, fields=("signed",), by=by, at=at)


def _want(row: Closure, codes: Sequence[str], at: datetime) -> None:
    """What is wanted from now on: the told list, and what was asked for afterwards (marked so); the shown one is brought."""
    again = ToldAgain.objects.filter(telling__closure=row).exclude(code__in=codes).values_list("code", flat=True)
    rows = [(code, True) for code in dict.fromkeys(codes)] + [(code, False) for code in again]
    ClosurePaper.objects.bulk_create(
        [
            ClosurePaper(closure=row, code=code, told=told, asked_at=at, brought_at=at if code == codes[0] else None)
            for code, told in rows
        ]
    )


def _application(row: Closure, by: Actor) -> Any:
    """The hotline case of this closure, if it is an application that still goes on and the actor sees it."""
    if row.case_id is None:
        return None
    cases = hotline.visible_to(by).filter(pk=row.case_id, type=CaseType.APPLICATION, state__in=CASE_LIVE)
    return cases.first()


def _tell_hotline(row: Closure, missing: tuple[str, ...], by: Actor, at: datetime) -> None:
    """The case of an application says the same as the closure: accepted with this document, these are brought later."""
    case = _application(row, by)
    if case is None or row.shown not in CASE_SHOWN or hotline.papers(case) is not None:
        return
    deferred = [code for code in missing if code in SAME_AS_HOTLINE and code in DOCUMENTS]
    hotline_services.accept_one(case_id=case.pk, shown=row.shown, deferred=deferred, by=by, at=at)
