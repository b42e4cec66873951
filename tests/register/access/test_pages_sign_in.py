"""The sign-in page, the doorkeeper and the administrators' pages, through the Django client."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from longzhong.kit import clock
from longzhong.kit.models import JournalEntry
from longzhong.register.access import selectors, services
from longzhong.register.access.models import Grant, User
from longzhong.register.org.rules import Role
from tests.register.access.make import PASSWORD, give, person, user
from tests.register.org.make import MACHINE, NOW, City, city

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stopped_clock() -> Any:
    with clock.frozen(NOW):
        yield


def signed_in(login: str) -> Client:
    client = Client()
    answer = client.post("/login/", {"login": login, "password": PASSWORD, "next": "/password/"})
    assert (answer.status_code, answer["Location"]) == (302, "/password/")
    return client


def test_the_way_in_and_out() -> None:
    made = user("kongming")
    client = Client()
    assert client.get("/password/")["Location"] == "/login/?next=/password/"
    page = client.get("/login/?next=/password/")
    assert page.status_code == 200
    assert "/password/" in page.content.decode()
    client = signed_in("kongming")
    assert client.get("/password/").status_code == 200
    assert client.get("/login/")["Location"] == "/start/"
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/login/"
    assert client.get("/password/").status_code == 302
    assert JournalEntry.objects.filter(act="access.sign_out", user_id=made.pk).count() == 1


def test_a_wrong_password_is_said_and_what_was_typed_stays() -> None:
    user("kongming")
    page = Client().post("/login/", {"login": "kongming", "password": "wrong"}).content.decode()
    assert "用户名或密码不正确" in page
    assert 'value="kongming"' in page
    assert "wrong" not in page


def test_five_failures_say_until_when() -> None:
    user("kongming")
    for _ in range(5):
        Client().post("/login/", {"login": "kongming", "password": "wrong"})
    assert "已锁定到 09:10" in Client().post("/login/", {"login": "kongming", "password": PASSWORD}).content.decode()


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere(target: str) -> None:
    user("kongming")
    answer = Client().post("/login/", {"login": "kongming", "password": PASSWORD, "next": target})
    assert answer["Location"] == "/start/"


def test_an_idle_session_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    user("kongming")
    client, start = signed_in("kongming"), clock.real_now()
    monkeypatch.setattr(clock, "real_now", lambda: start + timedelta(minutes=14))
    assert client.get("/password/").status_code == 200
    monkeypatch.setattr(clock, "real_now", lambda: start + timedelta(minutes=28))
    assert client.get("/password/").status_code == 200
    monkeypatch.setattr(clock, "real_now", lambda: start + timedelta(minutes=44))
    answer = client.get("/password/", follow=True)
    assert answer.redirect_chain[0][0].startswith("/login/")
    assert "已自动退出" in answer.content.decode()


def test_a_stopped_user_is_out_at_the_next_click() -> None:
    made = user("kongming")
    client = signed_in("kongming")
    services.set_active(user_id=made.pk, active=False, reason="离职", by=MACHINE, at=NOW)
    assert client.get("/password/").status_code == 302


def test_a_first_password_is_changed_before_anything_else() -> None:
    here = city()
    made = services.create_user(login="kongming", password=PASSWORD, title="", by=MACHINE, at=NOW)
    give(made, Role.ADMIN, here.units["42"])
    client = signed_in("kongming")
    assert client.get("/system/users/")["Location"] == "/password/"
    new = "Caolu-Sangu-207"
    wrong = client.post("/password/", {"old": PASSWORD, "new": new, "again": "x"}).content.decode()
    assert "两遍新密码不一样" in wrong
    weak = client.post("/password/", {"old": PASSWORD, "new": "x", "again": "x"}).content.decode()
    assert "密码至少 10 位" in weak
    assert client.post("/password/", {"old": PASSWORD, "new": new, "again": new})["Location"] == "/"
    assert client.get("/system/users/").status_code == 200


def crowd(here: City, n: int) -> None:
    for i in range(n):
        give(user(f"user{i:03d}"), Role.DESK, here.units["420602"])


def test_the_list_of_users_costs_few_queries() -> None:
    here = city()
    person(here, "admin1", Role.ADMIN)
    crowd(here, 55)
    client = signed_in("admin1")
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/system/users/?role=desk&state=1&q=user").content.decode()
    assert page.count("/system/users/") > 50
    assert "值班坐席" in page
    assert len(queries) <= 10, [query["sql"][:100] for query in queries]


def test_an_administrator_makes_a_user_and_security_gives_the_role() -> None:
    here = city()
    person(here, "admin1", Role.ADMIN)
    person(here, "safe1", Role.SECURITY)
    admin, safe = signed_in("admin1"), signed_in("safe1")
    form = {"login": "zhanghf", "staff_code": "S1", "title": "", "password": PASSWORD}
    assert "没有这个工号" in admin.post("/system/users/new/", form | {"staff_code": "S99"}).content.decode()
    answer = admin.post("/system/users/new/", form)
    made = User.objects.get(login="zhanghf")
    assert answer["Location"] == f"/system/users/{made.pk}/"
    wish = {"role": "grid", "unit": here.units["42060201"], "from_on": "2026-03-02", "grids": "", "reason": "台区经理"}
    assert admin.post(f"/system/users/{made.pk}/grant/", wish).status_code == 403
    assert "没有这些网格" in safe.post(f"/system/users/{made.pk}/grant/", wish | {"grids": "G9"}).content.decode()
    assert safe.post(f"/system/users/{made.pk}/grant/", wish | {"grids": "G1"}).status_code == 302
    assert selectors.actor_of(made.pk, NOW).has("grid")
    page = safe.get(f"/system/users/{made.pk}/").content.decode()
    assert "台区经理" in page
    assert "收回" in page
    assert "该用户在这段时间内已有这个角色" in safe.post(f"/system/users/{made.pk}/grant/", wish).content.decode()
    grant = Grant.objects.get(user=made)
    assert safe.post(f"/system/users/{made.pk}/revoke/{grant.pk}/", {"reason": "误授"}).status_code == 302
    assert not selectors.actor_of(made.pk, NOW).has("grid")
    assert "已结束" in safe.get(f"/system/users/{made.pk}/").content.decode()


def test_the_moves_of_the_system_administrator() -> None:
    here = city()
    person(here, "admin1", Role.ADMIN)
    made = user("kongming")
    admin = signed_in("admin1")
    page = admin.get(f"/system/users/{made.pk}/").content.decode()
    assert "重置密码" in page
    assert "停用" in page
    assert admin.post(f"/system/users/{made.pk}/reset/", {"password": "Another-Pass-9"}).status_code == 302
    assert admin.post(f"/system/users/{made.pk}/active/", {"active": "0", "reason": ""}).status_code == 200
    assert admin.post(f"/system/users/{made.pk}/active/", {"active": "0", "reason": "离职"}).status_code == 302
    assert not User.objects.get(pk=made.pk).is_active
    assert admin.get("/system/users/999999/").status_code == 404


def test_security_unlocks_from_the_page() -> None:
    here = city()
    person(here, "safe1", Role.SECURITY)
    made = user("kongming")
    for _ in range(5):
        Client().post("/login/", {"login": "kongming", "password": "wrong"})
    safe = signed_in("safe1")
    assert "锁定到 09:10" in safe.get(f"/system/users/{made.pk}/").content.decode()
    assert safe.post(f"/system/users/{made.pk}/unlock/", {"reason": "本人当面核实"}).status_code == 302
    assert signed_in("kongming")


def test_only_the_auditor_reads_the_journal() -> None:
    here = city()
    for login, role in (("audit1", Role.AUDITOR), ("admin1", Role.ADMIN), ("safe1", Role.SECURITY)):
        person(here, login, role)
    auditor = signed_in("audit1")
    page = auditor.get("/system/journal/?act=access&day=2026-03-02").content.decode()
    assert "access.sign_in" in page
    assert "日志链完整" in auditor.post("/system/journal/", follow=True).content.decode()
    JournalEntry.objects.filter(act="access.grant").update(reason="改过了")
    assert "日志链断在" in auditor.post("/system/journal/", follow=True).content.decode()
    assert auditor.get("/system/users/").status_code == 403
    assert signed_in("admin1").get("/system/journal/").status_code == 403
    assert signed_in("safe1").get("/system/journal/").status_code == 403
