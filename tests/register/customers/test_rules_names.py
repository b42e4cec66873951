"""Surname and pinyin-initial parts of names, and what a typed text can mean."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longzhong.register.customers.rules import names, queries
from longzhong.register.customers.rules.queries import Reading

SHARED = Path(__file__).resolve().parents[3].parent / "shared"
NAUGHTY = json.loads((SHARED / "data/bad_input/blns.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "surnames", "initials"),
    [
        pytest.param("张惠芳", ("张",), ("zhf",), id="plain"),
        pytest.param("欧阳锋", ("欧阳", "欧"), ("oyf",), id="compound"),
        pytest.param("司马", ("司",), ("sm",), id="two characters are surname and given name"),
        pytest.param("单雄信", ("单",), ("sxx", "dxx", "cxx"), id="surname reading first"),
        pytest.param("曾国藩", ("曾",), ("zgf", "cgf"), id="zeng"),
        pytest.param("买买提·吐尔逊", ("买买提", "吐尔逊"), ("mmttex",), id="minority"),
        pytest.param("John Smith", ("john", "smith"), ("js",), id="foreign"),
        pytest.param("Ａnna", ("anna",), ("a",), id="full width"),
        pytest.param("王", ("王",), ("w",), id="one character"),
        pytest.param("", (), (), id="empty"),
        pytest.param("·", (), (), id="only a dot"),
    ],
)
def test_parts_of_a_name(name: str, surnames: tuple[str, ...], initials: tuple[str, ...]) -> None:
    assert names.surnames(name) == surnames
    found = names.initials(name)
    assert set(initials[:2]) <= set(found)
    assert found[:1] == initials[:1]
    assert len(found) <= names.MOST_READINGS


def test_spellings_of_a_minority_name_are_one() -> None:
    assert names.normal_name("买买提·吐尔逊") == names.normal_name("买买提 吐尔逊") == "买买提吐尔逊"


def test_an_organisation_is_found_by_its_words_and_has_no_surname() -> None:
    parts = names.name_parts("襄阳轴承有限公司")
    assert ("word", "轴承") in parts
    assert not any(kind in ("surname", "initials") for kind, _ in parts)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        pytest.param("名仕家天下", Reading(places=("名仕家天下",)), id="place"),
        pytest.param("张惠芳", Reading(parts=(("name", "张惠芳"),)), id="name"),
        pytest.param("张先生", Reading(parts=(("surname", "张"),)), id="surname with courtesy"),
        pytest.param("张名仕家天下", Reading(("名仕家天下",), (("surname", "张"),)), id="surname and estate in one"),
        pytest.param("名仕家天下 张", Reading(("名仕家天下",), (("surname", "张"),)), id="estate, then surname"),
        pytest.param("欧阳名仕家天下", Reading(("名仕家天下",), (("surname", "欧阳"),)), id="compound surname"),
        pytest.param("zhf 名仕家天下", Reading(("名仕家天下",), (("initials", "zhf"),)), id="initials and estate"),
        pytest.param("名仕家天下ZHF", Reading(("名仕家天下",), (("initials", "zhf"),)), id="estate and initials glued"),
        pytest.param("zhf", Reading(parts=(("initials", "zhf"),)), id="initials"),
        pytest.param("名仕家天下12号楼3单元101", Reading(("名仕家天下12号楼",), (("room", "3-101"),)), id="room"),
        pytest.param("买买提·吐尔逊", Reading(parts=(("name", "买买提吐尔逊"),)), id="minority name"),
    ],
)
def test_a_text_has_this_meaning_among_others(text: str, meaning: Reading) -> None:
    found = queries.readings(text)
    assert meaning in found
    assert len(found) <= queries.MOST_READINGS


@pytest.mark.parametrize(
    ("text", "code", "phone"),
    [
        ("13800138000", "13800138000", "13800138000"),
        ("+86 138-0013-8000", "13800138000", "13800138000"),
        ("0710-3512345", "07103512345", "07103512345"),
        ("jb0012", "JB0012", "jb0012"),
        ("51343620000320711x", "51343620000320711X", "51343620000320711x"),
    ],
)
def test_numbers_are_seen_as_numbers(text: str, code: str, phone: str) -> None:
    number = queries.as_number(text)
    assert number is not None
    assert (number.code, number.phone) == (code, phone)


@pytest.mark.parametrize("text", ["张惠芳", "zhf", "12号楼", "", "12", "12 34 56 78 90 名仕"])
def test_words_are_not_numbers(text: str) -> None:
    assert queries.as_number(text) is None


@pytest.mark.parametrize("text", NAUGHTY)
def test_no_naughty_text_breaks_the_rules(text: str) -> None:
    queries.as_number(text)
    for reading in (*queries.readings(text), *queries.split_places(text)):
        assert reading.weight > 0
        assert all(len(gram) == 2 for gram in reading.grams)
    names.name_parts(text)


@given(st.text(max_size=80))
def test_any_text_has_bounded_meanings(text: str) -> None:
    assert len(queries.readings(text)) <= queries.MOST_READINGS
    assert all(part for _, part in names.name_parts(text))
