"""Hints as truth tables: what is said, what is denied, what is neither."""

import pytest

from longzhong.sensing.texts.rules import (
    CAUSE_LABELS,
    HAZARD_NAMES,
    Hazard,
    Mood,
    RootCause,
    Secrecy,
    Urgency,
    causes,
    hazards,
    hints,
    mood,
    over_heads,
    secrecy,
    urgency,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("电杆被车撞断了", {Hazard.POLE_DOWN}),
        ("大风倒杆，高压线掉在路上", {Hazard.POLE_DOWN, Hazard.WIRE_DOWN}),
        ("门口电线断了耷拉着", {Hazard.WIRE_DOWN}),
        ("没有断线，就是停电", set()),
        ("没有发现断线", set()),
        ("不是漏电，是跳闸", set()),
        ("没有人触电", set()),
        ("没有停电，但是墙上漏电", {Hazard.LEAK}),
        ("下雨后杆塔基础塌陷", {Hazard.POLE_BASE}),
        ("电线杆歪得厉害", {Hazard.POLE_BASE}),
        ("线路跨路太低，大车过不去", {Hazard.LOW_WIRE}),
        ("电线低垂", {Hazard.LOW_WIRE}),
        ("小孩触电了", {Hazard.SHOCK}),
        ("摸水管手麻", {Hazard.SHOCK}),
        ("表箱冒火", {Hazard.FIRE}),
        ("变压器冒烟，未起火", {Hazard.FIRE}),
        ("并未冒烟", set()),
        ("漏电保护器跳了", set()),
        ("配电箱门敞开，线头裸露", {Hazard.OPEN_LIVE}),
        ("电费怎么这么多", set()),
        ("", set()),
    ],
)  # fmt: skip
def test_hazards(text: str, found: set[Hazard]) -> None:
    assert set(hazards(text)) == found


def test_the_worst_hazard_comes_first() -> None:
    assert hazards("杆子歪了，有人触电") == (Hazard.SHOCK, Hazard.POLE_BASE)
    assert set(HAZARD_NAMES) == set(Hazard)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("请问几点来电", Mood.CALM),
        ("我很不满", Mood.EXCITED),
        ("什么态度", Mood.EXCITED),
        ("快来修！！", Mood.EXCITED),
        ("忍无可忍", Mood.FURIOUS),
        ("客户非常激动", Mood.FURIOUS),
        ("太过分了！！！", Mood.FURIOUS),
        ("多次反映一直不解决，没人管", Mood.FURIOUS),
        ("客户没有不满", Mood.CALM),
    ],
)
def test_mood(text: str, found: Mood) -> None:
    assert mood(text) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("不处理就打市长热线", ("市长热线",)),
        ("我打12345了", ("市长热线",)),
        ("要向12398反映，还要找记者", ("能源监管", "媒体曝光")),
        ("准备去上访", ("信访",)),
        ("找律师起诉你们", ("消协诉讼",)),
        ("没有信访", ()),
        ("电压低", ()),
    ],
)
def test_over_heads(text: str, found: tuple[str, ...]) -> None:
    assert over_heads(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我要匿名反映", Secrecy.ANONYMOUS),
        ("不留姓名电话", Secrecy.ANONYMOUS),
        ("不愿透露身份", Secrecy.ANONYMOUS),
        ("请保密", Secrecy.CONFIDENTIAL),
        ("不要透露是我说的", Secrecy.CONFIDENTIAL),
        ("怕报复", Secrecy.CONFIDENTIAL),
        ("匿名，请保密", Secrecy.ANONYMOUS),
        ("电表坏了", Secrecy.OPEN),
    ],
)
def test_secrecy(text: str, found: Secrecy) -> None:
    assert secrecy(text) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("家里有人用呼吸机", Urgency.URGENT),
        ("马上来人", Urgency.URGENT),
        ("线断了掉在路上", Urgency.URGENT),
        ("没有危险，慢慢来", Urgency.NORMAL),
        ("请尽快", Urgency.HIGH),
        ("冰柜里的货要坏了", Urgency.HIGH),
        ("问一下电价", Urgency.NORMAL),
    ],
)
def test_urgency(text: str, found: Urgency) -> None:
    assert urgency(text) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("营业员不耐烦还挂电话", {RootCause.ATTITUDE}),
        ("工作人员前后说法不一", {RootCause.KNOWLEDGE}),
        ("不知道流程，看不懂账单", {RootCause.UNFAMILIAR}),
        ("三天两头停电，电压低", {RootCause.SUPPLY}),
        ("客户不听解释，扬言闹事", {RootCause.TEMPER}),
        ("停电了打电话，客服态度差", {RootCause.ATTITUDE, RootCause.SUPPLY}),
        ("谢谢", set()),
    ],
)
def test_five_causes(text: str, found: set[RootCause]) -> None:
    assert set(causes(text)) == found
    assert len(RootCause) == len(CAUSE_LABELS) == 5


def test_all_hints_at_once() -> None:
    found = hints("电线断了掉在路上！！！再不来就找记者，我匿名，太过分")
    assert found.hazards == (Hazard.WIRE_DOWN,)
    assert (found.mood, found.over_heads, found.secrecy, found.urgency) == (
        Mood.FURIOUS, ("媒体曝光",), Secrecy.ANONYMOUS, Urgency.URGENT,
    )  # fmt: skip
