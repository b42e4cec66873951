"""The area page: what the curves say, gaps as gaps, who suffers, and before against after a repair."""

import numpy as np
import pytest
from django.urls import reverse

from longzhong.kit import clock
from longzhong.register.org.rules import Role
from longzhong.sensing.curves.pages import plots
from longzhong.sensing.curves.pages.asked import asked_of
from longzhong.sensing.curves.pages.strips import strip
from longzhong.sensing.curves.rules import Limits
from tests.register.access.make import person
from tests.register.policies.make import browser
from tests.sensing.curves.asking import chart, leader, page
from tests.surfaces.cockpit.make import DAYS, MORNING, standing_county

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    with clock.frozen(MORNING):
        yield


@pytest.fixture(scope="module")
def here(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), standing_county(tmp_path_factory.mktemp("lake")) as made:
        yield made


def test_a_week_is_shaded_where_people_rest(here):
    html = page(leader(here), here, "?span=7&day=2026-03-07")
    shades = chart(html, "voltage")["series"][0]["markArea"]["data"]
    assert [pair[0].get("name") for pair in shades if pair[0].get("name")] == [
        "周末",
        "周末",
    ]  # Sunday 03-01 and Saturday 03-07
    assert len(chart(html, "voltage")["xAxis"]["data"]) == 7 * 96


def test_before_and_after_lie_on_one_axis(here):
    html = page(leader(here), here, f"?day={DAYS[0]}&compare={DAYS[-1]}")
    option = chart(html, "compare")
    assert [line["name"] for line in option["series"]] == ["修前 03-02", "修后 03-06"]
    assert len(option["yAxis"]) == 1


def test_a_meter_can_be_laid_over_and_taken_off(here):
    client = leader(here)
    names = [line["name"] for line in chart(page(client, here, "?meter=M2"), "voltage")["series"]]
    assert names == ["A 相", "B 相", "C 相", "户表 M2 B"]
    bare = chart(page(client, here, "?meter=-"), "voltage")["series"]
    assert [line["name"] for line in bare] == ["A 相", "B 相", "C 相"]


@pytest.mark.parametrize(
    "query",
    [
        "?day=2020-01-01",
        "?day=nonsense",
        "?day=9999-99-99",
        "?span=999",
        "?meter=%00",
        "?meter=x' or 1=1",
        "?compare=2019-01-01",
        "?day=2099-01-01",
    ],
)
def test_no_address_breaks_the_page(here, query):
    page(leader(here), here, query)


def test_a_day_without_curves_says_what_to_do(here):
    html = page(leader(here), here, "?day=2025-01-01")
    assert "这段时间没有电压曲线" in html
    assert "导入这一天的采集数据" in html


def test_an_area_elsewhere_is_not_found(here):
    stranger = browser(person(here.net.city, "head", Role.STATION, "42060202"))
    answer = stranger.get(reverse("curves:area", args=[here.net.areas["A1"]]))
    assert answer.status_code == 404
    assert "隆中一台区" not in answer.content.decode()


def test_the_list_of_findings_counts_areas_by_kind_in_a_few_queries(here, django_assert_max_num_queries):
    client = leader(here)
    client.get("/curves/")
    with django_assert_max_num_queries(10):
        html = client.get("/curves/?days=30&kind=low_voltage").content.decode()
    assert "隆中一台区" in html
    assert "没有符合筛选条件" in client.get("/curves/?kind=overload").content.decode()


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ([np.nan, 190.0, 220.0], "最低 190.0 V，低于下限 198 V"),
        ([220.0, 240.0], "最高 240.0 V，高于上限 235.4 V"),
        ([198.0, 235.4], "电压在 198.0–235.4 V，都在限值内"),
        ([np.nan], "没有读数"),
    ],
)
def test_the_title_says_what_is_seen(values, says):
    assert plots.voltage_title(np.array(values, dtype=np.float32), Limits()) == says


def test_the_strip_says_the_worst_first(rf):
    asked = asked_of(rf.get("/"), DAYS, DAYS[-1])
    rows = strip({DAYS[0]: "ANU----", DAYS[1]: "NNU----"}, asked)
    assert [row.words for row in rows] == ["异常 1 天", "正常 2 天", "待定 2 天"]
    assert len(rows[0].cells) == 30


@pytest.mark.parametrize(
    ("of", "unit", "marks"),
    [("", "V", 2), ("high", "V", 2), ("load", "%", 1), ("unbalance", "%", 1), ("nonsense", "V", 2)],
)
def test_what_is_compared_follows_the_fault(here, of, unit, marks):
    option = chart(page(leader(here), here, f"?day={DAYS[0]}&compare={DAYS[-1]}&of={of}"), "compare")
    assert option["lzUnit"] == unit
    assert len(option["series"][0]["markLine"]["data"]) == marks
