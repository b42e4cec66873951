"""The pages of disconnections by role: the guard is readable, money is seen by few, a person acts through one address."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from longzhong.cases.disconnections import services
from longzhong.cases.disconnections.models import Disconnection
from longzhong.kit import clock
from longzhong.register.customers import selectors as customers
from longzhong.register.customers import services as customer_services
from longzhong.register.customers.rules.rows import AccountRow
from tests.cases.disconnections.make import ACT, START, bill, key, notice, owes, proposed, until, warn
from tests.cases.hotline.make import LONG_AGO, SYSTEM, Hotline
from tests.dispatch.matters.pictures import jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.frozen(START):
        yield


def shot() -> SimpleUploadedFile:
    return SimpleUploadedFile("现场.jpg", jpeg(lat=32.01, lon=112.12), "image/jpeg")


@pytest.mark.proves("S3-01", page="disconnections:detail", service="longzhong.cases.disconnections.services.take_step")
def test_first_somebody_goes_there_and_asks_why(here: Hotline) -> None:
    row = proposed(here, 3)  # 李秀兰, who lives alone
    manager = here.client("head", "station")
    address = reverse("disconnections:detail", args=[row.pk])
    shown = manager.get(address).content.decode()
    assert "特殊群体，应转帮扶" in shown and "还没有联系上客户" in shown and "逾期超过 30 天" in shown
    assert "李秀兰" not in shown, "masked"
    move = reverse("disconnections:move", args=[row.pk, "contact"])
    typed = {"way": "visit", "note": "老人住院，儿子下周来缴", "client_key": key()}
    assert manager.post(move, typed).status_code == 409, "a visit has a photo"
    answer = manager.post(move, {**typed, "client_key": key(), "photos": [shot()]})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.state == "contacted" and "老人住院" in manager.get(address).content.decode()
    denied = manager.post(reverse("disconnections:move", args=[row.pk, "submit"]), {"reason": "x", "client_key": key()})
    assert denied.status_code == 409


@pytest.mark.proves("S1-35", page="disconnections:account", service="longzhong.cases.disconnections.services.pay_once")
def test_the_counter_sees_what_is_owed_and_a_payment_ends_it(here: Hotline) -> None:
    row = until(here, notice)
    desk = here.client()
    address = reverse("disconnections:account", args=[row.account_id])
    page = desk.get(address)
    assert "186.50 元" in page.content.decode() and "已逾期 25 天" in page.content.decode()
    pay = reverse("disconnections:pay", args=[row.account_id])
    with clock.frozen(ACT):
        assert desk.post(pay, {"client_key": key()}).status_code == 302
    row.refresh_from_db()
    assert row.state == "cancelled" and "没有欠费" in desk.get(address).content.decode()
    assert "缴清取消" in desk.get(reverse("disconnections:detail", args=[row.pk])).content.decode()


def test_the_crew_sees_no_money_and_acts(here: Hotline) -> None:
    row = until(here, warn)
    crew = here.client("crew", "crew")
    with clock.frozen(ACT):
        board, detail = (
            crew.get(reverse("disconnections:board")),
            crew.get(reverse("disconnections:detail", args=[row.pk])),
        )
        assert "186.50" not in board.content.decode() + detail.content.decode()
        assert [one.verb for one in detail.context["page"].moves] == ["warn", "execute"]
        assert crew.get(reverse("disconnections:account", args=[row.account_id])).status_code == 403
        assert crew.get(reverse("disconnections:arrears")).status_code == 403
        move = reverse("disconnections:move", args=[row.pk, "execute"])
        assert crew.post(move, {"client_key": key()}).status_code == 200, "the photo is asked for"
        assert crew.post(move, {"client_key": key(), "photos": [shot()]}).status_code == 302
    row.refresh_from_db()
    assert row.state == "executed"


def test_a_person_proposes_from_the_account(here: Hotline) -> None:
    owes(1)
    head, account = here.client("head", "station"), here.accounts[1]
    assert [move.verb for move in head.get(reverse("disconnections:account", args=[account])).context["page"].moves] == [
        "pay", "propose",
    ]  # fmt: skip
    made = head.post(reverse("disconnections:propose", args=[account]), {"client_key": key()})
    assert made["Location"] == reverse("disconnections:detail", args=[Disconnection.objects.get().pk])
    assert (
        here.client().post(reverse("disconnections:propose", args=[account]), {"client_key": key()}).status_code == 403
    )
    assert head.get(reverse("disconnections:account", args=[here.accounts[5]])).status_code == 404


def test_the_board_says_what_blocks_filters_and_exports(here: Hotline) -> None:
    for number in (1, 3, 4):
        proposed(here, number)
    desk = here.client()
    for asked, number in (
        ({}, 3), ({"state": "before"}, 3), ({"state": "off"}, 0), ({"state": "proposed"}, 3), ({"state": "x"}, 3),
        ({"why": "special"}, 1), ({"why": "important"}, 1), ({"why": "disputed"}, 0), ({"unit": "ST"}, 3), ({"number": "x"}, 0),
    ):  # fmt: skip
        assert len(desk.get(reverse("disconnections:board"), asked).context["page"].table.items) == number, asked
    assert "特殊群体，应转帮扶" in desk.get(reverse("disconnections:board")).content.decode()
    for name in ("board", "arrears"):
        assert desk.get(reverse(f"disconnections:{name}"), {"export": "list"})["Content-Type"].endswith("sheet")
    assert len(desk.get(reverse("disconnections:arrears")).context["page"].table.items) == 3


def test_empty_lists_say_what_to_do(here: Hotline) -> None:
    desk = here.client()
    assert "系统每天早晨" in desk.get(reverse("disconnections:board")).content.decode()
    assert "欠费清单由营销系统导出" in desk.get(reverse("disconnections:arrears")).content.decode()


def test_lists_cost_few_queries(here: Hotline, django_assert_max_num_queries: Any) -> None:
    rows = [AccountRow(code=f"42000000001{n:02}", name="张惠芳", area_code="A1", town="檀溪街道") for n in range(55)]
    customer_services.keep_accounts(rows=rows, by=SYSTEM, at=LONG_AGO)
    assert len(customers.account_ids([row.code for row in rows])) == 55
    bills = [bill(1).__class__(row.code, "2026-01", 100, bill(1).due_on) for row in rows]
    services.keep_arrears(rows=bills, by=SYSTEM, at=START)
    assert services.propose_due(by=SYSTEM, at=START) == 55
    desk = here.client()
    for name in ("disconnections:board", "disconnections:arrears"):
        desk.get(reverse(name))
        with django_assert_max_num_queries(10):
            assert len(desk.get(reverse(name)).context["page"].table.items) == 50
