"""The 95598 workbook: which rows are read, and what isn't the table."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from longzhong.kit.errors import Refused
from longzhong.sensing.outages.engines import read_sheet
from longzhong.sensing.outages.rules.sheet import HEADS

NAMES = ("poweroff_id", "type_code", "start_time")


def content(*rows: tuple[object, ...], heads: tuple[str, ...] = NAMES) -> bytes:
    book = Workbook()
    for row in (tuple(HEADS.get(name, name) for name in heads), *rows):
        book.active.append(list(row))
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def test_rows_by_head_in_any_order_with_their_numbers() -> None:
    rows = read_sheet(content(("2026-03-02 08:00", "x", "P1", "计划停电"), (None, "", None, None), ("t", "y", "P2", "故障停电"),
                              heads=("start_time", "别的", "poweroff_id", "type_code")))  # fmt: skip
    assert rows == [
        (2, {"poweroff_id": "P1", "start_time": "2026-03-02 08:00", "type_code": "计划停电"}),
        (4, {"poweroff_id": "P2", "start_time": "t", "type_code": "故障停电"}),
    ]


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"", "sheet_unreadable"),
        (b"PK\x03\x04 broken", "sheet_unreadable"),
        (content(heads=("poweroff_id", "type_code")), "sheet_headless"),
        (content(*[("P", "计划停电", "2026-03-02 08:00")] * 3), "sheet_too_long"),
    ],
    ids=["empty", "broken", "no start", "three rows of two"],
)
def test_what_isnt_the_table(sent: bytes, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("longzhong.sensing.outages.engines.sheets.MOST_ROWS", 2)
    with pytest.raises(Refused) as refusal:
        read_sheet(sent)
    assert refusal.value.code == code
