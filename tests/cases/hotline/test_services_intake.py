"""A call is always kept, its caller sealed, placed, answered, shown with a reason and erased."""

from datetime import timedelta

import pytest

from longzhong.cases.hotline import services
from longzhong.cases.hotline.models import Call, Case, CaseParty
from longzhong.cases.hotline.rules.words import CallOutcome, Channel, Secrecy
from longzhong.cases.hotline.selectors import label
from longzhong.cases.hotline.services import Caller, NewCall
from longzhong.dispatch.matters.models import Step, StepWords
from longzhong.kit.errors import Refused
from longzhong.kit.models import Fact, JournalEntry
from longzhong.register.customers import selectors as customers
from longzhong.sensing.texts.models import Lesson
from tests.cases.hotline.make import MORNING, PLAIN, SYSTEM, Hotline, a_call, a_case, category


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
