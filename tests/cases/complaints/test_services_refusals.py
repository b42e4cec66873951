"""What is refused, by its code; and that nothing was changed."""

from datetime import timedelta
from typing import Any

import pytest

from longzhong.cases.complaints import selectors, services
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import Given, State, Verdict
from longzhong.cases.hotline import selectors as hotline_reads
from longzhong.cases.hotline import services as hotline_services
from longzhong.cases.hotline.rules.words import Hazard
from longzhong.dispatch.matters import selectors as matters
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from tests.cases.complaints.make import (
    a_complaint,
    decided_given,
    dispatch_given,
    people,
    someone,
    step,
    taken_to,
    upheld,
)
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline

NOON = MORNING + timedelta(hours=2)


def refused(code: str, complaint: Complaint, verb: str, by: Actor, **given: Any) -> None:
    state = complaint.state
    with pytest.raises(Refused) as no:
        step(complaint, verb, by, NOON, **given)
    complaint.refresh_from_db()
    assert (no.value.code, complaint.state) == (code, state)


def test_dispatch(hotline: Hotline) -> None:
    who, county = people(hotline), hotline.county
    complaint = a_complaint(hotline, about_staff_id=county.staff["zhang"])
    for code, changes in (
        ("grade_unknown", {"grade": "huge"}),
        ("unit_unknown", {"unit_id": None}),
        ("unit_unknown", {"unit_id": 0}),
        ("department_unknown", {"department_id": None}),
        ("department_unknown", {"department_id": county.station}),
        ("handler_accused", {"handler_id": None}),
        ("handler_accused", {"handler_id": county.staff["zhang"]}),
        ("handler_not_there", {"handler_id": county.staff["other"]}),
    ):
        refused(code, complaint, "dispatch", who.office, **dispatch_given(hotline, complaint, **changes))
    refused("not_allowed", complaint, "dispatch", who.handler, **dispatch_given(hotline, complaint))
    refused("not_found", complaint, "dispatch", someone("other", "station", (county.other_station,)))
    refused("no_such_move", complaint, "explode", who.office)
    refused("wrong_state", complaint, "reply", who.handler, facts="情况属实的说明")


def test_whoever_heads_the_unit_is_investigated_from_above(hotline: Hotline) -> None:
    who, county = people(hotline), hotline.county
    complaint = a_complaint(hotline, about_staff_id=county.staff["head"])
    assert (complaint.unit_id, complaint.grid_id) == (county.county, None)
    given = dispatch_given(hotline, complaint)
    refused("unit_headed_by_accused", complaint, "dispatch", who.office, **given)
    refused("handler_not_there", complaint, "dispatch", who.office, **{**given, "unit_id": county.county})
    assert county.station not in dict(selectors.units_for(complaint, NOON))
    offered = dict(selectors.handlers(complaint, NOON))
    assert county.staff["wang"] in offered and county.staff["crew"] not in offered
    above = {**given, "unit_id": county.county, "handler_id": county.staff["wang"]}
    step(complaint, "dispatch", who.office, NOON, **above)
    assert complaint.state == State.DISPATCHED
    assert taken_to(hotline, complaint, State.DECIDED, at=NOON).verdict == "upheld"


def test_contact_find_reply(hotline: Hotline) -> None:
    who = people(hotline)
    complaint = taken_to(hotline, a_complaint(hotline), State.DISPATCHED)
    refused("contact_result_unknown", complaint, "contact", who.handler, result="none", reason="客户要求保密")
    refused("reason_missing", complaint, "contact", who.handler, result="no_answer")
    step(complaint, "contact", who.handler, NOON, result="no_answer", reason="连续两次无人接听")
    assert "contact" in {name for name, _key in clocks_of(complaint)}
    step(complaint, "contact", who.handler, NOON + timedelta(hours=3), result="reached")
    assert "contact" not in {name for name, _key in clocks_of(complaint)}
    refused("evidence_unknown", complaint, "find", who.handler, evidence="hearsay", reason="听说的情况")
    refused("evidence_empty", complaint, "find", who.handler, evidence="photo")
    proposal = decided_given()
    proposal.pop("basis")
    said = {"facts": "经核实，情况属实", "measures": "约谈并培训当事人"}
    refused("facts_missing", complaint, "reply", who.handler, **proposal, measures="培训当事人")
    refused("evidence_missing", complaint, "reply", who.handler, **proposal, **said)
    step(complaint, "find", who.handler, NOON, evidence="statement", reason="当事人陈述：排队人多，语气急")
    refused("measures_missing", complaint, "reply", who.handler, **proposal, facts="经核实，情况属实")
    refused("verdict_unknown", complaint, "reply", who.handler, **said)
    refused("responsibility_contradicts", complaint, "reply", who.handler,
            **{**proposal, **said, "responsibility": "customer"})  # fmt: skip
    refused("root_cause_unknown", complaint, "reply", who.handler, **{**proposal, **said, "root_cause": ""})


