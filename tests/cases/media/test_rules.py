"""The rules of public opinion, cell by cell."""

import pytest

from longzhong.cases.media.rules import (
    KNOWN,
    LIVE,
    MACHINE,
    Grade,
    Heat,
    Limits,
    State,
    count,
    moment,
    pasted,
    suggested,
)
from longzhong.kit.errors import Refused
from tests.dispatch.make import at

LIMITS = Limits(serious_views=100, major_views=1000, serious_talk=10, major_talk=50, official_step=1)
F, G, H, D, P, A, C, X = (
    State.FOUND, State.GRADED, State.HANDLING, State.DRAFTED, State.APPROVED, State.ANSWERED, State.CLOSED, State.FALSE,
)  # fmt: skip
TABLE = {
    "grade": {F: G},
    "regrade": {one: one for one in KNOWN},
    "report": {one: one for one in KNOWN},
    "assign": {G: H},
    "reassign": {H: H},
    "draft": {H: D},
    "approve": {D: P},
    "return": {D: H, P: H},
    "answer": {P: A},
    "flare": {A: H, C: H},
    "close": {A: C},
    "dismiss": {F: X, G: X, H: X},
    "measure": {one: one for one in LIVE},
    "tie": {one: one for one in LIVE},
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("verb", list(TABLE))
def test_every_cell_of_the_machine(verb: str, state: State) -> None:
    if state in TABLE[verb]:
        assert MACHINE.move(verb, state).target is TABLE[verb][state]
    else:
        with pytest.raises(Refused):
            MACHINE.move(verb, state)


def test_the_table_has_no_other_verb() -> None:
    assert {row.verb for row in MACHINE.moves} == set(TABLE)
    assert MACHINE.move("approve", D).roles == ("leader",)


@pytest.mark.parametrize(
    ("heat", "platform", "grade"),
    [
        (Heat(), "weibo", Grade.MINOR),
        (Heat(99, 9, 0), "weibo", Grade.MINOR),
        (Heat(100), "weibo", Grade.SERIOUS),
        (Heat(0, 5, 5), "weibo", Grade.SERIOUS),
        (Heat(999, 49, 0), "weibo", Grade.SERIOUS),
        (Heat(1000), "weibo", Grade.MAJOR),
        (Heat(0, 0, 50), "weibo", Grade.MAJOR),
        (Heat(), "news", Grade.SERIOUS),
        (Heat(100), "government", Grade.MAJOR),
        (Heat(1000), "news", Grade.MAJOR),
    ],
)
def test_the_grade_by_the_numbers(heat: Heat, platform: str, grade: Grade) -> None:
    assert suggested(heat, platform, LIMITS) is grade


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0), ("12", 12), ("1,234", 1234), ("1.2万", 12_000), ("100w+", 1_000_000), ("3亿", 300_000_000),
        ("99亿", 2_000_000_000), ("很多", None), ("-5", None), ("1e9", None),
    ],
)  # fmt: skip
def test_counts(text: str, number: int | None) -> None:
    assert count(text) == number


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2026-03-02 08:30", "2026-03-02 08:30"), ("2026/3/2 8:30:00", "2026-03-02 08:30"), ("2026-03-02", "2026-03-02 00:00"),
        ("2026-03-02T08:30", "2026-03-02 08:30"), ("昨天", None), ("2026-02-30", None),
    ],
)  # fmt: skip
def test_moments(text: str, when: str | None) -> None:
    assert moment(text) == (at(when) if when else None)


def test_a_pasted_sheet_with_tabs() -> None:
    text = "\ufeff平台\t时间\t标题\t内容\t链接\t浏览\t评论\t转发\t主题\t台区\r\n抖音\t2026/3/2 8:30\t停电\t又停了\thttps://a.cn/1\t1.5万\t20\t3\t停电\tA1\r\n\r\n"
    (line,) = pasted(text)
    assert line.item is not None
    assert (line.number, line.item.platform, line.item.topic, line.item.area) == (2, "douyin", "outage", "A1")
    assert (line.item.heat, line.item.posted_at) == (Heat(15_000, 20, 3), at("2026-03-02 08:30"))


def test_commas_quotes_and_lines_that_cant_be_read() -> None:
    text = '平台,标题,浏览,时间\n微博,"停电,谁管",12,\n飞鸽,停电,1,\n微信,停电,许多,\n贴吧,停电,1,前天\n头条,停电,1,2026-03-02'
    lines = pasted(text)
    assert [line.item.title if line.item else line.wrong for line in lines] == [
        "停电,谁管", "不认识的平台：飞鸽", "浏览、评论、转发须是数字", "看不懂的时间：前天", "停电"
    ]  # fmt: skip
    assert [line.number for line in lines] == [2, 3, 4, 5, 6]


@pytest.mark.parametrize("text", ["", "\n\n", "标题,内容\n停电,停电", "平台,浏览\n微博,1"])
def test_no_heads(text: str) -> None:
    (line,) = pasted(text)
    assert (line.item, "表头" in line.wrong) == (None, True)


def test_at_most_five_hundred_lines() -> None:
    lines = pasted("平台,标题\n" + "微博,停电\n" * 600)
    assert (len(lines), lines[-1].item, lines[-1].number) == (501, None, 502)
