"""Calls that were tried and those that are due: the call-back desk (回访台)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from longzhong.cases.hotline.models import CallBack, Case, CaseParty
from longzhong.cases.hotline.rules.callbacks import IN_VAIN, CallLimits, apart, is_exhausted, next_try
from longzhong.cases.hotline.rules.machine import State
from longzhong.cases.hotline.rules.words import RESULT_LABELS, CallResult, Purpose
from longzhong.cases.hotline.selectors.boards import board
from longzhong.cases.hotline.selectors.door import may_know_caller
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.customers import selectors as customers
from longzhong.register.policies import selectors as policies

HIDDEN = "保密"


@dataclass(frozen=True)
class CallLine:
    """A case whose customer is to be called: attempts of this round, when next, and whether enough was tried."""

    case: Case
    phone: str
    tried: int
    needed: int
    last: str
    next_at: datetime
    is_now: bool
    is_exhausted: bool
    is_own: bool


def vain_calls(case: Case) -> list[datetime]:
    """The call-backs in vain since the last reply."""
    rows = CallBack.objects.filter(case=case, purpose=Purpose.REVIEW, result__in=IN_VAIN)
    if case.replied_at is not None:
        rows = rows.filter(at__gte=case.replied_at)
    return list(rows.order_by("at", "id").values_list("at", flat=True))


def to_call(actor: Actor) -> QuerySet[Case]:
    """Cases that wait for the call-back, due soonest first."""
    return board(actor).filter(state=State.CALLING).select_related("account__unit", "account__area")


def call_lines(actor: Actor, cases: Sequence[Case], at: datetime) -> list[CallLine]:
    """The lines of the desk; five queries for any number of cases. Who left no number is called under the account's."""
    calls: dict[int, list[CallBack]] = {}
    for row in CallBack.objects.filter(case__in=cases, purpose=Purpose.REVIEW).order_by("at", "id"):
        calls.setdefault(row.case_id, []).append(row)
    phones = caller_masks(actor, cases)
    silent = [case.account for case in cases if case.account is not None and not phones[case.pk][1]]
    known = {card.id: card.phone for card in customers.cards_of(actor, silent)} if silent else {}
    units = {case.unit_id for case in cases}
    limits = policies.limits_of_units(CallLimits, "callback", unit_ids=units, day=civil_day(at)) if units else {}
    reached = {case.pk: phones[case.pk][1] or known.get(case.account_id or 0, "") for case in cases}
    return [_line(actor, case, calls.get(case.pk, []), reached[case.pk], limits[case.unit_id], at) for case in cases]


def caller_masks(actor: Actor, cases: Sequence[Case]) -> dict[int, tuple[str, str]]:
    """Name and phone of each case's caller, masked; hidden where the caller asked for secrecy. One query."""
    masks: dict[int, tuple[str, str]] = {}
    rows = CaseParty.objects.filter(case__in=cases).order_by("-kind", "-id")
    for case_id, name, phone in rows.values_list("case_id", "name_mask", "phone_mask"):
        known = masks.get(case_id, ("", ""))
        masks[case_id] = (name or known[0], phone or known[1])
    return {
        case.pk: masks.get(case.pk, ("", "")) if may_know_caller(actor, case) else (HIDDEN, HIDDEN) for case in cases
    }


def _line(actor: Actor, case: Case, calls: list[CallBack], phone: str, limits: CallLimits, at: datetime) -> CallLine:
    round_ = [row for row in calls if case.replied_at is None or row.at >= case.replied_at]
    vain = [row.at for row in round_ if row.result in IN_VAIN]
    due = next_try(vain, at, limits)
    return CallLine(
        case=case, phone=phone, tried=len(apart(vain, limits)), needed=limits.attempts_n,
        last=RESULT_LABELS[CallResult(round_[-1].result)] if round_ else "", next_at=due, is_now=due <= at,
        is_exhausted=is_exhausted(vain, limits), is_own=actor.staff_id is not None and actor.staff_id == case.owner_id,
    )  # fmt: skip
