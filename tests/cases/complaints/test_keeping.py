"""Retention by grade: words and files go, verdicts and dates stay."""

from datetime import timedelta

from longzhong.cases.complaints import jobs, selectors, services
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import State
from longzhong.dispatch.matters import selectors as matters
from longzhong.kit import clock
from tests.cases.complaints.make import a_complaint, people, taken_to
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline

YEAR = timedelta(days=366)


def test_evidence_is_erased_after_its_years(hotline: Hotline) -> None:
    complaint = taken_to(hotline, a_complaint(hotline), State.CLOSED)
    assert services.erase_due(by=SYSTEM, at=MORNING + 3 * YEAR - timedelta(days=6)) == 0
    with clock.frozen(MORNING + 3 * YEAR):
        jobs.erase_evidence()
    complaint.refresh_from_db()
    assert services.erase_due(by=SYSTEM, at=MORNING + 3 * YEAR) == 0
    assert (complaint.erased_at, complaint.verdict) == (MORNING + 3 * YEAR, "upheld")
    said = selectors.dossier(people(hotline).office, complaint.pk)
    assert [one.words for one in said.findings] == [""] and [one.facts for one in said.replies] == [""]
    assert [one.basis for one in said.decisions] == [""]
    files = [file for step in matters.steps(selectors.label(complaint.pk)) for file in step.files]
    assert files and all(file.is_erased for file in files)


def test_major_ones_are_kept_longer(hotline: Hotline) -> None:
    complaint = taken_to(hotline, a_complaint(hotline), State.CLOSED)
    Complaint.objects.filter(pk=complaint.pk).update(keep_until=(MORNING + 5 * YEAR).date())
    assert services.erase_due(by=SYSTEM, at=MORNING + 4 * YEAR) == 0
