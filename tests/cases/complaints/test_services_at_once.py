"""Two reviewers and two deciders at once, in transactions of their own; one complaint of a case whoever hears first."""

from datetime import timedelta

import pytest

from longzhong.cases.complaints import services
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import Given, State
from tests.cases.complaints.make import RUDE, TEXT, a_complaint, decided_given, people, taken_to
from tests.cases.hotline.make import MORNING, SYSTEM, a_case, hotline_county
from tests.cases.hotline.test_services_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
NOON = MORNING + timedelta(hours=2)


def test_two_reviewers_two_deciders_and_two_workers() -> None:
    hotline = hotline_county()
    who = people(hotline)
    complaint = taken_to(hotline, a_complaint(hotline), State.REPLIED)
    passed = Given(analysis="事实清楚，同意", measures="加强培训管理")
    got = at_once(*[
        lambda by=by: services.pass_reply(complaint_id=complaint.pk, given=passed, by=by, at=NOON).state
        for by in (who.dept, who.dept2)
    ])  # fmt: skip
    assert sorted(map(str, got)) == ["reviewed", "wrong_state"]
    got = at_once(*[
        lambda by=by: services.decide(complaint_id=complaint.pk, given=Given(**decided_given()), by=by, at=NOON).state
        for by in (who.office, who.office2)
    ])  # fmt: skip
    assert sorted(map(str, got)) == ["decided", "wrong_state"]
    assert complaint.decisions.count() == 1

    case = a_case(hotline, RUDE, TEXT, account=2)
    rows = at_once(*[lambda: getattr(services.accept(case_id=case.pk, by=SYSTEM, at=NOON), "pk", None)] * 3)
    assert set(rows) == {Complaint.objects.get(case=case).pk}
