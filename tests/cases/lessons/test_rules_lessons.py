"""The machine cell by cell, what may not stand in a case, how alike two are, tags."""

import pytest

from longzhong.cases.lessons.rules import MACHINE, State, alike, personal, tags_of
from longzhong.kit.errors import Refused

OPEN = {
    "edit": {"draft": "draft"},
    "submit": {"draft": "review"},
    "return": {"review": "draft"},
    "publish": {"review": "published"},
    "learn": {"published": "published"},
    "meet": {"published": "published"},
    "revise": {"published": "draft", "retired": "draft"},
    "retire": {"draft": "retired", "published": "retired"},
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("verb", list(OPEN))
def test_every_cell_of_the_table(verb: str, state: State) -> None:
    if state in OPEN[verb]:
        assert MACHINE.move(verb, state).target == OPEN[verb][state]
    else:
        with pytest.raises(Refused) as refused:
            MACHINE.move(verb, state)
        assert refused.value.code == "wrong_state"


def test_the_table_has_no_other_verbs_and_only_the_office_publishes() -> None:
    assert {row.verb for row in MACHINE.moves} == set(OPEN)
    office = {"return", "publish", "meet", "revise", "retire"}
    assert {row.verb for row in MACHINE.moves if row.roles == ("quality",)} == office


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("客户到营业厅办理过户", ()),
        ("客户电话13800138001一直没人接", ("电话",)),
        ("家住3单元101的客户", ("房号",)),
        ("投诉人姓名：张惠芳，一三八零零一三八零零一", ("电话", "姓名")),
        ("客户〔姓名〕的电话是〔电话〕", ()),  # marks that stand where something was
        ("客户〔电话〕，又打了13800138001", ("电话",)),
    ],
)
def test_what_is_personal(text: str, found: tuple[str, ...]) -> None:
    assert set(personal(text)) == set(found)


def test_a_known_name_is_found_wherever_it_stands() -> None:
    assert personal("李网格态度生硬", ["李网格"]) == ("姓名",)
    assert personal("网格员态度生硬", ["李网格"]) == ()


@pytest.mark.parametrize(
    ("asked", "held", "category", "cause", "score", "counts"),
    [
        ((), ("营业",), False, False, 0.0, False),
        (("营业",), (), True, False, 0.5, True),
        ((), ("营业",), False, True, 0.25, False),
        ((), ("营业",), True, True, 0.75, True),
        (("营业", "业厅", "停电", "电费"), ("营业", "业厅", "过户"), False, False, 0.6667, True),
        (("营业", "业厅"), ("营业", "业厅", "过户"), True, True, 1.75, True),
        (("停电", "电费", "抄表", "表箱"), ("停电", "过户", "窗口", "材料"), False, False, 0.25, False),
    ],
)
def test_how_alike(
    asked: tuple[str, ...], held: tuple[str, ...], category: bool, cause: bool, score: float, counts: bool
) -> None:
    found = alike(asked, held, category=category, cause=cause)
    assert (found.score, found.counts) == (score, counts)


def test_tags_are_split_once_each_and_bounded() -> None:
    assert tags_of("营业厅、首问负责，营业厅; 过户\n一证受理") == ("营业厅", "首问负责", "过户", "一证受理")
    assert len(tags_of(" ".join(f"标签{n}" for n in range(20)))) == 8
    assert tags_of("长" * 40) == ("长" * 16,)
    assert tags_of(" ") == ()
