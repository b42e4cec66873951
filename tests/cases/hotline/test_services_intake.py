"""A call is always kept, its caller sealed; a case has an owner and its clocks from its first moment."""

from dataclasses import replace
from datetime import timedelta

import pytest

from longzhong.cases.hotline import services
from longzhong.cases.hotline.models import Call, Case, CaseParty
from longzhong.cases.hotline.rules.words import CallOutcome, Channel, Hazard, Secrecy, Urgency
from longzhong.cases.hotline.selectors import label
from longzhong.cases.hotline.services import Caller, NewCall, NewCase
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.models import Clock, Step, StepWords
from longzhong.kit.errors import Refused
from longzhong.kit.models import Fact, JournalEntry
from longzhong.register.customers import selectors as customers
from longzhong.register.org import selectors as org
from longzhong.register.org import services as org_services
from longzhong.register.org.rules.rows import Share, UnitRow
from longzhong.sensing.texts.models import Lesson
from tests.cases.hotline.make import DAY, LONG_AGO, MORNING, PLAIN, SYSTEM, Hotline, a_call, a_case, at, category


def clocks(case: Case) -> dict[str, Clock]:
    return {clock.name: clock for clock in Clock.objects.filter(matter=label(case.pk)).order_by("id")}


# ---- take_call ----


def test_call_of_known_account_is_placed_and_sealed(hotline: Hotline) -> None:
    text = "我叫张惠芳，住12号楼3单元101，电话138 0013 8001，家里没电"
    call = a_call(hotline, text, caller=Caller("张惠芳", "138-0013-8001", "3单元101", hotline.accounts[1]))
    party = CaseParty.objects.get(call=call)
    assert call.number == f"LD20260302{call.pk}"
    assert (call.unit_id, call.grid_id, call.area_id) == (
        hotline.county.station, hotline.county.grid, hotline.areas["A1"],
    )  # fmt: skip
    assert (call.outcome, call.taken_by_id) == (CallOutcome.KEPT, hotline.county.staff["wang"])
    assert (party.name_mask, party.phone_mask) == ("张**", "138****8001")
    assert party.phone_index == customers.phone_index("13800138001")
    assert "〔姓名〕" in call.text and "〔电话〕" in call.text and "〔房号〕" in call.text and "家里没电" in call.text
    rows = str(
        [list(Call.objects.values_list()), list(CaseParty.objects.values_list()), list(Fact.objects.values_list())]
    )
    assert not [word for word in PLAIN if word in rows]


def test_empty_call_of_nobody_is_kept_at_the_takers_unit(hotline: Hotline) -> None:
    call = a_call(hotline, "", account=None)
    assert call.unit_id == hotline.county.county  # the topmost of the desk's units
    assert not CaseParty.objects.filter(call=call).exists()
    assert a_call(hotline, "", account=None, by=hotline.manager).unit_id == hotline.county.station
    assert a_call(hotline, "", account=None, by=SYSTEM).unit_id == hotline.county.city


def test_phone_alone_finds_the_account(hotline: Hotline) -> None:
    call = a_call(hotline, account=None, caller=Caller(phone="+86 138 0013 8003"), by=SYSTEM)
    assert (call.account_id, call.area_id) == (hotline.accounts[3], hotline.areas["A2"])
    unknown = a_call(hotline, account=None, caller=Caller(phone="13999999999"), unit_id=hotline.county.other_station)
    assert (unknown.account_id, unknown.unit_id) == (None, hotline.county.other_station)


def test_meter_leads_to_the_area_where_the_account_has_none(hotline: Hotline) -> None:
    assert a_call(hotline, account=5).unit_id == hotline.county.other_station  # its meter M5 hangs nowhere yet
    assert a_call(hotline, account=None, area_id=hotline.areas["A2"]).grid_id == hotline.county.empty_grid


