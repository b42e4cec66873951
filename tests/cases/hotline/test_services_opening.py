"""A case from a call: its owner, clocks, urgency and place from its first moment, and what is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from longzhong.cases.hotline import services
from longzhong.cases.hotline.models import Call, Case
from longzhong.cases.hotline.rules.words import CallOutcome, Channel, Hazard, Secrecy, Urgency
from longzhong.cases.hotline.selectors import label
from longzhong.cases.hotline.services import NewCase
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.models import Clock, Step
from longzhong.kit.errors import Refused
from longzhong.kit.models import Fact
from longzhong.register.org import selectors as org
from longzhong.register.org import services as org_services
from longzhong.register.org.rules.rows import Share, UnitRow
from tests.cases.hotline.make import DAY, LONG_AGO, MORNING, SYSTEM, Hotline, a_call, a_case, at, category


def clocks(case: Case) -> dict[str, Clock]:
    return {clock.name: clock for clock in Clock.objects.filter(matter=label(case.pk)).order_by("id")}


def test_case_has_owner_clocks_step_and_fact(hotline: Hotline) -> None:
    case = a_case(hotline)
    call = Call.objects.get(case=case)
    me = hotline.county.staff["wang"]
    assert (case.owner_id, case.first_asked_id, case.state, case.type) == (me, me, "taken", "repair")
    assert (case.number, case.meter_code, case.site) == (f"SQ20260302{case.pk}", "M1", "urban")
    assert (call.outcome, call.case_id) == (CallOutcome.CASE, case.pk)
    assert set(clocks(case)) == {"dispatch"}
    assert (case.due_clock, case.due_at) == ("dispatch", MORNING + timedelta(minutes=3))  # from the call, not the click
    assert [step.verb for step in Step.objects.filter(head__matter=label(case.pk))] == ["open"]
    assert Fact.objects.filter(name="CaseMoved").count() == 1
    assert "没电" in case.grams


@pytest.mark.parametrize(
    ("code", "changes", "channel", "names"),
    [
        ("complaint.quality.frequent", {}, Channel.PHONE_95598, {"dispatch", "contact", "reply", "answer"}),
        (
            "complaint.quality.frequent",
            {"secrecy": Secrecy.CONFIDENTIAL},
            Channel.PHONE_95598,
            {"dispatch", "reply", "answer"},
        ),
        (
            "complaint.quality.frequent",
            {"secrecy": Secrecy.ANONYMOUS},
            Channel.CONDUCT,
            {"dispatch", "reply", "answer", "close"},
        ),
        ("application.reconnect", {}, Channel.HALL, {"dispatch", "restore"}),
        ("opinion.quality.frequent", {}, Channel.GOV_12345, {"dispatch", "reply", "close"}),
        (
            "enquiry.bill",
            {"external_due_at": at("2026-03-04 18:00")},
            Channel.PHONE_95598,
            {"dispatch", "reply", "external"},
        ),
    ],
)
def test_clocks_by_type_class_and_channel(
    hotline: Hotline, code: str, changes: dict[str, object], channel: Channel, names: set[str]
) -> None:
    case = a_case(hotline, code, channel=channel, **changes)
    assert set(clocks(case)) == names
    if "external" in names:
        assert clocks(case)["external"].due_at == at("2026-03-04 18:00")


def test_deadline_already_past_shows_as_late(hotline: Hotline) -> None:
    case = a_case(hotline, "enquiry.bill", external_due_at=at("2026-03-01 18:00"))
    assert clocks(case)["external"].due_at == MORNING + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("account", "code", "hazard", "urgency"),
    [
        (1, "enquiry.bill", Hazard.NONE, Urgency.NORMAL),
        (1, "enquiry.bill", Hazard.POLE_DOWN, Urgency.URGENT),
        (1, "repair.danger.pole", Hazard.NONE, Urgency.URGENT),
        (3, "repair.lv.single_out", Hazard.NONE, Urgency.HIGH),
        (4, "repair.lv.single_out", Hazard.NONE, Urgency.URGENT),
    ],
)
def test_urgency_is_raised(hotline: Hotline, account: int, code: str, hazard: Hazard, urgency: Urgency) -> None:
    case = a_case(hotline, code, account=account, hazard=hazard)
    assert case.urgency == urgency
    assert (clocks(case)["dispatch"].policy_key == "hotline.hazard_dispatch_min") == bool(hazard)


def test_site_comes_from_the_area(hotline: Hotline) -> None:
    assert a_case(hotline, account=3).site == "rural"


def test_another_person_opens_a_kept_call(hotline: Hotline) -> None:
    call = a_call(hotline)
    case = services.open_case(
        call_id=call.pk, case=NewCase(category("enquiry.bill")), by=hotline.head, at=MORNING + timedelta(hours=1)
    )
    assert (case.first_asked_id, case.owner_id) == (hotline.county.staff["wang"], hotline.county.staff["head"])


def test_machine_finds_who_answers(hotline: Hotline) -> None:
    staff = hotline.county.staff
    assert a_case(hotline, by=SYSTEM, account=1).owner_id == staff["zhang"]  # the cell's manager
    assert a_case(hotline, by=SYSTEM, account=3).owner_id == staff["head"]  # a cell without one: the station's head
    assert a_case(hotline, by=SYSTEM, account=None).owner_id == staff["chief"]  # nothing known: the head of the root
    org_services.set_duty(
        staff_id=staff["wang"], unit_id=hotline.county.county, starts_at=MORNING - timedelta(hours=1),
        ends_at=MORNING + timedelta(hours=8), by=SYSTEM, at=MORNING,
    )  # fmt: skip
    assert a_case(hotline, by=SYSTEM, account=1).owner_id == staff["wang"]  # the desk on duty, up the chain


def test_nobody_at_all_keeps_the_call(hotline: Hotline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("longzhong.cases.hotline.services.opening.first_asked_of", lambda *_a, **_k: None)
    call = a_call(hotline, by=SYSTEM)
    with pytest.raises(Refused) as refusal:
        services.open_case(call_id=call.pk, case=NewCase(category("enquiry.bill")), by=SYSTEM, at=MORNING)
    assert refusal.value.code == "no_owner"
    assert Call.objects.get(pk=call.pk).outcome == CallOutcome.KEPT


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"category_id": 10**9}, "category_unknown"),
        ({"chosen": False}, "category_unsure"),
        ({"chosen": False, "confidence": 0.69}, "category_unsure"),
    ],
)
def test_refused_case_keeps_the_call(hotline: Hotline, changes: dict[str, object], code: str) -> None:
    call = a_call(hotline)
    with pytest.raises(Refused) as refusal:
        services.open_case(
            call_id=call.pk, case=replace(NewCase(category("enquiry.bill")), **changes), by=hotline.desk, at=MORNING
        )
    assert refusal.value.code == code
    assert Call.objects.get(pk=call.pk).outcome == CallOutcome.KEPT
    assert not Case.objects.exists()


def test_sure_suggestion_needs_nobody(hotline: Hotline) -> None:
    case = a_case(hotline, "enquiry.bill", chosen=False, confidence=0.7)
    assert (case.chosen, case.confidence) == (False, 0.7)


def test_call_becomes_one_case(hotline: Hotline) -> None:
    case = a_case(hotline)
    call = Call.objects.get(case=case)
    with pytest.raises(Refused) as refusal:
        services.open_case(call_id=call.pk, case=NewCase(category("enquiry.bill")), by=hotline.desk, at=MORNING)
    assert (refusal.value.code, refusal.value.facts["case"]) == ("call_settled", case.pk)
    with pytest.raises(Refused) as refusal:
        services.open_case(
            call_id=a_call(hotline, account=3).pk,
            case=NewCase(category("enquiry.bill")),
            by=hotline.manager,
            at=MORNING,
        )
    assert refusal.value.code == "not_found"


def test_department_by_the_nearest_branch_of_the_map(hotline: Hotline) -> None:
    org_services.keep_units(rows=[UnitRow("SC", "襄城生产部", "department", "CO")], by=SYSTEM, at=LONG_AGO)
    units = org.unit_ids(["CO", "YF", "SC"])
    share = Share("complaint.quality", "供电质量投诉", units["CO"], units["YF"], units["SC"])
    org_services.set_responsibility(share=share, from_on=DAY, by=SYSTEM, at=LONG_AGO)
    assert a_case(hotline, "complaint.quality.frequent").department_id == units["SC"]
    assert a_case(hotline, "complaint.grid.rural").department_id is None


def test_reading_of_deadlines_is_the_calendars(hotline: Hotline) -> None:
    case = a_case(hotline, "complaint.quality.frequent")
    assert clocks(case)["reply"].due_at == at("2026-03-07 00:00")  # four working days after Monday
    assert matters.next_deadline(label(case.pk)) == ("dispatch", MORNING + timedelta(minutes=20))
