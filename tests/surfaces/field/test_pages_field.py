"""The phone pages: one column, the next step, and what works without signal."""

import json
import re
import uuid
from collections.abc import Iterator

import pytest
from django.test import Client

from longzhong.dispatch.workorders import services
from longzhong.dispatch.workorders.rules import State
from longzhong.kit import clock
from tests.dispatch.make import County, a_county, an_area, at, sign_in
from tests.dispatch.workorders.make import in_state, opened


@pytest.fixture
def county(db: None) -> County:
    return a_county()


@pytest.fixture(autouse=True)
def ten_o_clock() -> Iterator[None]:
    with clock.frozen(at("2026-03-02 10:00")):
        yield


@pytest.fixture
def phone(county: County) -> Client:
    return sign_in(county, "zhang", "grid", grids=(county.grid,))


@pytest.mark.django_db
def test_my_orders_the_pool_and_what_waits_for_its_proof(county: County, phone: Client) -> None:
    assert "手上没有要办的工单" in phone.get("/field/").content.decode()
    opened(county, area=an_area(county))
    in_state(county, State.FINISHED, cause="tests.cause:2")
    services.reassign_open_orders(staff_id=county.staff["li"], by=county.head, at=at("2026-03-02 10:00"))
    page = phone.get("/field/")
    text = page.content.decode()
    assert "檀溪1号台区" in text
    assert "geo:32.01,112.12" in text
    assert [
        len(part) for part in (page.context["page"].mine, page.context["page"].pool, page.context["page"].done)
    ] == [1, 0, 1]
    words = re.search(r'<script type="application/json" id="field-words"[^>]*>(.*?)</script>', text, re.DOTALL)
    assert json.loads(words.group(1))["waiting"] == "等待信号，自动发送"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "verb"),
    [(State.DISPATCHED, "accept"), (State.ACCEPTED, "arrive"), (State.ARRIVED, "finish"), (State.RETURNED, "accept")],
)
def test_an_order_offers_its_one_next_step(county: County, phone: Client, state: State, verb: str) -> None:
    order = in_state(county, state)
    page = phone.get(f"/field/orders/{order.pk}/")
    assert page.context["page"].step.verb == verb
    assert f'data-step="/api/workorders/orders/{order.pk}/steps/{verb}/"' in page.content.decode()
    if state is State.RETURNED:
        assert "曲线显示还没修好" in page.content.decode()


@pytest.mark.django_db
def test_without_script_the_form_goes_to_the_orders_page_and_back(county: County, phone: Client) -> None:
    order = opened(county)
    sent = {"client_key": str(uuid.uuid4()), "next": "/field/"}
    assert phone.post(f"/orders/{order.pk}/accept/", sent)["Location"] == "/field/"


@pytest.mark.django_db
def test_an_offer_is_answered_on_the_phone(county: County, phone: Client) -> None:
    order = opened(county, grid=county.empty_grid)
    services.assign(order_id=order.pk, owner_id=county.staff["li"], by=county.head, at=at("2026-03-02 09:30"))
    services.offer(order_id=order.pk, to_staff_id=county.staff["zhang"], by=county.li, at=at("2026-03-02 09:40"))
    assert "请您接手" in phone.get("/field/").content.decode()
    page = phone.get(f"/field/orders/{order.pk}/").context["page"]
    assert [step.verb for step in page.answers] == ["accept_offer", "decline_offer"]


@pytest.mark.django_db
def test_others_orders_and_strangers(county: County, phone: Client) -> None:
    order = opened(county, grid=county.empty_grid)
    assert phone.get(f"/field/orders/{order.pk}/").status_code == 404
    assert Client().get("/field/")["Location"].startswith("/login/")
    desk = sign_in(county, "boss", "leader")
    assert desk.get("/field/").status_code == 403


def test_the_worker_needs_no_sign_in_and_holds_no_data() -> None:
    answer = Client().get("/field/sw.js")
    assert answer["Content-Type"] == "text/javascript"
    assert 'HOME = "/field/"' in answer.content.decode()
