"""The cockpit of a county that is built in the test: what is proved of the requirements, and what an empty county says."""

import re

import pytest

from longzhong.kit import clock
from longzhong.register.org.rules import Role
from tests.register.network.make import network
from tests.surfaces.cockpit.asking import client, numbers, total
from tests.surfaces.cockpit.make import MORNING, county

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    with clock.frozen(MORNING):
        yield


@pytest.mark.proves("S4-43", page="cockpit:home", service="longzhong.cases.alerts.services.raise_alert")
def test_the_loop_of_a_county_is_counted_and_every_number_opens_its_list():
    here = county()
    leader = client(Role.LEADER, here.net.city.units["42"])
    stages = numbers(leader.get("/").content.decode())
    assert [count for _href, count in stages] == [1, 1, 1, 0, 0]
    for href, count in stages:
        assert total(leader.get(href).content.decode()) == count, href


def test_an_empty_county_says_what_to_do_next():
    made = network()
    leader = client(Role.LEADER, made.city.units["42"])
    phases = [f"/?phase={phase}" for phase in ("before", "during", "after")]
    for address in ("/", *phases, "/hands/", "/due/", "/loop/warned/", "/curves/", "/?wall=1"):
        html = leader.get(address).content.decode()
        assert "lz-empty" in html or address == "/?wall=1", address
    assert "没有发出预警" in leader.get("/").content.decode()


@pytest.mark.proves("S4-01", page="cockpit:modules", service="longzhong.surfaces.cockpit.rules.all_mechanisms")
def test_the_map_of_mechanisms_names_three_pillars_and_opens_only_real_pages():
    here = county(days=[])
    leader = client(Role.LEADER, here.net.city.units["42"])
    html = leader.get("/modules/").content.decode()
    assert all(word in html for word in ("Cooperation 协同", "Control 管控", "Criterion 标准"))
    links = set(re.findall(r'data-href="([^"]+)"', html))
    assert len(links) >= 5
    for href in links:
        assert leader.get(href).status_code == 200, href
