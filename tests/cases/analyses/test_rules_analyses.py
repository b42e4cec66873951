"""The machine cell by cell, the parts of a report, what policy asks for."""

import pytest

from longzhong.cases.analyses.rules import (
    ADVICE,
    MACHINE,
    Part,
    State,
    advice,
    changed,
    is_asked,
    missing,
    whole,
)
from longzhong.cases.hotline.rules.words import RootCause
from longzhong.kit.errors import Refused

OPEN = {
    "edit": {"draft": "draft"},
    "submit": {"draft": "submitted"},
    "return": {"submitted": "draft"},
    "approve": {"submitted": "approved"},
    "take_back": {"submitted": "draft"},
    "revise": {"approved": "draft"},
    "drop": {"draft": "dropped", "submitted": "dropped"},
    "resume": {"dropped": "draft"},
}
ROLES = {
    "edit": {"dept", "quality"},
    "submit": {"dept", "quality"},
    "return": {"quality", "leader"},
    "approve": {"quality", "leader"},
    "take_back": {"dept", "quality"},
    "revise": {"quality", "leader"},
    "drop": {"system"},
    "resume": {"system", "dept", "quality"},
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("verb", list(OPEN))
def test_every_cell_of_the_table(verb: str, state: State) -> None:
    if state in OPEN[verb]:
        move = MACHINE.move(verb, state)
        assert (move.target, set(move.roles)) == (OPEN[verb][state], ROLES[verb])
    else:
        with pytest.raises(Refused) as refused:
            MACHINE.move(verb, state)
        assert refused.value.code == "wrong_state"


def test_the_table_has_no_other_verbs() -> None:
    assert {row.verb for row in MACHINE.moves} == set(OPEN)


def test_a_report_is_its_five_parts() -> None:
    typed = {"basics": " 工单一件\r\n两行 ", "secret": "x", "advice": " "}
    assert whole(typed) == {"basics": "工单一件\n两行", "events": "", "problems": "", "measures": "", "advice": ""}
    assert missing(whole(typed)) == (Part.EVENTS, Part.PROBLEMS, Part.MEASURES, Part.ADVICE)
    assert missing({part.value: "写了" for part in Part}) == ()


def test_what_differs_between_versions() -> None:
    before = whole({"basics": "甲", "events": "乙"})
    assert changed(before, {**before, "events": "丙"}) == (Part.EVENTS,)
    assert changed(before, before) == ()
    assert changed({}, before) == (Part.BASICS, Part.EVENTS)


@pytest.mark.parametrize(
    ("grade", "policy", "asked"),
    [
        ("一般", ["一般", "重要"], True), ("一般", ["重要", "重大", "特殊"], False), ("重大", ("重大",), True),
        ("一般", [], False), ("一般", "一般", False),
    ],
)  # fmt: skip
def test_which_grades_policy_asks_for(grade: str, policy: object, asked: bool) -> None:
    assert is_asked(grade, policy) is asked


def test_every_cause_has_a_first_proposal() -> None:
    assert set(ADVICE) == set(RootCause)
    assert advice("attitude").startswith("将本件纳入服务礼仪")
    assert (advice(""), advice("nonsense")) == ("", "")
