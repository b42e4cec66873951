"""Conflict of interest, cell by cell; verdicts, grades, retelling, retention."""

from itertools import product

import pytest

from longzhong.cases.complaints.rules import MACHINES, Responsibility, Tie, Verdict
from longzhong.cases.complaints.rules.clocks import Keeping, years
from longzhong.cases.complaints.rules.deciding import FLAWS, Finding, counts_against, flaw, is_written
from longzhong.cases.complaints.rules.grades import GROUND_LABELS, Criteria, Told, suggest
from longzhong.cases.complaints.rules.interest import REASONS, VERBS, refusal
from longzhong.cases.complaints.rules.machine import SYSTEM
from longzhong.cases.complaints.rules.secrecy import quotes
from longzhong.cases.hotline.rules.words import Grade

HEAD = [
    "dispatch", "redispatch", "regrade", "name", "void", "refuse", "contact", "find", "reply", "return", "pass", "send_back",
    "decide", "answer", "withdraw", "hide", "sit", "sign", "see_secret",
]  # fmt: skip
NO = {"a": "own_complaint", "h": "caller_confidential", "w": "own_work", "r": "own_reply", "v": "own_review",
      "d": "own_decision", ".": None}  # fmt: skip
TABLE = {
    Tie.ACCUSED: "aaaaaaaaaaaaaaaaaaa",
    Tie.HIDDEN: ".............hhh...",
    Tie.HANDLER: ".........wwww...w..",
    Tie.REPLIER: ".........rrrr...r..",
    Tie.REVIEWER: "...........vv...v..",
    Tie.DECIDER: ".........dd.....d..",
    Tie.FIRST_ASKED: "...................",
}


@pytest.mark.parametrize(("tie", "verb"), [*product(Tie, HEAD)])
def test_every_cell(tie: Tie, verb: str) -> None:
    assert refusal(verb, {tie}) == NO[TABLE[tie][HEAD.index(verb)]]


def test_the_table_is_whole() -> None:
    people = {row.verb for machine in MACHINES.values() for row in machine.moves if row.roles != (SYSTEM,)}
    assert set(HEAD) == set(VERBS) == people | {"sit", "sign", "see_secret"}
    assert set(TABLE) == set(Tie)
    assert set(REASONS) == set(NO.values()) - {None}
    assert refusal("decide", ()) is None


def test_the_gravest_tie_speaks_first() -> None:
    for pair in product(Tie, Tie):
        codes = [refusal("decide", {tie}) for tie in Tie if tie in pair]
        assert refusal("decide", set(pair)) == next((code for code in codes if code), None)


M, N, C, P, E = (
    Responsibility.MARKETING, Responsibility.NON_MARKETING, Responsibility.CUSTOMER, Responsibility.PARTNER, Responsibility.NONE,
)  # fmt: skip


@pytest.mark.parametrize(("verdict", "responsibility"), [*product(Verdict, Responsibility)])
def test_verdict_and_responsibility(verdict: Verdict, responsibility: Responsibility) -> None:
    agreed = {
        Verdict.UPHELD: {M, N, P}, Verdict.PARTLY: {M, N, P}, Verdict.DISMISSED: {C, E},
    }  # fmt: skip
    cause = "attitude" if counts_against(verdict) else ""
    expected = (
        "verdict_unknown" if verdict is Verdict.PENDING
        else None if responsibility in agreed[verdict] else "responsibility_contradicts"
    )  # fmt: skip
    assert flaw(Finding(verdict, responsibility, cause)) == expected


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (Finding("upheld", "marketing", ""), "root_cause_unknown"),
        (Finding("partly", "partner", "weather"), "root_cause_unknown"),
        (Finding("dismissed", "customer", "weather"), "root_cause_unknown"),
        (Finding("dismissed", "customer", "temper"), None),
        (Finding("upheld", "marketing", "attitude", ("shirk", "leak")), None),
        (Finding("upheld", "marketing", "attitude", ("smoke",)), "violation_unknown"),
        (Finding("dismissed", "", "", ("shirk",)), "violation_contradicts"),
        (Finding("maybe", "marketing", "attitude"), "verdict_unknown"),
    ],
)
def test_flaws(found: Finding, code: str | None) -> None:
    assert flaw(found) == code
    assert code is None or code in FLAWS


def test_words() -> None:
    assert [is_written(words) for words in ("", "    ", " 好的 ", "情况属实")] == [False, False, False, True]


@pytest.mark.parametrize(
    ("told", "grade", "grounds"),
    [
        (Told("停电没人管", "95598"), Grade.GENERAL, ()),
        (Told("再不处理我就找央视曝光", "95598"), Grade.SPECIAL, ("words_special", "threat")),
        (Told("我们小区联名投诉", "95598"), Grade.MAJOR, ("words_major",)),
        (Told("检修时有人受伤", "95598"), Grade.MAJOR, ("words_major",)),
        (Told("没有人受伤，就是态度差", "95598"), Grade.GENERAL, ()),
        (Told("已经反映到市政府", "95598"), Grade.IMPORTANT, ("words_important",)),
        (Told("态度差", "12398"), Grade.IMPORTANT, ("channel",)),
        (Told("态度差", "12345"), Grade.IMPORTANT, ("channel",)),
        (Told("态度差", "95598", over_level=True), Grade.IMPORTANT, ("over_level",)),
        (Told("不解决我去找记者", "95598"), Grade.IMPORTANT, ("threat",)),
        (Told("联名写信给国务院", "12398", over_level=True), Grade.SPECIAL,
         ("words_special", "words_major", "channel", "over_level", "threat")),
    ],
)  # fmt: skip
def test_grades(told: Told, grade: Grade, grounds: tuple[str, ...]) -> None:
    assert suggest(told, Criteria()) == (grade, grounds)
    assert set(grounds) <= set(GROUND_LABELS)


def test_criteria_are_the_countys() -> None:
    assert suggest(Told("找老王评理", "x"), Criteria(grade_major=("老王",), grade_channels=("x",))) == (
        Grade.MAJOR, ("words_major", "channel"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("summary", "quoting"),
    [
        ("客户反映窗口服务质量问题", False),
        ("客户说：那个戴眼镜的女的把我的材料往桌上一摔", True),
        ("戴眼镜的女的把我的材", False),
        ("戴眼镜的女的，把我的材料 往桌上", True),
        ("", False),
    ],
)
def test_a_retelling_is_no_quote(summary: str, quoting: bool) -> None:
    assert quotes(summary, "昨天那个戴眼镜的女的把我的材料往桌上一摔就走了") is quoting


@pytest.mark.parametrize(("grade", "kept"), [("general", 3), ("important", 3), ("major", 5), ("special", 5)])
def test_retention_by_grade(grade: str, kept: int) -> None:
    assert years(grade, Keeping()) == kept
    assert years(grade, Keeping(1, 7)) == (1 if kept == 3 else 7)
