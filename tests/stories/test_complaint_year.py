"""Two years of a county's complaints: what the ledger and its pages say is what the plan holds and what plain SQL counts."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from longzhong.assessment.ledgers import selectors
from longzhong.assessment.ledgers.rules import Days, Dimension
from longzhong.cases.complaints.rules.ledger import Tally
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.clock import day_start
from longzhong.kit.models import Delivery
from longzhong.surfaces.simulation import services
from longzhong.surfaces.simulation.rules.grievances import Grievance, grievances
from longzhong.surfaces.simulation.selectors.county import county_of, seed_row
from longzhong.surfaces.simulation.services.acting import Scene
from longzhong.surfaces.simulation.services.yearly import YEAR, remember_complaints
from tests.register.policies.make import browser

ORDER = services.Order(seed=3, customers=300, areas=8, days=8)
LAST, BEFORE = 10, 5
TALLY = """count(*), count(decided_at), count(*) filter (where verdict in ('upheld', 'partly')),
           count(*) filter (where final_verdict in ('upheld', 'partly')), count(*) filter (where corrected_by <> '')"""
WHERE = (
    "from complaints_complaint where kind = 'complaint' and state <> 'void' and accepted_at >= %s and accepted_at < %s"
)

LOCAL = "(accepted_at at time zone interval '8 hours')"
BY_COLUMN = {
    Dimension.CATEGORY: "category_id",
    Dimension.DEPARTMENT: "department_id",
    Dimension.STAFF: "about_staff_id",
    Dimension.AREA: "case secrecy when 'open' then (select area_id from hotline_case h where h.id = case_id) end",
    Dimension.CHANNEL: "channel",
    Dimension.GRADE: "grade",
    Dimension.RESPONSIBILITY: "final_responsibility",
    Dimension.HOUR: f"extract(hour from {LOCAL})::int",
    Dimension.WEEKDAY: f"extract(isodow from {LOCAL})::int",
}


@pytest.fixture(autouse=True)
def own_time() -> Iterator[None]:
    yield
    clock.forget()


def silent(_stage: str, _seconds: float) -> None:
    """A building that nobody watches."""


def plain(sql: str, days: Days) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"select {sql.replace('WHERE', WHERE)}", [day_start(days.start), day_start(days.until)])
        return list(cursor.fetchall())


def tally(days: Days) -> Tally:
    return Tally(*plain(f"{TALLY} WHERE", days)[0])


@pytest.mark.django_db
def test_a_year_of_complaints_is_counted_as_plain_sql_counts_it() -> None:
    services.build_county(order=ORDER, say=silent)
    row = seed_row()
    scene = Scene(county_of(row), 0, day_start(row.first_day) + timedelta(hours=8))
    assert remember_complaints(scene, (LAST, BEFORE)) == LAST + BEFORE
    assert not Delivery.objects.exclude(state=Delivery.DONE).exists()
    year = Days(row.first_day - timedelta(days=YEAR), row.first_day)
    office, now = scene.login("quality"), scene.morning
    with clock.frozen(now):
        _the_plan_came_true(scene, year)
        _both_years(office, year, now)
        _month_by_month(office, year, now)
        _told_apart(office, year, now)
        _the_page_says_the_same(office, year)


def _told(scene: Scene, days: Days, number: int) -> list[Grievance]:
    found = grievances(scene.county.seed, len(scene.county.customers), day_start(days.start), YEAR, number)
    return [one for one in found if one.category.startswith("complaint")]


def _the_plan_came_true(scene: Scene, year: Days) -> None:
    """What was decided stands as it was planned, before appeal and after."""
    told = _told(scene, year, LAST)
    against = [one for one in told if one.verdict != "dismissed"]
    turned = [one for one in against if one.appeals and one.appeals[-1] == "allowed"]
    assert turned and len(against) < len(told), "the small year has all of it"
    assert tally(year) == Tally(len(told), len(told), len(against), len(against) - len(turned), len(turned))


def _both_years(office: Actor, year: Days, now: datetime) -> None:
    found = selectors.ledger(office, year, now)
    assert found.now == tally(year)
    assert found.year_before == tally(year.year_before) != Tally()
    assert found.now.final_rate == pytest.approx(found.now.final / found.now.total)
    assert found.now.final < found.now.raw


def _month_by_month(office: Actor, year: Days, now: datetime) -> None:
    counted = {
        month.date(): numbers
        for month, *numbers in plain(
            f"date_trunc('month', accepted_at at time zone 'Asia/Shanghai') m, {TALLY} WHERE group by m",
            Days(year.start - timedelta(days=31), year.until),
        )
    }
    trend = selectors.ledger(office, year, now).trend
    assert len(trend) == 13
    for month, one in trend:
        if month.start >= year.start:
            assert one == Tally(*counted.get(month.start, ())), month.words


def _told_apart(office: Actor, year: Days, now: datetime) -> None:
    """Units, causes, manner, weather."""

    def parts(by: Dimension) -> dict[str, Tally]:
        return {
            one.key: one.tally for one in selectors.breakdown(office, year, now, by, ("complaint",)) if one.tally.total
        }

    units = {str(unit): Tally(*numbers) for unit, *numbers in plain(f"unit_id, {TALLY} WHERE group by unit_id", year)}
    assert parts(Dimension.UNIT) == units
    lines = {str(one.unit_id): one.tally for one in selectors.unit_lines(office, selectors.ledger(office, year, now))}
    assert all(lines[unit] == one for unit, one in units.items())
    _per_ten_thousand(office, year, now)
    causes = {key: Tally(*numbers) for key, *numbers in plain(f"root_cause, {TALLY} WHERE group by root_cause", year)}
    assert parts(Dimension.CAUSE) == causes
    manner = "(select attitude from categories_category c where c.id = category_id) manner"
    shares = {
        str(int(key)): Tally(*numbers) for key, *numbers in plain(f"{manner}, {TALLY} WHERE group by manner", year)
    }
    assert parts(Dimension.ATTITUDE) == shares
    for by, sql in BY_COLUMN.items():
        found = {
            "" if key is None else str(key): Tally(*numbers)
            for key, *numbers in plain(f"{sql} k, {TALLY} WHERE group by k", year)
        }
        assert parts(by) == found, by
        assert sum((one.total for one in found.values()), 0) == tally(year).total
    stormy = """exists (select 1 from restorations_weathernote w
                        where w.kind = 'thunder' and w.starts_at <= accepted_at and w.ends_at > accepted_at) stormy"""
    thunder = Counter(dict(plain(f"{stormy}, count(*) WHERE group by stormy", year)))
    assert parts(Dimension.WEATHER).get("thunder", Tally()).total == thunder[True] > 0


def _per_ten_thousand(office: Actor, year: Days, now: datetime) -> None:
    """The county's rate over its accounts in use on the year's last day, by its own path in the tree."""
    top = selectors.unit_lines(office, selectors.ledger(office, year, now))[0]
    with connection.cursor() as cursor:
        cursor.execute(
            """select count(*) from customers_account a join org_unitplace p on p.unit_id = a.unit_id and p.to_on is null
               where p.path like %s and coalesce(a.opened_on, '-infinity') <= %s
                 and (a.state in ('active', 'closing') or a.state_on > %s)""",
            [f"%/{top.unit_id}/%", year.last, year.last],
        )
        (accounts,) = cursor.fetchone()
    assert top.accounts == accounts > 0
    assert top.rate is not None and top.rate.value == pytest.approx(10_000 * tally(year).total / accounts)


def _the_page_says_the_same(office: Actor, year: Days) -> None:
    """The office reads both ledgers and the change against the year before."""
    now, before = tally(year), tally(year.year_before)
    code = f"{year.start}..{year.until - timedelta(days=1)}"
    answer = browser(office).get(f"/ledgers/?span={code}")
    text = answer.content.decode()
    assert answer.status_code == 200
    for words in (f"{100 * now.final / now.total:.2f}", f"{100 * now.raw / now.total:.2f} %"):
        assert words in text, words
    for one, other in ((now.total, before.total), (now.raw, before.raw), (now.final, before.final)):
        if other:
            assert f"{100 * (one - other) / other:+.2f} %" in text
