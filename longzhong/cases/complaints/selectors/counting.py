"""What complaint governance counts for others: each number as the rows that it counts, so that a list can show exactly them.

Scope is the reader's door (`visible_to`): nobody counts what they may not see. A matter that was voided or filed under another type
counts nowhere; one that the customer withdrew counts in the total.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, ExtractHour, ExtractIsoWeekDay, TruncMonth
from django.db.models.lookups import GreaterThan, In

from longzhong.cases.complaints.models import Complaint, Decision
from longzhong.cases.complaints.rules.ledger import Tally
from longzhong.cases.complaints.rules.machine import State
from longzhong.cases.complaints.rules.words import COUNTS_AGAINST, Kind
from longzhong.cases.complaints.selectors.door import visible_to
from longzhong.cases.hotline.rules.words import Secrecy
from longzhong.kit.actor import Actor
from longzhong.kit.clock import CST

KEYS: Mapping[str, Combinable] = {
    "all": F("kind"),
    "category": F("category"),
    "unit": F("unit"),
    "department": F("department"),
    "staff": F("about_staff"),
    "area": Case(When(secrecy=Secrecy.OPEN, then=F("case__area"))),
    "channel": F("channel"),
    "grade": F("grade"),
    "hour": ExtractHour("accepted_at", tzinfo=CST),
    "weekday": ExtractIsoWeekDay("accepted_at", tzinfo=CST),
    "month": TruncMonth("accepted_at", tzinfo=CST),
}
"""What matters are told apart by; hours, days and months are the county's (Asia/Shanghai). A secret caller's area isn't told."""
DECIDED = ("cause", "responsibility")
"""Told apart by what was decided: the root cause by the office, the responsibility after appeal."""


@dataclass(frozen=True)
class Span:
    """Accepted in [start, until), verdicts as they stood at `as_of`."""

    start: datetime
    until: datetime
    as_of: datetime


@dataclass(frozen=True)
class Hit:
    """One matter counted: when and where, and in which ledgers it stands as upheld."""

    complaint_id: int
    unit_id: int
    at: datetime
    decided: bool
    raw: bool
    final: bool
    corrected: bool

    @property
    def tally(self) -> Tally:
        return Tally(1, int(self.decided), int(self.raw), int(self.final), int(self.corrected))


def counted(actor: Actor, span: Span, kinds: Collection[str] = (Kind.COMPLAINT,)) -> QuerySet[Complaint]:
    """The matters of a span that count, of these kinds: none that was accepted after the moment asked for."""
    rows = visible_to(actor).filter(kind__in=kinds, accepted_at__gte=span.start, accepted_at__lt=span.until)
    return rows.filter(accepted_at__lte=span.as_of).exclude(state=State.VOID)


def key_of(by: str, as_of: datetime) -> Combinable:
    """What matters are told apart by, as it stood at a moment: what was decided later isn't known yet."""
    if by not in DECIDED:
        return KEYS[by]
    given = Decision.objects.filter(complaint=OuterRef("pk"), at__lte=as_of).order_by("-number")
    now, given, then = (
        ("root_cause", given.filter(appeal=""), "root_cause")
        if by == "cause"
        else ("final_responsibility", given, "responsibility")
    )
    stands = Q(round=1, final_at__lte=as_of)  # as its columns say: decided once, and no appeal changed it since
    return Coalesce(Case(When(stands, then=F(now)), default=Subquery(given.values(then)[:1])), Value(""))


def tallies(rows: QuerySet[Complaint], by: str, as_of: datetime) -> dict[Any, Tally]:
    """Key → tally of these matters, told apart by one of `KEYS` or `DECIDED`; one query."""
    names = ("n_decided", "n_raw", "n_final", "n_corrected")
    counts = {name: Count("id", filter=one) for name, one in zip(names, standing(as_of), strict=True)}
    found = rows.order_by().annotate(key=key_of(by, as_of)).values_list("key").annotate(n=Count("id"), **counts)
    return {key: Tally(*numbers) for key, *numbers in found}


def hits(rows: QuerySet[Complaint], as_of: datetime) -> list[Hit]:
    """The matters one by one, for what the database can't tell apart (weather)."""
    named = dict(zip(("is_decided", "is_raw", "is_final", "is_corrected"), standing(as_of), strict=True))
    found = rows.order_by().annotate(**named).values_list("id", "unit", "accepted_at", *named)
    return [Hit(*row) for row in found]


def kept_since() -> datetime | None:
    """When the first matter was accepted that is kept here: before it, none doesn't mean that there were none."""
    return Complaint.objects.order_by("accepted_at").values_list("accepted_at", flat=True).first()


def standing(as_of: datetime) -> tuple[Q, Q, Q, Q]:
    """Conditions on a matter as of a moment: decided, upheld as first decided, upheld after appeal, corrected by appeal.

    Its own columns say how it stands now; one that was investigated again (`round` above 1) may have stood otherwise on that day,
    so its decisions are asked.
    """
    once = zip(_by_columns(as_of), _by_decisions(as_of), strict=True)
    decided, raw, final, corrected = ((Q(round=1) & now) | (Q(round__gt=1) & then) for now, then in once)
    return decided, raw, final, corrected


def _by_columns(as_of: datetime) -> tuple[Q, Q, Q, Q]:
    decided = Q(decided_at__isnull=False, decided_at__lte=as_of)
    raw = decided & Q(verdict__in=COUNTS_AGAINST)
    corrected = ~Q(corrected_by="") & Q(final_at__lte=as_of)
    final = (corrected & Q(final_verdict__in=COUNTS_AGAINST)) | (raw & (Q(corrected_by="") | Q(final_at__gt=as_of)))
    return decided, raw, final, corrected


def _by_decisions(as_of: datetime) -> tuple[Q, Q, Q, Q]:
    given = Decision.objects.filter(complaint=OuterRef("pk"), at__lte=as_of).order_by("-number")
    first, last = (Subquery(rows.values("verdict")[:1]) for rows in (given.filter(appeal=""), given))
    appeal = Subquery(given.values("appeal")[:1])
    return (
        Q(Exists(given)),
        Q(In(first, COUNTS_AGAINST)),
        Q(In(last, COUNTS_AGAINST)),
        Q(GreaterThan(appeal, Value(""))),
    )
