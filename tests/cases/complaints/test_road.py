"""The straight road of a governed matter, with the customer's case beside it."""

import pytest

from longzhong.cases.complaints import selectors
from longzhong.cases.complaints.rules import State, Verdict
from longzhong.cases.hotline import selectors as hotline_reads
from longzhong.dispatch.matters import selectors as matters
from tests.cases.complaints.make import ORDER, a_complaint, dismissed, taken_to, upheld
from tests.cases.hotline.make import Hotline

CASE = {
    State.ACCEPTED: "taken", State.DISPATCHED: "dispatched", State.INVESTIGATING: "handling", State.REPLIED: "replied",
    State.REVIEWED: "replied", State.DECIDED: "replied", State.ANSWERED: "calling", State.CLOSED: "closed",
}  # fmt: skip


@pytest.mark.parametrize("code", ["complaint.service.hall_attitude", "report.discipline", "opinion"])
def test_the_case_stands_beside_its_complaint(hotline: Hotline, code: str) -> None:
    complaint = a_complaint(hotline, code=code)
    for state in ORDER:
        if state is State.DECIDED and complaint.kind == "opinion":
            continue
        taken_to(hotline, complaint, state)
        complaint.case.refresh_from_db()
        assert (complaint.state, complaint.case.state) == (state, CASE[state])


def test_verdicts(hotline: Hotline) -> None:
    assert upheld(hotline).final_verdict == Verdict.UPHELD
    assert dismissed(hotline, account=2).final_verdict == Verdict.DISMISSED


def test_only_the_clock_of_governance_runs_while_a_reply_is_reviewed(hotline: Hotline) -> None:
    """The hotline's own limit for reviews (4 working hours) would make every complaint late that is reviewed in a day."""
    complaint = taken_to(hotline, a_complaint(hotline), State.REPLIED)
    assert {name for name, _key in matters.live_policies(hotline_reads.label(complaint.case_id))} == {"reply", "answer"}
    assert {name for name, _key in matters.live_policies(selectors.label(complaint.pk))} == {"review"}
    assert complaint.due_clock == "review" and complaint.due_at is not None
    taken_to(hotline, complaint, State.DECIDED)
    assert complaint.due_clock == "reply", "until the customer is answered"
