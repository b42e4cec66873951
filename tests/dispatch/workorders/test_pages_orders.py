"""The board and the order's page, as people use them."""

import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from longzhong.dispatch.matters.models import Attachment
from longzhong.dispatch.workorders import selectors, services
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import State
from tests.dispatch.make import MORNING, SYSTEM, County, an_area, at, sign_in
from tests.dispatch.matters.pictures import jpeg
from tests.dispatch.workorders.make import PROOF, in_state, opened

NOW = at("2026-03-02 10:00")


@pytest.fixture
def head(county: County) -> Client:
    return sign_in(county, "head", "station")


@pytest.fixture
def zhang(county: County) -> Client:
    return sign_in(county, "zhang", "grid", grids=(county.grid,))


def step(client: Client, order: WorkOrder, verb: str, key: str = "", **fields: object) -> object:
    return client.post(f"/orders/{order.pk}/{verb}/", {"client_key": key or str(uuid.uuid4()), **fields})


@pytest.mark.django_db
def test_fifty_orders_cost_at_most_ten_queries(county: County, head: Client) -> None:
    area = an_area(county)
    for number in range(55):
        opened(county, cause=f"tests.cause:{number}", area=area)
    head.get("/orders/")
    with CaptureQueriesContext(connection) as asked:
        page = head.get("/orders/")
    assert page.status_code == 200
    assert page.content.decode().count("data-href=") == 50
    own = [row["sql"] for row in asked.captured_queries if "workorders_" in row["sql"] or "matters_" in row["sql"]]
    assert len(own) <= 5, own
    assert len(asked) <= 14, [
        row["sql"][:120] for row in asked.captured_queries
    ]  # those of session, grants and shell included


@pytest.mark.django_db
def test_the_board_shows_filters_and_exports(county: County, head: Client) -> None:
    area = an_area(county)
    late = opened(county, area=area, at=MORNING - timedelta(days=10))
    opened(county, cause="tests.cause:2", kind="meter_fault")
    pool = opened(county, cause="tests.cause:3", grid=county.empty_grid)
    in_state(county, State.VERIFIED, cause="tests.cause:4")

    def numbers(query: str) -> list[str]:
        return [order.number for order in head.get(f"/orders/{query}").context["page"].table.items]

    text = head.get("/orders/").content.decode()
    assert "檀溪1号台区" in text
    assert "张惠芳" in text
    assert len(numbers("")) == 3
    assert numbers("?state=late") == [late.number]
    assert numbers("?state=pool") == numbers("?owner=0") == [pool.number]
    assert len(numbers("?state=verified")) == 1
    assert len(numbers("?state=all")) == 4
    assert len(numbers("?kind=meter_fault")) == 1
    assert numbers(f"?q={late.number}") == numbers("?q=檀溪1号") == [late.number]
    assert len(numbers(f"?owner={county.staff['zhang']}")) == 2
    book = load_workbook(BytesIO(head.get("/orders/?state=late&export=list").content))
    assert [row[0].value for row in book.active.iter_rows(min_row=1)][-1] == late.number


@pytest.mark.django_db
@pytest.mark.proves("S0-31", page="workorders:detail", service="longzhong.dispatch.workorders.services.finish")
def test_an_order_through_its_pages_to_the_proof(county: County, head: Client, zhang: Client) -> None:
    order = opened(county, area=an_area(county))
    page = zhang.get(f"/orders/{order.pk}/").content.decode()
    assert "为什么是这个时限" in page
    assert "orders.area_fault.normal.accept" in page
    assert "还剩" in page
    assert step(zhang, order, "accept").status_code == 302
    assert step(zhang, order, "arrive", lat="32.0105", lon="112.1213", accuracy_m="9").status_code == 302
    photo = SimpleUploadedFile("现场.jpg", jpeg(lat=32.01, lon=112.12), "image/jpeg")
    fields = {"cause_found": "unbalance", "work_done": "调整相别", "ua": "228.5", "photos": photo}
    assert step(zhang, order, "finish", **fields).status_code == 302
    order.refresh_from_db()
    assert order.state == State.FINISHED
    services.verify(order_id=order.pk, evidence=PROOF, by=SYSTEM, at=NOW)
    page = head.get(f"/orders/{order.pk}/").content.decode()
    for word in ("已验证", "距台区", "三相负荷不平衡", "228.5", "逐日曲线：2026-03-03 正常"):
        assert word in page
    file = f"/files/{Attachment.objects.get().pk}/"
    assert file in page
    served = head.get(file)
    assert (served.status_code, served["Content-Type"]) == (200, "image/jpeg")
    assert b"SecretPhone" not in served.content
    stranger = sign_in(county, "other", "station", unit=county.other_station)
    assert stranger.get(file).status_code == 404
    assert stranger.get(f"/orders/{order.pk}/").status_code == 404
    assert Client().get(file)["Location"].startswith("/login/")


