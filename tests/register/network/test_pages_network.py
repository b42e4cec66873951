"""The network pages and the API through the Django client."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from longzhong.kit import clock
from longzhong.register.network import selectors, services
from longzhong.register.network.models import Area, Meter, MeterArea
from longzhong.register.network.rules import AreaRow, MeterRow, SectionRow
from longzhong.register.org.rules import Role
from tests.register.access.make import person
from tests.register.network.make import AREAS, DAY, MACHINE, NOW, Net, network
from tests.register.policies.make import browser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def net() -> Net:
    return network()


def client(net: Net, role: Role, unit: str = "42") -> Client:
    return browser(person(net.city, f"u-{role}", role, unit))


def text(made: Client, url: str) -> str:
    answer = made.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_the_areas_of_ones_own_scope(net: Net) -> None:
    head = client(net, Role.STATION, "42060201")
    page = text(head, "/areas/")
    assert "隆中一台区" in page
    assert "张惠芳" in page
    assert "檀溪一台区" not in page
    assert "隆中一台区" not in text(head, "/areas/?q=二台区")
    assert "隆中一台区" not in text(client(net, Role.LEADER), "/areas/?site=urban")
    assert head.get("/areas/?export=list")["Content-Type"].endswith("spreadsheetml.sheet")
    assert client(net, Role.PARTNER).get("/areas/").status_code == 403


def test_fifty_areas_cost_at_most_ten_queries(net: Net) -> None:
    rows = [replace(AREAS[n % 3], code=f"N{n:03}", name=f"新台区{n:03}") for n in range(60)]
    services.keep_areas(rows=rows, by=MACHINE, at=NOW)
    head = client(net, Role.STATION)
    for url, most in (("/areas/?sort=unit", 10), ("/feeders/", 10), (f"/feeders/{net.feeders['F1']}/", 14)):
        head.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert head.get(url).status_code == 200
        asked = [q["sql"] for q in queries if "SAVEPOINT" not in q["sql"]]
        assert len(asked) <= most, (url, asked)


def test_feeders_and_the_tree_of_one(net: Net) -> None:
    crew = client(net, Role.CREW)
    assert "10kV隆中一线" in text(crew, "/feeders/?q=隆中变")
    page = text(crew, f"/feeders/{net.feeders['F1']}/")
    assert page.index("出线段") < page.index("主干二段") < page.index("3号杆")
    assert "隆中一台区" in page
    assert crew.get("/feeders/0/").status_code == 404


@pytest.mark.proves("S4-21", page="network:topology", service="longzhong.register.network.services.assign_area_grid")
def test_the_check_opens_lists_and_the_forms_that_mend(net: Net) -> None:
    services.keep_areas(
        rows=[AreaRow("A9", "无网格台区", 100, section_code="S2", unit_code="42060201")], by=MACHINE, at=NOW
    )
    services.keep_meters(rows=[MeterRow("Q1", phase="A")], by=MACHINE, at=NOW)
    services.keep_sections(rows=[SectionRow("L1", "自环段", "F1", "L1")], by=MACHINE, at=NOW)
    admin = client(net, Role.ADMIN)
    page = text(admin, "/network/topology/")
    for label in ("台区未划入网格", "电表未挂接台区", "电表相别未知", "线段上游成环"):
        assert label in page
    for line in selectors.topology_report(MACHINE, DAY).lines:
        assert line.check.label in text(admin, f"/network/topology/{line.check.problem}/")
    assert admin.get("/network/topology/nothing/").status_code == 404

    area, meter = selectors.area_ids(["A9"])["A9"], Meter.objects.get(code="Q1").pk
    assert f"/areas/{area}/grid/" in text(admin, "/network/topology/area_no_grid/")
    assert "无网格台区" in text(admin, f"/areas/{area}/grid/")
    form = {"target": "G1", "from_on": str(DAY)}
    assert admin.post(f"/areas/{area}/grid/", {**form, "target": "NO"}).status_code == 409  # target_unknown
    assert admin.post(f"/areas/{area}/grid/", form).status_code == 302
    assert Area.objects.get(pk=area).grid_id == net.city.grids["G1"]
    assert "Q1" in text(admin, f"/meters/{meter}/area/")
    assert admin.post(f"/meters/{meter}/area/", {"target": "A9", "from_on": str(DAY)}).status_code == 302
    assert MeterArea.objects.get(meter=meter).area_id == area
    after = text(admin, "/network/topology/")
    assert "台区未划入网格" in after.split("已核查、没有问题")[1]
    assert admin.get("/meters/0/area/").status_code == 404


def test_an_empty_register_says_what_to_do(net: Net) -> None:
    other = client(net, Role.STATION, "420606")
    assert "请先导入" in text(other, "/network/topology/")
    assert "数据导入" in text(other, "/areas/")


def test_the_api(net: Net) -> None:
    head = client(net, Role.STATION, "42060201")
    assert [(row["code"], row["customers"]) for row in head.get("/api/network/areas").json()] == [("A1", 2), ("A2", 1)]
    assert [row["code"] for row in head.get("/api/network/areas?q=二台区&limit=1").json()] == ["A2"]
    assert head.get("/api/network/areas?limit=100000").status_code == 422
    path = head.get(f"/api/network/areas/{net.areas['A1']}/supply").json()
    assert (path["substation"], path["complete"], len(path["sections"])) == ("110kV隆中变", True, 3)
    assert head.get(f"/api/network/feeders/{net.feeders['F1']}/downstream").json()["customer_meters"] == 3
    assert head.get(f"/api/network/areas/{net.areas['A3']}/supply").status_code in (404, 409)
    assert client(net, Role.DESK, "420606").get(f"/api/network/feeders/{net.feeders['F1']}/downstream").status_code in (
        404,
        409,
    )
