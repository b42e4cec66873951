"""The tree's pages and API through the Django client."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from longzhong.kit import clock
from longzhong.register.categories import selectors
from longzhong.register.org.rules import Role
from tests.register.access.make import person
from tests.register.categories.make import id_of, tree
from tests.register.org.make import DAY, MACHINE, NOW, City, city
from tests.register.policies.make import browser

pytestmark = pytest.mark.django_db
FREQUENT = "complaint.quality.frequent"


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def place() -> City:
    tree()
    return city()


def client(place: City, role: Role) -> Client:
    return browser(person(place, f"u-{role}", role, "42"))


@pytest.mark.parametrize("role", [Role.DESK, Role.GRID, Role.LEADER, Role.AUDITOR])
def test_everybody_reads_the_tree(place: City, role: Role) -> None:
    page = client(place, role).get(reverse("categories:tree"))
    assert page.status_code == 200
    text = page.content.decode()
    assert "频繁停电" in text
    assert "待确认" in text
    assert "点开一个分类可以新增下级" not in text


def test_filters_and_export(place: City) -> None:
    desk = client(place, Role.DESK)
    assert FREQUENT not in desk.get("/categories/?type=praise").content.decode()
    assert "行风建设" in desk.get("/categories/?type=praise").content.decode()
    assert FREQUENT in desk.get("/categories/?q=频繁").content.decode()
    assert "REFERENCE §1.5" not in desk.get("/categories/?waiting=1").content.decode()
    assert "没有符合筛选条件" in desk.get("/categories/?state=retired").content.decode()
    assert desk.get("/categories/?export=list")["Content-Type"].endswith("spreadsheetml.sheet")


def test_the_tree_costs_few_queries(place: City) -> None:
    desk = client(place, Role.DESK)
    desk.get("/categories/")
    with CaptureQueriesContext(connection) as queries:
        assert desk.get("/categories/").status_code == 200
    assert len([q for q in queries if "SAVEPOINT" not in q["sql"]]) <= 10


def test_the_quality_office_keeps_it(place: City) -> None:
    office = client(place, Role.QUALITY)
    here = id_of("complaint.quality")
    url = f"/categories/{here}/"
    assert "新增下级" in office.get(url).content.decode()
    assert office.post(f"{url}add/", {"name": "谐波", "word": "", "reason": "x"}).status_code == 409  # form_incomplete
    form = {"name": "谐波", "word": "harmonic", "reason": "客户反映多"}
    assert office.post(f"{url}add/", form)["Location"] == url
    assert office.post(f"{url}add/", form).status_code == 409
    made = f"/categories/{id_of('complaint.quality.harmonic')}/"
    assert office.post(f"{made}rename/", {"name": "谐波超标", "reason": "改清楚"}).status_code == 302
    assert office.post(f"{made}map/", {"system": "95598", "code": "0509"}).status_code == 302
    text = office.get(made).content.decode()
    assert "谐波超标" in text
    assert "0509" in text
    assert "新增下级" not in text
    assert "95598 0509" in office.get("/categories/?q=0509").content.decode()
    found = selectors.of_external("95598", "0509")
    assert found is not None
    code = selectors.mapped(selectors.lines(MACHINE).get(pk=found.id))[0]
    assert office.get(f"{made}unmap/{code.id}/").status_code == 409
    assert office.post(f"{made}unmap/{code.id}/").status_code == 302
    assert office.post(f"{made}retire/", {"to_on": str(DAY), "reason": "试验"}).status_code == 302
    assert "停用" in office.get("/categories/?state=retired").content.decode()
    assert "对应外部编码" not in office.get(made).content.decode()


def test_others_look_and_dont_touch(place: City) -> None:
    desk = client(place, Role.DESK)
    url = f"/categories/{id_of(FREQUENT)}/"
    assert "改名" not in desk.get(url).content.decode()
    for verb in ("add", "rename", "retire", "map", "unmap/1"):
        assert desk.post(f"{url}{verb}/", {}).status_code == 403
    assert desk.get("/categories/999999/").status_code == 404


def test_the_api_gives_the_tree(place: City) -> None:
    desk = client(place, Role.DESK)
    roots = desk.get("/api/categories/").json()
    assert len(roots) == 10
    assert next(root for root in roots if root["code"] == "complaint")["children"][0]["level"] == 2
    assert desk.get("/api/categories/external/95598/1").json() is None
    assert Client().get("/api/categories/").status_code == 401
