"""A final answer from draft to filing, and every way in which it is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from longzhong.cases.finals import selectors, services
from longzhong.cases.finals.models import FinalAnswer
from longzhong.cases.finals.rules import Given, Ground, How, State
from longzhong.cases.hotline import selectors as hotline_reads
from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.rules import State as CaseState
from longzhong.cases.hotline.services import Caller
from longzhong.dispatch.matters import selectors as matters
from longzhong.kit import outbox
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers
from longzhong.register.policies.services import change_policy
from tests.cases.finals.make import ANSWER, BILL, HOUR, dept, drafted, in_state, paper
from tests.cases.hotline.make import DAY, MORNING, SYSTEM, Hotline, a_case

LATER = MORNING + 3 * HOUR
pytestmark = pytest.mark.django_db


def refused(code: str, act: Callable[..., Any], **given: Any) -> None:
    with pytest.raises(Refused) as error:
        act(**given)
    assert error.value.code == code


def test_the_whole_way_to_the_filing(hotline: Hotline) -> None:
    row = in_state(hotline, State.FILED)
    assert (row.state, row.chain, row.position) == (State.FILED, ["station", "dept", "quality"], 3)
    assert row.number == f"ZD20260302{row.pk:06}"
    assert (row.answered_how, row.filed_at) == (How.VISIT, MORNING + 2 * HOUR)
    case = Case.objects.get(pk=row.case_id)
    assert (case.state, case.outcome) == (CaseState.FINAL, "final")
    assert not [card for card in matters.clock_cards(hotline_reads.label(case.pk), LATER) if card.is_live]
    assert ANSWER not in row.answer_sealed
    assert selectors.final_card(hotline.desk, row.pk).answer == ANSWER
    assert [step.verb for step in reversed(matters.steps(selectors.label(row.pk)))] == [
        "draft", "submit", "endorse", "endorse", "approve", "tell", "file"
    ]  # fmt: skip
    assert all(ANSWER not in str((step.data, step.words)) for step in matters.steps(selectors.label(row.pk)))


def test_a_draft_needs_grounds_an_answer_and_a_living_case(hotline: Hotline) -> None:
    case = a_case(hotline, BILL)
    refused("grounds_missing", drafted, hotline=hotline, case=case, grounds=[])
    refused("grounds_missing", drafted, hotline=hotline, case=case, grounds=["rude"])
    refused("answer_missing", drafted, hotline=hotline, case=case, answer="不赔")
    refused("not_allowed", drafted, hotline=hotline, case=case, by=hotline.manager)
    refused("drafter_unknown", drafted, hotline=hotline, case=case, by=SYSTEM)
    far = a_case(hotline, BILL, account=5)
    refused("not_found", drafted, hotline=hotline, case=far, by=hotline.head)
    row = drafted(hotline, case)
    refused("final_standing", drafted, hotline=hotline, case=case)
    assert selectors.final_of(case.pk) == row
    Case.objects.filter(pk=far.pk).update(state=CaseState.CLOSED, closed_at=LATER)
    refused("case_ended", drafted, hotline=hotline, case=far)
    assert FinalAnswer.objects.count() == 1


def test_a_draft_is_edited_and_needs_evidence_to_be_submitted(hotline: Hotline) -> None:
    row = drafted(hotline, uploads=[])
    who = {"final_id": row.pk, "by": hotline.desk, "at": LATER}
    refused("evidence_missing", services.submit, **who)
    refused("evidence_missing", services.attach, uploads=[], **who)
    services.attach(uploads=[paper()], note="裁定书", **who)
    services.edit(grounds=[Ground.CROP, Ground.IN_COURT], answer=f"{ANSWER}已由法院受理。", **who)
    services.submit(**who)
    row.refresh_from_db()
    assert (row.grounds, row.state) == (["crop", "in_court"], State.SUBMITTED)
    refused("wrong_state", services.edit, grounds=[Ground.CROP], answer=ANSWER, **who)


def test_nobody_approves_their_own_nor_out_of_turn_nor_twice(hotline: Hotline) -> None:
    row = drafted(hotline, by=hotline.head)
    services.submit(final_id=row.pk, by=hotline.head, at=LATER)
    who = {"final_id": row.pk, "at": LATER}
    refused("own_final", services.approve, by=hotline.head, **who)
    refused("own_final", services.approve, by=SYSTEM, **who)
    refused("not_your_turn", services.approve, by=hotline.quality, **who)
    refused("not_allowed", services.approve, by=hotline.manager, **who)
    other = in_state(hotline, State.SUBMITTED, a_case(hotline, BILL, account=3))
    both = hotline.county.actor("head", "dept")
    services.approve(final_id=other.pk, by=hotline.head, at=LATER)
    refused("approved_already", services.approve, final_id=other.pk, by=both, at=LATER)
    assert other.approvals.count() == 1
    card = selectors.final_card(dept(hotline), other.pk)
    assert [level.is_next for level in card.levels] == [False, True, False]
    assert [move.verb for move in card.moves] == ["endorse", "refuse"]
    assert [move.verb for move in selectors.final_card(hotline.quality, other.pk).moves] == ["withdraw"]


def test_refused_with_a_reason_and_drafted_again(hotline: Hotline) -> None:
    row = in_state(hotline, State.SUBMITTED)
    who = {"final_id": row.pk, "by": hotline.head, "at": LATER}
    refused("refusal_needs_reason", services.refuse, reason=" ", **who)
    assert services.refuse(reason="依据不足", **who).state == State.REFUSED
    assert selectors.final_of(row.case_id) is None
    assert Case.objects.get(pk=row.case_id).state == CaseState.TAKEN
    assert drafted(hotline, Case.objects.get(pk=row.case_id)).pk != row.pk


def test_the_customer_is_told_before_it_is_filed(hotline: Hotline) -> None:
    row = in_state(hotline, State.APPROVED)
    who = {"final_id": row.pk, "at": LATER}
    refused("wrong_state", services.file, by=hotline.quality, **who)
    refused("how_missing", services.tell_customer, how="", note="已告知", by=hotline.desk, **who)
    refused("told_needs_note", services.tell_customer, how=How.PHONE, note=" ", by=hotline.desk, **who)
    services.tell_customer(how=How.PHONE, note="客户表示要起诉", by=hotline.desk, **who)
    refused("not_allowed", services.file, by=hotline.head, **who)
    refused("wrong_state", services.withdraw, reason="再想想", by=hotline.desk, **who)
    services.file(by=hotline.quality, **who)


def test_withdrawn_by_a_person_or_with_the_case(hotline: Hotline) -> None:
    row = in_state(hotline, State.SUBMITTED)
    refused("withdrawal_needs_reason", services.withdraw, final_id=row.pk, reason="", by=hotline.desk, at=LATER)
    services.withdraw(final_id=row.pk, reason="客户已谅解", by=hotline.desk, at=LATER)
    again = in_state(hotline, State.APPROVED, Case.objects.get(pk=row.case_id))
    case = Case.objects.get(pk=row.case_id)
    assert not services.withdraw_if_ended(case_id=case.pk, by=SYSTEM, at=LATER)
    Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED, closed_at=LATER)
    assert services.withdraw_if_ended(case_id=case.pk, by=SYSTEM, at=LATER)
    assert not services.withdraw_if_ended(case_id=case.pk, by=SYSTEM, at=LATER)
    again.refresh_from_db()
    assert again.state == State.WITHDRAWN


def test_a_filed_one_stands_though_facts_come_twice(hotline: Hotline) -> None:
    row = in_state(hotline, State.FILED)
    outbox.deliver_all(twice=True)
    row.refresh_from_db()
    assert row.state == State.FILED


def test_the_chain_is_the_policy_of_the_day_of_submission(hotline: Hotline) -> None:
    row = in_state(hotline, State.SUBMITTED)
    change = {
        "edition": "",
        "reason": "试行",
        "by": SYSTEM,
        "at": MORNING,
        "from_on": DAY,
        "unit_id": hotline.county.station,
    }
    change_policy(key="finals.chain", value=["quality"], **change)
    row.refresh_from_db()
    assert row.chain == ["station", "dept", "quality"]
    short = in_state(hotline, State.SUBMITTED, a_case(hotline, BILL, account=3))
    assert services.approve(final_id=short.pk, by=hotline.quality, at=LATER).state == State.APPROVED
    change_policy(key="finals.chain", value=["public"], **{**change, "unit_id": hotline.county.other_station})
    far = drafted(hotline, a_case(hotline, BILL, account=5))
    refused("chain_unknown", services.submit, final_id=far.pk, by=hotline.desk, at=LATER)


def test_whom_the_case_is_about_sees_nothing_of_it(hotline: Hotline) -> None:
    case = a_case(hotline, "complaint.service.hall_attitude", about_staff_id=hotline.county.staff["head"])
    row = drafted(hotline, case)
    assert selectors.is_visible(hotline.desk, row.pk)
    assert not selectors.is_visible(hotline.head, row.pk)
    refused("not_found", services.submit, final_id=row.pk, by=hotline.head, at=LATER)


def test_a_case_with_a_final_answer_is_found_by_phone_after_a_move(hotline: Hotline) -> None:
    phone = "13900139000"
    case = a_case(hotline, BILL, caller=Caller(phone=phone, account_id=hotline.accounts[1]))
    in_state(hotline, State.FILED, case)
    index = customers.phone_index(phone)
    (one,) = hotline_reads.same_matter(
        hotline.desk, phone_index=index, account_id=hotline.accounts[5], category_id=case.category_id, text=case.content,
        at=LATER,
    )  # fmt: skip
    assert (one.case_id, one.offer) == (case.pk, "listen")


def test_a_step_is_taken_once_for_a_client_key(hotline: Hotline) -> None:
    given = Given(grounds=(Ground.CROP,), answer=ANSWER)
    case = a_case(hotline, BILL)
    first = services.draft_once(
        case_id=case.pk, given=given, uploads=[paper()], key="key-0001", by=hotline.desk, at=LATER
    )
    assert services.draft_once(case_id=case.pk, given=given, key="key-0001", by=hotline.desk, at=LATER) == first
    who = {"final_id": first, "given": Given(), "by": hotline.desk, "at": LATER}
    assert services.take_step(verb="submit", key="key-0002", **who) == "submit"
    assert services.take_step(verb="submit", key="key-0002", **who) == "submit"
    refused("wrong_state", services.take_step, verb="submit", key="key-0003", **who)
    refused("no_such_move", services.take_step, verb="burn", key="key-0004", **who)


def test_a_case_closed_on_the_way_leaves_the_filing_undone(hotline: Hotline) -> None:
    row = in_state(hotline, State.TOLD)
    Case.objects.filter(pk=row.case_id).update(state=CaseState.CLOSED, closed_at=LATER)
    refused("wrong_state", services.file, final_id=row.pk, by=hotline.quality, at=LATER)
    row.refresh_from_db()
    assert (row.state, row.filed_at) == (State.TOLD, None)