def clocks_of(complaint: Complaint) -> list[tuple[str, str]]:
    return matters.live_policies(hotline_reads.label(complaint.case_id))


def test_review_and_decision(hotline: Hotline) -> None:
    who = people(hotline)
    complaint = taken_to(hotline, a_complaint(hotline), State.REPLIED)
    refused("analysis_missing", complaint, "pass", who.dept, measures="加强培训管理")
    refused("measures_missing", complaint, "pass", who.dept, analysis="事实清楚")
    refused("reason_missing", complaint, "return", who.dept)
    refused("own_work", complaint, "pass", someone("crew", "dept", (who.department, hotline.county.station)))
    taken_to(hotline, complaint, State.REVIEWED, at=NOON)
    units = (hotline.county.county, hotline.county.station)
    refused("own_work", complaint, "decide", someone("crew", "quality", units), **decided_given())
    refused("own_review", complaint, "decide", someone("mark", "quality", units), **decided_given())
    refused("basis_missing", complaint, "decide", who.office, **decided_given(basis=" "))
    refused("responsibility_contradicts", complaint, "decide", who.office,
            **decided_given(Verdict.DISMISSED, responsibility="marketing"))  # fmt: skip
    refused("violation_unknown", complaint, "decide", who.office, **decided_given(violations=("smoke",)))
    refused("violation_contradicts", complaint, "decide", who.office,
            **decided_given(Verdict.DISMISSED, violations=("shirk",)))  # fmt: skip
    taken_to(hotline, complaint, State.DECIDED, at=NOON)
    refused("answer_missing", complaint, "answer", who.office)
    taken_to(hotline, complaint, State.ANSWERED, at=NOON)
    refused("case_answered", complaint, "void", who.office, reason="测试录入，不是投诉")


def test_a_replier_who_moved_to_the_department_cannot_review(hotline: Hotline) -> None:
    who, county = people(hotline), hotline.county
    complaint = taken_to(hotline, a_complaint(hotline), State.REPLIED)
    Complaint.objects.filter(pk=complaint.pk).update(handler=county.staff["zhang"])
    refused("own_reply", complaint, "pass", someone("crew", "dept", (who.department,)), analysis="事实清楚，同意")


def test_regrade(hotline: Hotline) -> None:
    who = people(hotline)
    complaint = taken_to(hotline, a_complaint(hotline), State.REVIEWED)
    refused("same_grade", complaint, "regrade", who.office, grade="general", reason="媒体关注升级")
    refused("grade_unknown", complaint, "regrade", who.office, grade="", reason="媒体关注升级")
    refused("reason_missing", complaint, "regrade", who.office, grade="major")
    step(complaint, "regrade", who.office, NOON, grade="major", reason="省级媒体介入")
    taken_to(hotline, complaint, State.CLOSED, at=NOON)
    assert (complaint.grade, complaint.keep_until and complaint.keep_until.year) == ("major", MORNING.year + 5)


