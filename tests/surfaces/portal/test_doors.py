"""Which pages are open to strangers; who reads the ratings; the API's own manners."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from longzhong.project.api import api
from longzhong.surfaces.portal import selectors, services
from longzhong.surfaces.portal.models import Rating
from longzhong.surfaces.portal.rules import PortalLimits
from tests.cases.hotline.acts import do_work, minutes, settle
from tests.surfaces.portal.make import NOON, PERSONAL, PORTAL, Town, key, set_policy

PORTAL_PAGES = {
    "portal:home", "portal:power", "portal:text", "portal:places", "portal:place", "portal:board", "portal:qr",
    "portal:calendar", "portal:plans", "portal:report", "portal:follow",
}  # fmt: skip
OTHER_OPEN = {"access:login", "access:logout", "field:worker"}  # the service worker is a script without data
OTHER_API = {"/notifications/receipts/{code}"}  # a provider with its own secret
API_OPEN = {
    "/portal/power/", "/portal/places/", "/portal/places/{token}/", "/portal/plans/", "/portal/reports/", "/portal/follow/",
    "/portal/follow/urges/", "/portal/follow/ratings/",
}  # fmt: skip


def views(patterns: list[Any], space: str = "") -> Iterator[tuple[str, Any]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from views(one.url_patterns, one.namespace or space)
        elif isinstance(one, URLPattern):
            yield f"{space}:{one.name}" if space else str(one.name), one.callback


def test_no_other_page_is_public() -> None:
    found = [(name, view) for name, view in views(get_resolver().url_patterns) if not name.startswith("api-")]
    assert {name for name, view in found if getattr(view, "public_page", False)} == PORTAL_PAGES
    unguarded = {name for name, view in found if not hasattr(view, "page_roles") and not hasattr(view, "public_page")}
    assert unguarded <= OTHER_OPEN, f"behind no door: {unguarded - OTHER_OPEN}"


def test_no_other_operation_of_the_api_is_public() -> None:
    open_ones = {
        f"/{prefix.strip('/')}/{path.strip('/')}".rstrip("/")
        for prefix, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        if operation.auth_param is None
    }
    assert open_ones - OTHER_API == {path.rstrip("/") for path in API_OPEN}


@pytest.fixture
def rated(town: Town) -> Rating:
    code, follow = town.report()
    do_work(settle(town.case_of(follow)), town.hotline.manager, minutes(7))
    services.answer_done(code=code, solved=True, words="", key=key(), by=PORTAL, at=NOON)
    return services.rate(code=code, stars=1, words="等了两个小时", key=key(), by=PORTAL, at=NOON)


def test_who_reads_the_ratings(town: Town, rated: Rating, client: Client) -> None:
    assert client.get("/p/ratings/").status_code == 302
    page = town.hotline.client("office", "quality").get("/p/ratings/")
    shown = page.content.decode()
    assert page.status_code == 200
    assert "等了两个小时" in shown
    assert str(rated.case.number) in shown
    assert rated.call is not None
    assert str(rated.call.number) in shown
    book = town.hotline.client("head", "station").get("/p/ratings/?export=list")
    assert book["Content-Type"].endswith("sheet")
    assert town.hotline.client("zhang", "grid").get("/p/ratings/").status_code == 403
    assert town.hotline.client("crew", "crew").get("/p/ratings/").status_code == 403
    assert str(rated.case.number) not in town.hotline.client("wang", "desk").get("/p/ratings/?stars=5").content.decode()


def test_the_pack_says_what_the_defaults_say(town: Town) -> None:
    assert selectors.limits_on(NOON.date()) == PortalLimits(place_least=2)


def test_ratings_stay_in_their_unit(town: Town, rated: Rating) -> None:
    county = town.hotline.county
    other = county.actor("other", "station", units=(county.other_station,))
    mine = county.actor("head", "station")
    assert [selectors.ratings(who).count() for who in (other, mine)] == [0, 1]


def test_the_api_gives_the_same_answers(town: Town, client: Client) -> None:
    json: dict[str, Any] = {"content_type": "application/json"}
    power = "/api/portal/power/"
    known = client.post(power, {"phone": "13800138001", "tail": "0001"}, **json)
    unknown = client.post(power, {"phone": "13999999999", "tail": "0001"}, **json)
    assert (known.status_code, known.content) == (200, unknown.content)
    assert known["Cache-Control"] == "no-store, private"
    assert client.post(power, {"phone": "1", "tail": "x"}, **json).status_code == 422
    assert client.post(power, '{"phone": "\\ud80013800138001", "tail": "0001"}', **json).status_code == 422
    places = client.get("/api/portal/places/?q=名仕").json()
    assert [one["name"] for one in places] == ["名仕家天下"]
    assert client.get(f"/api/portal/places/{places[0]['token']}/").json()["state"] == "none"
    assert client.get("/api/portal/places/nosuch/").status_code == 404

    report = {"kind": "low", "phone": "13800138001", "tail": "0001", "words": "灯暗"}
    head: dict[str, Any] = {"HTTP_IDEMPOTENCY_KEY": key()}
    codes = [client.post("/api/portal/reports/", report, **json, **head).json()["code"] for _twice in range(2)]
    assert codes[0] == codes[1]
    assert client.post("/api/portal/reports/", report, **json).json()["error"]["code"] == "client_key_missing"
    seen = client.post("/api/portal/follow/", {"code": codes[0]}, **json)
    assert seen.json()["may_urge"]
    assert [word for word in PERSONAL if word in seen.content.decode()] == []
    urge = client.post("/api/portal/follow/urges/", {"code": codes[0]}, **json, HTTP_IDEMPOTENCY_KEY=key())
    assert urge.json() == {"number": 1}
    rate = client.post(
        "/api/portal/follow/ratings/", {"code": codes[0], "stars": 5}, **json, HTTP_IDEMPOTENCY_KEY=key()
    )
    assert rate.json()["error"]["code"] == "portal_not_ended"
    wrong = client.post("/api/portal/follow/", {"code": "AAAAAAAAAAAA"}, **json)
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (404, "portal_code_unknown")

    set_policy("portal.power_per_phone", 1)
    too_many = client.post(power, {"phone": "13800138001", "tail": "0001"}, **json)
    assert (too_many.status_code, too_many.json()["error"]["code"]) == (429, "portal_too_many")
    assert int(too_many["Retry-After"]) > 0


def test_posts_of_pages_need_their_token(town: Town) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/p/report/", {}).status_code == 403
    assert strict.post("/p/power/", {}).status_code == 403
