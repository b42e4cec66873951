"""The desk, asked as people ask it: one box, hints while typing, one key."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client

from longzhong.cases.hotline.models import Call, Case, CaseParty, Promise, Urge
from longzhong.cases.hotline.rules.words import CallOutcome, Hazard, Secrecy
from longzhong.kit import clock
from longzhong.register.customers import services as customer_services
from longzhong.register.customers.rules.rows import AccountRow
from longzhong.sensing.outages import services as outages
from longzhong.sensing.outages.rules import Devices, NewReport
from tests.cases.hotline.acts import get, post
from tests.cases.hotline.make import MORNING, PLAIN, SYSTEM, Hotline, a_case, category

pytestmark = pytest.mark.usefixtures("guessing")


@pytest.mark.parametrize(
    "q", ["13800138001", "4200000000001", "名仕家天下12号楼", "张 名仕家天下", "zhf", "zhf名仕家天下"]
)
def test_one_box_finds_the_customer_masked(hotline: Hotline, q: str) -> None:
    shown = get(hotline.client(), "desk/found/", q=q)
    assert f"account={hotline.accounts[1]}" in shown and "张**" in shown
    assert not [word for word in PLAIN if word in shown.replace(q, "").replace(f"q={q}", "")]


def test_nothing_found_still_takes_the_call(hotline: Hotline) -> None:
    client = hotline.client()
    assert "来电一样会留存" in get(client, "desk/", q="查无此人啊")
    assert post(client, "desk/", text="没电", do="open").status_code == 302
    assert Case.objects.get().account_id is None


@pytest.mark.proves("S2-01", page="hotline:desk", service="longzhong.cases.hotline.services.desking.finish_call")
def test_panel_and_one_key(hotline: Hotline) -> None:
    client = hotline.client()
    earlier = a_case(hotline, "enquiry.bill", "电费不对", when=MORNING - timedelta(days=3))
    shown = get(client, "desk/", account=hotline.accounts[1], q="13800138001")
    for words in (
        "张**",
        "名仕家天下1号台区",
        "檀12线",
        "M1",
        earlier.number,
        "近 90 天来电 1 次",
        "Ctrl+Enter",
        "13800138001",
    ):
        assert words in shown
    key = uuid.uuid4().hex
    sent = {
        "text": "家里没电，电话13800138001",
        "account": hotline.accounts[1],
        "phone": "13800138001",
        "do": "open",
        "promise": "2h",
    }
    assert post(client, "desk/", key, **sent).status_code == 302
    assert post(client, "desk/", key, **sent).status_code == 302  # the same key again
    case = Case.objects.exclude(pk=earlier.pk).get()
    assert (case.type, case.chosen, case.confidence, case.state) == ("repair", False, 0.93, "dispatched")
    assert case.order_id is not None
    assert Promise.objects.get(case=case).due_at == MORNING + timedelta(hours=2)


def test_hints_while_typing(hotline: Hotline) -> None:
    client = hotline.client()
    parent = a_case(hotline, text="家里没电了，楼道灯亮着", when=MORNING - timedelta(minutes=20))
    shown = post(
        client, "desk/hints/", text="家里没电了，楼道灯亮着，表箱冒火！我要打12345", account=hotline.accounts[1]
    ).content.decode()
    for words in ("93 %", "Alt+1", "own_pick", "冒火", "提到越级", parent.number, "处理提示"):
        assert words in shown
    unsure = post(client, "desk/hints/", text="电费贵").content.decode()
    assert "没有把握" in unsure and "own_pick" not in unsure
    assert "建议分类" not in post(client, "desk/hints/", text="").content.decode()


def test_person_chooses_where_the_classifier_is_unsure(hotline: Hotline) -> None:
    client = hotline.client()
    refused = post(client, "desk/", text="电费贵", do="open")
    assert refused.status_code == 409 and "请先选定诉求分类" in refused.content.decode()
    assert not Call.objects.exists()  # the words are still in the browser's form
    assert post(client, "desk/", text="电费贵", guess=category("query.balance"), do="open").status_code == 302
    case = Case.objects.get()
    assert (case.type, case.chosen) == ("query", True)


def test_cues_count_unless_a_person_says_otherwise(hotline: Hotline) -> None:
    client = hotline.client()
    post(client, "desk/", text="没电，电线杆倒了，请替我保密！！！", do="open")
    case = Case.objects.get()
    assert (case.hazard, case.urgency, case.secrecy) == (Hazard.POLE_DOWN, 1, Secrecy.CONFIDENTIAL)
    post(
        client, "desk/", text="没电，电线杆倒了，请替我保密！！！", do="open", hazard="no", secrecy="open", urgency="3"
    )
    other = Case.objects.exclude(pk=case.pk).get()
    assert (other.hazard, other.urgency, other.secrecy) == (Hazard.NONE, 3, Secrecy.OPEN)


def test_answered_and_kept(hotline: Hotline) -> None:
    client = hotline.client()
    post(client, "desk/", text="电费多少", do="answer", reply="已告知余额", satisfied="yes")
    post(client, "desk/", text="喂", do="keep")
    assert sorted(Call.objects.values_list("outcome", flat=True)) == ["answered", "kept"]
    refused = post(client, "desk/", text="没电", do="outage", reply="")
    assert refused.status_code == 409


def test_joined_and_urged_with_one_key(hotline: Hotline) -> None:
    client = hotline.client()
    parent = a_case(hotline, when=MORNING - timedelta(minutes=20))
    sent = {"text": "没电", "account": hotline.accounts[2], "do": "open"}
    assert post(client, "desk/", same=f"join:{parent.pk}", **sent).status_code == 302
    assert Case.objects.get(parent=parent).state == "following"
    assert post(client, "desk/", same=f"urge:{parent.pk}", **sent).status_code == 302
    assert (Urge.objects.get().case_id, Call.objects.filter(outcome=CallOutcome.URGED).count()) == (parent.pk, 1)
    wrong = post(client, "desk/", same="drop:1", **sent)
    assert wrong.status_code == 200 and Case.objects.count() == 2


def test_who_may_use_the_desk(hotline: Hotline) -> None:
    with clock.frozen(MORNING):
        assert hotline.client("boss", "leader").get("/calls/desk/").status_code == 403
        zhang = hotline.client("zhang", "grid")
        assert zhang.get("/calls/desk/").status_code == 200
        assert Client().get("/calls/desk/").status_code == 302
        assert zhang.get("/calls/desk/", {"account": hotline.accounts[3]}).status_code == 404


def test_petitioner_and_flags(hotline: Hotline) -> None:
    rows = [AccountRow(code="4200000000005", name="单雄信", unit_code="S2", tag="欠费停电", state="closing")]
    customer_services.keep_accounts(rows=rows, by=SYSTEM, at=MORNING)
    customer_services.tag_account(account_id=hotline.accounts[5], tag="老上访", by=SYSTEM, at=MORNING)
    shown = get(hotline.client(), "desk/", account=hotline.accounts[5])
    for words in ("先稳住情绪", "销户办理中", "欠费停电"):
        assert words in shown


@pytest.mark.proves("S3-12", page="hotline:desk", service="longzhong.cases.hotline.services.opening.open_case")
def test_hazard_has_the_shortest_clock(hotline: Hotline) -> None:
    post(hotline.client(), "desk/", text="没电，电线断了掉在路上", do="keep")
    case = a_case(hotline, "repair.danger.pole", hazard=Hazard.POLE_BASE)
    assert (case.urgency, case.due_clock, case.due_at) == (1, "dispatch", MORNING + timedelta(minutes=3))
    assert "一级紧急" in post(hotline.client("office", "quality"), "desk/hints/", text="杆基塌陷了").content.decode()
    get(hotline.client("head", "station"), "desk/")


@pytest.mark.proves("S4-33", page="hotline:desk", service="longzhong.cases.hotline.services.opening.open_case")
def test_first_asked_stays_with_the_case(hotline: Hotline) -> None:
    """一口对外、首问负责、限时办结: whoever took it owns it, with a running clock, until somebody accepts."""
    client = hotline.client("head", "station")
    get(client, "desk/")
    post(client, "desk/", text="没电", account=hotline.accounts[1], channel="hall", do="open")
    case = Case.objects.get()
    assert (case.first_asked_id, case.owner_id) == (hotline.county.staff["head"],) * 2
    assert CaseParty.objects.filter(case=case).exists()


def test_running_outage_answers_the_call(hotline: Hotline) -> None:
    """The sentence is on the screen, and Alt+O ends the call with it (S1-25)."""
    report = NewReport(
        devices=Devices(areas=(hotline.areas["A1"],)), started_at=MORNING - timedelta(minutes=30), confirmed=True
    )
    outage = outages.report_outage(report=report, by=SYSTEM, at=MORNING)
    client = hotline.client()
    shown = get(client, "desk/", account=hotline.accounts[1])
    assert f'name="outage" value="{outage}"' in shown and "Alt+O" in shown
    sent = {"text": "没电", "account": hotline.accounts[1], "outage": outage, "do": "outage"}
    assert post(client, "desk/", **sent, reply="").status_code == 302
    call = Call.objects.get()
    assert (call.outcome, call.outage_id) == ("outage", outage)
    assert "停电" in get(client, f"{call.pk}/").split("答复：")[1][:300]
    assert not Case.objects.exists()
