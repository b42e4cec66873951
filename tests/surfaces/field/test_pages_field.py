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


NEXT = [
    ("repair", State.DISPATCHED, ["accept", "decline"]),
    ("repair", State.ACCEPTED, ["arrive", "decline"]),
    ("repair", State.ARRIVED, ["diagnose", "finish"]),
    ("repair", State.DIAGNOSED, ["finish", "diagnose"]),
    ("repair", State.FINISHED, []),
    ("repair", State.RETURNED, ["accept"]),
    ("service", State.DISPATCHED, ["accept", "decline"]),
    ("service", State.ACCEPTED, ["contact", "report_up", "decline"]),
    ("service", State.CONTACTED, ["finish", "report_up"]),
    ("service", State.REPORTED, []),
    ("service", State.RETURNED, ["accept"]),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "state", "verbs"), NEXT, ids=[f"{row[0]}-{row[1]}" for row in NEXT])
def test_a_callers_order_offers_what_comes_next_first(
    county: County, phone: Client, kind: str, state: State, verbs: list[str]
) -> None:
    order = in_state(county, state, kind=kind)
    answer = phone.get(f"/field/orders/{order.pk}/")
    page, text = answer.context["page"], answer.content.decode()
    assert [step.verb for step in [*filter(None, [page.step]), *page.others]] == verbs
    for verb in verbs:
        assert f'data-step="/api/workorders/orders/{order.pk}/steps/{verb}/"' in text
    assert ("客户反映还没办好" in text) == (state is State.RETURNED)
    assert ("客户回访后有结果" in text) == (not verbs)


@pytest.mark.django_db
def test_the_crew_chooses_hours_side_and_help_with_a_thumb(county: County, phone: Client) -> None:
    text = phone.get(f"/field/orders/{in_state(county, State.ARRIVED, kind='repair').pk}/").content.decode()
    for field in ('name="expected_in" value="60"', 'name="expected_in" value="240"', 'name="side" value="customer"'):
        assert field in text
    for word in ("有偿服务，费用已事先说明", "跌落式熔断器熔断或损坏", "恢复送电时间"):
        assert word in text
    assert "实测A相电压" not in text  # that is asked of an area, not of a repair


@pytest.mark.django_db
@pytest.mark.proves("S0-10", page="field:order", service="longzhong.dispatch.workorders.services.report_up")
def test_the_three_ways_of_an_answer_are_buttons(county: County, phone: Client) -> None:
    order = in_state(county, State.CONTACTED, kind="service")
    text = phone.get(f"/field/orders/{order.pk}/").content.decode()
    for way in ("serve", "explain"):
        assert f'name="triage" value="{way}"' in text
    assert 'name="triage" value="report_up"' not in text  # that is a step of its own until it is answered
    sent = {"client_key": str(uuid.uuid4()), "reason": "要改造线路"}
    assert phone.post(f"/api/workorders/orders/{order.pk}/steps/report_up/", sent).status_code == 200
    services.answer_up(order_id=order.pk, answer="六月改造", by=county.head, at=at("2026-03-02 11:00"))
    services.contact(order_id=order.pk, by=county.zhang, at=at("2026-03-02 11:10"))
    page = phone.get(f"/field/orders/{order.pk}/").context["page"]
    assert [code for code, _label in page.step.buttons] == ["report_up"]


@pytest.mark.django_db
def test_who_just_called_what_is_late_and_what_waits_for_an_answer(county: County, phone: Client) -> None:
    called = opened(county, kind="repair", at=at("2026-03-02 09:50"))
    begun = in_state(county, State.ACCEPTED, kind="service", cause="tests.cause:2")
    reported = in_state(county, State.REPORTED, kind="service", cause="tests.cause:3")
    late = opened(county, cause="tests.cause:4", priority=1)  # half a working hour from nine o'clock
    answer = phone.get("/field/")
    page = answer.context["page"]
    assert [line.number for line in page.called] == [called.number]
    assert {line.number for line in page.mine} == {begun.number, reported.number, late.number}
    assert (page.late, page.soon, page.to_answer) == (2, 0, [])  # five minutes to accept the repair are over too
    assert "刚刚来电" in answer.content.decode()
    assert "故障抢修" in answer.content.decode()
    head = sign_in(county, "head", "station")
    assert [line.number for line in head.get("/field/").context["page"].to_answer] == [reported.number]
    assert head.get(f"/field/orders/{reported.pk}/").context["page"].step.verb == "answer_up"
