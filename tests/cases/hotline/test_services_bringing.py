"""Orders of other systems are brought in: opened when sure, kept when not, never doubled, never lost."""

import json
from typing import Any

import pytest

from longzhong.cases.hotline import services
from longzhong.cases.hotline.models import Call, Case, CaseParty, Urge
from longzhong.cases.hotline.rules.layouts import read_orders
from longzhong.cases.hotline.rules.words import CallOutcome, Channel
from longzhong.cases.hotline.selectors import label
from longzhong.cases.hotline.selectors.guessing import Guess, Guesses
from longzhong.cases.hotline.services import Brought, Wish
from longzhong.dispatch.matters.models import Clock
from longzhong.kit.errors import Refused
from longzhong.register.categories.services import map_external
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline, at, category
from tests.cases.hotline.test_rules_layouts import ARC_ROWS, FORM, FORWARDED, KEY_VALUE, SMS, TAGGED

pytestmark = pytest.mark.usefixtures("doubtful")


def bring(hotline: Hotline, text: str, **wish: Any) -> list[Brought]:
    return services.bring_in(orders=read_orders(text), wish=Wish(**wish), by=hotline.desk, at=MORNING)


def test_named_category_opens_a_case_with_its_deadline(hotline: Hotline) -> None:
    (found,) = bring(hotline, KEY_VALUE.replace("业务类型：投诉", "业务类型：投诉\n业务小类：投诉/供电质量/频繁停电"))
    assert found.status == "opened" and found.case and found.call
    case = Case.objects.get(pk=found.case.pk)
    assert (case.external_no, case.type, case.account_id) == ("2026030100012345", "complaint", hotline.accounts[1])
    assert case.opened_at == at("2026-03-01 09:30")
    assert Clock.objects.get(matter=label(case.pk), name="external").due_at == at("2026-03-06 00:00")
    assert CaseParty.objects.get(case=case).phone_mask == "138****8001"


def test_unnamed_category_is_kept_with_a_clear_word(hotline: Hotline) -> None:
    (found,) = bring(hotline, "没电了")
    assert (found.status, found.call and found.call.outcome) == ("kept", CallOutcome.KEPT)
    assert "没有读到：工单编号、联系电话、业务类型、处理时限" in found.message


def test_known_number_is_not_doubled(hotline: Hotline) -> None:
    bring(hotline, KEY_VALUE)
    (again,) = bring(hotline, KEY_VALUE)
    assert (again.status, Call.objects.count()) == ("known", 1)
    assert "没有重复登记" in again.message


def test_category_chosen_in_the_preview(hotline: Hotline) -> None:
    first, second = bring(hotline, FORWARDED, chosen={1: category("repair.lv.fire")})
    assert (first.status, second.status) == ("kept", "opened")
    assert second.case and (second.case.urgency, second.case.chosen, second.case.hazard) == (1, True, "fire")


@pytest.mark.parametrize("text", [TAGGED, ARC_ROWS, json.dumps(FORM, ensure_ascii=False), SMS, KEY_VALUE, FORWARDED])
def test_every_layout_leaves_its_words_in_the_vault(hotline: Hotline, text: str) -> None:
    for found, order in zip(bring(hotline, text), read_orders(text), strict=True):
        assert found.call is not None
        assert services.reveal_call(call_id=found.call.pk, field="text", by=hotline.desk, at=MORNING) == order.text
        assert "13800138" not in found.call.text


def test_form_fields_become_the_cases(hotline: Hotline) -> None:
    (found,) = bring(hotline, json.dumps(FORM, ensure_ascii=False), chosen={0: category("complaint.quality.frequent")})
    case = found.case
    assert case and (case.mood, case.secrecy, case.over_level, case.urgency) == ("excited", "confidential", True, 1)


def test_mapped_code_of_the_platform(hotline: Hotline) -> None:
    map_external(system="95598", code="0101", category_id=category("repair.lv.single_out"), by=SYSTEM, at=MORNING)
    (found,) = bring(
        hotline, "工单编号：A1234567\n业务类型：0101\n受理内容：没电\n联系电话：13800138003\n处理时限：尽快"
    )
    assert found.case and (found.case.type, found.case.account_id) == ("repair", hotline.accounts[3])
    assert "没有看懂" in found.message
    assert not Clock.objects.filter(name="external").exists()


def test_channel_is_the_orders_own_word(hotline: Hotline) -> None:
    (found,) = bring(hotline, "工单编号：A1234567\n来源：12345政务热线\n受理内容：没电", channel=Channel.PHONE_95598)
    assert found.call and found.call.channel == Channel.GOV_12345


def test_address_that_means_one_account(hotline: Hotline) -> None:
    (found,) = bring(hotline, "工单编号：A1234567\n用电地址：尹集乡凤凰村三组\n受理内容：没电")
    assert found.call and found.call.account_id == hotline.accounts[3]
    (many,) = bring(hotline, "工单编号：A1234568\n用电地址：名仕家天下\n受理内容：没电")
    assert many.call and many.call.account_id is None


def test_urging_order_urges_the_urged_one(hotline: Hotline) -> None:
    named = KEY_VALUE.replace("业务类型：投诉", "业务类型：投诉\n业务小类：频繁停电")
    (first,) = bring(hotline, named)
    text = "工单编号：CB001234\n业务类型：催办\n被催办工单号：2026030100012345\n受理内容：客户催促，一直没人联系"
    (found,) = bring(hotline, text)
    assert (found.status, found.case and found.case.pk) == ("urged", first.case and first.case.pk)
    assert Urge.objects.get().external_no == "CB001234"
    (unknown,) = bring(hotline, text.replace("2026030100012345", "X").replace("CB001234", "CB001235"))
    assert unknown.status == "kept"  # nobody knows the urged order: a person must look, nothing is lost


def test_one_refused_order_leaves_the_others(hotline: Hotline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("longzhong.cases.hotline.services.opening.first_asked_of", lambda *_a, **_k: None)
    orders = read_orders(SMS + "\n" + SMS.replace("5678", "5679"))
    found = services.bring_in(
        orders=orders, wish=Wish(chosen={0: category("repair.lv.single_out")}), by=SYSTEM, at=MORNING
    )
    assert [one.status for one in found] == ["kept", "kept"]
    assert "来电已留存" in found[0].message
    assert Call.objects.count() == 2


@pytest.mark.parametrize(("text", "code"), [(" ", "nothing_pasted"), ("\n".join([SMS] * 201), "too_many_orders")])
def test_refusals(hotline: Hotline, text: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        bring(hotline, text)
    assert refusal.value.code == code
    assert not Call.objects.exists()


def test_unsure_classifier_keeps_the_call(hotline: Hotline, monkeypatch: pytest.MonkeyPatch) -> None:
    guess = Guess(category("repair.lv.single_out"), "repair.lv.single_out", "", 0.95)
    monkeypatch.setattr(
        "longzhong.cases.hotline.selectors.guessing.guesses", lambda _text, _at: Guesses((guess,), sure=True)
    )
    (sure,) = bring(hotline, SMS)
    assert sure.status == "opened" and sure.case and (sure.case.chosen, sure.case.confidence) == (False, 0.95)
    (other,) = bring(hotline, SMS.replace("5678", "5679").replace("停电", "停电 业务类型") + "")
    assert other.status == "opened"
    (held,) = bring(hotline, "工单编号：A1234567\n业务类型：投诉\n受理内容：没电")
    assert held.status == "kept"  # the order says complaint, the classifier says repair
