"""The pages of notices by role: board, composer, progress, results with Excel, templates, providers; and the callback."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from longzhong.dispatch.notifications import services
from longzhong.dispatch.notifications.gateways import Outcome
from longzhong.dispatch.notifications.models import Message, Notice, Provider, Template
from longzhong.dispatch.notifications.rules import Kind, Purpose, Recipient
from longzhong.kit.models import JournalEntry
from longzhong.register.access.rules import Mandate
from longzhong.register.access.services import create_user, grant
from longzhong.register.customers import services as customer_services
from tests.dispatch.make import DAY, PASSWORD, SYSTEM, County, at, sign_in
from tests.dispatch.notifications import make
from tests.dispatch.notifications.make import NOON, Fake

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def doorkeeper(county: County) -> None:
    make.a_template()


def an_admin(county: County, role: str = "admin") -> Client:
    """Somebody of the three offices."""
    morning = at("2026-01-05 08:00")
    user = create_user(login=f"{role}.one", password=PASSWORD, must_change=False, by=SYSTEM, at=morning)
    grant(mandate=Mandate(user.pk, role, county.city, DAY, None, ()), reason="三员", by=SYSTEM, at=morning)
    client = Client()
    assert client.post("/login/", {"login": user.login, "password": PASSWORD}).status_code == 302
    return client


def post(client: Client, name: str, *args: Any, **data: Any) -> Any:
    return client.post(reverse(f"notifications:{name}", args=args), {"client_key": "k" * 12, **data})


def html(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(f"notifications:{name}", args=args) + query)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return str(answer.content.decode())


def form(county: County, **changes: Any) -> dict[str, Any]:
    return {
        "title": "檀溪停电", "unit": county.station, "channels": ["sms"], "areas": "A1", "var.area": "檀溪1号台区",
        "var.start": "2026-03-03 09:00", **changes,
    }  # fmt: skip


@pytest.mark.proves(
    "S0-38", page="notifications:notice", service="longzhong.dispatch.notifications.services.queue_notice"
)
def test_a_notice_from_the_composer_to_the_last_message(county: County) -> None:
    ids = make.accounts(county, 3)
    customer_services.move_account(account_id=ids[2], verb="demolish", by=SYSTEM, at=NOON)
    make.a_provider()
    head = sign_in(county, "head", "station")
    assert "计划停电" in html(head, "new")
    template = Template.objects.get(code="planned")
    address = reverse("notifications:new") + f"?template={template.pk}"
    first = head.get(address).content.decode()
    assert "电子邮件（还没有通道）" in first
    assert "短信（还没有通道）" not in first
    looked = head.post(address, {"client_key": "n" * 12, **form(county, phones="13911112222")})
    assert looked.status_code == 200
    page = looked.content.decode()
    assert "在用户 2 户，另加手机号 1 个" in page
    assert "【襄阳供电】尊敬的客户，檀溪1号台区将于2026-03-03 09:00停电" in page
    assert not Notice.objects.exists()
    for _ in range(2):
        made = head.post(address, {"client_key": "n" * 12, **form(county, phones="13911112222", confirmed="on")})
        assert made.status_code == 302
    notice = Notice.objects.get()
    assert "13911112222" not in json.dumps(notice.audience)
    page = html(head, "notice", notice.pk)
    assert "组织中" in page
    assert "every 3s" in page
    services.compose_waiting(by=SYSTEM, at=NOON)
    page = html(head, "notice", notice.pk)
    assert "将向 3 个地址发送" in page
    for _ in range(2):
        assert post(head, "queue", notice.pk).status_code == 302
    part = head.get(reverse("notifications:progress", args=[notice.pk]))
    assert "发送进度" in part.content.decode()
    assert "HX-Refresh" not in part
    make.send(Fake(lambda one: Outcome.REFUSED if one.address == "13911112222" else Outcome.SENT))
    assert head.get(reverse("notifications:progress", args=[notice.pk]))["HX-Refresh"] == "true"
    page = html(head, "notice", notice.pk)
    assert "已发完" in page
    assert "通道返回 x1" in page
    assert "檀溪停电" in html(head, "board")


def test_closed_accounts_are_shown_with_the_reason(county: County) -> None:
    ids = make.accounts(county, 2)
    customer_services.move_account(account_id=ids[1], verb="demolish", by=SYSTEM, at=NOON)
    notice = make.compose(county, make.to_accounts(ids))
    assert "已拆迁" in html(sign_in(county, "head", "station"), "notice", notice.pk)


def test_results_are_masked_on_the_page_and_in_the_workbook(county: County) -> None:
    make.a_provider()
    notice = make.queue(make.compose(county, [Recipient(phone="13800138001", params={"account": "1"})]))
    make.send(Fake(lambda _one: Outcome.REFUSED))
    head = sign_in(county, "head", "station")
    page = html(head, "messages", notice.pk, query="?state=failed")
    assert "138****8001" in page
    assert "13800138001" not in page
    book = head.get(reverse("notifications:messages", args=[notice.pk]) + "?state=failed&export=list")
    rows = list(load_workbook(BytesIO(book.content)).active.values)  # type: ignore[union-attr]
    assert "138****8001" in rows[1]
    assert JournalEntry.objects.filter(act="export").exists()


def test_cancel_approve_and_resend_by_their_roles(county: County) -> None:
    make.a_provider()
    make.a_template(needs_approval=True)
    notice = make.compose(county, [Recipient(phone="13800138001", params={"account": "1"})])
    head, boss = sign_in(county, "head", "station"), sign_in(county, "boss", "leader", unit=county.county)
    assert post(head, "approve", notice.pk).status_code == 403
    assert post(head, "queue", notice.pk).status_code == 409
    assert "批准" in html(boss, "notice", notice.pk)
    assert post(boss, "approve", notice.pk).status_code == 302
    assert post(boss, "queue", notice.pk).status_code == 403
    assert post(head, "queue", notice.pk, client_key="q" * 12).status_code == 302
    make.send(Fake(lambda _one: Outcome.UNKNOWN))
    assert "重发结果不明的" in html(head, "notice", notice.pk)
    assert post(head, "resend", notice.pk).status_code == 302
    assert post(head, "cancel", notice.pk).status_code == 409
    assert post(head, "cancel", notice.pk, reason="计划变更", client_key="c" * 12).status_code == 302
    assert make.states(notice) == {"cancelled": 1}
    assert "计划变更" in html(head, "notice", notice.pk)


@pytest.mark.parametrize("role", ["grid", "crew", "partner"])
def test_others_have_no_business_here(county: County, role: str) -> None:
    client = sign_in(county, "zhang", role)
    for name in ("board", "new", "templates", "providers"):
        assert client.get(reverse(f"notifications:{name}")).status_code == 403


def test_a_notice_of_another_unit_is_not_there(county: County) -> None:
    notice = make.compose(county, [], unit_id=county.other_station)
    head = sign_in(county, "head", "station")
    for name in ("notice", "progress", "messages"):
        assert head.get(reverse(f"notifications:{name}", args=[notice.pk])).status_code == 404
    assert post(head, "cancel", notice.pk, reason="x").status_code == 404


def test_templates_are_edited_in_editions(county: County) -> None:
    quality = sign_in(county, "boss", "quality", unit=county.county)
    assert "新建模板" in html(quality, "templates")
    said = {
        "code": "dunning", "title": "催费", "purpose": "service", "signature": "襄阳供电", "interrupted": "resend",
        "retention_days": 90, "variables": "yuan | 金额 | 数字 | 8 | 否 | 35.6\naccount | 户号 | 编号 | 30 | 是",
        "body.sms": "户号{account}欠费{yuan}元。",
    }  # fmt: skip
    address = reverse("notifications:template_new")
    assert "读不懂" in quality.post(address, {**said, "variables": "yuan 金额"}).content.decode()
    assert quality.post(address, {**said, "body.sms": "{nothing}"}).status_code == 409
    assert quality.post(address, said).status_code == 302
    row = Template.objects.get(code="dunning")
    page = html(quality, "template", row.pk)
    assert "【襄阳供电】户号某" in page
    assert "计费 1 条" in page
    assert (
        quality.post(reverse("notifications:template", args=[row.pk]), {**said, "title": "催费提醒"}).status_code == 302
    )
    assert Template.objects.get(code="dunning", current=True).edition == 2
    head = sign_in(county, "head", "station")
    assert "保存为新版" not in html(head, "template", row.pk)
    assert head.get(address).status_code == 403
    assert quality.post(reverse("notifications:retire", args=["dunning"])).status_code == 302
    assert not Template.objects.filter(code="dunning", current=True).exists()


def test_security_edits_templates_too(county: County) -> None:
    security = an_admin(county, "security")
    assert "新建模板" in html(security, "templates")
    assert security.get(reverse("notifications:board")).status_code == 403


@pytest.mark.proves(
    "S2-18", page="notifications:provider", service="longzhong.dispatch.notifications.services.keep_provider"
)
def test_providers_are_kept_by_the_admin_and_show_no_secret(county: County) -> None:
    admin = an_admin(county)
    assert "还没有通道" in html(admin, "providers")
    said = {
        "code": "sms-b", "name": "短信乙", "rate_per_s": "50", "place": "1", "attempts_most": "3", "lease_s": "60",
        "enabled": "on", "set.url": "http://127.0.0.1:9", "set.fields": make.FIELDS, "set.secret": "mima-2026",
        "set.callback": "huizhi-2026",
    }  # fmt: skip
    address = reverse("notifications:provider_new", args=["sms_http"])
    assert "发送地址" in admin.get(address).content.decode()
    assert admin.post(address, said).status_code == 302
    page = html(admin, "provider", "sms-b")
    assert "mima-2026" not in page
    assert "/api/notifications/receipts/sms-b" in page
    again = {key: value for key, value in said.items() if key not in {"set.secret", "set.callback"}} | {
        "name": "短信丙"
    }
    assert admin.post(reverse("notifications:provider", args=["sms-b"]), again).status_code == 302
    row = Provider.objects.get(code="sms-b")
    assert (row.name, services.providers.config_of(row).secrets) == (
        "短信丙", {"secret": "mima-2026", "callback": "huizhi-2026"},
    )  # fmt: skip
    assert "短信丙" in html(admin, "providers")
    assert admin.get(reverse("notifications:provider_new", args=["pigeon"])).status_code == 404
    assert admin.get(reverse("notifications:provider", args=["nobody"])).status_code == 404
    assert JournalEntry.objects.filter(act="notifications.provider").count() == 2


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_its_form(county: County, kind: Kind) -> None:
    assert an_admin(county).get(reverse("notifications:provider_new", args=[kind.value])).status_code == 200


def test_receipts_are_pushed_with_the_secret(county: County) -> None:
    make.a_provider(secrets={"callback": "huizhi"})
    notice = make.queue(make.compose(county, [Recipient(phone="13800138001", params={"account": "1"})]))
    make.send(Fake())
    body = json.dumps({"receipts": [{"kind": "delivered", "ref": "R1"}, {"kind": "delivered", "ref": "R9"}]})
    seen = Client()

    def push(code: str, secret: str) -> Any:
        path = f"/api/notifications/receipts/{code}"
        return seen.post(path, body, content_type="application/json", headers={"X-Longzhong-Secret": secret})

    for code, secret in (("sms-a", "falsch"), ("sms-a", ""), ("nobody", "huizhi")):
        assert push(code, secret).status_code == 403
    assert push("sms-a", "huizhi").json() == {"received": 2, "matched": 1}
    head = sign_in(county, "head", "station")
    told = head.get(f"/api/notifications/{notice.pk}").json()
    assert (told["sent"], told["queued"], told["state"]) == (1, 1, "done")
    assert Client().get(f"/api/notifications/{notice.pk}").status_code == 401


def test_lists_cost_few_queries(county: County) -> None:
    for _ in range(51):
        make.compose(county, [])
    notice = make.compose(county, make.to_accounts(make.accounts(county, 60)))
    head = sign_in(county, "head", "station")
    for name, args in (("board", []), ("messages", [notice.pk]), ("notice", [notice.pk])):
        head.get(reverse(f"notifications:{name}", args=args))
        with CaptureQueriesContext(connection) as queries:
            head.get(reverse(f"notifications:{name}", args=args))
        most = 10 if name != "notice" else 22
        assert len(queries) <= most, "\n".join(query["sql"][:160] for query in queries)


def test_purposes_reach_the_page(county: County) -> None:
    make.a_template(code="urgent", purpose=Purpose.EMERGENCY)
    make.compose(county, [], template="urgent")
    head = sign_in(county, "head", "station")
    assert "紧急通知" in html(head, "board", query="?purpose=emergency&q=计划停电&state=ready")
    assert Message.objects.count() == 0
