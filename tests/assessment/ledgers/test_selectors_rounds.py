"""A matter that was investigated again: the ledger of a past day still says what stood on that day."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from longzhong.assessment.ledgers import selectors
from longzhong.assessment.ledgers.rules import Dimension, Side, month_of
from longzhong.cases.appeals.rules import Choice
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import State, Verdict
from longzhong.cases.complaints.rules.ledger import Tally
from tests.cases.appeals.make import judged
from tests.cases.complaints.make import a_complaint, called_back, taken_to
from tests.cases.hotline.make import MORNING, Hotline

pytestmark = pytest.mark.django_db
HOUR, DAYS = timedelta(hours=1), month_of(date(2026, 3, 2))
OPEN = Tally(total=1)


def seen(hotline: Hotline, asof: datetime) -> Tally:
    """The month as of a moment: the tally, the parts by cause and the lists behind it say the same."""
    found = selectors.ledger(hotline.quality, DAYS, asof).now
    parts = selectors.breakdown(hotline.quality, DAYS, asof, Dimension.UNIT)
    assert sum((one.tally for one in parts), Tally()) == found
    for side in (Side.DECIDED, Side.RAW, Side.FINAL, Side.CORRECTED):
        rows = selectors.rows_behind(hotline.quality, DAYS, asof, by="", key="", side=side, kinds=("complaint",))
        assert rows.count() == getattr(found, side.value)
    return found


def by_history(complaint: Complaint, asof: datetime) -> Tally:
    """What plain SQL reads in the decisions."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select verdict, appeal from complaints_decision where complaint_id = %s and at <= %s order by number""",
            [complaint.pk, asof],
        )
        rows = cursor.fetchall()
    if not rows:
        return OPEN
    raw = [verdict for verdict, appeal in rows if not appeal][-1] != "dismissed"
    return Tally(1, 1, int(raw), int(rows[-1][0] != "dismissed"), int(bool(rows[-1][1])))


def test_dismissed_then_upheld_by_another_investigation(hotline: Hotline) -> None:
    complaint = taken_to(hotline, a_complaint(hotline), State.ANSWERED, verdict=Verdict.DISMISSED)
    first = complaint.decided_at
    assert first is not None
    called_back(hotline, complaint, MORNING + 5 * HOUR, "dissatisfied")
    taken_to(hotline, complaint, State.DECIDED, at=MORNING + 6 * HOUR)
    second = complaint.decided_at
    assert second is not None and second > first and complaint.verdict == "upheld"
    told = {
        first - HOUR / 60: OPEN,
        first: Tally(1, 1, 0, 0, 0),
        second - HOUR / 60: Tally(1, 1, 0, 0, 0),
        second: Tally(1, 1, 1, 1, 0),
    }
    for asof, tally in told.items():
        assert seen(hotline, asof) == tally == by_history(complaint, asof), asof


def test_corrected_by_appeal_then_upheld_again(hotline: Hotline) -> None:
    complaint = taken_to(hotline, a_complaint(hotline), State.ANSWERED)
    appeal = judged(hotline, complaint, [Choice.ALLOWED] * 3)
    corrected = appeal.concluded_at
    assert corrected is not None and complaint.final_verdict == "dismissed"
    called_back(hotline, complaint, corrected + HOUR, "dissatisfied")
    taken_to(hotline, complaint, State.DECIDED, at=corrected + 24 * HOUR)
    again = complaint.decided_at
    assert again is not None and complaint.corrected_by == ""
    told = {
        corrected - HOUR / 60: Tally(1, 1, 1, 1, 0),
        corrected: Tally(1, 1, 1, 0, 1),
        again - HOUR / 60: Tally(1, 1, 1, 0, 1),
        again: Tally(1, 1, 1, 1, 0),
    }
    for asof, tally in told.items():
        assert seen(hotline, asof) == tally == by_history(complaint, asof), asof
