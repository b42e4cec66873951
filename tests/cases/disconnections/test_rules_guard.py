"""The guard cell by cell: each line forbids alone, and what stands just inside its limit doesn't."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from longzhong.cases.disconnections.rules import (
    REFUSALS,
    Facts,
    Limits,
    Stage,
    blocks,
    checks,
    earliest_on,
    prestop,
    yuan,
)
from longzhong.register.org.rules.published import published_calendar
from tests.dispatch.make import at

LIMITS = Limits()
NOW = at("2026-03-11 09:30")  # a Wednesday without a holiday near
GOOD = Facts(
    at=NOW, due_on=date(2026, 2, 5), owed_fen=100, is_resident=True, is_in_use=True, contacted_at=at("2026-03-02 11:00"),
    noticed_at=at("2026-03-02 12:00"), warned_at=at("2026-03-11 08:50"),
)  # fmt: skip


def codes(facts: Facts, limits: Limits = LIMITS) -> list[str]:
    lines = [*checks(facts, limits, published_calendar(), Stage.DOOR), prestop(facts, limits)]
    return [line.code for line in blocks(lines)]


def test_nothing_forbids_where_every_step_was_kept() -> None:
    assert codes(GOOD) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"owed_fen": 0}, "nothing_owed"),
        ({"is_in_use": False}, "account_not_in_use"),
        ({"due_on": date(2026, 2, 9)}, "overdue_too_short"),  # 30 days: not more than 30
        ({"contacted_at": None}, "no_contact"),
        ({"noticed_at": None}, "notice_missing"),
        ({"noticed_at": at("2026-03-04 00:00")}, "notice_too_young"),  # 7 days end at 24:00 of the 11th
        ({"noticed_at": at("2026-02-08 12:00")}, "notice_too_old"),
        ({"special": True}, "special_group"),
        ({"important": True}, "important_customer"),
        ({"disputed": True}, "open_dispute"),
        ({"meter_test": True}, "meter_test_wanted"),
        ({"warned_at": None}, "prestop_missing"),
        ({"warned_at": at("2026-03-11 09:01")}, "prestop_too_young"),
        ({"warned_at": at("2026-03-10 15:00")}, "prestop_too_old"),
    ],
)  # fmt: skip
def test_each_line_forbids_alone(changes: dict[str, Any], code: str) -> None:
    assert codes(replace(GOOD, **changes)) == [code]
    assert code in REFUSALS


@pytest.mark.parametrize(
    ("changes"),
    [
        {"due_on": date(2026, 2, 8)},  # 31 days
        {"noticed_at": at("2026-03-03 23:59")},  # its 7 days ended with the 10th
        {"noticed_at": at("2026-02-09 00:00")},  # 30 days old
        {"warned_at": at("2026-03-11 09:00")},
        {"is_resident": False, "noticed_at": at("2026-03-07 12:00"), "warned_at": at("2026-03-11 08:30")},
    ],
)  # fmt: skip
def test_just_inside_the_limit_is_allowed(changes: dict[str, Any]) -> None:
    assert codes(replace(GOOD, **changes)) == []


def test_others_than_residents_have_three_days_and_sixty_minutes() -> None:
    firm = replace(GOOD, is_resident=False)
    assert codes(replace(firm, noticed_at=at("2026-03-08 12:00"), warned_at=at("2026-03-11 08:30"))) == [
        "notice_too_young"
    ]
    assert codes(replace(firm, warned_at=at("2026-03-11 08:31"))) == ["prestop_too_young"]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2026-03-11 08:29", ["after_hours"]), ("2026-03-11 08:30", []), ("2026-03-11 11:29", []),
        ("2026-03-11 11:30", ["after_hours"]), ("2026-03-11 14:00", []), ("2026-03-11 16:30", ["after_hours"]),
        ("2026-03-14 09:30", ["weekend"]),  # a Saturday
        ("2026-05-01 09:30", ["holiday"]),
        ("2026-04-30 09:30", ["holiday_eve"]),
        ("2026-04-03 09:30", ["holiday_eve"]),  # 清明 begins with a Saturday
        ("2026-05-09 09:30", []),  # a Saturday that is worked (调休)
    ],
)  # fmt: skip
def test_hours_weekends_holidays_and_their_eves(when: str, expected: list[str]) -> None:
    moment: datetime = at(when)
    facts = replace(GOOD, at=moment, noticed_at=moment.replace(day=1), warned_at=moment)
    facts = replace(facts, noticed_at=at("2026-03-02 12:00") if moment.month == 3 else moment - timedelta(days=9))
    found = [line.code for line in blocks(checks(facts, LIMITS, published_calendar(), Stage.DOOR))]
    assert found == expected


def test_policies_open_weekends_and_eves_and_close_bad_weather() -> None:
    saturday = replace(GOOD, at=at("2026-03-14 09:30"), warned_at=at("2026-03-14 08:50"))
    assert codes(saturday, replace(LIMITS, weekend_stop=True)) == []
    eve = replace(GOOD, at=at("2026-04-30 09:30"), noticed_at=at("2026-04-20 12:00"), warned_at=at("2026-04-30 08:50"))
    assert codes(eve, replace(LIMITS, eve_stop=True)) == []
    assert codes(GOOD, replace(LIMITS, weather_pause=True)) == ["weather_pause"]


def test_papers_read_neither_the_hour_nor_the_day() -> None:
    night = replace(GOOD, at=at("2026-03-14 23:00"))
    assert blocks(checks(night, LIMITS, published_calendar(), Stage.PAPERS)) == []


def test_the_day_from_which_a_notice_allows_the_act() -> None:
    assert earliest_on(at("2026-03-01 18:00"), False, LIMITS) == date(2026, 3, 5)
    assert earliest_on(at("2026-03-01 18:00"), True, LIMITS) == date(2026, 3, 9)


def test_money_is_whole_fen() -> None:
    assert (yuan(5), yuan(12345), yuan(100000000)) == ("0.05 元", "123.45 元", "1,000,000.00 元")