def test_external_number_is_taken_once(hotline: Hotline) -> None:
    first = a_call(hotline, external_no="95598-1")
    again = a_call(hotline, "别的话", external_no=" 95598-1 ")
    other = a_call(hotline, external_no="95598-1", channel=Channel.GOV_12345)
    assert again.pk == first.pk != other.pk
    assert again.text == first.text


def test_call_that_came_earlier_keeps_its_time_and_never_the_future(hotline: Hotline) -> None:
    earlier = a_call(hotline, at=MORNING - timedelta(hours=2), when=MORNING)
    later = a_call(hotline, at=MORNING + timedelta(hours=2), when=MORNING)
    assert (earlier.at, later.at) == (MORNING - timedelta(hours=2), MORNING)


@pytest.mark.parametrize("text", ["\0", "a\0b", "\ud800", "😀" * 3000, "＜script＞", "%00", "'; drop table"])
def test_no_text_is_lost(hotline: Hotline, text: str) -> None:
    call = a_call(hotline, text, account=None)
    assert services.reveal_call(call_id=call.pk, field="text", by=hotline.desk, at=MORNING) == text


def test_wrong_places_are_refused(hotline: Hotline) -> None:
    wrong = {"account_unknown": NewCall(Channel.HALL, "x", Caller(account_id=10**9)),
             "area_unknown": NewCall(Channel.HALL, "x", area_id=10**9)}  # fmt: skip
    for code, call in wrong.items():
        with pytest.raises(Refused) as refusal:
            services.take_call(call=call, by=hotline.desk, at=MORNING)
        assert refusal.value.code == code
    with pytest.raises(Refused) as refusal:
        services.take_call(call=NewCall(Channel.HALL, "x"), by=hotline.county.actor("boss", "leader"), at=MORNING)
    assert refusal.value.code == "not_allowed"
    assert not Call.objects.exists()


@pytest.mark.django_db
def test_without_an_organisation_a_call_has_no_place() -> None:
    with pytest.raises(Refused) as refusal:
        services.take_call(call=NewCall(Channel.HALL, "x"), by=SYSTEM, at=MORNING)
    assert refusal.value.code == "no_unit"


# ---- open_case ----


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
    monkeypatch.setattr("longzhong.cases.hotline.services.opening.first_asked_of", lambda *_a: None)
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


# ---- answer_call ----


def test_answered_at_once(hotline: Hotline) -> None:
    call = a_call(hotline, "电费多少")
    done = services.answer_call(
        call_id=call.pk,
        outcome=CallOutcome.ANSWERED,
        reply="已告知张惠芳 13800138001 余额",
        satisfied=True,
        by=hotline.desk,
        at=MORNING,
    )
    step = Step.objects.get(head__matter=f"hotline.call:{call.pk}")
    assert (done.outcome, step.data["satisfied"]) == (CallOutcome.ANSWERED, True)
    assert "13800138001" not in str(StepWords.objects.get(step=step).words)
    with pytest.raises(Refused) as refusal:
        services.answer_call(call_id=call.pk, outcome=CallOutcome.ANSWERED, reply="x", by=hotline.desk, at=MORNING)
    assert refusal.value.code == "call_settled"


@pytest.mark.parametrize(
    ("outcome", "reply", "code"),
    [
        (CallOutcome.CASE, "x", "answer_unknown"),
        (CallOutcome.ANSWERED, " ", "reply_missing"),
        (CallOutcome.OUTAGE, "已告知", "outage_missing"),
    ],
)
def test_refused_answers(hotline: Hotline, outcome: CallOutcome, reply: str, code: str) -> None:
    call = a_call(hotline)
    with pytest.raises(Refused) as refusal:
        services.answer_call(call_id=call.pk, outcome=outcome, reply=reply, by=hotline.desk, at=MORNING)
    assert refusal.value.code == code
    assert Call.objects.get(pk=call.pk).outcome == CallOutcome.KEPT


# ---- identity ----


