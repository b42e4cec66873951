"""The list of seasonal risks: the latest span of each season, and what was abnormal in it."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from longzhong.kit import clock
from longzhong.register.org.rules import Role
from longzhong.sensing.curves import services
from longzhong.sensing.curves.rules import Span, latest_span
from tests.register.access.make import person
from tests.register.network.make import MACHINE, NOW, network
from tests.register.policies.make import browser, packs
from tests.stories.make import AREAS, GOOD, LOW, night

SUMMER, WINTER, LEAP = "06-15/09-15 迎峰度夏", "12-01/02-28 迎峰度冬", "02-29/03-10 闰月"


@pytest.mark.parametrize(
    ("season", "day", "span"),
    [
        pytest.param(SUMMER, date(2026, 7, 1), (date(2026, 6, 15), date(2026, 9, 15)), id="in it"),
        pytest.param(SUMMER, date(2026, 6, 15), (date(2026, 6, 15), date(2026, 9, 15)), id="its first day"),
        pytest.param(SUMMER, date(2026, 6, 14), (date(2025, 6, 15), date(2025, 9, 15)), id="the day before it"),
        pytest.param(WINTER, date(2026, 1, 20), (date(2025, 12, 1), date(2026, 2, 28)), id="over New Year"),
        pytest.param(WINTER, date(2026, 11, 30), (date(2025, 12, 1), date(2026, 2, 28)), id="before winter"),
        pytest.param(LEAP, date(2026, 3, 1), (date(2026, 2, 28), date(2026, 3, 10)), id="no 29 February that year"),
    ],
)
def test_the_latest_span_of_a_season(season: str, day: date, span: tuple[date, date]) -> None:
    assert latest_span(season, day) == Span(season.split(" ")[1], *span)


@pytest.mark.django_db
@pytest.mark.proves("S2-11", page="curves:seasons", service="longzhong.sensing.curves.services.scan_day")
def test_an_area_that_fails_in_a_season_is_on_its_list(lake_folder: Any) -> None:
    packs()
    net = network()
    for day, volts in [(date(2026, 3, 20), LOW), (date(2026, 3, 21), LOW), (date(2026, 5, 20), GOOD)]:
        night(day, {"M1": volts, "M2": GOOD, "M3": GOOD}, AREAS)
    services.scan_day(day=date(2026, 3, 21), by=MACHINE, at=NOW)
    seen = browser(person(net.city, "youfu", Role.QUALITY, "420602"))
    with clock.frozen(clock.day_start(date(2026, 6, 1))):
        spring = seen.get(reverse("curves:seasons"), {"season": "春灌"}).content.decode()
        summer = seen.get(reverse("curves:seasons"), {"season": "迎峰度夏"}).content.decode()
    assert "隆中一台区" in spring
    assert "季前完成线路改造" in spring
    assert "隆中一台区" not in summer