@pytest.mark.django_db
@pytest.mark.proves("S4-32", page="workorders:detail", service="longzhong.dispatch.workorders.services.make_project")
def test_a_project_and_its_milestones_on_the_page(county: County, head: Client) -> None:
    order = in_state(county, State.RETURNED)
    assert step(head, order, "make_project", reason="线径过细").status_code == 302
    page = head.get(f"/orders/{order.pk}/").content.decode()
    assert "工程进度" in page
    assert "现场勘查" in page
    assert step(head, order, "reach_milestone", code="survey", reason="已勘查").status_code == 302
    assert step(head, order, "move_milestone", code="design", due_on="2026-05-06", reason="排期").status_code == 302
    order.refresh_from_db()
    assert str(order.milestones.get(code="design").due_on) == "2026-05-06"


@pytest.mark.django_db
@pytest.mark.proves("S4-31", page="workorders:board", service="longzhong.dispatch.workorders.services.open_order")
def test_persistent_low_voltage_is_a_limited_list(county: County, head: Client) -> None:
    order = opened(county, persistent=True)
    opened(county, cause="tests.cause:2")
    page = head.get("/orders/?persistent=1")
    assert [row.pk for row in page.context["page"].table.items] == [order.pk]
    assert "持续低电压，限时整改" in head.get(f"/orders/{order.pk}/").content.decode()


@pytest.mark.django_db
def test_what_was_typed_stays_when_the_form_isnt_whole(county: County, zhang: Client) -> None:
    order = in_state(county, State.ARRIVED)
    answer = step(zhang, order, "finish", work_done="调整了十二户的相别")
    assert answer.status_code == 200
    assert "调整了十二户的相别" in answer.content.decode()
    refused = step(zhang, order, "finish", cause_found="tap", work_done="x")
    assert refused.status_code == 409
    assert "照片" in refused.content.decode()
    order.refresh_from_db()
    assert order.state == State.ARRIVED


@pytest.mark.django_db
def test_a_press_twice_with_one_key_is_one_step(county: County, zhang: Client) -> None:
    order = opened(county)
    assert step(zhang, order, "accept", key="same-key-1").status_code == 302
    assert step(zhang, order, "accept", key="same-key-1").status_code == 302
    assert step(zhang, order, "accept", key="other-key-1").status_code == 409
    assert step(zhang, order, "accept", key="x").status_code == 409


@pytest.mark.django_db
def test_heads_steps_beside_the_machine(county: County, head: Client) -> None:
    order = opened(county)
    assert step(head, order, "priority", priority="1", reason="重要客户").status_code == 302
    assert step(head, order, "pause", code="await_outage", reason="等停电").status_code == 302
    assert step(head, order, "resume", reason="停电完成").status_code == 302
    assert step(head, order, "offer", owner=county.staff["li"]).status_code == 302
    assert "等待对方确认" in head.get(f"/orders/{order.pk}/").content.decode()
    li = sign_in(county, "li", "grid", grids=(county.empty_grid,))
    assert step(li, order, "accept_offer").status_code == 302
    order.refresh_from_db()
    assert order.owner_id == county.staff["li"]
    assert step(head, order, "assign", owner=county.staff["zhang"]).status_code == 302
    assert step(head, order, "release", reason="请假").status_code == 302
    assert step(head, order, "fly").status_code == 409
    assert (
        step(head, order, "cancel", reason="误报", next="https://evil.example/")["Location"] == f"/orders/{order.pk}/"
    )
    board = head.get("/orders/?state=cancelled")
    assert board.status_code == 200


@pytest.mark.django_db
def test_the_detail_of_a_long_life_costs_a_bounded_number_of_queries(county: County, head: Client) -> None:
    order = in_state(county, State.RETURNED)
    for number in range(30):
        services.pause(
            order_id=order.pk, reason="await_outage", note="x", by=county.head, at=NOW + timedelta(minutes=number)
        )  # type: ignore[arg-type]
        services.resume(order_id=order.pk, note="x", by=county.head, at=NOW + timedelta(minutes=number, seconds=30))
    with CaptureQueriesContext(connection) as asked:
        selectors.order_card(county.head, order.pk, NOW)
    assert len(asked) <= 12
