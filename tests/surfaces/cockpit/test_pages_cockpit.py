"""The cockpit: every number is counted and opens the list that it counts; a few queries; the roles see what is theirs."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from longzhong.kit import clock
from longzhong.register.org.rules import Role
from tests.surfaces.cockpit.asking import client, numbers, total
from tests.surfaces.cockpit.make import MORNING, standing_county

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def here(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), standing_county(tmp_path_factory.mktemp("lake")) as made:
        yield made


@pytest.fixture(autouse=True)
def morning():
    with clock.frozen(MORNING):
        yield


@pytest.mark.parametrize("phase", ["", "before", "during", "after"])
@pytest.mark.parametrize("extra", ["", "&wall=1"], ids=["desk", "wall"])
def test_each_phase_opens_in_a_few_queries(here, phase, extra, django_assert_max_num_queries):
    leader = client(Role.LEADER, here.net.city.units["42"])
    leader.get("/")
    with django_assert_max_num_queries(15):  # three of them are the session, the person and their grants
        answer = leader.get(f"/?phase={phase}{extra}")
    assert answer.status_code == 200


@pytest.mark.parametrize("phase", ["", "before", "during", "after"])
def test_every_figure_opens_a_list_of_the_same_size(here, phase):
    leader = client(Role.LEADER, here.net.city.units["42"])
    html = leader.get(f"/?phase={phase}").content.decode()
    tiles = re.findall(r'<a href="([^"]+)" class="lz-tile.*?lz-tile-value">([\d,]+)<i>([^<]*)<', html, re.S)
    bars = re.findall(
        r'<li><a href="([^"]+)" class="lz-cut lz-bar-label".*?<b class="lz-num">([\d,]+)<i>([^<]*)<', html, re.S
    )
    assert len(tiles) >= 4
    for href, count, unit in [*tiles, *bars]:
        if unit != "%":
            listed = total(leader.get(href.replace("&amp;", "&")).content.decode())
            assert listed == int(count), href


def test_the_map_shows_areas_and_links_the_abnormal_ones(here):
    leader = client(Role.LEADER, here.net.city.units["42"])
    html = leader.get("/").content.decode()
    option = json.loads(re.search(r'<script id="map" type="application/json">(.*?)</script>', html, re.S)[1])
    points = {point["name"]: point for series in option["series"] for point in series["data"]}
    assert set(points) == {"隆中一台区", "隆中二台区", "檀溪一台区"}
    assert points["隆中一台区"]["href"] == reverse("curves:area", args=[here.net.areas["A1"]])
    assert "href" not in points["檀溪一台区"]


def test_a_station_head_sees_only_their_own_station(here):
    head = client(Role.STATION, here.net.city.units["42060202"])
    assert [count for _href, count in numbers(head.get("/").content.decode())] == [0, 0, 0, 0, 0]
    assert head.get(reverse("curves:area", args=[here.net.areas["A1"]])).status_code == 404


def test_an_administrator_sees_no_work(here):
    admin = client(Role.ADMIN, here.net.city.units["42"])
    assert admin.get("/").status_code == 403


def test_the_scope_switch_narrows_every_page_and_goes_back(here):
    leader = client(Role.LEADER, here.net.city.units["42"])
    assert "檀溪所" in leader.get("/scope/").content.decode()
    leader.post("/scope/", {"unit": here.net.city.units["42060202"], "back": "/curves/"})
    assert [count for _href, count in numbers(leader.get("/").content.decode())] == [0, 0, 0, 0, 0]
    leader.post("/scope/", {"unit": "", "back": "/"})
    assert numbers(leader.get("/").content.decode())[0][1] == 1


def test_the_scope_switch_refuses_what_is_not_ones_own_and_never_leaves_the_house(here):
    head = client(Role.STATION, here.net.city.units["42060202"])
    assert head.post("/scope/", {"unit": here.net.city.units["42060201"]}).status_code == 404
    assert head.post("/scope/", {"unit": "", "back": "https://elsewhere.example/"})["Location"] == "/"


def test_search_finds_areas_and_orders_and_says_when_there_is_nothing(here):
    leader = client(Role.LEADER, here.net.city.units["42"])
    assert "隆中一台区" in leader.get("/search/", {"q": "隆中一"}).content.decode()
    assert "GD2026" in leader.get("/search/", {"q": "GD2026"}).content.decode()
    assert "没有找到" in leader.get("/search/", {"q": "不存在的台区"}).content.decode()
    assert "想找什么" in leader.get("/search/").content.decode()


@pytest.mark.parametrize("q", ["'", "%", "\\", "<script>alert(1)</script>", "a\x00b", "隆" * 500, "🔌"])
def test_no_search_breaks_the_page(here, q):
    leader = client(Role.LEADER, here.net.city.units["42"])
    answer = leader.get("/search/", {"q": q})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_the_bell_counts_the_clocks_of_the_person(here):
    owner = client(Role.GRID, here.net.city.units["42060201"], staff_id=here.net.city.staff["S1"])
    late = clock.now() + timedelta(days=20)
    with clock.frozen(late):
        assert "超期 3，" in owner.get("/bell/").content.decode()


def test_a_list_of_the_cockpit_goes_to_excel(here):
    leader = client(Role.LEADER, here.net.city.units["42"])
    answer = leader.get("/hands/?view=live&export=list")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")


def test_the_component_catalogue_is_for_administrators(here):
    admin = client(Role.ADMIN, here.net.city.units["42"])
    assert admin.get("/system/components/").status_code == 200
    kept = admin.post("/system/components/", {"cause": "line", "work": "换线"}, headers={"HX-Request": "true"})
    assert kept.status_code == 422
    assert 'data-code="sample_refusal"' in kept.content.decode()
    again = admin.post("/system/components/", {"cause": "", "work": "已经写了很多字"})
    assert "已经写了很多字" in again.content.decode()
    assert "lz-error" in again.content.decode()
    leader = client(Role.LEADER, here.net.city.units["42"], "other")
    assert leader.get("/system/components/").status_code == 403
