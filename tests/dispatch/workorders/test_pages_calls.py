"""Repairs and matters of service through their pages and the API, as people use them."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from longzhong.dispatch.matters.models import Step
from longzhong.dispatch.workorders import selectors, services
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.pages.forms import FIELDS
from longzhong.dispatch.workorders.rules import MACHINES, SYSTEM, Kind, State
from tests.dispatch.make import SYSTEM as MACHINE
from tests.dispatch.make import County, an_area, at, sign_in
from tests.dispatch.matters.pictures import jpeg
from tests.dispatch.workorders.make import in_state, opened

API = "/api/workorders/orders/"
NOW = at("2026-03-02 10:00")


@pytest.fixture
def head(county: County) -> Client:
    return sign_in(county, "head", "station")


@pytest.fixture
def zhang(county: County) -> Client:
    return sign_in(county, "zhang", "grid", grids=(county.grid,))


def step(client: Client, order: WorkOrder, verb: str, **fields: object) -> int:
    return client.post(f"/orders/{order.pk}/{verb}/", {"client_key": str(uuid.uuid4()), **fields}).status_code


def send(client: Client, order: WorkOrder, verb: str, **fields: object) -> tuple[int, dict[str, object]]:
    answer = client.post(f"{API}{order.pk}/steps/{verb}/", {"client_key": str(uuid.uuid4()), **fields})
    return answer.status_code, answer.json()


@pytest.mark.parametrize("kind", list(Kind))
def test_every_need_of_a_persons_step_has_its_fields(kind: Kind) -> None:
    needs = {need for row in MACHINES[kind].moves if row.roles != (SYSTEM,) for need in row.needs}
    assert needs <= set(FIELDS)


@pytest.mark.django_db
@pytest.mark.proves("S4-24", page="workorders:detail", service="longzhong.dispatch.workorders.services.diagnose")
def test_a_repair_through_its_pages_on_the_customers_side(county: County, head: Client, zhang: Client) -> None:
    order = opened(county, kind="repair", area=an_area(county))
    assert step(zhang, order, "accept") == 302
    assert step(zhang, order, "arrive", lat="32.0105", lon="112.1213", accuracy_m="9") == 302
    page = zhang.get(f"/orders/{order.pk}/").content.decode()
    for word in ("预计多久恢复供电", "故障位置", "产权归属", "服务方式", "特殊群体，无偿帮办"):
        assert word in page
    own = {"fault_place": "户内漏电开关", "side": "customer"}
    assert step(zhang, order, "diagnose", **own) == 409
    assert step(zhang, order, "diagnose", **own, service="free") == 302
    photo = SimpleUploadedFile("现场.jpg", jpeg(), "image/jpeg")
    assert step(zhang, order, "finish", cause_found="customer", work_done="更换漏电开关", photos=photo) == 302
    page = head.get(f"/orders/{order.pk}/").content.decode()
    for word in ("待客户确认", "户内漏电开关", "客户产权", "特殊群体，无偿帮办", "客户侧设备故障"):
        assert word in page
    order.refresh_from_db()
    assert (order.state, order.restored_at) == (State.FINISHED, NOW)


@pytest.mark.django_db
@pytest.mark.proves("S0-10", page="workorders:detail", service="longzhong.dispatch.workorders.services.report_up")
@pytest.mark.proves("S1-24", page="workorders:detail", service="longzhong.dispatch.workorders.services.answer_up")
def test_a_service_is_reported_up_answered_and_told(county: County, head: Client, zhang: Client) -> None:
    order = in_state(county, State.CONTACTED, kind="service")
    page = zhang.get(f"/orders/{order.pk}/").content.decode()
    for word in ("能办即办", "能解释即解释", "上报后答复", "给客户的答复"):
        assert word in page
    assert step(zhang, order, "finish", triage="report_up", reply="等改造") == 409
    assert step(zhang, order, "report_up", reason="要改造线路") == 302
    board = head.get("/orders/?state=reported")
    assert [row.pk for row in board.context["page"].table.items] == [order.pk]
    assert "答复上报" in head.get(f"/orders/{order.pk}/").content.decode()
    assert "答复上报" not in zhang.get(f"/orders/{order.pk}/").content.decode()
    assert step(head, order, "answer_up", reason="列入六月改造") == 302
    assert step(zhang, order, "contact", code="phone") == 302
    assert step(zhang, order, "finish", triage="report_up", reply="六月改造，已告知客户") == 302
    text = head.get(f"/orders/{order.pk}/").content.decode()
    for word in ("要改造线路", "列入六月改造", "六月改造，已告知客户", "上报答复按时"):
        assert word in text
    assert selectors.reply_words(order.pk) == "六月改造，已告知客户"


@pytest.mark.django_db
def test_the_board_knows_the_new_kinds(county: County, head: Client) -> None:
    repair = opened(county, kind="repair")
    service = opened(county, kind="service", cause="tests.cause:2")
    for kind, order in (("repair", repair), ("service", service)):
        page = head.get(f"/orders/?kind={kind}")
        assert [row.pk for row in page.context["page"].table.items] == [order.pk]
    assert "诉求办理" in head.get("/orders/").content.decode()


@pytest.mark.django_db
def test_an_order_is_sent_away_from_its_page(county: County, zhang: Client, head: Client) -> None:
    order = opened(county, kind="service")
    assert step(zhang, order, "decline", code="", reason="x") == 200  # the form stays, with what was typed
    assert step(zhang, order, "decline", code="incomplete", reason="没有户号，打不通电话") == 302
    page = head.get(f"/orders/{order.pk}/").content.decode()
    assert "受理信息不全，无法处理" in page
    assert step(head, order, "assign", owner=county.staff["head"]) == 302  # a station head may do the work of a service


@pytest.mark.django_db
def test_a_repair_from_a_phone(county: County, zhang: Client) -> None:
    order = opened(county, kind="repair")
    assert send(zhang, order, "accept")[0] == 200
    assert send(zhang, order, "arrive", lat=32.01, lon=112.12)[0] == 200
    place = {"fault_place": "10kV 檀溪线 23 号杆", "side": "utility"}
    assert send(zhang, order, "diagnose", **place)[1]["error"]["code"] == "expected_missing"
    assert send(zhang, order, "diagnose", **place, expected_in=0)[0] == 422
    late = {"claimed_at": "2026-03-02T09:40:00+08:00"}
    assert send(zhang, order, "diagnose", **place, expected_in=60, **late)[1] == {
        "verb": "diagnose",
        "state": "diagnosed",
    }
    assert selectors.standing(order.pk).expected_at == at("2026-03-02 10:40")
    assert send(zhang, order, "diagnose", **place, expected_at="2026-03-02T13:00")[0] == 200
    assert selectors.standing(order.pk).expected_at == at("2026-03-02 13:00")
    photo = SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")
    done = {"cause_found": "tree", "work_done": "清障", "restored_at": "2026-03-02T09:55", "photos": photo}
    assert send(zhang, order, "finish", **done) == (200, {"verb": "finish", "state": "finished"})
    assert selectors.standing(order.pk).restored_at == at("2026-03-02 09:55")
    services.verify(order_id=order.pk, evidence={"call_back": 3}, by=MACHINE, at=NOW)


@pytest.mark.django_db
def test_a_service_from_a_phone_and_a_press_twice(county: County, zhang: Client) -> None:
    order = opened(county, kind="service")
    assert send(zhang, order, "decline", code="rain", reason="x")[1]["error"]["code"] == "ground_unknown"
    assert send(zhang, order, "accept")[0] == 200
    assert send(zhang, order, "contact", code="pigeon")[1]["error"]["code"] == "way_unknown"
    key = str(uuid.uuid4())
    for _ in range(2):
        assert send(zhang, order, "contact", code="phone", client_key=key)[1] == {
            "verb": "contact",
            "state": "contacted",
        }
    assert Step.objects.filter(verb="contact").count() == 1
    assert send(zhang, order, "finish", triage="serve", reply="已换表，客户认可")[0] == 200
