"""The quick log, the list of calls and the paste page, asked as people ask them."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from longzhong.cases.hotline.models import Call, Case
from longzhong.kit import clock
from longzhong.kit.models import JournalEntry
from tests.cases.hotline.acts import get, post
from tests.cases.hotline.make import MORNING, Hotline, a_call, a_case, category
from tests.cases.hotline.test_rules_layouts import KEY_VALUE

pytestmark = pytest.mark.usefixtures("guessing")


@pytest.mark.proves("S0-09", page="hotline:quick", service="longzhong.cases.hotline.services.desking.finish_call")
def test_three_taps_log_a_call(hotline: Hotline) -> None:
    client = hotline.client("zhang", "grid")
    assert "今天已记 0 个" in get(client, "quick/")
    assert f"account={hotline.accounts[1]}" in get(client, "quick/", q="张 名仕家天下")
    assert (
        post(client, "quick/", kind="enquiry", satisfied="yes", account=hotline.accounts[1], do="answer").status_code
        == 302
    )
    call = Call.objects.get()
    assert (call.channel, call.outcome, call.account_id) == ("grid", "answered", hotline.accounts[1])
    assert "今天已记 1 个" in get(client, "quick/")


@pytest.mark.proves("S0-06", page="hotline:quick", service="longzhong.cases.hotline.services.desking.finish_call")
def test_direct_call_of_an_elder_becomes_ones_own_case(hotline: Hotline) -> None:
    client = hotline.client("zhang", "grid")
    get(client, "quick/")
    assert (
        post(client, "quick/", kind="repair", elder="on", text="大娘家没电", phone="13900000000", do="own").status_code
        == 302
    )
    case = Case.objects.get()
    assert (case.channel, case.urgency, case.owner_id) == ("grid", 2, hotline.county.staff["zhang"])
    assert case.first_asked_id == hotline.county.staff["zhang"] and case.state in ("dispatched", "handling")
    assert post(client, "quick/", kind="nonsense").status_code == 200


@pytest.mark.proves("S3-17", page="hotline:calls", service="longzhong.cases.hotline.services.settling.settle_call")
def test_kept_calls_age_until_somebody_settles_them(hotline: Hotline) -> None:
    client = hotline.client()
    kept = a_call(hotline, "喂，没电", when=MORNING - timedelta(hours=2))
    a_case(hotline)
    shown = get(client, "", tab="kept")
    assert kept.number in shown and "超时" in shown and "待处理（1 个超时）" in shown
    assert "等着处理" in get(client, f"{kept.pk}/")
    refused = post(client, f"{kept.pk}/", do="open")
    assert refused.status_code == 409 and "请先选定诉求分类" in refused.content.decode()
    assert post(client, f"{kept.pk}/", do="open", category=category("repair.lv.single_out")).status_code == 302
    assert "一个都没有落下" in get(client, "", tab="kept")
    assert "等着处理" not in get(client, f"{kept.pk}/")
    again = post(client, f"{kept.pk}/", do="answer", reply="已答复")
    assert again.status_code == 409


@pytest.mark.proves("S3-07", page="hotline:calls", service="longzhong.cases.hotline.services.taking.take_call")
def test_list_filters_and_excel(hotline: Hotline) -> None:
    client = hotline.client()
    a_case(hotline, "enquiry.bill", "电费不对")
    a_call(hotline, "喂", account=None)
    assert (
        "电费不对" in get(client, "", topic="enquiry")
        and "喂" not in get(client, "", topic="enquiry").split("<table")[1]
    )
    assert "电费不对" not in get(client, "", outcome="kept")
    assert "没有" in get(client, "", **{"from": "2026-03-03"})
    with clock.frozen(MORNING):
        sheet = load_workbook(BytesIO(client.get("/calls/", {"export": "list"}).getvalue())).active
    assert sheet is not None and sheet.max_row >= 3


def test_detail_reveals_with_a_reason(hotline: Hotline) -> None:
    client = hotline.client("head", "station")
    call = a_call(hotline, "我叫张惠芳，没电")
    shown = get(client, f"{call.pk}/")
    assert "张惠芳" not in shown and "〔姓名〕" in shown
    assert post(client, f"{call.pk}/reveal/", field="text").status_code == 409
    assert "张惠芳" in post(client, f"{call.pk}/reveal/", field="text", reason="核对客户原话").content.decode()
    assert JournalEntry.objects.filter(act="hotline.reveal").count() == 1
    assert post(client, f"{call.pk}/reveal/", field="nonsense").status_code == 200
    with clock.frozen(MORNING):
        assert hotline.client("other", "station").get(f"/calls/{10**12}/").status_code == 404


@pytest.mark.django_db
def test_list_takes_few_queries(hotline: Hotline, django_assert_max_num_queries: Any) -> None:
    for n in range(12):
        a_call(hotline, f"没电{n}")
    client = hotline.client()
    get(client, "")
    with django_assert_max_num_queries(20):
        get(client, "")


@pytest.mark.proves("S2-25", page="hotline:paste", service="longzhong.cases.hotline.services.bringing.bring_in")
def test_paste_look_and_take(hotline: Hotline) -> None:
    client = hotline.client()
    assert "整段粘贴" in get(client, "paste/")
    text = KEY_VALUE + "-----\n工单编号：HF20260301\n来源：行风热线\n受理内容：说不清的事\n"
    looked = post(client, "paste/", text=text, channel="95598", do="look").content.decode()
    for words in ("键值行", "2026030100012345", "受理这 2 单", "不认识的栏"):
        assert words in looked
    assert not Call.objects.exists()
    taken = post(
        client,
        "paste/",
        text=text,
        channel="95598",
        do="take",
        **{"category-0": category("complaint.quality.frequent")},
    )
    shown = taken.content.decode()
    assert "已立单" in shown and "留存待处理" in shown
    assert set(Call.objects.values_list("channel", flat=True)) == {"95598", "conduct"}
    assert "已受理过" in post(client, "paste/", text=text, channel="95598", do="take").content.decode()
    assert Call.objects.count() == 2


def test_file_of_another_encoding(hotline: Hotline) -> None:
    client = hotline.client()
    file = SimpleUploadedFile("orders.txt", KEY_VALUE.encode("gbk"))
    assert "2026030100012345" in post(client, "paste/", file=file, channel="95598", do="look").content.decode()
    assert "没有读到任何内容" in post(client, "paste/", text=" ", channel="95598", do="look").content.decode()
    big = SimpleUploadedFile("big.txt", b"x" * 2_000_001)
    assert "文件太大" in post(client, "paste/", file=big, channel="95598", do="look").content.decode()
