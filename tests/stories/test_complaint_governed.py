"""A rude hall: returned by the department, upheld, appealed in vain, countersigned at the third attempt, put right, analysed."""

from datetime import timedelta

import pytest

from longzhong.assessment.ledgers.rules import month_of
from longzhong.assessment.ledgers.selectors import ledger
from longzhong.cases.analyses.models import Report
from longzhong.cases.appeals.rules import Choice
from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.complaints.rules import State
from longzhong.cases.complaints.rules.ledger import Tally
from longzhong.cases.rectifications import services as rectifications
from longzhong.cases.rectifications.models import Form
from longzhong.dispatch.matters import selectors as matters
from longzhong.kit import outbox
from longzhong.kit.clock import civil_day
from tests.cases.appeals.make import judged
from tests.cases.complaints.make import a_complaint, people, replied, step, taken_to
from tests.cases.conftest import hotline
from tests.cases.hotline.make import MORNING, Hotline
from tests.cases.rectifications.make import filled, proved, signers, signing
from tests.cases.rectifications.make import measure as measure_of

__all__ = ["hotline"]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.django_db
def test_upheld_after_a_return_and_a_refused_appeal_then_signed_at_the_third_attempt(hotline: Hotline) -> None:
    complaint = taken_to(hotline, a_complaint(hotline), State.REPLIED)
    step(complaint, "return", people(hotline).dept, MORNING + 2 * HOUR, reason="没有附当日录像，请补查")
    replied(hotline, complaint, MORNING + 3 * HOUR)
    taken_to(hotline, complaint, State.DECIDED, at=MORNING + 4 * HOUR)
    assert (complaint.verdict, complaint.times_returned) == ("upheld", 1)
    appeal = judged(hotline, complaint, [Choice.REFUSED] * 3)
    outbox.deliver_all(twice=True)
    complaint.refresh_from_db()
    assert (appeal.state, complaint.verdict, complaint.final_verdict, complaint.corrected_by) == (
        "refused", "upheld", "upheld", "",
    )  # fmt: skip
    assert appeal.concluded_at is not None
    found = ledger(hotline.quality, month_of(civil_day(complaint.accepted_at)), appeal.concluded_at + DAY).now
    assert found == Tally(total=1, decided=1, raw=1, final=1, corrected=0)
    _refused_twice_then_signed(hotline, Form.objects.get(complaint=complaint), complaint.pk)
    assert Report.objects.get(complaint=complaint).state == "draft", "the analysis waits for its author"


def _refused_twice_then_signed(hotline: Hotline, form: Form, complaint_id: int) -> None:
    when = MORNING + DAY
    filled(hotline, form)
    first, second, third = signers(hotline)
    for turn, refuser in enumerate((second, third)):
        signing(hotline, form, at=when + turn * 2 * HOUR)
        words = ("措施没有写明期限", "没有写明怎样检查成效")[turn]
        rectifications.refuse(form_id=form.pk, reason=words, by=refuser, at=when + (turn * 2 + 1) * HOUR)
        form.refresh_from_db()
        assert (form.state, form.signing_round) == ("drafting", turn + 1)
    signing(hotline, form, at=when + 5 * HOUR)
    for who in (first, second, third):
        rectifications.sign(form_id=form.pk, opinion="同意", by=who, at=when + 6 * HOUR)
    proved(hotline, measure_of(form), when + 2 * DAY)
    outbox.deliver_all(twice=True)
    form.refresh_from_db()
    assert (form.state, form.signing_round) == ("done", 3)
    verbs = [one.verb for one in matters.steps(complaints.label(complaint_id))]
    assert verbs.count("return") == 1 and verbs.count("decide") == 1
