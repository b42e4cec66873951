"""Was it solved at once, and thoroughly? First-contact resolution, and repeats after closing, with the lists behind each number."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from longzhong.cases.hotline.models import Call, CaseParty, Link, Urge
from longzhong.cases.hotline.models import Case as Matter
from longzhong.cases.hotline.rules.limits import CLOCK_LABELS
from longzhong.cases.hotline.rules.machine import State
from longzhong.cases.hotline.rules.words import CallOutcome, CaseType
from longzhong.cases.hotline.selectors.door import label, plain, visible_calls, visible_to
from longzhong.cases.hotline.selectors.repeats import AGAIN, limits_at
from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.kit.actor import Actor
from longzhong.kit.clock import day_start

FIRST = (CallOutcome.CASE, CallOutcome.JOINED, CallOutcome.ANSWERED, CallOutcome.OUTAGE)
WITHOUT_CASE = (CallOutcome.ANSWERED, CallOutcome.OUTAGE)


@dataclass(frozen=True)
class Fcr:
    """First contacts of a period whose `hours` are over; `resolved` of them brought no other contact in that time, `waiting`
    can't be judged yet.
    """

    contacts: int
    resolved: int
    waiting: int
    hours: int

    @property
    def rate(self) -> float | None:
        """0..1; None without any contact."""
        return self.resolved / self.contacts if self.contacts else None


@dataclass(frozen=True)
class Thorough:
    """Closed cases of one unit or person: how many were late, how many came again within the window after closing (S4-17)."""

    id: int
    name: str
    closed: int
    late: int
    again: int

    @property
    def rate(self) -> float:
        """Share that came again, 0..1."""
        return self.again / self.closed if self.closed else 0.0


def first_contacts(actor: Actor, first: date, last: date, at: datetime, unit_id: int | None = None) -> QuerySet[Call]:
    """The list behind: first contacts of these days (both included), each with `again` (came back within `repeat.fcr_h`)
    and `judged` (its hours are over).

    A contact about a case is come back to by another call, an urge, or a case linked with it; one that was answered without a
    case by any other call of the same account or phone, because nobody can tell what that was about.
    """
    hours = timedelta(hours=limits_at(unit_id, at).fcr_h)
    rows = visible_calls(actor).filter(
        at__gte=day_start(first), at__lt=day_start(last + timedelta(days=1)), outcome__in=FIRST
    )
    if unit_id is not None:
        rows = rows.filter(unit=unit_id)
    told_before = Link.objects.filter(case=OuterRef("case"), kind__in=AGAIN)
    called_before = Call.objects.filter(case=OuterRef("case"), at__lt=OuterRef("at"))
    rows = rows.filter(Q(case=None) | ~Exists(told_before), Q(case=None) | ~Exists(called_before))
    phone = (
        CaseParty.objects.filter(call=OuterRef("pk")).exclude(phone_index="").order_by("id").values("phone_index")[:1]
    )
    rows = rows.annotate(phone=Subquery(phone), until=F("at") + hours)
    return rows.annotate(
        again=Case(When(outcome__in=WITHOUT_CASE, then=_called_again()), default=_case_again(), output_field=BooleanField()),
        judged=Case(When(until__lte=at, then=Value(True)), default=Value(False), output_field=BooleanField()),
    ).order_by("-at", "-id")  # fmt: skip


def fcr(actor: Actor, first: date, last: date, at: datetime, unit_id: int | None = None) -> Fcr:
    """First-contact resolution (72 小时首次解决率) of the calls of these days, as far as it can be judged at `at`."""
    rows = first_contacts(actor, first, last, at, unit_id).order_by()
    found = rows.aggregate(
        contacts=Count("id", filter=Q(judged=True)),
        resolved=Count("id", filter=Q(judged=True, again=False)),
        waiting=Count("id", filter=Q(judged=False)),
    )
    return Fcr(**found, hours=limits_at(unit_id, at).fcr_h)


def closed_cases(actor: Actor, first: date, last: date, at: datetime, unit_id: int | None = None) -> QuerySet[Matter]:
    """Cases other than repairs (非抢类) closed in these days, each with `again`: told again within the window after closing."""
    window = timedelta(days=limits_at(unit_id, at).window_d)
    rows = visible_to(actor).filter(
        state=State.CLOSED, closed_at__gte=day_start(first), closed_at__lt=day_start(last + timedelta(days=1))
    )
    if unit_id is not None:
        rows = rows.filter(unit=unit_id)
    later = Link.objects.filter(
        earlier=OuterRef("pk"), kind__in=AGAIN, case__opened_at__lte=OuterRef("closed_at") + window
    )
    rows = rows.exclude(type=CaseType.REPAIR).annotate(again=Exists(later))
    return rows.select_related("category__parent", "unit", "owner").order_by("-closed_at", "-id")


@dataclass(frozen=True)
class Review:
    """Closed cases of a period, by unit and by who answered for them, the worst first; `late_ids` missed a limit."""

    units: list[Thorough]
    people: list[Thorough]
    late_ids: frozenset[int]


def thorough(actor: Actor, first: date, last: date, at: datetime) -> Review:
    """Were they on time, and did they hold? Two queries."""
    keys = ("id", "again", "unit_id", "unit__short_name", "unit__name", "owner_id", "owner__name")
    rows = list(closed_cases(actor, first, last, at).order_by("id").values_list(*keys))
    late = late_cases([row[0] for row in rows], at)
    units, people = dict[tuple[int, str], Counter[str]](), dict[tuple[int, str], Counter[str]]()
    for case_id, again, unit_id, short, name, owner_id, owner in rows:
        words = ["closed", *(["late"] if case_id in late else []), *(["again"] if again else [])]
        units.setdefault((unit_id, short or name), Counter()).update(words)
        people.setdefault((owner_id, owner), Counter()).update(words)
    return Review(_ranked(units), _ranked(people), frozenset(late))


def late_cases(case_ids: Collection[int], at: datetime) -> set[int]:
    """Those of these cases that missed one of their own time limits."""
    labels = {label(one): one for one in case_ids}
    return {labels[found] for found in matter_reads.late_matters(labels, CLOCK_LABELS, at)}


def _ranked(counts: Mapping[tuple[int, str], Counter[str]]) -> list[Thorough]:
    found = [Thorough(key, name, row["closed"], row["late"], row["again"]) for (key, name), row in counts.items()]
    return sorted(found, key=lambda one: (-one.rate, -one.again, one.name, one.id))


def _case_again() -> Exists | Q:
    """Another contact about the case, or about a case linked with it, within the hours."""
    within_hours = {"at__gt": OuterRef("at"), "at__lte": OuterRef("until")}
    called = Call.objects.filter(case=OuterRef("case"), **within_hours).exclude(pk=OuterRef("pk"))
    urged = Urge.objects.filter(case=OuterRef("case"), **within_hours)
    told = Link.objects.filter(
        earlier=OuterRef("case"),
        kind__in=AGAIN,
        case__opened_at__gt=OuterRef("at"),
        case__opened_at__lte=OuterRef("until"),
    )
    return Q(Exists(called)) | Q(Exists(urged)) | Q(Exists(told))


def _called_again() -> Q:
    """Any other call of the same account or phone within the hours."""
    later = Call.objects.filter(Q(case=None) | plain("case__"), at__gt=OuterRef("at"), at__lte=OuterRef("until"))
    later = later.exclude(pk=OuterRef("pk"))
    same_phone = CaseParty.objects.filter(
        Q(call__case=None) | plain("call__case__"),
        phone_index=Coalesce(OuterRef("phone"), Value("-")),
        call__at__gt=OuterRef("at"),
        call__at__lte=OuterRef("until"),
    ).exclude(call=OuterRef("pk"))
    return Q(Exists(later.filter(account=OuterRef("account")))) | Q(Exists(same_phone))
