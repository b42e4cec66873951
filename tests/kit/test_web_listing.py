"""Lists: the address says filter, order and page; the workbook has the same rows."""

import io
from datetime import UTC, date, datetime

import pytest
from django.test import RequestFactory
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from longzhong.kit import web
from longzhong.kit.clock import day_start
from longzhong.kit.web.columns import in_month, read
from longzhong.kit.web.lines import drawn_lines
from longzhong.kit.web.workbook import Book

ROWS = [
    {"id": n, "name": f"台区{n:03d}", "volts": 180 + n * 0.5, "state": "late" if n % 2 else "good"} for n in range(120)
]
COLUMNS = (
    web.Column("name", "台区", sort="name"),
    web.Column("volts", "电压", kind="number", sort="volts"),
    web.Column(
        "state", "状态", lambda row: web.Badge(row["state"], "超期" if row["state"] == "late" else "正常"), "badge"
    ),
)
FILTERS = (
    web.Filter("state", "状态", lambda rows, v: [r for r in rows if r["state"] == v], choices=(("late", "超期"),)),
    web.Filter("q", "台区", lambda rows, v: [r for r in rows if v in r["name"]], "text"),
)


def table(address="/rows/", rows=ROWS, **options):
    return web.listing(RequestFactory().get(address), rows, COLUMNS, FILTERS, title="样例", sort="-volts", **options)


def test_a_page_holds_fifty_rows_in_the_first_order():
    list_ = table()
    assert (list_.total, list_.pages, len(list_.items), list_.first, list_.last) == (120, 3, 50, 1, 50)
    assert list_.items[0]["id"] == 119


@pytest.mark.parametrize(
    ("address", "total", "first"),
    [
        ("/rows/?state=late", 60, 119),
        ("/rows/?state=nonsense", 120, 119),
        ("/rows/?q=台区01", 10, 19),
        ("/rows/?sort=volts", 120, 0),
        ("/rows/?sort=secret", 120, 119),
        ("/rows/?sort=-state", 120, 119),
        ("/rows/?page=3", 120, 19),
        ("/rows/?page=999", 120, 19),
        ("/rows/?page=-1", 120, 119),
        ("/rows/?page=" + "9" * 5000, 120, 119),
        ("/rows/?page=abc&unknown=1", 120, 119),
    ],
    ids=lambda value: str(value)[:30],
)
def test_the_address_says_filter_order_and_page(address, total, first):
    list_ = table(address)
    assert (list_.total, list_.items[0]["id"]) == (total, first)


@given(query=st.dictionaries(st.sampled_from(["page", "sort", "state", "q", "export"]), st.text(max_size=12)))
def test_no_address_breaks_a_list(query):
    list_ = web.listing(RequestFactory().get("/rows/", query), ROWS, COLUMNS, FILTERS, title="样例")
    assert len(list_.items) <= 50
    assert list_.heads
    assert list_.export_href.startswith("/rows/?")


def test_links_keep_the_rest_of_the_address():
    list_ = table("/rows/?state=late&tab=all&page=2")
    assert list_.next_href == ""
    assert list_.previous_href == "/rows/?state=late&tab=all&page=1"
    assert list_.export_href == "/rows/?state=late&tab=all&export=list"
    assert list_.clear_href == "/rows/?tab=all"
    assert list_.kept == [("tab", "all")]
    assert list_.filtered


def test_heads_turn_the_order_and_say_it_to_screen_readers():
    name, volts, state = table().heads
    assert (name.order, volts.order, state.href) == ("", "descending", "")
    assert volts.href == "/rows/?sort=volts"
    assert table("/rows/?sort=volts").heads[1].href == "/rows/?sort=-volts"


def test_rows_are_dressed_one_page_at_a_time():
    sizes = []

    def dress(rows):
        sizes.append(len(rows))
        return rows

    table(dress=dress)
    assert sizes == [50]


def test_the_workbook_holds_every_filtered_row_in_order():
    answer = table("/rows/?state=late&export=list").workbook()
    sheet = load_workbook(io.BytesIO(answer.content)).active
    lines = list(sheet.values)
    assert lines[0] == ("台区", "电压", "状态")
    assert len(lines) == 61
    assert lines[1] == ("台区119", 239.5, "超期")
    assert "filename*=UTF-8''%E6%A0%B7%E4%BE%8B.xlsx" in answer["Content-Disposition"]


def test_a_day_of_a_moment_is_the_countys_day_and_the_workbook_keeps_the_moment():
    night = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)
    columns = (web.Column("at", "受理", kind="day"), web.Column("also", "受理时间", "at", kind="moment"))
    shown = web.listing(RequestFactory().get("/rows/"), [{"id": 1, "at": night}], columns, title="样例")
    drawn = drawn_lines(shown.lines, night)
    assert ">2026-03-02<" in drawn and ">2026-03-02 00:30<" in drawn
    sheet = load_workbook(io.BytesIO(shown.workbook().content)).active
    assert list(sheet.values)[1] == (datetime(2026, 3, 2, 0, 30), datetime(2026, 3, 2, 0, 30))  # noqa: DTZ001


def test_a_workbook_takes_labels_that_are_translated_late():
    columns = (web.Column("name", gettext_lazy("台区")), web.Column("word", gettext_lazy("状态"), kind="text"))
    rows = [{"id": 1, "name": "一号", "word": gettext_lazy("正常")}]
    late = web.listing(RequestFactory().get("/rows/"), rows, columns, title=gettext_lazy("样例"))
    answer = late.workbook()
    assert list(load_workbook(io.BytesIO(answer.content)).active.values) == [("台区", "状态"), ("一号", "正常")]
    assert "filename*=UTF-8''%E6%A0%B7%E4%BE%8B.xlsx" in answer["Content-Disposition"]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("=cmd|'/C calc'!A0", "=cmd|'/C calc'!A0"),
        ("a\x00b", "ab"),
        (None, None),
        (float("nan"), None),
        (datetime(2026, 3, 1, 6, 5, tzinfo=UTC), datetime(2026, 3, 1, 14, 5)),  # noqa: DTZ001 - a spreadsheet has no zones
    ],
    ids=["formula is text", "control character", "nothing", "not a number", "civil time"],
)
def test_a_cell_keeps_what_a_person_meant(value, kept):
    book = Book(["值"])
    book.add([value])
    sheet = load_workbook(io.BytesIO(book.content())).active
    cell = sheet.cell(2, 1)
    assert cell.value == kept
    assert cell.data_type != "f"


def test_a_method_named_in_a_column_is_called() -> None:
    """`get_state_display` of a model is a method: its word is shown, never its representation."""

    class Row:
        def get_state_display(self) -> str:
            return "处理中"

    assert read(Row(), "get_state_display") == "处理中"


def test_a_month_narrows_by_the_countys_days():
    class Rows:
        asked: dict[str, object] = {}

        def filter(self, **asked: object) -> "Rows":
            self.asked = asked
            return self

    rows = in_month("raised_at")(Rows(), "2026-12")
    assert rows.asked == {"raised_at__gte": day_start(date(2026, 12, 1)), "raised_at__lt": day_start(date(2027, 1, 1))}
    assert in_month("raised_at")(Rows(), "2026-13").asked == {}
