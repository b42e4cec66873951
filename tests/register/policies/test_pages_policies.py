"""The policy pages and the API through the Django client."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from longzhong.kit import clock
from longzhong.register.org.rules import Role
from longzhong.register.policies import selectors
from longzhong.register.policies.models import Policy
from tests.register.access.make import person
from tests.register.org.make import DAY, NOW, City, city
from tests.register.policies.make import browser, change, packs, security

pytestmark = pytest.mark.django_db
KEY = "service.reconnect_h"
URL = f"/policies/{KEY}/"


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def place() -> City:
    packs()
    return city()


def client(place: City, role: Role, unit: str = "42") -> Client:
    return browser(person(place, f"u-{role}", role, unit))


def test_the_list_shows_value_source_and_what_waits(place: City) -> None:
    desk = client(place, Role.DESK)
    page = desk.get("/policies/?group=服务申请").content.decode()
    assert "结清欠费后的复电时限" in page
    assert "待确认" in desk.get("/policies/").content.decode()
    assert "24 小时" in desk.get("/policies/?q=复电时限").content.decode()
    assert "12 小时" in desk.get("/policies/?q=reconnect_h&edition=CSG").content.decode()
    waiting = desk.get("/policies/?waiting=1&group=电压质量").content.decode()
    assert "低电压最短持续时间" in waiting
    assert "单相 220 V 允许电压" not in waiting


def test_the_list_of_a_unit_shows_its_own_values(place: City) -> None:
    county = place.units["420602"]
    change(KEY, 8, unit_id=county, by=security(place.units["42"]))
    desk = client(place, Role.DESK)
    assert "8 小时" in desk.get(f"/policies/?q=reconnect_h&unit={place.units['42060201']}").content.decode()
    sheet = desk.get("/policies/?export=list&q=reconnect_h")
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")


def test_the_list_stays_under_ten_queries(place: City) -> None:
    desk = client(place, Role.STATION)
    desk.get("/policies/")
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(f"/policies/?unit={place.units['42060201']}").status_code == 200
    assert len([q for q in queries if "SAVEPOINT" not in q["sql"]]) <= 10, [q["sql"][:90] for q in queries]


def test_which_value_held_and_why(place: City) -> None:
    county = place.units["420602"]
    change(KEY, 8, unit_id=county, by=security(place.units["42"]), reason="襄城试行")
    desk = client(place, Role.DESK)
    today = desk.get(f"{URL}?unit={place.units['42060201']}&day={DAY}").content.decode()
    assert f"{DAY}，隆中所：8 小时" in today
    assert "离本单位最近的一级单位" in today
    assert "襄城试行" in today
    assert "属于另一个版本" in today
    before = desk.get(f"{URL}?unit={place.units['42060201']}&day={DAY - timedelta(1)}").content.decode()
    assert "：24 小时" in before
    assert "当日还没有生效" in before
    assert "没有任何取值" in desk.get("/policies/repair.restore_avg_h_urban/?day=2001-01-01").content.decode()
    assert desk.get("/policies/no.such/").status_code == 404


def test_quality_changes_its_own_unit_with_a_reason(place: City) -> None:
    office = client(place, Role.QUALITY, "420602")
    assert "变更取值" in office.get(URL).content.decode()
    form = {"value": "8", "unit": place.units["420602"], "edition": "ALL", "from_on": str(DAY), "reason": "县公司纪要"}
    assert "必填" in office.post(f"{URL}change/", {**form, "reason": ""}).content.decode()
    assert "读不懂" in office.post(f"{URL}change/", {**form, "value": "很快"}).content.decode()
    assert office.post(f"{URL}change/", {**form, "from_on": str(DAY - timedelta(1))}).status_code == 409
    assert office.post(f"{URL}change/", form)["Location"] == URL
    assert selectors.value(KEY, unit_id=place.units["42060201"], day=DAY) == 8
    mine = Policy.objects.get(unit=place.units["420602"])
    end = {f"p{mine.pk}-to_on": str(DAY + timedelta(3)), f"p{mine.pk}-reason": "结束试行"}
    assert office.post(f"{URL}end/{mine.pk}/", {}).status_code == 409  # form_incomplete
    assert office.post(f"{URL}end/{mine.pk}/", end).status_code == 302
    assert "结束试行" in office.get(URL).content.decode()


def test_bands_and_flags_are_typed_as_they_are_shown(place: City) -> None:
    boss = client(place, Role.SECURITY)
    asked = {"unit": "0", "edition": "ALL", "from_on": str(DAY), "reason": "校核"}
    url = "/policies/voltage.lv1p/change/"
    assert 'value="198、235.4"' in boss.get(url).content.decode()
    assert boss.post(url, {**asked, "value": "235 198"}).status_code == 409
    assert boss.post(url, {**asked, "value": "200～235"}).status_code == 302
    assert selectors.value("voltage.lv1p", day=DAY) == [200, 235]


def test_others_look_and_don_t_touch(place: City) -> None:
    desk = client(place, Role.DESK)
    assert "变更取值" not in desk.get(URL).content.decode()
    assert desk.get(f"{URL}change/").status_code == 403
    office = client(place, Role.QUALITY)
    assert "变更取值" not in office.get("/policies/security.idle_min/").content.decode()


def test_the_api_answers_the_same(place: City) -> None:
    desk = client(place, Role.DESK)
    rows = desk.get("/api/policies/").json()
    assert next(row for row in rows if row["key"] == KEY)["value"] == "24 小时"
    said = desk.get(f"/api/policies/{KEY}/why?day=2015-01-01&unit_id={place.units['42060201']}").json()
    assert (said["held"]["value"], said["unit_edition"]) == (24, "SG")
    assert {one["standing"] for one in said["candidates"]} == {"won", "other_edition"}
    assert desk.get("/api/policies/no.such/why").status_code in (404, 409)
    assert Client().get("/api/policies/").status_code == 401
