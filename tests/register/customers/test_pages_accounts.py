"""The customer pages and the API through the Django client: masked, scoped, revealing only with a reason."""

import io
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from longzhong.kit import clock
from longzhong.kit.models import JournalEntry
from longzhong.register.customers import services
from longzhong.register.customers.models import Account, Consent, Contact, Priority, Tag
from longzhong.register.customers.rules.rows import AccountRow
from longzhong.register.org.rules import Role
from tests.register.access.make import person
from tests.register.customers.make import DAY, MACHINE, NOW, PLAIN, Town, town
from tests.register.policies.make import browser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def made() -> Town:
    return town()


def client(made: Town, role: Role, unit: str = "42") -> Client:
    return browser(person(made.net.city, f"u-{role}", role, unit))


def text(made: Client, url: str) -> str:
    answer = made.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_the_list_is_masked_scoped_and_narrowed(made: Town) -> None:
    head = client(made, Role.STATION, "42060201")
    page = text(head, "/accounts/")
    assert "张**" in page
    assert "180****" not in page
    assert "138****8001" in page
    assert "御龙湾" not in page
    assert not any(value in page for value in PLAIN)
    assert "欧***" in text(head, "/accounts/?q=oyxy")
    assert "欧***" not in text(head, "/accounts/?q=zhf 名仕家天下")
    assert "凤凰村" not in text(head, "/accounts/?place=名仕家")
    assert "凤凰村" in text(head, "/accounts/?group=special")
    assert "凤凰村" not in text(head, "/accounts/?state=closed")
    assert "凤凰村" not in text(head, "/accounts/?town=檀溪街道&area=A1")
    assert client(made, Role.PARTNER).get("/accounts/").status_code == 403
    assert client(made, Role.AUDITOR).get("/accounts/").status_code == 403


def test_the_workbook_is_masked_and_journalled(made: Town) -> None:
    answer = client(made, Role.DESK).get("/accounts/?export=list")
    sheet = load_workbook(io.BytesIO(b"".join(answer) if answer.streaming else answer.content)).active
    rows = ["|".join(str(cell) for cell in row) for row in sheet.iter_rows(values_only=True)]
    assert len(rows) == 6
    assert not any(value in row for value in PLAIN for row in rows)
    assert JournalEntry.objects.filter(act="export").exists()


def test_fifty_accounts_cost_at_most_ten_queries(made: Town) -> None:
    rows = [
        AccountRow(code=f"8{n:06}", name="李四", area_code="A1", estate="名仕家天下", phone=f"137{n:08}")
        for n in range(60)
    ]
    services.keep_accounts(rows=rows, by=MACHINE, at=NOW)
    desk = client(made, Role.DESK)
    for url in ("/accounts/", "/accounts/?q=名仕家天下", "/accounts/?q=李先生"):
        text(desk, url)
        with CaptureQueriesContext(connection) as queries:
            text(desk, url)
        own = [one["sql"] for one in queries if "customers_" in one["sql"]]
        assert len(own) <= 10, own
        assert len(queries) <= 18, [one["sql"][:100] for one in queries]


def test_the_detail_shows_the_whole_chain_masked(made: Town) -> None:
    page = text(client(made, Role.STATION, "42060201"), f"/accounts/{made.ids[1]}/")
    for shown in ("张**", "138****8001", "M1", "隆中一台区", "10kV隆中一线", "110kV隆中变", "户主"):
        assert shown in page, shown
    assert not any(value in page for value in PLAIN)
    assert client(made, Role.CREW, "42060202").get(f"/accounts/{made.ids[1]}/").status_code == 404


def test_a_reveal_needs_a_reason_and_shows_in_the_log(made: Town) -> None:
    desk, url = client(made, Role.DESK), f"/accounts/{made.ids[1]}/"
    answer = desk.post(f"{url}reveal/", {"field": "phone", "reason": ""}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    answer = desk.post(f"{url}reveal/", {"field": "phone", "reason": "停电回拨核实"}, headers={"HX-Request": "true"})
    assert "13800138001" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    page = text(desk, url)
    assert "停电回拨核实" in page
    assert "13800138001" not in page
    assert desk.get(f"{url}reveal/").status_code == 405
    assert client(made, Role.LEADER).post(f"{url}reveal/", {"field": "phone", "reason": "看看是谁"}).status_code == 403


def test_what_is_changed_on_the_page_is_kept(made: Town) -> None:
    head, account = client(made, Role.STATION, "42060201"), made.ids[1]
    url = f"/accounts/{account}/"

    def post(what: str, **said: object) -> int:
        return int(head.post(url + what, said).status_code)

    number = Contact.objects.get(account=account).pk
    assert (
        post("contact/", phone="13900139000", name="郝东生", relation="tenant", preference="phone", preferred="on")
        == 302
    )
    assert post("consent/", contact=number, purpose="health", separate="on") == 302
    assert post("priority/", grade="critically_ill", from_on=DAY.isoformat(), basis="consent", note="氧气机") == 302
    assert post("tag/", tag="早出晚归") == 302
    assert post("move/begin_closing/") == 302
    assert Account.objects.get(pk=account).state == "closing"
    page = text(head, url)
    for shown in ("郝**", "139****9000", "特殊群体·危重病人", "早出晚归", "销户办理中", "单独同意"):
        assert shown in page, shown
    assert post(f"consent/{Consent.objects.get().pk}/withdraw/") == 302
    assert post(f"priority/{Priority.objects.get(account=account).pk}/end/") == 302
    assert post(f"contact/{number}/end/") == 302
    assert Contact.objects.get(pk=number).ended_on == DAY
    assert Tag.objects.filter(account=account).count() == 1


def test_a_bad_form_comes_back_with_what_was_typed(made: Town) -> None:
    head, url = client(made, Role.STATION, "42060201"), f"/accounts/{made.ids[1]}/"
    answer = head.post(
        url + "priority/", {"grade": "critically_ill", "from_on": "昨天", "basis": "consent", "note": "记一下"}
    )
    assert answer.status_code == 422
    assert "记一下" in answer.content.decode()
    answer = head.post(url + "priority/", {"grade": "critically_ill", "from_on": DAY.isoformat(), "basis": "contract"})
    assert answer.status_code == 409
    assert client(made, Role.LEADER).post(url + "tag/", {"tag": "x"}).status_code == 403


def test_the_api_is_masked_and_scoped(made: Town) -> None:
    desk = client(made, Role.DESK)
    found = desk.get("/api/customers/accounts", {"q": "张名仕家天下"}).json()
    assert [(one["code"], one["name"]) for one in found] == [("*********0001", "张**")]
    assert len(desk.get("/api/customers/accounts", {"limit": 2}).json()) == 2
    assert desk.get("/api/customers/accounts", {"limit": 100000}).status_code == 422
    assert desk.get("/api/customers/accounts", {"q": "a\0"}).status_code in (409, 422)
    assert client(made, Role.AUDITOR).get("/api/customers/accounts").status_code == 403
