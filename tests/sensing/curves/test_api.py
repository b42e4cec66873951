"""The API of curves: what one may see, refusals in the one shape, absurd numbers."""

from typing import Any

import pytest
from django.test import Client

from longzhong.register.org.rules import Role
from longzhong.sensing.curves import services
from tests.register.access.make import person
from tests.register.network.make import DAY, MACHINE, NOW, network
from tests.register.policies.make import browser
from tests.sensing.curves.county import keep
from tests.sensing.curves.make import area_day, day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lake_folder")]
LOW = day(222, (190, 70, 80))


@pytest.fixture
def net() -> Any:
    made = network()
    keep(DAY, customers={"M1": LOW, "M3": LOW}, areas={"T1": area_day(), "T2": area_day()})
    services.scan_day(day=DAY, by=MACHINE, at=NOW)
    return made


@pytest.fixture
def office(net: Any) -> Client:
    return browser(person(net.city, "office", Role.QUALITY))


def ask(client: Client, path: str, **query: object) -> tuple[int, Any]:
    answer = client.get(f"/api/curves/{path}", query)
    return answer.status_code, answer.json()


def test_findings_and_faults(office):
    status, found = ask(office, "findings", first=DAY, last=DAY, kind="low_voltage")
    assert status == 200
    assert [(one["meter_code"], one["verdict"], one["slots"]) for one in found] == [
        ("M1", "abnormal", 10),
        ("M3", "abnormal", 10),
    ]
    status, found = ask(office, "faults", first=DAY, last=DAY, limit=1)
    assert [(one["kind"], one["meters"]) for one in found] == [("low_voltage", 1)]


def test_verdict(office, net):
    status, told = ask(office, f"areas/{net.areas['A1']}/verdict", kind="low_voltage", day=DAY)
    assert (status, told["verdict"], told["meters_abnormal"]) == (200, "abnormal", 1)
    status, told = ask(office, "areas/999999/verdict", kind="low_voltage", day=DAY)
    assert (status, told["error"]["code"]) == (404, "not_found")
    status, told = ask(office, f"areas/{net.areas['A1']}/verdict", kind="flat", day=DAY)
    assert (status, told["error"]["code"]) == (409, "not_an_area_kind")


@pytest.mark.parametrize(
    ("name", "value"), [("limit", 10**30), ("offset", -1), ("first", "0000-13-01"), ("kind", "x" * 50)]
)
def test_absurd_numbers_are_malformed(office, name, value):
    query = {"first": DAY, "last": DAY} | {name: value}
    assert ask(office, "findings", **query)[0] == 422


def test_others_see_nothing(net):
    stranger = browser(person(net.city, "auditor", Role.AUDITOR))
    assert ask(stranger, "findings", first=DAY, last=DAY)[0] == 403
