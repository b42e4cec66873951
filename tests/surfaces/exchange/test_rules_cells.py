"""Cells, numbers, moments and readers, one case a line."""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from longzhong.surfaces.exchange.rules import cells, moments, numbers, readers
from longzhong.surfaces.exchange.rules.reasons import REASONS, Bad, reason
from longzhong.surfaces.exchange.rules.recipes import RECIPES

SHARED = Path(__file__).resolve().parents[4] / "shared/data/bad_input/blns.json"
A_FEW = [
    "\x00",
    "undefined",
    "＜script＞",
    "👾 🙇",
    "\u202etest",
    "ﷺ",
    "\ufeff",
    "1e999",
    "'; DROP TABLE users",
    "İ",
    "1/0",
    "\ud800",
]
BLNS = json.loads(SHARED.read_text()) if SHARED.exists() else A_FEW


def outcome(read: object, cell: object) -> object:
    try:
        return read(cell, "列")  # type: ignore[operator]
    except Bad as bad:
        return f"!{bad.code}"


@pytest.mark.parametrize(
    "cell",
    [
        "",
        " ",
        "\u3000",
        "-",
        "--",
        "——",
        "/",
        "null",
        "NULL",
        "(null)",
        "NaN",
        "\\N",
        "#N/A",
        "无",
        "\ufeff",
        None,
        float("nan"),
        "None",
    ],
)
def test_these_mean_missing(cell: object) -> None:
    assert cells.is_missing(cell)
    assert cells.text(cell) == "" and numbers.identifier(cell) == "" and numbers.number(cell) is None
    assert moments.day(cell) is None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("4210000123", "4210000123"),
        ("0042", "0042"),
        ("'0042", "0042"),
        ("’0042", "0042"),
        ('="0042"', "0042"),
        ("０１２３", "0123"),
        (421000000000.0, "421000000000"),
        (42, "42"),
        ("421.0", "421"),
        ("张庄#2", "张庄#2"),
        ("4.21E+11", "!digits_lost"),
        ("4.21e11", "!digits_lost"),
        (1e16, "!digits_lost"),
        (0.5, "!bad_code"),
        ("a b", "!bad_code"),
        ("<b>", "!bad_code"),
        ("9" * 41, "!too_long"),
    ],
)
def test_an_identifier_is_text(cell: object, expected: str) -> None:
    assert outcome(numbers.identifier, cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1,234.5", 1234.5),
        ("１２．５", 12.5),
        ("+3", 3.0),
        ("−5", -5.0),
        ("1.5E+02", 150.0),
        ("315 kVA", 315.0),
        (7, 7.0),
        ("1,23", "!bad_number"),
        ("inf", "!bad_number"),
        ("1e400", "!bad_number"),
        ("1_000", "!bad_number"),
        ("0x10", "!bad_number"),
        ("٣", "!bad_number"),
        (True, "!bad_number"),
        (datetime.fromisoformat("2026-03-01"), "!bad_number"),
    ],
)
def test_a_number_is_exact_or_refused(cell: object, expected: object) -> None:
    assert outcome(lambda one, column: numbers.number(one, column, ("kVA",)), cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-03-01", (date(2026, 3, 1), None)),
        ("2026/3/1 0:15", (date(2026, 3, 1), 15)),
        ("2026.3.1", (date(2026, 3, 1), None)),
        ("2026年3月1日", (date(2026, 3, 1), None)),
        ("２０２６年３月１日 ８时３０分", (date(2026, 3, 1), 510)),
        ("20260301", (date(2026, 3, 1), None)),
        ("2026-03-01 24:00:00", (date(2026, 3, 1), 1440)),
        ("2026-03-01T16:30:00Z", (date(2026, 3, 2), 30)),
        ("2026-03-01 16:30:00+08:00", (date(2026, 3, 1), 990)),
        (46082, (date(2026, 3, 1), None)),
        ("46082.25", (date(2026, 3, 1), 360)),
        (datetime.fromisoformat("2026-03-01 00:14:59.999"), (date(2026, 3, 1), 15)),
        (date(2026, 3, 1), (date(2026, 3, 1), None)),
        ("2026-02-30", "!impossible_date"),
        ("2026-13-01", "!impossible_date"),
        ("1900-01-00", "!impossible_date"),
        (60, "!impossible_date"),
        (0, "!impossible_date"),
        ("03/04/2026", "!ambiguous_date"),
        ("13.4.26", "!ambiguous_date"),
        ("1066-10-14", "!date_range"),
        ("2026-03-01 25:00", "!bad_time"),
        ("2026-03-01 24:01", "!bad_time"),
        ("2026-03-01 10:00+99:99", "!bad_time"),
        ("昨天", "!bad_date"),
        (True, "!bad_date"),
        (time(1, 0), "!bad_date"),
    ],
)
def test_a_moment_is_a_real_day(cell: object, expected: object) -> None:
    assert outcome(moments.moment, cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("00:15", 15), ("24:00", 1440), ("0:15:30", 15), ("9时5分", 545), (time(8, 30), 510), (0.5, 720), ("0015", 15),
        (timedelta(hours=24), 1440), ("24:15", "!bad_time"), ("x", "!bad_time"), (2.5, "!bad_time"),
    ],
)  # fmt: skip
def test_a_time_of_day(cell: object, expected: object) -> None:
    assert outcome(moments.minute, cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("138 0000 1111", "13800001111"),
        ("+86-138-0000-1111", "13800001111"),
        (13800001111.0, "13800001111"),
        ("0710-3456789", "07103456789"),
        ("12", "!bad_phone"),
        ("1.38E+10", "!bad_phone"),
    ],
)
def test_a_phone_is_never_repeated_in_its_reason(cell: object, expected: object) -> None:
    assert outcome(readers.phone, cell) == expected


def test_a_coordinate_of_zero_is_missing_and_one_abroad_is_refused() -> None:
    assert readers.latitude(0, "纬度") is None
    assert readers.latitude("32.01", "纬度") == 32.01
    assert outcome(readers.latitude, 91) == "!out_of_range"


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=lambda recipe: recipe.code)
def test_naughty_strings_are_read_or_refused_in_every_column(recipe: object) -> None:
    for column in recipe.columns:  # type: ignore[attr-defined]
        for text in BLNS:
            try:
                value = column.read(text, column.title)
            except Bad as bad:
                assert bad.code in REASONS and str(bad)
            else:
                assert not isinstance(value, str) or "\x00" not in value


def test_free_text_stays_as_it_was_written_on_one_line() -> None:
    assert cells.text("檀溪路（东段）\n ３号\u200b ") == "檀溪路（东段） ３号"
    assert outcome(cells.text, "a\x00b") == "!control_character"
    assert outcome(cells.text, "长" * 3000) == "!too_long"


def test_every_reason_has_a_sentence_even_without_its_facts() -> None:
    assert all(reason(code, {}) for code in REASONS)
    assert reason("from_the_owner", {"said": "单位不存在"}) == "单位不存在"
