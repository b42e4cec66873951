"""What the hotline counts for others: by unit, each number as the rows that it counts, so that a list can show exactly them.

A `Week` is the span [start, until) and the moment `as_of` at which states are looked at (as far as rows tell afterwards). Voided
cases count nowhere. Sources: S4-18 (weekly bulletin), REFERENCE §2.6 (repeat calls, 72 h), §6.4 (回访满意率). No door here: callers
are jobs of the house, or ask with the units that a reader may see.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from longzhong.cases.hotline.models import Call, CallBack, Case, Link, Promise, Urge
from longzhong.cases.hotline.rules.machine import State
from longzhong.cases.hotline.rules.words import CallResult, LinkKind, Purpose
from longzhong.cases.hotline.selectors import resolving
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day

AGAIN = (LinkKind.REPEAT, LinkKind.REOPENED)
ANSWERS = (CallResult.SATISFIED, CallResult.FAIR, CallResult.DISSATISFIED)


@dataclass(frozen=True)
class Week:
    """A span of time [start, until), and when states are looked at."""

    start: datetime
    until: datetime
    as_of: datetime


@dataclass(frozen=True)
class Hit:
    """One thing counted: of which unit and case; `item_id` the promise, urge, call or call-back (the case itself else).

    `good` matters for shares only: whether it belongs to the numerator.
    """

    unit_id: int
    case_id: int
    item_id: int
    good: bool = True


def slow_cases(units: Collection[int], week: Week, hours: float) -> list[Hit]:
    """Not finished in short time (未在短时间办结): live at `as_of` and older than the policy's hours then."""
    return _cases(_live(units, week.as_of).filter(opened_at__lt=week.as_of - timedelta(hours=hours)))


def late_cases(units: Collection[int], week: Week) -> list[Hit]:
    """Live at `as_of` with the nearest running deadline behind them."""
    return _cases(_live(units, week.as_of).filter(due_at__lt=week.as_of))


def promises_open(units: Collection[int], week: Week) -> list[Hit]:
    """Promises that run at `as_of` and aren't due yet."""
    running = Q(ended_at=None) | Q(ended_at__gte=week.as_of)
    return _of_case(_promises(units).filter(running, made_at__lt=week.as_of, due_at__gte=week.as_of))


def promises_due(units: Collection[int], week: Week) -> list[Hit]:
    """Promises that fell due in the week; good: what was promised was done, moved or released by then."""
    return _of_case(_promises(units).filter(_in("due_at", week)), good=lambda one: not _broken(one))


def promises_broken(units: Collection[int], week: Week) -> list[Hit]:
    """Promises that fell due in the week and were not kept, moved or released by then; kept late is broken too."""
    late = Q(ended_at=None) | Q(ended_at__gt=F("due_at"))
    return _of_case(_promises(units).filter(late, _in("due_at", week), due_at__lt=week.as_of))


def urged(units: Collection[int], week: Week) -> list[Hit]:
    """Urges (催办) of the week, each one."""
    rows = Urge.objects.filter(_in("at", week), case__unit__in=units).exclude(case__state=State.VOID)
    return _of_case(rows.select_related("case"))


def repeated(units: Collection[int], week: Week) -> list[Hit]:
    """Repeat contacts (重复致电): calls of the week about a case that existed, and cases of the week that tell an earlier
    matter of the same customer again."""
    calls = Call.objects.filter(_in("at", week), case__unit__in=units, at__gt=F("case__opened_at"))
    cases = Case.objects.filter(_in("opened_at", week), Exists(_links(case=OuterRef("pk"))), unit__in=units)
    told = _of_case(calls.exclude(case__state=State.VOID).select_related("case"))
    return told + _cases(cases.exclude(state=State.VOID))


def first_contacts(units: Collection[int], week: Week, hours: float) -> list[Hit]:
    """First contacts whose `hours` ended in the week (FCR, as `resolving` defines it); good: they brought no other contact.

    A contact that was answered without a case has the case 0; the item is the call.
    """
    start, until = week.start - timedelta(hours=hours), week.until - timedelta(hours=hours)
    rows = resolving.first_contacts(Actor.machine("hotline"), civil_day(start), civil_day(until), week.until)
    rows = rows.filter(at__gte=start, at__lt=until, unit__in=units).order_by("id")
    return [Hit(call.unit_id, call.case_id or 0, call.pk, not call.again) for call in rows]  # type: ignore[attr-defined]


def call_back_answers(units: Collection[int], week: Week) -> list[Hit]:
    """Call-backs (回访) of the week that were answered with a verdict; good: satisfied or fairly so."""
    rows = CallBack.objects.filter(_in("at", week), purpose=Purpose.REVIEW, result__in=ANSWERS, case__unit__in=units)
    rows = rows.exclude(case__state=State.VOID).select_related("case")
    return _of_case(rows, good=lambda one: one.result != CallResult.DISSATISFIED)


def _live(units: Collection[int], at: datetime) -> QuerySet[Case]:
    rows = Case.objects.filter(Q(closed_at=None) | Q(closed_at__gte=at), unit__in=units, opened_at__lt=at)
    return rows.exclude(state=State.VOID)


def _promises(units: Collection[int]) -> QuerySet[Promise]:
    return Promise.objects.filter(case__unit__in=units).exclude(case__state=State.VOID).select_related("case")


def _broken(promise: Promise) -> bool:
    return promise.ended_at is None or promise.ended_at > promise.due_at


def _links(**of: Any) -> QuerySet[Link]:
    """Links that tell the same customer's matter again."""
    same = Q(kind=LinkKind.SAME_MATTER, case__account__isnull=False, case__account=F("earlier__account"))
    return Link.objects.filter(Q(kind__in=AGAIN) | same, **of)


def _in(column: str, week: Week) -> Q:
    return Q(**{f"{column}__gte": week.start, f"{column}__lt": week.until})


def _cases(rows: QuerySet[Case]) -> list[Hit]:
    return [Hit(unit, case, case) for unit, case in rows.order_by("id").values_list("unit_id", "id")]


def _of_case(rows: QuerySet[Any], good: Any = lambda _one: True) -> list[Hit]:
    return [Hit(one.case.unit_id, one.case_id, one.pk, good(one)) for one in rows.order_by("id")]


def promise_texts(ids: Collection[int]) -> dict[int, tuple[str, datetime]]:
    """What was promised and for when, by the promise's id."""
    rows = Promise.objects.filter(pk__in=ids).values_list("id", "text", "due_at")
    return {key: (text, due_at) for key, text, due_at in rows}
