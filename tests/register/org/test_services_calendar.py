"""Our own rows over the working calendar, the next year's notice, and the 1+1+1 map."""

from datetime import date, timedelta

import pytest

from longzhong.kit.errors import Refused
from longzhong.register.org import selectors
from longzhong.register.org.rules import CalendarUnknown, DayKind, Role
from longzhong.register.org.services import Share, publish_year, set_calendar_day, set_responsibility
from tests.register.org.make import DAY, MACHINE, NOW, City, actor, city

pytestmark = pytest.mark.django_db
OFF_2027 = {date(2027, 1, 1): "元旦", **{date(2027, 2, 5) + timedelta(days=i): "春节" for i in range(7)}}
MAKE_UPS_2027 = (date(2027, 2, 20),)


def refused(service: object, **wish: object) -> str:
    with pytest.raises(Refused) as refusal:
        service(**({"by": MACHINE, "at": NOW} | wish))  # type: ignore[operator]
    return refusal.value.code


def test_a_day_is_overridden_with_a_reason() -> None:
    day = date(2026, 5, 6)
    assert selectors.calendar().is_working(day)
    set_calendar_day(day=day, working=False, name="暴雨停工", reason="市政府通知", by=MACHINE, at=NOW)
    assert not selectors.calendar().is_working(day)
    assert selectors.calendar().mark(day).source == "本单位设定"
    wish = {"day": day, "working": False, "name": "暴雨停工", "reason": "再次"}
    assert refused(set_calendar_day, **wish) == "nothing_to_change"
    assert refused(set_calendar_day, **wish | {"name": "改", "reason": ""}) == "reason_missing"
    assert refused(set_calendar_day, **wish | {"day": DAY - timedelta(days=1)}) == "day_past"
    assert refused(set_calendar_day, **wish | {"by": actor(Role.STATION)}) == "not_allowed"


def test_the_next_years_notice_makes_it_known() -> None:
    with pytest.raises(CalendarUnknown):
        selectors.calendar().is_working(date(2027, 3, 1))
    publish_year(year=2027, off=OFF_2027, make_ups=MAKE_UPS_2027, source="国办发明电〔2026〕7号", by=MACHINE, at=NOW)
    table = selectors.calendar()
    assert table.known_until == date(2027, 12, 31)
    assert table.mark(date(2027, 2, 20)).kind == DayKind.MAKE_UP
    assert not table.is_working(date(2027, 2, 11))
    assert table.is_working(date(2027, 5, 4)), "the library's guess of an observed day gives way to the notice"
    assert not table.mark(date(2027, 3, 1)).assumed


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"year": 2028}, "year_not_next"),
        ({"year": 2026}, "year_not_next"),
        ({"off": {}}, "notice_incomplete"),
        ({"source": " "}, "notice_incomplete"),
        ({"off": {date(2026, 1, 1): "元旦"}}, "notice_days"),
        ({"make_ups": (date(2027, 1, 1),)}, "notice_days"),
        ({"make_ups": (date(2027, 2, 22),)}, "notice_days"),
        ({"by": actor(Role.GRID)}, "not_allowed"),
    ],
)
def test_a_wrong_notice_is_refused(change: dict[str, object], code: str) -> None:
    wish = {"year": 2027, "off": OFF_2027, "make_ups": MAKE_UPS_2027, "source": "国办发明电〔2026〕7号"}
    assert refused(publish_year, **wish | change) == code


def test_a_year_is_shown_day_by_day_and_assumed_days_are_marked() -> None:
    days = selectors.calendar_year(2027)
    assert len(days) == 365
    assert all(mark.assumed for mark in days)
    assert not any(mark.assumed for mark in selectors.calendar_year(2026))


def share(here: City, **change: object) -> Share:
    units = here.units
    wish = {
        "category": "voltage", "name": "供电质量", "unit_id": units["420602"],
        "lead_id": units["420602Y"], "department_id": units["420602D"],
    }  # fmt: skip
    return Share(**(wish | change))  # type: ignore[arg-type]


def test_the_nearest_row_of_the_map_answers() -> None:
    here = city()
    set_responsibility(share=share(here), from_on=DAY, by=MACHINE, at=NOW)
    station = here.units["42060201"]
    found = selectors.responsible("voltage", station, DAY)
    assert found == selectors.Responsible(here.units["420602Y"], here.units["420602D"], station)
    assert selectors.responsible("voltage", station, DAY - timedelta(days=1)) is None
    assert selectors.responsible("voltage", here.units["420606"], DAY) is None
    assert selectors.responsible("billing", station, DAY) is None


def test_the_map_is_refused_wrong_offices() -> None:
    here = city()
    set_responsibility(share=share(here), from_on=DAY, by=MACHINE, at=NOW)

    def code(by: object = MACHINE, on: date = DAY, **change: object) -> str:
        return refused(set_responsibility, share=share(here, **change), from_on=on, by=by)

    assert code() == "nothing_to_change"
    assert code(lead_id=here.units["420602D"]) == "lead_kind"
    assert code(department_id=here.units["420602Y"]) == "department_kind"
    assert code(category=" ") == "category_missing"
    assert code(unit_id=10**9) == "not_found"
    assert code(on=DAY - timedelta(days=1)) == "day_past"
    assert code(by=actor(Role.DESK, here.units["42"])) == "not_allowed"
