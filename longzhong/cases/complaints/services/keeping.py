"""Retention by grade (REFERENCE §1.4): how long evidence is kept, and its erasure afterwards; verdicts and dates stay."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from longzhong.cases.complaints import selectors
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules.clocks import Keeping, years
from longzhong.dispatch.matters import services as matters
from longzhong.kit import journal
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.policies import selectors as policies

BATCH = 200


def keep_until(row: Complaint, ended_at: datetime) -> date:
    """The last day of retention, by the policy of the day of acceptance: a later edition doesn't shorten what was promised."""
    keeping = policies.limits(Keeping, "complaint", unit_id=row.unit_id, day=civil_day(row.accepted_at))
    ended = civil_day(ended_at)
    year = ended.year + years(row.grade, keeping)
    last_of_february = (ended.month, ended.day) == (2, 29)
    return date(year, 2, 28) if last_of_february else ended.replace(year=year)


def erase_due(*, by: Actor, at: datetime) -> int:
    """Erase words and files of complaints whose retention has ended; returns how many."""
    return sum(
        _erase(pk, by, at) for pk in list(_due(civil_day(at)).order_by("id").values_list("id", flat=True)[:BATCH])
    )


def _due(day: date) -> QuerySet[Complaint]:
    return Complaint.objects.filter(keep_until__isnull=False, keep_until__lt=day, erased_at=None)


@transaction.atomic
def _erase(complaint_id: int, by: Actor, at: datetime) -> bool:
    row = _due(civil_day(at)).select_for_update().filter(pk=complaint_id).first()
    if row is None:  # another worker was here, or it came back to life
        return False
    row.findings.update(words_sealed="")
    row.replies.update(facts_sealed="", measures_sealed="", analysis_sealed="", review_measures_sealed="")
    row.decisions.update(basis_sealed="")
    row.summary_sealed, row.erased_at = "", at
    row.save(update_fields=["summary_sealed", "erased_at"])
    matter = selectors.label(row.pk)
    matters.erase_all(matter=matter, reason="retention", by=by, at=at)
    journal.record(by, "complaints.erase", matter, at=at)
    return True
