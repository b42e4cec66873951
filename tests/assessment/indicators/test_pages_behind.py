"""Every number of the indicator page opens exactly the alerts that it counts."""

import re
from datetime import date, datetime, timedelta

import pytest

from longzhong.assessment.indicators import selectors, services
from longzhong.assessment.indicators.selectors import Behind
from longzhong.cases.alerts.models import Alert
from longzhong.cases.alerts.rules import Level, State
from longzhong.register.org.rules import CST, Role
from tests.register.access.make import person
from tests.register.network.make import MACHINE, Net, network
from tests.register.policies.make import browser, packs

pytestmark = pytest.mark.django_db
MARCH, AT = date(2026, 3, 1), datetime(2026, 3, 20, 3, 0, tzinfo=CST)
STATES = (State.VERIFIED, State.VERIFIED, State.UNPROVEN, State.DISMISSED, State.DISPATCHED)


@pytest.fixture
def net() -> Net:
    packs()
    made = network()
    Alert.objects.bulk_create(
        Alert(
            area_id=made.areas[area], unit_id=made.city.units[unit], grid_id=made.city.grids[grid], kind=kind, state=state,
            level=Level.BLUE, raised_at=AT - timedelta(days=number), first_on=MARCH, last_on=MARCH, meter=f"{number}",
        )
        for area, unit, grid in (("A1", "42060201", "G1"), ("A3", "42060202", "G2"))
        for number, (kind, state) in enumerate((kind, state) for kind in ("low_voltage", "unbalance") for state in STATES)
    )  # fmt: skip
    services.count_month(month=MARCH, by=MACHINE, at=AT)
    return made


def test_each_count_is_the_length_of_its_list(net: Net) -> None:
    counted = 0
    for line in selectors.lines(MACHINE, MARCH):
        for kind, tally in line.kinds.items():
            for column in ("found", "verified", "unproven", "dismissed", "late"):
                number = Behind(month=MARCH, kinds=(kind,), column=column, unit_id=line.unit_id)
                assert selectors.alerts_behind(MACHINE, number, AT).count() == getattr(tally, column), (
                    line,
                    kind,
                    column,
                )
                counted += 1
    assert counted == 5 * 5 * 2  # province, city, county and two stations; both kinds


def test_an_upper_unit_is_the_sum_of_those_below(net: Net) -> None:
    lines = {line.unit_code: line for line in selectors.lines(MACHINE, MARCH)}
    assert set(lines) == {"42", "4206", "420602", "42060201", "42060202"}
    assert lines["420602"].kinds["low_voltage"].found == 10
    assert lines["42060201"].values["voltage_load"].share == 50.0


def test_links_of_the_page_lead_to_lists_of_that_length(net: Net) -> None:
    seen = browser(person(net.city, "youfu", Role.QUALITY, "420602"))
    page = seen.get("/indicators/").content.decode()
    assert "2026-03" in page
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/indicators/alerts/\?[^"]+)"', page)}
    assert len(links) > 10
    for link in sorted(links)[:12]:
        assert seen.get(link).status_code == 200, link
    shown = seen.get(
        f"/indicators/alerts/?month=2026-03&kind=unbalance&column=verified&unit={net.city.units['42060201']}"
    )
    assert len(set(re.findall(r'"/alerts/(\d+)/"', shown.content.decode()))) == 2
    assert seen.get("/indicators/alerts/?month=x&kind=y&column=z&unit=u").status_code == 200
    assert seen.get("/indicators/?month=2026-03&export=list")["Content-Type"].endswith("spreadsheetml.sheet")


def test_months_before_give_the_trend_and_nothing_found_is_a_gap(net: Net) -> None:
    trend = selectors.figures(MACHINE, date(2026, 4, 1)).trend("voltage_load")
    assert [share for _month, share in trend] == [None, None, None, None, 50.0, None]
    assert services.count_recent(by=MACHINE, at=AT) == 4
