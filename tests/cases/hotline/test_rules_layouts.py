"""Orders of other systems, as people really paste them: six layouts, several in one paste, fields missing, dates of every kind."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from longzhong.cases.hotline.rules.layouts import Incoming, deadline, decoded, moment, read_orders
from longzhong.register.org.rules.published import published_calendar
from tests.dispatch.make import at

KEY_VALUE = """工单编号：2026030100012345
业务类型：投诉
受理时间：2026-03-01 09:30:15
客户姓名：张惠芳
联系电话：13800138001
户号：4200000000001
用电地址：檀溪街道名仕家天下12号楼
受理内容：客户反映近一个月停电三次，
要求给出说法。
处理时限：4个工作日内
不认识的栏：什么
"""
TAGGED = (
    "【工单编号】GD-778899【业务类型】故障报修【来电号码】０７１０－３５１２３４５【受理内容】名仕家天下没电"
    "【处理时限】24小时内"
)
ARC = (
    "APP_NO\tID\tBUSI_TYPE_CODE\tURBAN_RURAL_FLAG\tORG_NO\tHANDLE_TIME\tACCEPT_CONTENT\tHANDLE_OPINION\tCALLING_NO"
    "\tELEC_TYPE\tCUST_NO\n"
)
ARC_ROWS = (
    ARC
    + "20160301001\t1\t故障报修\t城网\t4206\t2016/3/1 10:00:00\t【频繁停电】客户反映, 停三次\t\t13800138001\t居民\t4200000000001\n"
    + "20160301002\t2\t投诉\t农网\t4206\t2016/3/1 11:00:00\t【电压低】灯泡发红\t已处理\t\t居民\t\n"
)
FORM = {
    "WorkOrderNo": "WZ20260301", "PhoneNumber": "13800138001", "UserName": "张惠芳", "AmmeterAccountNum": 4200000000001,
    "FaultAddr": "名仕家天下", "FaultTime": "2026-03-01 08:00", "CustomerSentiment": "激动", "PrivacyType": "保密",
    "IsLeapfrog": "是", "OrderGrade": "紧急", "FaultContent": "没电", "Longitude": 112.1,
}  # fmt: skip
FORWARDED = """王班长 3月1日 09:12
名仕家天下12号楼停电了，客户张女士13800138001，赶紧看看，两小时内回我
李主任 2026/3/1 10:05
客户：李大爷 07103512345 说表箱冒烟，地址 凤凰村三组
"""
SMS = "【95598】工单2026030112345678，客户张女士13800138000，名仕家天下停电，请24小时内处理。"


def one(text: str) -> Incoming:
    (found,) = read_orders(text)
    return found


def test_lines_with_labels() -> None:
    found = one(KEY_VALUE)
    assert (found.layout, found.get("external_no"), found.get("account_code")) == (
        "键值行",
        "2026030100012345",
        "4200000000001",
    )
    assert found.text == "客户反映近一个月停电三次，\n要求给出说法。"
    assert (found.missing, found.unread) == ((), ("不认识的栏",))


@pytest.mark.parametrize("mark", ["：", ":", " : ", "：  "])
def test_colons_of_every_width(mark: str) -> None:
    found = one(f"工单编号{mark}A12345\n受理内容{mark}没电")
    assert (found.get("external_no"), found.text) == ("A12345", "没电")


def test_several_orders_in_one_paste() -> None:
    second = KEY_VALUE.replace("2026030100012345", "2026030100012346").replace("13800138001", "")
    found = read_orders(KEY_VALUE + second)
    assert [one.get("external_no") for one in found] == ["2026030100012345", "2026030100012346"]
    assert found[1].missing == ("联系电话",)
    ruled = read_orders(KEY_VALUE + "-----\n" + second)
    assert [one.values for one in ruled] == [one.values for one in found]


def test_tagged_block() -> None:
    found = one(TAGGED)
    assert found.layout == "方括号块"
    assert (found.get("external_no"), found.get("phone"), found.text) == (
        "GD-778899",
        "０７１０－３５１２３４５",
        "名仕家天下没电",
    )
    assert len(read_orders(TAGGED + "\n" + TAGGED.replace("778899", "778900"))) == 2


def test_table_of_arc_columns() -> None:
    first, second = read_orders(ARC_ROWS)
    assert (first.layout, first.get("external_no"), first.get("class_word")) == ("表格", "20160301001", "频繁停电")
    assert first.get("account_code") == "4200000000001" and first.get("site_word") == "城网"
    assert second.missing == ("联系电话", "处理时限")


def test_table_with_quotes_and_too_many_cells() -> None:
    found = one('工单编号,联系电话,受理内容\nA1234567,13800138001,"说了一句, 又说一句"')
    assert found.text == "说了一句, 又说一句"
    assert one("工单编号,联系电话,受理内容\nA1234567,13800138001,说了一句,又说一句").text == "说了一句,又说一句"


def test_form_as_json_and_as_pairs() -> None:
    found = one(json.dumps(FORM, ensure_ascii=False))
    assert (found.layout, found.get("account_code"), found.get("secrecy_word")) == ("派单表单", "4200000000001", "保密")
    assert len(read_orders(json.dumps({"data": [FORM, FORM]}))) == 2
    assert one("WorkOrderNo=WZ1234567&PhoneNumber=13800138001&FaultContent=没电").text == "没电"


def test_forwarded_messages() -> None:
    first, second = read_orders(FORWARDED)
    assert (first.layout, first.get("phone"), first.get("due_words")) == ("转发消息", "13800138001", "两小时内")
    assert (first.get("name"), first.get("accepted_words")) == ("张女士", "3月1日 09:12")
    assert (second.get("phone"), second.get("address")) == ("07103512345", "凤凰村三组")


def test_short_message() -> None:
    found = one(SMS)
    assert (found.layout, found.get("external_no"), found.get("source_word")) == ("短信", "2026030112345678", "95598")
    assert len(read_orders(SMS + "\n\n" + SMS.replace("5678", "5679"))) == 2


@pytest.mark.parametrize(
    "text", ["没电了", "{坏的 json", "[]", "a,b\n1,2", "：：：", "😀", "1\t2\t3", "工单", "{}", "null"]
)
def test_whatever_is_left_is_one_order_of_words(text: str) -> None:
    assert one(text).text == text


def test_blanks_are_nothing() -> None:
    assert read_orders(" \r\n\ufeff ") == []


def test_naughty_strings_are_kept_whole() -> None:
    naughty = Path("/work/shared/data/bad_input/blns.json")
    for text in json.loads(naughty.read_text(encoding="utf-8")) if naughty.exists() else ["a\0b"]:
        kept = "".join(one.raw for one in read_orders(text))
        assert "".join(kept.split()) == "".join(text.replace("\ufeff", "").split()) or kept == json.dumps(
            json.loads(text), ensure_ascii=False
        )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_files_of_any_encoding(encoding: str) -> None:
    assert one(decoded(KEY_VALUE.encode(encoding))).get("name") == "张惠芳"
    assert decoded(b"\xff\xfe\x00")  # broken: still a text


SUNDAY = at("2026-03-01 09:00")


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("2026年3月1日14时前", "2026-03-01 14:00"),
        ("2026年3月1日14时30分前", "2026-03-01 14:30"),
        ("2026-03-02 18:00:00", "2026-03-02 18:00"),
        ("2026/3/2 9:05", "2026-03-02 09:05"),
        ("２０２６年３月２日１４：００", "2026-03-02 14:00"),
        ("2026.3.2", "2026-03-03 00:00"),
        ("2026年3月2日前", "2026-03-03 00:00"),
        ("20260302140000", "2026-03-02 14:00"),
        ("202603021400", "2026-03-02 14:00"),
        ("3月2日下午3点前", "2026-03-02 15:00"),
        ("1月2日12时", "2026-01-02 12:00"),
        ("24小时内", "2026-03-02 09:00"),
        ("二十四小时内", "2026-03-02 09:00"),
        ("45分钟", "2026-03-01 09:45"),
        ("4个工作日内", "2026-03-06 00:00"),
        ("四个工作日", "2026-03-06 00:00"),
        ("3日内", "2026-03-05 00:00"),
        ("三天之内", "2026-03-05 00:00"),
        ("今日18时前", "2026-03-01 18:00"),
        ("明天12点前", "2026-03-02 12:00"),
        ("后天", "2026-03-04 00:00"),
        ("2026年3月1日24时", "2026-03-02 00:00"),
    ],
)
def test_deadlines(words: str, due: str) -> None:
    assert deadline(words, SUNDAY, published_calendar().assuming()) == at(due)


@pytest.mark.parametrize("words", ["", "尽快", "按规定", "2026年13月40日", "0小时内", "25:99", "99999999"])
def test_words_without_a_time(words: str) -> None:
    assert deadline(words, SUNDAY, published_calendar().assuming()) is None


def test_moments_know_the_year() -> None:
    assert moment("12月31日 23:50", datetime(2026, 1, 1, 1, 0, tzinfo=SUNDAY.tzinfo)) == at("2025-12-31 23:50")
    assert moment("2026-03-01", SUNDAY) == at("2026-03-01 00:00")
