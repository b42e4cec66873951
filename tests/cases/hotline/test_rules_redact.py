"""What a caller says without who they are: a truth table, and everything nasty that people have typed into boxes."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longzhong.cases.hotline.rules.grams import grams
from longzhong.cases.hotline.rules.redact import redact

NAUGHTY = Path("/work/shared/data/bad_input/blns.json")
SAMPLES = (
    "",
    "电话13800138000",
    "\0\ud800",
    "<script>alert(1)</script>",
    "１３８００１３８０００",
    "〔" * 50,
    "1" * 500,
    "- " * 500,
)

CASES = [
    # phones, however written
    ("请回电13800138000，谢谢", "请回电〔电话〕，谢谢"),
    ("１３８００１３８０００", "〔电话〕"),
    ("138 0013 8000 打不通", "〔电话〕 打不通"),
    ("138-0013-8000", "〔电话〕"),
    ("1 3 8 0 0 1 3 8 0 0 0", "〔电话〕"),
    ("+86 138 0013 8000", "〔电话〕"),
    ("一三八零零一三八零零零", "〔电话〕"),
    ("幺三八〇〇一三八〇〇〇找我", "〔电话〕找我"),
    ("一三八，零零一三，八零零零", "〔电话〕"),
    ("0710-3512345", "〔电话〕"),
    ("（0710）3512345", "〔电话〕"),
    ("零七一零三五一二三四五", "〔电话〕"),
    ("座机3512345", "座机〔电话〕"),
    ("微信号wx，电话 351-2345", "微信号wx，电话 〔电话〕"),
    ("打了95598和12345没人接", "打了95598和12345没人接"),
    ("电话打了 2026-03-01 也没回", "电话打了 2026-03-01 也没回"),
    # identity numbers and cards
    ("身份证11010519491231002X", "身份证〔证件号〕"),
    ("110105 19491231 002x", "〔证件号〕"),
    ("一一零一零五一九四九一二三一零零二一", "〔证件号〕"),
    ("110105491231002", "〔证件号〕"),
    ("卡号6222 0200 0000 0000 123", "卡号〔银行卡〕"),
    ("6222021234567890123", "6222021234567890123"),  # no check digit, nobody said card
    ("工单2026030112345678", "工单2026030112345678"),
    # rooms
    ("名仕家天下12号楼3单元101没电", "名仕家天下12号楼〔房号〕没电"),
    ("12栋3单元5楼501室", "12栋〔房号〕"),
    ("三单元一零一", "〔房号〕"),
    ("11幢502", "11幢〔房号〕"),
    ("住2号楼1502号房", "住2号楼〔房号〕"),
    ("12-3-101 停电", "〔房号〕 停电"),
    ("凤凰村三组15号", "凤凰村三组〔房号〕"),
    ("302室漏电", "〔房号〕漏电"),
    ("电压只有180V，3组15号杆", "电压只有180V，3组15号杆"),
    ("12栋2026年3月起没电", "12栋2026年3月起没电"),
    ("从8-10点停到2026-3-101", "从8-10点停到2026-3-101"),
    # plates, e-mail, account numbers
    ("鄂F12345挡住了变压器", "〔车牌〕挡住了变压器"),
    ("鄂F·D12345", "〔车牌〕"),
    ("发到zhang.hui@example.com", "发到〔邮箱〕"),
    ("户号4200000000001欠费", "户号〔户号〕欠费"),
    # names that people say themselves
    ("我叫王大锤，家里没电", "我叫〔姓名〕，家里没电"),
    ("联系人：买买提·吐尔逊 电话13800138000", "联系人：〔姓名〕 电话〔电话〕"),
    ("客户姓名：王小明，反映", "客户姓名：〔姓名〕，反映"),
    ("我叫了三次人", "我叫了三次人"),
    ("台区经理态度差", "台区经理态度差"),
    ("", ""),
    ("家里没电，楼道灯亮着", "家里没电，楼道灯亮着"),
]


@pytest.mark.parametrize(("said", "kept"), CASES)
def test_truth_table(said: str, kept: str) -> None:
    assert redact(said) == kept


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("张惠芳家没电", "〔姓名〕家没电"),
        ("我是张 惠 芳", "我是〔姓名〕"),
        ("张惠芳女士来电", "〔姓名〕女士来电"),
        ("吐尔逊的邻居买买提·吐尔逊", "吐尔逊的邻居〔姓名〕"),
        ("张先生来电", "张先生来电"),
        ("单号4200000000001", "单号〔户号〕"),
    ],
)
def test_names_and_codes_of_the_party(said: str, kept: str) -> None:
    assert redact(said, names=["张惠芳", "买买提·吐尔逊", "张", ""], codes=["4200000000001", "12"]) == kept


def naughty() -> list[str]:
    return json.loads(NAUGHTY.read_text(encoding="utf-8")) if NAUGHTY.exists() else []


@pytest.mark.parametrize("text", [*SAMPLES, *naughty()])
def test_naughty_strings_come_back_storable_and_stay_redacted(text: str) -> None:
    once = redact(text)
    assert "\0" not in once
    once.encode()
    assert redact(once) == once
    assert all(len(word) <= 16 for word in grams(once))


@given(
    st.text(max_size=40),
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.text(alphabet="，。家没电 abc", max_size=20),
)
def test_a_phone_never_stays(before: str, phone: str, after: str) -> None:
    if before[-1:].isdigit() or before[-1:].isnumeric():
        before += "，请打"
    assert phone not in redact(before + "请打" + phone + "，" + after)


def test_grams_are_words_without_the_marks() -> None:
    assert grams("〔姓名〕家没电 220V") == ["家没", "没电", "220v"]
