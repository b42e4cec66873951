"""The words of the collection system's wide form."""

from datetime import date
from math import isnan

import numpy as np
import pytest

from longzhong.sensing.curves.rules.assemble import Wide, area_curves, customer_curves
from longzhong.sensing.curves.rules.wideform import (
    Reading,
    WideformError,
    civil_day,
    decode,
    meta_columns,
    number,
    reading,
    slot_columns,
)

STARTS = [f"{n // 4:02d}:{n % 4 * 15:02d}" for n in range(96)]
ENDS = [*STARTS[1:], "24:00"]


@pytest.mark.parametrize(
    ("header", "labels"),
    [
        pytest.param(STARTS, "start", id="00:00 to 23:45"),
        pytest.param(ENDS, "end", id="00:15 to 24:00"),
        pytest.param([*STARTS[1:], "00:00"], "end", id="the last one written as midnight"),
        pytest.param([f"{word}:00" for word in STARTS], "start", id="with seconds"),
        pytest.param([f"{n // 4}:{n % 4 * 15:02d}" for n in range(96)], "start", id="0:15"),
        pytest.param([f"V{n}" for n in range(1, 97)], "number", id="V1 to V96"),
        pytest.param([f"u{n:02d}" for n in range(1, 97)], "number", id="u01"),
        pytest.param([str(n) for n in range(1, 97)], "number", id="1 to 96"),
        pytest.param([f"T{word.replace(':', '')}" for word in STARTS], "start", id="T0015"),
        pytest.param([f"第{n}点" for n in range(1, 97)], "number", id="第1点"),
    ],
)
def test_slot_columns(header, labels):
    found = slot_columns(["表号", "日期", *header])
    assert found.labels == labels
    assert found.columns == tuple(range(2, 98))


@pytest.mark.parametrize("header", [STARTS[:95], [f"V{n}" for n in range(1, 25)], ["表号"], []])
def test_other_tables_are_refused(header):
    with pytest.raises(WideformError, match="96"):
        slot_columns(header)


def test_meta_columns():
    header = ["﻿电表资产号", " 数据日期 ", "数据项(单位)", "相别", "Ratio", "日期"]
    assert meta_columns(header) == {"meter": 0, "day": 1, "quantity": 2, "phase": 3, "ratio": 4}


@pytest.mark.parametrize(
    ("quantity", "phase", "expected"),
    [
        ("电压", "A", Reading("u", 1)),
        ("电压", "B相", Reading("u", 2)),
        ("Ua", "", Reading("u", 1)),
        ("C相电压", "", Reading("u", 3)),
        ("A相电流(A)", "", Reading("i", 1)),
        ("有功功率(W)", "总", Reading("p", 0, 0.001)),
        ("有功功率(kW)", "", Reading("p", 0)),
        ("无功功率", "0", Reading("q", 0)),
        ("current_c", "", Reading("i", 3)),
        ("Voltage", "3", Reading("u", 3)),
        ("电压(kV)", "1", Reading("u", 1, 1000.0)),
        ("Uab", "", Reading("u", 1, 1 / 3**0.5)),
        ("线电压", "BC", Reading("u", 2, 1 / 3**0.5)),
        ("功率因数", "", None),
        ("电压", "X", None),
    ],
)
def test_reading(quantity, phase, expected):
    assert reading(quantity, phase) == expected


@pytest.mark.parametrize("word", ["", " ", "-", "--", "NULL", "null", "NaN", "#N/A", "无", "/"])
def test_missing_words(word):
    assert isnan(number(word))


@pytest.mark.parametrize(
    ("word", "value"), [("220.5", 220.5), ("-3", -3), (" 1,234.5 ", 1234.5), ("0", 0), ("2.2e2", 220)]
)
def test_numbers(word, value):
    assert number(word) == value


@pytest.mark.parametrize("word", ["abc", "12,3", "inf", "220V"])
def test_what_is_no_number_is_told(word):
    with pytest.raises(ValueError, match=r"."):
        number(word)


@pytest.mark.parametrize(
    "word", ["2026-10-01", "2026/10/1", "20261001", "2026年10月1日", "2026-10-01 00:00:00", "2026.10.01"]
)
def test_days(word):
    assert civil_day(word) == date(2026, 10, 1)


@pytest.mark.parametrize("word", ["2026-02-30", "2026-13-01", "", "yesterday", "01/10/2026", "2026-10-01 12:00"])
def test_impossible_days_are_told(word):
    with pytest.raises(ValueError, match=r"."):
        civil_day(word)


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        ("表号".encode(), "utf-8-sig"),
        ("表号".encode("utf-8-sig"), "utf-8-sig"),
        ("表号".encode("gbk"), "gb18030"),
        ("表号".encode("utf-16"), "utf-16"),
    ],
)
def test_encodings(raw, encoding):
    assert decode(raw) == ("表号", encoding)


DAY = date(2026, 10, 1)


def wide(*rows: tuple[str, Reading, float]) -> Wide:
    values = np.stack([np.full(96, value, dtype=np.float32) for _, _, value in rows])
    return Wide([row[0] for row in rows], [DAY] * len(rows), [row[1] for row in rows], values)


def test_customers_are_put_together_by_phase():
    curves = customer_curves(
        wide(
            ("M2", Reading("u", 2), 221), ("M2", Reading("u", 1), 220), ("M1", Reading("p", 0), 2000), ("M1", Reading("u", 0), 219),
            ("M2", Reading("p", 0), 5),
        )
    )  # fmt: skip
    assert list(zip(curves.meters, curves.phase.tolist(), curves.wiring.tolist(), strict=True)) == [
        ("M1", 1, 1), ("M2", 1, 3), ("M2", 2, 3),
    ]  # fmt: skip
    assert curves.u[:, 0].tolist() == [219, 220, 221]
    assert curves.p[0, 0] == 2000
    assert np.isnan(curves.p[1:]).all()


def test_areas_are_put_together_and_power_by_phase_is_added_up():
    curves = area_curves(
        wide(*[("T1", Reading("p", phase, 0.5), 20) for phase in (1, 2, 3)], ("T1", Reading("i", 1), 7))
    )
    assert curves.meters == ["T1"]
    assert (curves.curves["p"][0, 0], curves.curves["ia"][0, 0]) == (30, 7)


def test_a_repeated_row_wins_where_it_says_something():
    first, second = ("M1", Reading("u", 1), 220.0), ("M1", Reading("u", 1), 230.0)
    table = wide(first, second)
    table.values[1, 5:] = np.nan
    assert customer_curves(table).u[0, [4, 5]].tolist() == [230, 220]
