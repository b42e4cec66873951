"""Every dimension against SQL of its own, as of two moments; every number opens as many matters as it says, on the page too.

The SQL here reads the history of decisions and the dated tables; it shares no selector, condition or time zone with the house.
"""

import re
from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from longzhong.assessment.ledgers import selectors
from longzhong.assessment.ledgers.rules import Days, Dimension, Side, month_of
from longzhong.cases.complaints.rules.ledger import Tally
from longzhong.kit import clock
from tests.assessment.ledgers.make import a_mixed_june, on
from tests.cases.hotline.make import Hotline

pytestmark = pytest.mark.django_db
NOW, MIDDLE = on(2028, 3, 1, 9), datetime.fromisoformat("2027-06-15T23:59:59.999999+08:00")
JUNE = month_of(date(2027, 6, 1))
SIDES = {Side.ALL: "total", Side.DECIDED: "decided", Side.RAW: "raw", Side.FINAL: "final", Side.CORRECTED: "corrected",
         Side.OPEN: "open"}  # fmt: skip
LOCAL = "(c.accepted_at at time zone interval '8 hours')"
GIVEN = "from complaints_decision d where d.complaint_id = c.id and d.at <= '{at}'"
LAST = f"{GIVEN} order by d.number desc limit 1"
FIRST = f"{GIVEN} and d.appeal = '' order by d.number desc limit 1"
CATEGORY = "from categories_category k left join categories_category p on p.id = k.parent_id where k.id = c.category_id"
KEYS = {
    Dimension.CATEGORY: "c.category_id",
    Dimension.CLASS: f"(select case when p.parent_id is null then k.id else p.id end {CATEGORY})",
    Dimension.CAUSE: f"coalesce((select d.root_cause {FIRST}), '')",
    Dimension.ATTITUDE: f"(select case when k.attitude then 1 else 0 end {CATEGORY})",
    Dimension.UNIT: "c.unit_id",
    Dimension.DEPARTMENT: "c.department_id",
    Dimension.STAFF: "c.about_staff_id",
    Dimension.AREA: "case c.secrecy when 'open' then (select area_id from hotline_case h where h.id = c.case_id) end",
    Dimension.CHANNEL: "c.channel",
    Dimension.GRADE: "c.grade",
    Dimension.RESPONSIBILITY: f"coalesce((select d.responsibility {LAST}), '')",
    Dimension.HOUR: f"extract(hour from {LOCAL})::int",
    Dimension.WEEKDAY: f"extract(isodow from {LOCAL})::int",
    Dimension.WEATHER: """coalesce((select w.kind from restorations_weathernote w join org_unitplace p on p.unit_id = c.unit_id
        where p.path like '%/' || w.unit_id || '/%' and w.starts_at <= c.accepted_at and w.ends_at > c.accepted_at
        order by w.noted_at desc, w.id desc limit 1), '')""",
}


def plain(by: Dimension, first: str, last: str, at: datetime) -> dict[str, Tally]:
    """Key → tally, by the history of decisions; `first` and `last` are Chinese days, both included."""
    sql = f"""
        select k, count(*), count(final), count(*) filter (where raw in ('upheld', 'partly')),
               count(*) filter (where final in ('upheld', 'partly')), count(*) filter (where appeal <> '')
        from (select {KEYS[by]} k, (select d.verdict {FIRST}) raw, (select d.verdict {LAST}) final, (select d.appeal {LAST}) appeal
              from complaints_complaint c where c.kind = 'complaint' and c.state <> 'void' and c.accepted_at <= '{{at}}'
              and c.accepted_at >= '{first} 00:00+08' and c.accepted_at < '{last} 24:00+08') told group by k"""
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("{at}", f"{at}"))
        return {"" if key is None else str(key): Tally(*numbers) for key, *numbers in cursor.fetchall()}


def counted_behind(hotline: Hotline, days: Days, at: datetime, by: str, key: str, side: Side) -> int:
    rows = selectors.rows_behind(hotline.quality, days, at, by=by, key=key, side=side, kinds=("complaint",))
    return rows.count()


