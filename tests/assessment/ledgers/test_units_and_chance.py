"""Which units a span is told by and how many customers they had; what is said of differences that chance alone may make."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest

from longzhong.assessment.ledgers import selectors
from longzhong.assessment.ledgers.pages.analysis import chart
from longzhong.assessment.ledgers.rules import Days, Dimension, Side, month_of
from longzhong.assessment.ledgers.selectors.standing import customers_of, units_of
from longzhong.cases.complaints.rules.ledger import Tally
from longzhong.kit import clock
from longzhong.register.customers.models import Account
from longzhong.register.org import services as org_services
from longzhong.register.org.models import Staff, UnitPlace
from longzhong.register.org.rules.profile import Profile
from tests.assessment.ledgers.make import OFTEN, a_mixed_june, a_row, on
from tests.cases.complaints.make import people, someone
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline

pytestmark = pytest.mark.django_db
NOW = on(2028, 3, 1, 9)
JUNE, JULY = month_of(date(2027, 6, 1)), month_of(date(2027, 7, 1))


def lines_of(hotline: Hotline, days: Days, at: datetime = NOW) -> list[selectors.Line]:
    return selectors.unit_lines(hotline.quality, selectors.ledger(hotline.quality, days, at))


def total(hotline: Hotline, days: Days, unit: int, at: datetime = NOW) -> int:
    lines = {one.unit_id: one for one in lines_of(hotline, days, at)}
    rows = selectors.rows_behind(
        hotline.quality, days, at, by=selectors.BELOW, key=str(unit), side=Side.ALL, kinds=("complaint",)
    )
    assert rows.count() == lines[unit].tally.total, "the list is as long as the number"
    return lines[unit].tally.total


def test_a_station_that_moved_counts_where_it_stood_in_the_span(hotline: Hotline) -> None:
    county, other = hotline.county.county, hotline.county.other_station
    a_row(hotline, on(2027, 6, 5), unit=other)
    a_row(hotline, on(2027, 7, 5), unit=other)
    given = {"parent_id": hotline.county.city, "from_on": date(2027, 7, 1), "reason": "机构调整", "by": SYSTEM}
    org_services.move_unit(unit_id=other, at=MORNING, **given)
    assert (total(hotline, JUNE, county), total(hotline, JULY, county)) == (1, 0)
    assert (total(hotline, JUNE, other), total(hotline, JULY, other)) == (1, 1)


def test_a_unit_that_stands_nowhere_any_more_loses_no_complaint(hotline: Hotline) -> None:
    other = hotline.county.other_station
    a_row(hotline, on(2027, 6, 5), unit=other)
    a_row(hotline, on(2027, 6, 6))
    UnitPlace.objects.filter(unit=other).update(to_on=date(2027, 6, 10))  # merged into another one
    lines = lines_of(hotline, JUNE)
    whole = selectors.ledger(hotline.quality, JUNE, NOW).now.total
    assert sum(one.tally.total for one in lines if one.depth == 0) == whole == 2


def test_before_there_was_a_tree_todays_answers(hotline: Hotline) -> None:
    long_ago = month_of(date(2020, 6, 1))
    a_row(hotline, on(2020, 6, 5))
    assert total(hotline, long_ago, hotline.county.county) == 1
    assert [one.depth for one in units_of(long_ago, NOW)][:2] == [0, 1]


def test_a_department_reads_the_units_of_its_complaints_and_no_rates(hotline: Hotline) -> None:
    who = people(hotline)
    a_row(hotline, on(2027, 6, 5), department=who.department)
    a_row(hotline, on(2027, 6, 6), department=who.department, unit=hotline.county.other_station)
    a_row(hotline, on(2027, 6, 7))
    lines = {one.unit_id: one for one in selectors.unit_lines(who.dept, selectors.ledger(who.dept, JUNE, NOW))}
    station = lines[hotline.county.station]
    assert selectors.ledger(who.dept, JUNE, NOW).now.total == sum(one.tally.total for one in lines.values()) == 2
    assert (
        station.tally.total == 1 and station.rate is None and station.place is None
    )  # they don't see all of the station's
    assert who.department not in lines, "no customers, nothing told of it"


def test_customers_are_those_of_the_spans_last_day(hotline: Hotline) -> None:
    """Five accounts; one opened in July, one closed in August, one demolished before, one gone on an unknown day."""
    first, second, third, fourth, _fifth = Account.objects.order_by("code")
    station = hotline.county.station
    Account.objects.update(unit=station)
    for row, changes in (
        (first, {"opened_on": date(2027, 7, 1)}),
        (second, {"state": "closed", "state_on": date(2027, 8, 1)}),
        (third, {"state": "demolished", "state_on": date(2027, 6, 30)}),
        (fourth, {"state": "closed", "state_on": None}),
    ):
        Account.objects.filter(pk=row.pk).update(**changes)
    nodes = units_of(JUNE, NOW)
    told = {day: customers_of(nodes, day)[station] for day in (date(2027, 6, 29), date(2027, 6, 30), date(2027, 7, 31))}
    assert told == {date(2027, 6, 29): 3, date(2027, 6, 30): 2, date(2027, 7, 31): 3}
    a_row(hotline, on(2027, 6, 5))
    (line,) = [one for one in lines_of(hotline, JUNE) if one.unit_id == station]
    assert line.accounts == 2 and line.rate is not None and line.rate.value == pytest.approx(1 / 2 * 10_000)


def test_declared_customers_are_the_denominator_as_the_units_page_says(hotline: Hotline) -> None:
    """REFERENCE §6.4: 52 of 205,000 customers are 2.54 for ten thousand; next year's declaration doesn't move them."""
    county = hotline.county.county
    for customers, day in ((205_000, date(2027, 1, 1)), (300_000, date(2028, 1, 1))):
        given = {"profile": Profile(1100.0, 500_000, customers), "from_on": day, "by": SYSTEM, "at": MORNING}
        org_services.set_profile(unit_id=county, **given)
    for number in range(52):
        a_row(hotline, on(2027, 6, 1 + number % 28, number % 24))
    (line,) = [one for one in lines_of(hotline, JUNE) if one.unit_id == county]
    assert line.accounts == 205_000 and line.rate is not None and round(line.rate.value, 2) == 2.54


@pytest.fixture
def seen(hotline: Hotline) -> Iterator[Callable[[str], str]]:
    """A page as the office sees it."""
    with clock.frozen(NOW):
        client = hotline.client("office", "quality")
        yield lambda url: client.get(url).content.decode()


def test_a_difference_that_chance_makes_isnt_praised(hotline: Hotline, seen: Callable[[str], str]) -> None:
    for year, count in ((2026, 7), (2027, 5)):
        for number in range(count):
            a_row(hotline, on(year, 6, 1 + number))
    text = seen("/ledgers/?span=2027-06")
    assert "-28.57 %" in text and "差别可能只是偶然" in text
    for number in range(60):
        a_row(hotline, on(2026, 6, 1 + number % 28))
    text = seen("/ledgers/?span=2027-06")
    assert "-92.54 %" in text and "差别可能只是偶然" not in text


def test_shares_carry_their_interval_and_open_ones_are_said(hotline: Hotline, seen: Callable[[str], str]) -> None:
    for number in range(4):
        a_row(hotline, on(2027, 6, 1 + number), verdict="upheld" if number else "")
    text = seen("/ledgers/?span=2027-06")
    assert "区间 30.1–95.4 %" in text  # three of four by Wilson
    assert "还有 1 件没有核定" in text
    shares = seen("/ledgers/analysis/?span=2027-06&by=attitude")
    assert "51.0–100.0 %" in shares and "30.1–95.4 %" in shares  # four of four are about manner, three of four upheld


def test_two_people_of_one_name_stay_two_and_the_unknown_are_no_class(
    hotline: Hotline, seen: Callable[[str], str]
) -> None:
    staff = hotline.county.staff
    Staff.objects.filter(pk=staff["li"]).update(name="张惠芳")
    for number in range(6):
        a_row(hotline, on(2027, 6, 1 + number), about=staff["zhang"] if number % 2 else staff["li"])
    for number in range(6):
        a_row(hotline, on(2027, 6, 11 + number))
    parts = selectors.breakdown(hotline.quality, JUNE, NOW, Dimension.STAFF)
    assert [(one.label, one.tally.total, one.known) for one in parts] == [
        ("未指明个人", 6, False), ("张惠芳", 3, True), ("张惠芳", 3, True)
    ]  # fmt: skip
    text = seen("/ledgers/analysis/?span=2027-06&by=staff")
    assert "6 件里，张惠芳、张惠芳占 100.0%。另有 6 件未指明个人。" in text


def test_hours_are_all_there_and_what_the_chart_leaves_out_is_added_up(
    hotline: Hotline, seen: Callable[[str], str]
) -> None:
    a_mixed_june(hotline)
    assert "38 件分散在 24 类里，没有明显集中。" in seen("/ledgers/analysis/?span=2027-06&by=hour")
    parts = selectors.breakdown(hotline.quality, JUNE, NOW, Dimension.HOUR)
    assert [one.key for one in parts] == [str(hour) for hour in range(24)]
    assert len(chart(parts, Dimension.HOUR)["xAxis"]["data"]) == 24
    many = [replace(parts[0], key=f"{n}", label=f"第{n}类", tally=Tally(total=30 - n)) for n in range(30)]
    drawn = chart(many, Dimension.CATEGORY)
    assert (len(drawn["xAxis"]["data"]), drawn["xAxis"]["data"][-1]) == (20, "其余 11 类")
    assert sum(drawn["series"][0]["data"]) == sum(one.tally.total for one in many)


def test_a_class_that_is_gone_stands_with_what_it_was(hotline: Hotline, seen: Callable[[str], str]) -> None:
    a_row(hotline, on(2027, 6, 1))
    a_row(hotline, on(2026, 6, 1), code=OFTEN)
    parts = selectors.breakdown(hotline.quality, JUNE, NOW, Dimension.CATEGORY)
    assert [(one.tally.total, one.year.total) for one in parts] == [(1, 0), (0, 1)]
    text = seen("/ledgers/analysis/?span=2027-06&by=category")
    assert "span=2026-06" in text and "差别可能只是偶然" in text


def test_opinions_have_no_verdicts_to_wait_for(hotline: Hotline, seen: Callable[[str], str]) -> None:
    a_row(hotline, on(2027, 6, 1), kind="opinion", verdict="")
    for url in ("/ledgers/?span=2027-06&kind=opinion", "/ledgers/analysis/?span=2027-06&kind=opinion"):
        text = seen(url)
        assert "没有核定" not in text and "属实率" not in text


def test_a_secret_customers_area_stands_in_no_row_of_its_own(hotline: Hotline) -> None:
    """A cell of one would say where they live; nor does the reader of the department learn it by asking for the area's rows."""
    a_row(hotline, on(2027, 6, 1), secrecy="confidential", area=hotline.areas["A1"])
    a_row(hotline, on(2027, 6, 2), secrecy="anonymous", area=hotline.areas["A1"])
    who = someone("boss", "leader", (hotline.county.station,))
    (part,) = selectors.breakdown(who, JUNE, NOW, Dimension.AREA)
    assert (part.key, part.label, part.tally.total) == ("", "未记录（含保密、匿名）", 2)
    asked = {"by": "area", "key": str(hotline.areas["A1"]), "side": Side.ALL, "kinds": ("complaint",)}
    assert not selectors.rows_behind(who, JUNE, NOW, **asked).exists()