def test_the_accused_can_do_nothing(hotline: Hotline) -> None:
    who, county = people(hotline), hotline.county
    complaint = a_complaint(hotline, about_staff_id=who.office2.staff_id)
    units = (county.county, county.station, who.department)
    for state in (State.ACCEPTED, State.INVESTIGATING, State.REPLIED, State.REVIEWED, State.DECIDED):
        taken_to(hotline, complaint, state)
        card = selectors.complaint_card(someone("office2", "quality", units), complaint.pk, NOON)
        assert card.moves == () and set(card.barred.values()) <= {"own_complaint"}
        for move in card.barred:
            refused("own_complaint", complaint, move, someone("office2", "quality", units))
    assert selectors.conflict(who.office2, complaint, "sign") == "own_complaint"
    assert selectors.conflict(who.handler, complaint) == "own_work"
    assert selectors.conflict(who.dept, complaint) == "own_review"
    assert selectors.conflict(who.office, complaint) == "own_decision"
    assert (selectors.conflict(who.dept2, complaint), selectors.conflict(who.office, complaint, "sign")) == (None, None)


def test_the_hotlines_own_steps_are_closed_for_a_governed_case(hotline: Hotline) -> None:
    complaint = a_complaint(hotline)
    for verb in ("dispatch", "void", "answer"):
        with pytest.raises(Refused, match=r"^case_governed: "):
            hotline_services.take_step(
                case_id=complaint.case_id, verb=verb, given=hotline_services.StepGiven(reason="测试"), key=f"{verb}-key-1",
                by=hotline.desk, at=NOON,
            )  # fmt: skip


def test_a_repair_comes_before_its_reply(hotline: Hotline) -> None:
    who = people(hotline)
    complaint = taken_to(hotline, a_complaint(hotline, hazard=Hazard.POLE_DOWN), State.INVESTIGATING)
    step(complaint, "find", who.handler, NOON, evidence="site", reason="现场杆塔倾斜情况属实")
    proposal = decided_given()
    proposal.pop("basis")
    refused("repair_open", complaint, "reply", who.handler, facts="情况属实，正在抢修", measures="尽快扶正", **proposal)
    refused("repair_open", complaint, "withdraw", who.desk, reason="客户表示不再投诉")


def test_the_same_post_twice_is_one_step(hotline: Hotline) -> None:
    complaint, who = a_complaint(hotline), people(hotline)
    given = Given(**dispatch_given(hotline, complaint))
    for _again in range(2):
        assert services.take_step(
            complaint_id=complaint.pk, verb="dispatch", given=given, key="one-key-1", by=who.office, at=NOON
        ) == "dispatch"  # fmt: skip


def test_corrections_and_their_ledgers(hotline: Hotline) -> None:
    complaint = upheld(hotline, about_staff_id=hotline.county.staff["zhang"])
    basis = {"responsibility": "customer", "basis": "申诉材料证明服务规范"}
    later = NOON + timedelta(days=5)

    def correct(**changes: Any) -> Complaint:
        given = {"verdict": "dismissed", "appeal": "appeals.appeal:7", **basis, **changes}
        return services.correct(complaint_id=complaint.pk, by=SYSTEM, at=later, **given)

    for code, changes in (
        ("basis_missing", {"basis": ""}),
        ("basis_missing", {"appeal": ""}),
        ("responsibility_contradicts", {"responsibility": "marketing"}),
    ):
        with pytest.raises(Refused, match=f"^{code}: "):
            correct(**changes)
    with pytest.raises(Refused, match=r"^not_allowed: "):
        services.correct(
            complaint_id=complaint.pk, verdict="dismissed", appeal="a", by=people(hotline).handler, at=later, **basis
        )
    with pytest.raises(Refused, match=r"^not_decided: "):
        services.correct(
            complaint_id=a_complaint(hotline, account=2).pk,
            verdict="dismissed",
            appeal="a",
            by=SYSTEM,
            at=later,
            **basis,
        )
    correct()
    assert correct().decisions.count() == 2
    complaint.refresh_from_db()
    assert (complaint.verdict, complaint.final_verdict, complaint.final_at) == ("upheld", "dismissed", later)
    assert (complaint.responsibility, complaint.final_responsibility) == ("marketing", "customer")
    assert (complaint.corrected_by, complaint.state) == ("appeals.appeal:7", State.DECIDED)
