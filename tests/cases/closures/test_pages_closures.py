"""Closures and demolitions through their pages, by role."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from longzhong.cases.closures.models import Closure, Household, Project, ToldAgain
from longzhong.cases.closures.rules import State
from longzhong.kit import clock
from longzhong.register.customers import services as customers
from longzhong.register.customers.rules.rows import AccountRow
from tests.cases.closures.make import CODE, LATER, MORNING, SYSTEM, Hotline, a_project, begun, key, listed
from tests.cases.hotline.make import PLAIN
from tests.dispatch.matters.pictures import jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def an_hour_later() -> Iterator[None]:
    with clock.frozen(LATER):
        yield


def post(client: Client, path: str, **given: Any) -> int:
    return client.post(path, {"client_key": key(), **given}).status_code


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.proves("S0-21", page="closures:begin", service="longzhong.cases.closures.services.begin_once")
def test_a_spoken_wish_at_the_counter_and_its_legal_end(hotline: Hotline) -> None:
    desk, account = hotline.client(), hotline.accounts[1]
    found = text(desk, f"/closures/desk/?q={CODE.format(1)}")
    assert f"/closures/accounts/{account}/" in found
    assert "身份证明" in text(desk, f"/closures/accounts/{account}/")
    wish = {"ground": "own", "channel": "verbal", "note": "没有带身份证", "client_key": "wish-key-1"}
    answer = desk.post(f"/closures/accounts/{account}/", wish)
    row = Closure.objects.get()
    assert answer["Location"] == f"/closures/{row.pk}/" == desk.post(f"/closures/accounts/{account}/", wish)["Location"]
    assert desk.get(f"/closures/accounts/{account}/")["Location"] == f"/closures/{row.pk}/"
    page = text(desk, f"/closures/{row.pk}/")
    assert "只是口头意愿" in page and "口头意愿，未受理" in page and "2026-03-09" in page
    shown = re.sub(r"<option.*?</option>", "", page, flags=re.S)  # a member of staff has the customer's name
    assert not any(word in shown for word in PLAIN)
    assert "接着办" in text(desk, f"/closures/desk/?q={CODE.format(1)}")
    base = f"/closures/{row.pk}"
    assert post(desk, f"{base}/contact/", way="phone") == 200  # the words are missing: the form stays
    assert post(desk, f"{base}/contact/", way="phone", note="周三来", next_on="2026-03-04") == 302
    assert post(desk, f"{base}/apply/", shown="identity", signed="on") == 302
    assert post(desk, f"{base}/bring/", paper="authority") == 200  # no agent: it isn't wanted
    assert post(desk, f"{base}/bring/", paper="account") == 302
    assert post(desk, f"{base}/pass_on/") == 302
    manager = hotline.client("zhang", "grid")
    photo = SimpleUploadedFile("拆表.jpg", jpeg(), "image/jpeg")
    assert post(manager, f"{base}/read/", kwh="88.8", removed="on", photos=photo) == 302
    assert post(manager, f"{base}/settle/", yuan="0") == 403
    assert post(desk, f"{base}/settle/", yuan="12.3", receipt="PJ1") == 302
    assert post(desk, f"{base}/close/") == 302
    assert post(desk, f"{base}/close/") == 409
    assert post(desk, f"{base}/found/") == 409
    row.refresh_from_db()
    assert row.state == State.CLOSED
    page = text(desk, f"{base}/")
    assert all(word in page for word in ("88.80 kWh", "12.30 元", "已销户"))
    assert "登记销户</a>" not in text(desk, f"/closures/desk/?q={CODE.format(1)}").split("<table")[1]


@pytest.mark.proves("S0-22", page="closures:project", service="longzhong.cases.closures.services.open_project_once")
def test_a_project_and_numbers_that_open_their_lists(hotline: Hotline) -> None:
    office, head = hotline.client("office", "quality"), hotline.client("head", "station")
    assert "没有拆迁项目" in text(office, "/closures/projects/")
    given = {
        "name": "檀溪棚改", "unit": "ST", "responsible": "zhang", "from_on": "2026-01-01", "area_m2": "1188000",
        "area_codes": "A1\nA2", "estates": "名仕家天下",
    }  # fmt: skip
    assert post(office, "/closures/projects/new/", **{**given, "name": ""}) == 200
    assert post(office, "/closures/projects/new/", **given) == 302
    row = Project.objects.get()
    base = f"/closures/projects/{row.pk}"
    codes = "\n".join(CODE.format(one) for one in (1, 2, 3))
    assert post(head, f"{base}/add/", accounts=f"{codes}\n404") == 302
    page = head.get(f"{base}/")
    assert post(head, f"{base}/add/", accounts="404") == 409
    assert all(word in page.content.decode() for word in ("1,188,000 ㎡", "已列入，未联系", "1 户没有列入"))
    for tile in page.context["page"].tiles[1:]:
        assert len(head.get(f"{base}/{tile.href}").context["page"].table.items) == tile.value
    house = Household.objects.get(account=hotline.accounts[1])
    manager = hotline.client("zhang", "grid")
    assert "我的拆迁户" in text(manager, "/closures/mine/")
    assert len(manager.get("/closures/mine/").context["page"].table.items) == 2
    own = f"/closures/households/{house.pk}"
    assert post(manager, f"{own}/contact/", way="visit") == 200
    assert post(manager, f"{own}/contact/", way="visit", note="下周签", next_on="2026-03-02") == 302
    assert len(manager.get("/closures/mine/?state=due").context["page"].table.items) == 1
    assert "登记销户" in text(manager, f"{own}/")
    assert (
        post(manager, f"/closures/accounts/{house.account_id}/", ground="own", channel="visit", shown="identity") == 302
    )
    assert "销户办理中" in text(manager, f"{own}/") and "XH20260302" in text(manager, f"{own}/")
    assert post(head, f"{base}/finish/", reason="完成") == 409
    assert post(head, f"{base}/finish/") == 409
    assert post(office, f"{base}/edit/", **{**given, "name": "檀溪棚改二期"}) == 302
    assert text(office, f"{base}/edit/").count("檀溪棚改二期") >= 1
    line = office.get("/closures/projects/").context["page"].table.items[0]
    assert (line.progress.total, line.row.name) == (3, "檀溪棚改二期")
    book = load_workbook(BytesIO(head.get(f"{base}/?export=list").content))
    assert len(list(book.active.iter_rows())) == 4


def test_the_second_request_is_recorded_and_judged(hotline: Hotline) -> None:
    row = begun(hotline, shown="identity")
    desk, head = hotline.client(), hotline.client("head", "station")
    lists = f"/closures/lists/{row.tellings.get().pk}"
    assert post(desk, f"{lists}/again/", paper="property") == 409
    assert post(desk, f"{lists}/again/", paper="property", reason="漏说") == 302
    fault = ToldAgain.objects.get()
    assert "房屋产权" in text(head, "/closures/again/")
    assert "确认我方责任" in text(head, f"/closures/again/{fault.pk}/")
    assert post(desk, f"/closures/again/{fault.pk}/confirm/", reason="不明") == 403
    assert post(head, f"/closures/again/{fault.pk}/confirm/") == 409
    assert post(head, f"/closures/again/{fault.pk}/confirm/", reason="属实") == 302
    assert "二次告知（我方责任）" in text(desk, f"/closures/{row.pk}/")


def test_what_is_printed_and_told(hotline: Hotline) -> None:
    row = begun(hotline, shown="identity", signed=True)
    desk = hotline.client()
    paper = desk.get(f"/closures/lists/{row.tellings.get().pk}.pdf")
    assert (paper["Content-Type"], paper.content[:4]) == ("application/pdf", b"%PDF")
    for kind in ("form", "letter"):
        assert desk.get(f"/closures/{row.pk}/print/{kind}/").status_code == 405
        assert desk.post(f"/closures/{row.pk}/print/{kind}/").content[:4] == b"%PDF"
        assert desk.post(f"/closures/{row.pk}/print/{kind}/", {"format": "docx"}).content[:2] == b"PK"
    assert desk.post(f"/closures/{row.pk}/print/poem/").status_code == 409
    other = hotline.accounts[2]
    assert "过户" in text(desk, f"/closures/accounts/{other}/tell/")
    assert post(desk, f"/closures/accounts/{other}/tell/", kind="owner", way="print") == 302
    assert post(desk, f"/closures/accounts/{other}/tell/", kind="wedding", way="print") == 200
    assert post(desk, f"/closures/{row.pk}/remind/") == 302


def test_who_may_look(hotline: Hotline) -> None:
    project = a_project(hotline)
    (house,) = listed(hotline, project, 1)
    row = begun(hotline)
    pages = ("/closures/", "/closures/projects/", "/closures/mine/", "/closures/again/")
    own = (f"/closures/{row.pk}/", f"/closures/projects/{project.pk}/", f"/closures/households/{house.pk}/")
    leader, auditor = hotline.client("boss", "leader"), hotline.client("chief", "auditor")
    li = hotline.client("li", "grid")
    for path in (*pages, *own):
        assert leader.get(path).status_code == 200
        assert auditor.get(path).status_code == 403
        assert Client().get(path).status_code == 302
    assert [li.get(path).status_code for path in own] == [404, 404, 404]
    for path in ("/closures/desk/", f"/closures/accounts/{row.account_id}/", "/closures/projects/new/"):
        assert leader.get(path).status_code == 403
    assert li.get(f"/closures/accounts/{row.account_id}/tell/").status_code == 404
    assert post(leader, f"/closures/{row.pk}/contact/", way="phone", note="x") == 403
    assert "没有要办的拆迁户" in text(li, "/closures/mine/")


def test_fifty_rows_cost_at_most_ten_queries(hotline: Hotline) -> None:
    project = a_project(hotline)
    rows = [
        AccountRow(code=f"43{n:011}", name="拆迁户" * 20, area_code="A1", estate="很长的小区名" * 9) for n in range(55)
    ]
    customers.keep_accounts(rows=rows, by=SYSTEM, at=MORNING)
    head = hotline.client("head", "station")
    assert post(head, f"/closures/projects/{project.pk}/add/", accounts="\n".join(row.code for row in rows)) == 302
    for house in Household.objects.select_related("account"):
        Closure.objects.create(
            account=house.account, unit_id=house.unit_id, grid_id=house.grid_id, household=house, ground="demolition",
            channel="hall", kind="close_demolition", owner_id=hotline.county.staff["zhang"], begun_at=MORNING,
        )  # fmt: skip
    with_a_panel = f"/closures/projects/{project.pk}/"  # of the importer: two more
    for path in ("/closures/?state=all", with_a_panel, "/closures/mine/?state=all"):
        head.get(path)
        with CaptureQueriesContext(connection) as asked:
            page = head.get(path)
        assert len(page.context["page"].table.items) == 50
        assert len(asked) <= (12 if path == with_a_panel else 10), [row["sql"][:140] for row in asked]
