"""The pages of units, staff, cells, the responsibility map and the calendar, through the Django client."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from longzhong.kit import clock
from longzhong.register.org import selectors
from longzhong.register.org.models import CalendarDay, CalendarYear
from longzhong.register.org.rules import Role
from longzhong.register.org.services import GridRow, StaffRow, UnitRow, keep_grids, keep_staff, keep_units, move_unit
from tests.register.access.make import PASSWORD, person
from tests.register.org.make import DAY, MACHINE, NOW, City, city

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=10)


@pytest.fixture(autouse=True)
def stopped_clock() -> Any:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def here() -> City:
    return city()


def enter(here: City, role: Role, unit: str = "42") -> Client:
    person(here, f"{role}-user", role, unit)
    client = Client()
    client.post("/login/", {"login": f"{role}-user", "password": PASSWORD})
    return client


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_tree_of_a_day(here: City) -> None:
    client = enter(here, Role.ADMIN)
    move_unit(
        unit_id=here.units["42060202"], parent_id=here.units["420606"], from_on=LATER, reason="调整", by=MACHINE, at=NOW
    )
    now = read(client, "/units/")
    assert now.index("襄城") < now.index("檀溪所") < now.index("樊城")
    then = read(client, f"/units/?day={LATER}")
    assert then.index("樊城") < then.index("檀溪所")
    assert "不是今天的" not in now
    assert "这一天没有单位" in read(client, "/units/?day=2020-01-01")
    assert "隆中运维班" in read(client, "/units/?q=运维&kind=team")
    assert client.get("/units/?export=list").headers["Content-Type"].startswith("application/vnd.openxml")


def many(here: City) -> None:
    rows = [UnitRow(f"X{i}", f"第{i}供电所", "station", "420602") for i in range(60)]
    keep_units(rows=rows, by=MACHINE, at=NOW)
    keep_staff(
        rows=[StaffRow(f"X{i}", f"员工{i}", "", "42060201", "台区经理", "grid") for i in range(60)], by=MACHINE, at=NOW
    )
    cells = [GridRow(f"X{i}", f"网格{i}", "42060201", None, None, f"X{i}", f"SX{i}") for i in range(60)]
    keep_grids(rows=cells, by=MACHINE, at=NOW)


@pytest.mark.parametrize("address", ["/units/", "/grids/", "/units/{unit}/", "/grids/?gap=manager"])
def test_lists_cost_few_queries(here: City, address: str) -> None:
    client = enter(here, Role.ADMIN)
    many(here)
    with CaptureQueriesContext(connection) as queries:
        read(client, address.format(unit=here.units["42060201"]))
    limit = 25 if "{unit}" in address else 12
    assert len(queries) <= limit, [query["sql"][:90] for query in queries]


def test_a_unit_with_its_people_cells_duty_and_map(here: City) -> None:
    client = enter(here, Role.ADMIN)
    unit = f"/units/{here.units['42060201']}/"
    page = read(client, unit)
    for word in ("张惠芳", "诸葛明", "古隆中网格", "隆中社区第一网格", "隆中党支部", "湖北 › 襄阳 › 襄城"):
        assert word in page
    duty = {"staff": "S1", "starts_at": "2026-03-02T08:00", "ends_at": "2026-03-02T17:30"}
    assert client.post(f"{unit}duty/", duty).status_code == 302
    assert "正在值班" in read(client, unit)
    assert "没有工号" in client.post(f"{unit}duty/", duty | {"staff": "S99"}).content.decode()
    assert selectors.on_duty(here.units["42060201"], NOW) == [here.staff["S1"]]


def test_appointing_and_moving_from_the_page(here: City) -> None:
    client = enter(here, Role.ADMIN)
    unit = f"/units/{here.units['42060202']}/"
    wish = {"staff": "S1", "title": "副所长", "role": "station", "from_on": str(LATER)}
    assert client.post(f"{unit}appoint/", wish).status_code == 302
    assert "副所长" in read(client, f"{unit}?day={LATER}")
    move = {"parent": here.units["420606"], "from_on": str(LATER), "reason": "区划调整"}
    past = client.post(f"{unit}move/", move | {"from_on": "2026-01-01"}).content.decode()
    assert "已过去" in past
    assert client.post(f"{unit}move/", move).status_code == 302
    assert selectors.chain(here.units["42060202"], LATER)[1] == here.units["420606"]


@pytest.mark.proves("S0-04", page="org:unit", service="longzhong.register.org.services.profile.set_profile")
def test_the_profile_of_a_service_area(here: City) -> None:
    client = enter(here, Role.QUALITY)
    unit = f"/units/{here.units['420602']}/"
    wish = {"area_km2": "1100", "population": "500000", "customers": "205000", "from_on": str(DAY)}
    assert client.post(f"{unit}profile/", wish).status_code == 302
    page = read(client, unit)
    for word in ("1,100 平方公里", "500,000", "205,000", "186"):
        assert word in page
    assert "客户数不应多于人口" in client.post(f"{unit}profile/", wish | {"customers": "600000"}).content.decode()


def test_a_person_with_a_stand_in(here: City) -> None:
    client = enter(here, Role.STATION, "420602")
    address = f"/staff/{here.staff['S1']}/"
    page = read(client, address)
    assert "180****1999" in page
    assert "18049531999" not in page
    wish = {"stand_in": "S2", "from_on": str(DAY), "to_on": str(LATER)}
    assert client.post(f"{address}stand-in/", wish).status_code == 302
    assert "由此人代岗" in read(client, address)
    assert "尚荣成" in read(client, "/grids/?q=古隆中")


@pytest.mark.proves("S1-02", "S0-12", page="org:grid", service="longzhong.register.org.services.grids.pair_grid")
def test_cells_correspond_one_to_one_with_history(here: City) -> None:
    client = enter(here, Role.QUALITY)
    address = f"/grids/{here.grids['G1']}/"
    wish = {"kind": "social_grid", "code": "SG7", "name": "新社区网格", "from_on": str(LATER)}
    assert client.post(f"{address}pair/", wish).status_code == 302
    page = read(client, address)
    assert "新社区网格（SG7）" in page
    assert "隆中社区第一网格（SG1）" in page
    assert "隆中党支部（P1）" in page
    assert "已对应网格" in client.post(f"{address}pair/", wish | {"code": "SG2"}).content.decode()
    assert "新社区网格" in read(client, f"/grids/?day={LATER}")
    assert "新社区网格" not in read(client, f"/grids/?day={DAY}")


def test_the_manager_of_a_cell_changes_from_the_page(here: City) -> None:
    client = enter(here, Role.QUALITY)
    address = f"/grids/{here.grids['G1']}/"
    assert client.post(f"{address}manager/", {"staff": "S2", "from_on": str(LATER)}).status_code == 302
    assert selectors.manager_of(here.grids["G1"], LATER) == here.staff["S2"]
    page = client.post(f"{address}manager/", {"staff": "S2", "from_on": str(LATER)}).content.decode()
    assert "与现有登记相同" in page


def test_cells_with_gaps_are_found(here: City) -> None:
    keep_grids(rows=[GridRow("G3", "空网格", "42060201")], by=MACHINE, at=NOW)
    client = enter(here, Role.QUALITY)
    for gap in ("manager", "social_grid"):
        page = read(client, f"/grids/?gap={gap}")
        assert "空网格" in page
        assert "古隆中网格" not in page
    assert "檀溪网格" not in read(client, "/grids/?unit=42060201")


@pytest.mark.proves(
    "S4-02",
    page="org:responsibilities",
    service="longzhong.register.org.services.responsibility.set_responsibility",
)
def test_the_map_of_one_plus_one_plus_one(here: City) -> None:
    client = enter(here, Role.QUALITY)
    units = here.units
    wish = {
        "category": "voltage",
        "name": "供电质量",
        "unit_id": units["420602"],
        "lead_id": units["420602Y"],
        "department_id": units["420602D"],
        "from_on": str(DAY),
    }
    assert client.post("/responsibilities/", wish).status_code == 302
    page = read(client, "/responsibilities/")
    for word in ("供电质量", "优服办", "营销部"):
        assert word in page
    found = selectors.responsible("voltage", units["42060201"], DAY)
    assert found is not None
    assert found.department_id == units["420602D"]
    head = enter(here, Role.STATION, "42060201")
    assert "供电质量" in read(head, "/responsibilities/")
    assert "设定" not in read(head, "/responsibilities/")


def test_the_calendar_shows_make_up_days_and_how_far_it_is_published(here: City) -> None:
    client = enter(here, Role.QUALITY)
    page = read(client, "/calendar/")
    assert "放假安排已公布到 2026-12-31" in page
    assert 'title="春节"' in page
    assert page.count(">班</small>") == 6
    assert "尚未公布" in read(client, "/calendar/?year=2027")


def test_a_day_of_our_own_and_the_next_notice(here: City) -> None:
    client = enter(here, Role.QUALITY)
    wish = {"day": "2026-05-06", "working": "0", "name": "暴雨停工", "reason": "市政府通知"}
    assert client.post("/calendar/", wish | {"reason": ""}).status_code == 200
    assert client.post("/calendar/", wish).status_code == 302
    assert "暴雨停工" in read(client, "/calendar/")
    assert not CalendarDay.objects.get().working
    notice = {
        "notice": "1",
        "year": "2027",
        "source": "国办发明电",
        "off": "2027-01-01 元旦\n2027-02-05 至 2027-02-11 春节",
        "make_ups": "2027-02-20",
    }
    assert "看不懂这一行" in client.post("/calendar/", notice | {"off": "大年初一"}).content.decode()
    assert "看不懂这一行" in client.post("/calendar/", notice | {"off": "2027-02-11 至 2027-02-05"}).content.decode()
    assert client.post("/calendar/", notice).status_code == 302
    assert CalendarYear.objects.get().year == 2027
    assert selectors.calendar().is_working(date(2027, 2, 20))


def test_what_one_may_not_see_is_not_found(here: City) -> None:
    client = enter(here, Role.STATION, "42060201")
    assert client.get(f"/units/{here.units['42060202']}/").status_code == 404
    assert client.get(f"/staff/{here.staff['S2']}/").status_code == 404
    assert client.get(f"/grids/{here.grids['G2']}/").status_code == 404
    assert client.post(f"/units/{here.units['42060201']}/move/", {}).status_code == 403
    assert client.post("/responsibilities/", {}).status_code in (200, 403)


def test_the_api_lists_units_and_masked_staff(here: City) -> None:
    client = enter(here, Role.STATION, "42060201")
    units = client.get("/api/org/units").json()
    assert [unit["code"] for unit in units] == ["42060201", "4206020101"]
    staff = client.get("/api/org/staff?limit=5").json()
    assert [one["phone"] for one in staff] == ["180****1999", "0710*****45"]
    assert client.get("/api/org/staff?limit=99999999999999999999").status_code == 422