def test_owner_reveals_with_one_tap_others_with_a_reason(hotline: Hotline) -> None:
    case = a_case(hotline, caller=Caller("张惠芳", "13800138001", "3单元101", hotline.accounts[1]))
    assert services.reveal_caller(case_id=case.pk, field="phone", by=hotline.desk, at=MORNING) == "13800138001"
    entry = JournalEntry.objects.get(act="hotline.reveal")
    assert (entry.label, entry.reason) == (label(case.pk), services.HANDLING_REASON)
    with pytest.raises(Refused) as refusal:
        services.reveal_caller(case_id=case.pk, field="phone", by=hotline.head, at=MORNING)
    assert refusal.value.code == "reveal_needs_reason"
    shown = services.reveal_caller(case_id=case.pk, field="name", reason="上门前联系", by=hotline.head, at=MORNING)
    assert shown == "张惠芳"
    for reason, field, code in (
        ("电话13800138001", "name", "personal_data_in_text"),
        ("上门前联系", "age", "field_unknown"),
    ):
        with pytest.raises(Refused) as refusal:
            services.reveal_caller(case_id=case.pk, field=field, reason=reason, by=hotline.head, at=MORNING)
        assert refusal.value.code == code


def test_confidential_caller_stays_hidden_from_those_concerned(hotline: Hotline) -> None:
    case = a_case(
        hotline, "complaint.quality.frequent", secrecy=Secrecy.CONFIDENTIAL, caller=Caller("张惠芳", "13800138001")
    )
    call = Call.objects.get(case=case)
    for who in (hotline.head,):
        for reveal in (
            lambda: services.reveal_caller(case_id=case.pk, field="phone", reason="上门前联系", by=who, at=MORNING),  # noqa: B023
            lambda: services.reveal_call(call_id=call.pk, field="text", reason="上门前联系", by=who, at=MORNING),  # noqa: B023
        ):
            with pytest.raises(Refused) as refusal:
                reveal()
            assert refusal.value.code in ("caller_confidential", "not_found")
    assert services.reveal_caller(case_id=case.pk, field="phone", reason="核实投诉", by=hotline.quality, at=MORNING)


def test_caller_is_erased_once_the_case_is_over(hotline: Hotline) -> None:
    case = a_case(hotline, caller=Caller("张惠芳", "13800138001", "", hotline.accounts[1]))
    with pytest.raises(Refused) as refusal:
        services.erase_caller(case_id=case.pk, reason="客户本人要求删除", by=hotline.quality, at=MORNING)
    assert refusal.value.code == "case_live"
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=MORNING)
    assert services.erase_caller(case_id=case.pk, reason="客户本人要求删除", by=hotline.quality, at=MORNING) == 1
    assert services.reveal_caller(case_id=case.pk, field="phone", by=hotline.desk, at=MORNING) == ""
    assert services.reveal_caller(case_id=case.pk, field="text", by=hotline.desk, at=MORNING) == ""
    assert CaseParty.objects.get(case=case).phone_index == ""
    with pytest.raises(Refused) as refusal:
        services.reveal_call(call_id=10**9, field="text", by=hotline.desk, at=MORNING)
    assert refusal.value.code == "not_found"


def test_choice_teaches_and_erasing_forgets(hotline: Hotline) -> None:
    case = a_case(hotline, "enquiry.bill", "电费不对，请打13800138001")
    lesson = Lesson.objects.get(label=label(case.pk))
    assert (lesson.category_id, lesson.source) == (category("enquiry.bill"), "chosen")
    assert "13800138001" not in lesson.text
    a_case(hotline, "enquiry.bill", "电费", chosen=False, confidence=0.9)
    a_case(hotline, "other.silent", "。。。")  # no words, no lesson, still a case
    assert Lesson.objects.count() == 1
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=MORNING)
    services.erase_caller(case_id=case.pk, reason="客户本人要求删除", by=hotline.quality, at=MORNING)
    assert not Lesson.objects.exists()
