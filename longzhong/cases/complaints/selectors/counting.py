"""What complaint governance counts for others: each number as the rows that it counts, so that a list can show exactly them.

Scope is the reader's door (`visible_to`): nobody counts what they may not see. A matter that was voided or filed under another type
counts nowhere; one that the customer withdrew counts in the total.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, When
from django.db.models.expressions import Combinable
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, TruncMonth

from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules.ledger import Tally
from longzhong.cases.complaints.rules.machine import State
from longzhong.cases.complaints.rules.words import COUNTS_AGAINST, Kind
from longzhong.cases.complaints.selectors.door import visible_to
from longzhong.cases.hotline.rules.words import Secrecy
from longzhong.kit.actor import Actor

KEYS: Mapping[str, Combinable] = {
    "all": F("kind"),
    "category": F("category"),
    "cause": F("root_cause"),
    "unit": F("unit"),
    "department": F("department"),
    "staff": F("about_staff"),
    "area": Case(When(secrecy=Secrecy.OPEN, then=F("case__area"))),
    "channel": F("channel"),
    "grade": F("grade"),
    "responsibility": F("final_responsibility"),
    "hour": ExtractHour("accepted_at"),
    "weekday": ExtractIsoWeekDay("accepted_at"),
    "month": TruncMonth("accepted_at"),
}
"""What matters are told apart by; hours, days and months are the county's (Asia/Shanghai). A secret caller's area isn't told."""


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
    """The matters of a span that count, of these kinds."""
    rows = visible_to(actor).filter(kind__in=kinds, accepted_at__gte=span.start, accepted_at__lt=span.until)
    return rows.exclude(state=State.VOID)


def tallies(rows: QuerySet[Complaint], by: str, as_of: datetime) -> dict[Any, Tally]:
    """Key → tally of these matters, told apart by a key of `KEYS`; one query."""
    names = ("n_decided", "n_raw", "n_final", "n_corrected")
    counts = {name: Count("id", filter=one) for name, one in zip(names, standing(as_of), strict=True)}
    found = rows.order_by().annotate(key=KEYS[by]).values_list("key").annotate(n=Count("id"), **counts)
    return {key: Tally(*numbers) for key, *numbers in found}


def hits(rows: QuerySet[Complaint], as_of: datetime) -> list[Hit]:
    """The matters one by one, for what the database can't tell apart (weather)."""
    named = dict(zip(("is_decided", "is_raw", "is_final", "is_corrected"), standing(as_of), strict=True))
    found = rows.order_by().annotate(**named).values_list("id", "unit", "accepted_at", *named)
    return [Hit(*row) for row in found]


def standing(as_of: datetime) -> tuple[Q, Q, Q, Q]:
    """Conditions on a matter as of a moment: decided, upheld as first decided, upheld after appeal, corrected by appeal."""
    decided = Q(decided_at__isnull=False, decided_at__lte=as_of)
    raw = decided & Q(verdict__in=COUNTS_AGAINST)
    corrected = ~Q(corrected_by="") & Q(final_at__lte=as_of)
    final = (corrected & Q(final_verdict__in=COUNTS_AGAINST)) | (raw & (Q(corrected_by="") | Q(final_at__gt=as_of)))
    return decided, raw, final, corrected
