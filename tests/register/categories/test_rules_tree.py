"""The tree file: what it must hold, and what it is refused for."""

import pytest

from longzhong.register.categories.gateways import shipped_tree
from longzhong.register.categories.rules import CaseType, TreeError, level_of, parent_code, parse_tree, type_of_code

ROOT = '{ code = "repair", name = "报修", source = "s", confidence = "U" }'


@pytest.mark.parametrize(
    ("code", "kind", "parent", "level"),
    [
        ("repair", CaseType.REPAIR, "", 1),
        ("complaint.quality", CaseType.COMPLAINT, "complaint", 2),
        ("complaint.quality.frequent", CaseType.COMPLAINT, "complaint.quality", 3),
    ],
)
def test_a_code_says_type_parent_and_level(code: str, kind: CaseType, parent: str, level: int) -> None:
    assert (type_of_code(code), parent_code(code), level_of(code)) == (kind, parent, level)


def test_a_code_of_no_type_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing"):
        type_of_code("nothing.here")


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("category = [", "Invalid"),
        ('category = [{ code = "repair", name = "x", source = "s" }]', "missing"),
        ('category = [{ code = "repair", name = "x", source = "s", confidence = "Z" }]', "confidence"),
        ('category = [{ code = "repair", name = "x", source = "s", confidence = "U", colour = "red" }]', "unknown"),
        ('category = [{ code = "fun", name = "x", source = "s", confidence = "U" }]', "a root is one of"),
        (f"category = [{ROOT}, {ROOT}]", "twice"),
        (f'category = [{ROOT}, {{ code = "repair.a.b", name = "x", source = "s", confidence = "U" }}]', "parent"),
        (f'category = [{ROOT}, {{ code = "repair.B", name = "x", source = "s", confidence = "U" }}]', "lower-case"),
    ],
)
def test_a_wrong_file_is_refused_as_a_whole(rows: str, says: str) -> None:
    with pytest.raises(TreeError, match=says):
        parse_tree(rows)


def test_the_shipped_tree_is_that_of_the_reference() -> None:
    rows = {row.code: row for row in shipped_tree()}
    by_level = {kind: [c for c in rows if c.startswith(f"{kind}.")] for kind in CaseType}
    assert [code for code in rows if "." not in code] == [one.value for one in CaseType] or set(CaseType) <= set(rows)
    assert [rows[c].name for c in by_level[CaseType.COMPLAINT] if level_of(c) == 2] == [
        "服务", "营业", "停送电", "供电质量", "电网建设",
    ]  # fmt: skip
    assert len(by_level[CaseType.SUGGESTION]) == 18
    assert len(by_level[CaseType.REPORT]) == 4
    assert len(by_level[CaseType.PRAISE]) == 4
    assert len(by_level[CaseType.APPLICATION]) == 6
    assert {rows[c].section for c in by_level[CaseType.COMPLAINT] if level_of(c) == 3} == {
        "服务行为", "服务渠道", "业扩报装", "用电变更", "抄表催费", "电费电价", "电能计量", "业务收费", "停送电信息公告",
        "停电问题（计划执行）", "抢修服务", "电压质量", "供电可靠性", "供电频率", "供电设施", "电力施工",
    }  # fmt: skip
    assert all(row.source and row.confidence for row in rows.values())


def test_opinion_mirrors_complaint() -> None:
    rows = {row.code: row for row in shipped_tree()}
    there = {code.removeprefix("complaint") for code in rows if code.startswith("complaint.")}
    assert there == {code.removeprefix("opinion") for code in rows if code.startswith("opinion.")}
    one = rows["opinion.service.hall_attitude"]
    assert (one.attitude, one.source[:14]) == (True, "REFERENCE §1.1")
