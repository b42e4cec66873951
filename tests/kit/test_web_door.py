"""The door of a page: sign-in, role, the scope switch, and what a refusal looks like."""

import pytest
from django.http import HttpResponse
from django.shortcuts import redirect

from longzhong.kit import web
from longzhong.kit.actor import Actor, Scope
from longzhong.kit.errors import Refused
from tests.kit.webask import ADMIN, ask

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.kit.weburls")]


@web.page("station")
def stations_only(request):
    return HttpResponse(",".join(str(unit) for unit in sorted(web.actor(request).units())))


@web.page()
def moving(request):
    if request.POST.get("code"):
        raise Refused(request.POST["code"], "这一单已经完工；什么都没有改动。")
    return redirect("/done/")


def test_a_stranger_is_sent_to_sign_in_and_comes_back():
    answer = ask(stations_only, "/orders/?state=late", who=None)
    assert answer.status_code == 302
    assert answer["Location"] == "/login/?next=/orders/%3Fstate%3Dlate"


def test_a_stranger_behind_htmx_is_sent_by_the_whole_page():
    answer = ask(stations_only, "/x/", who=None, htmx=True)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/login/?next=/x/")


def test_the_wrong_role_meets_a_403_page_in_chinese():
    answer = ask(stations_only, "/x/", who=Actor(1, 1, "张飞", (Scope("grid", frozenset({1})),)))
    assert answer.status_code == 403
    assert "您的岗位看不到这个页面" in answer.content.decode()


def test_the_scope_switch_narrows_and_never_widens():
    assert ask(stations_only, "/x/").content == b"1,2,3"
    assert ask(stations_only, "/x/", session={web.SCOPE_KEY: {"id": 2, "name": "二", "units": [2, 99]}}).content == b"2"
    assert (
        ask(stations_only, "/x/", session={web.SCOPE_KEY: {"id": 99, "name": "外", "units": [99]}}).content == b"1,2,3"
    )


def test_narrowing_drops_a_role_that_is_held_elsewhere():
    kept = web.narrow(ADMIN, {"units": [1]})
    assert [scope.role for scope in kept.scopes] == ["admin"]


@pytest.mark.parametrize(
    ("code", "status"), [("not_allowed", 403), ("not_found", 404), ("wrong_state", 409), ("anything", 409)]
)
def test_a_refusal_becomes_a_page_that_says_why(code, status):
    answer = ask(moving, "/x/", post={"code": code})
    assert answer.status_code == status
    assert "这一单已经完工；什么都没有改动。" in answer.content.decode()


def test_behind_htmx_a_refusal_goes_into_the_form_and_the_form_stays():
    answer = ask(moving, "/x/", post={"code": "wrong_state"}, htmx=True)
    assert (answer.status_code, answer["HX-Retarget"], answer["HX-Reswap"]) == (422, "find .lz-refusal", "innerHTML")
    assert "<html" not in answer.content.decode()


def test_a_redirect_after_an_htmx_post_loads_the_whole_page():
    assert ask(moving, "/x/", post={}, htmx=True)["HX-Redirect"] == "/done/"
    assert ask(moving, "/x/", post={}).status_code == 302


def test_the_menu_can_read_which_roles_open_a_page():
    assert stations_only.page_roles == ("station",)
    assert moving.page_roles == ()