@pytest.mark.parametrize("by", list(Dimension))
def test_every_dimension_is_what_plain_sql_counts_and_every_number_opens_its_list(
    hotline: Hotline, by: Dimension
) -> None:
    a_mixed_june(hotline)
    for at, whole in ((NOW, 38), (MIDDLE, 23)):
        parts = {one.key: one for one in selectors.breakdown(hotline.quality, JUNE, at, by)}
        assert all(one.label for one in parts.values())
        found = plain(by, "2027-06-01", "2027-06-30", at)
        assert {key: one.tally for key, one in parts.items() if one.tally.total} == found
        assert sum(one.tally.total for one in parts.values()) == whole
        for key, one in parts.items():
            for side, name in SIDES.items():
                assert counted_behind(hotline, JUNE, at, by.value, key, side) == getattr(one.tally, name), (key, side)
        year, last = JUNE.against(at.date())[1], "2026-06-30" if at == NOW else "2026-06-15"
        assert {key: one.year for key, one in parts.items() if one.year.total} == plain(by, "2026-06-01", last, at)
        for key, one in parts.items():
            assert counted_behind(hotline, year, at, by.value, key, Side.ALL) == one.year.total


def test_units_with_all_below_open_what_they_count_and_the_topmost_hold_everything(hotline: Hotline) -> None:
    a_mixed_june(hotline)
    for at, whole in ((NOW, 38), (MIDDLE, 23)):
        lines = selectors.unit_lines(hotline.quality, selectors.ledger(hotline.quality, JUNE, at))
        assert sum(one.tally.total for one in lines if one.depth == 0) == whole
        for one in lines:
            for side, name in SIDES.items():
                wanted = getattr(one.tally, name)
                assert counted_behind(hotline, JUNE, at, selectors.BELOW, str(one.unit_id), side) == wanted


LINK = re.compile(r'<a[^>]*href="(/ledgers/behind/[^"]*)"[^>]*>\s*([\d,]+)\s*</a>')
OPENED = re.compile(r'href="(/complaints/\d+/)"')


@pytest.mark.parametrize(
    "url", [f"/ledgers/analysis/?span=2027-06&by={by}" for by in Dimension] + ["/ledgers/?span=2027-06"]
)
def test_every_number_on_the_page_opens_a_list_as_long(hotline: Hotline, url: str) -> None:
    a_mixed_june(hotline)
    seen: dict[str, int] = defaultdict(int)
    with clock.frozen(NOW):
        office: Any = hotline.client("office", "quality")
        for href, number in LINK.findall(office.get(url).content.decode()):
            seen[href.replace("&amp;", "&")] = int(number.replace(",", ""))
        assert len(seen) >= 4, "the page has links"
        for href, number in seen.items():
            assert len(set(OPENED.findall(office.get(href).content.decode()))) == number, href


def test_the_tiles_open_what_they_count(hotline: Hotline) -> None:
    a_mixed_june(hotline)
    with clock.frozen(NOW):
        office: Any = hotline.client("office", "quality")
        found = selectors.ledger(hotline.quality, JUNE, NOW).now
        for side, name in SIDES.items():
            href = f"/ledgers/behind/?span=2027-06&side={side.value}"
            assert len(set(OPENED.findall(office.get(href).content.decode()))) == getattr(found, name), side
        home = office.get("/ledgers/?span=2027-06").content.decode()
    assert "side=open" in home and found.open == found.total - found.decided > 0


def test_months_end_at_midnight_in_the_county(hotline: Hotline) -> None:
    """23:59:59.999999 on 31 May is May's and 00:00 on 1 June is June's, whatever the server's zone."""
    a_mixed_june(hotline)
    trend = {month.code: one.total for month, one in selectors.ledger(hotline.quality, JUNE, NOW).trend}
    assert (trend["2027-05"], trend["2027-06"], trend["2026-06"]) == (1, 38, 7)
    july = selectors.ledger(hotline.quality, month_of(date(2027, 7, 1)), NOW)
    assert july.now.total == 1 and july.trend[-1][1].total == 1


def test_a_month_that_still_runs_is_held_against_as_many_days(hotline: Hotline) -> None:
    a_mixed_june(hotline)
    found = selectors.ledger(hotline.quality, JUNE, MIDDLE)
    assert found.year_before.total == 4  # 2, 6, 10 and 14 June of seven in the whole month
    assert found.days_year == Days(date(2026, 6, 1), date(2026, 6, 16))
    lines = selectors.unit_lines(hotline.quality, selectors.ledger(hotline.quality, JUNE, MIDDLE))
    assert {one.before.total for one in lines} <= {0}  # 31 May isn't among the first fifteen days of May
    with clock.frozen(MIDDLE + timedelta(hours=1)):
        office: Any = hotline.client("office", "quality")
        for url in ("/ledgers/?span=2027-06&asof=2027-06-15", "/ledgers/analysis/?span=2027-06&asof=2027-06-15"):
            assert "同比只比 2026-06-01 至 2026-06-15" in office.get(url).content.decode()
