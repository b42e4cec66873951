"""The board, the form with its live impact, the outage's page, as people use them."""

import uuid
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from longzhong.sensing.outages import selectors, services
from longzhong.sensing.outages.models import Outage
from longzhong.sensing.outages.rules import State
from tests.sensing.outages.make import MACHINE, NOW, Place, at

pytestmark = pytest.mark.django_db


def send(client: Client, address: str, key: str = "", **fields: Any) -> Any:
    return client.post(address, {"client_key": key or str(uuid.uuid4()), **fields})


def test_fifty_outages_cost_at_most_ten_queries(place: Place) -> None:
    for number in range(55):
        day = (at("03-09 08:00") + timedelta(days=number)).strftime("%m-%d")
        place.plan(f"{day} 08:00", f"{day} 18:00", areas="A1 A2", reason=f"第{number}次")
    station = place.client("station", "42060201")
    station.get("/outages/?state=announced")
    with CaptureQueriesContext(connection) as asked:
        page = station.get("/outages/?state=announced")
    assert len(page.context["page"].table.items) == 50
    assert len(asked) <= 10, [row["sql"][:150] for row in asked.captured_queries]


def test_the_board_shows_filters_and_exports(place: Place) -> None:
    running = place.fault(feeders="F1", expected_end_at=at("03-02 09:30"))
    reported = place.fault(areas="A3", confirmed=False, apart=True)
    plan = place.plan(sections="S3")
    gone = place.plan(sections="S4")
    services.cancel(outage_id=gone.pk, reason="下雨", by=MACHINE, at=NOW)
    desk = place.client("desk")

    def numbers(query: str) -> set[str]:
        return {one.number for one in desk.get(f"/outages/{query}").context["page"].table.items}

    page = desk.get("/outages/").content.decode()
    assert "10kV隆中一线" in page
    assert "原因待查" in page
    assert numbers("") == {running.number, reported.number}
    assert numbers("?state=reported") == {reported.number}
    assert numbers("?state=late") == set()
    assert numbers("?state=announced") == {plan.number}
    assert numbers("?state=past") == {gone.number}
    assert len(numbers("?state=all")) == 4
    assert numbers("?state=all&kind=fault") == {running.number, reported.number}
    assert numbers("?state=all&q=隆中一台区") == {running.number, plan.number}
    assert numbers(f"?state=all&q={plan.number.lower()}") == {plan.number}
    assert numbers("?state=all&day=2026-03-03") == {plan.number, gone.number}
    assert len(numbers("?state=all&day=yesterday")) == 4
    assert numbers("?state=all&important=1") == {running.number, reported.number}
    book = load_workbook(BytesIO(desk.get("/outages/?state=announced&export=list").content))
    assert [row[0].value for row in book.active.iter_rows()][-1] == plan.number
    empty = place.client("desk", "420606").get("/outages/").content.decode()
    assert "没有符合条件的停电" in empty


def test_late_ones_have_their_own_tab(place: Place) -> None:
    outage = place.fault(feeders="F1", when=at("03-02 07:00"), expected_end_at=at("03-02 08:30"))
    rows = place.client("leader").get("/outages/?state=late").context["page"].table.items
    assert [row.pk for row in rows] == [outage.pk]


@pytest.mark.parametrize(
    ("role", "board", "form"),
    [
        ("desk", 200, 200), ("station", 200, 200), ("dept", 200, 200), ("crew", 200, 200), ("quality", 200, 403),
        ("leader", 200, 403), ("grid", 200, 403), ("security", 403, 403),
    ],
)  # fmt: skip
def test_which_doors_open_to_whom(place: Place, role: str, board: int, form: int) -> None:
    client = place.client(role)
    assert client.get("/outages/").status_code == board
    assert client.get("/outages/new/").status_code == form
    assert client.get("/outages/new/impact/").status_code == form
    assert (b"/outages/new/" in client.get("/outages/").content) is (form == 200)
    assert Client().get("/outages/")["Location"].startswith("/login/")


def test_the_impact_is_counted_while_one_ticks(place: Place) -> None:
    desk = place.client("desk")
    feeder, section = f"feeder:{place.net.feeders['F1']}", f"section:{place.net.sections['S4']}"
    found = desk.get("/outages/new/impact/", {"find": "隆中"}).content.decode()
    assert f'name="devices" value="{feeder}"' in found
    assert "停电影响" not in found
    part = desk.get("/outages/new/impact/", {"find": "支线", "devices": [feeder]})
    text = part.content.decode()
    assert "3 个台区，5 户；重要客户 1 户，敏感和特殊群体 1 户" in text
    assert "隆中所 2 个台区、檀溪所 1 个台区" in text
    assert f'name="kept" value="{section}"' in text
    kept = desk.get("/outages/new/impact/", {"devices": [feeder, section], "kept": [section]}).content.decode()
    assert "2 个台区，4 户" in kept
    assert "转供不停" in kept
    known = place.fault(areas="A1")
    assert str(known.number) in desk.get("/outages/new/impact/", {"devices": [feeder]}).content.decode()
    for strange in ("feeder:999999", "feeder:x", "moon:1", f"feeder:{'9' * 30}", "feeder:²"):
        assert desk.get("/outages/new/impact/", {"devices": [strange]}).status_code == 200
    assert "没有这个设备" in desk.get("/outages/new/impact/", {"devices": ["feeder:999999"]}).content.decode()
    assert "没有查到设备" in desk.get("/outages/new/impact/", {"find": "月球"}).content.decode()


def test_the_desk_registers_a_fault_once_and_finds_the_known_one_after(place: Place) -> None:
    desk, feeder = place.client("desk"), f"feeder:{place.net.feeders['F1']}"
    fault = {"kind": "fault", "devices": [feeder], "reason_code": "unknown", "place": "西关路12号杆"}
    answer = send(desk, "/outages/new/", key="same-key-1", **fault)
    outage = Outage.objects.get()
    assert answer["Location"] == f"/outages/{outage.pk}/"
    assert outage.state == State.REPORTED
    assert send(desk, "/outages/new/", key="same-key-1", **fault)["Location"] == answer["Location"]
    refused = send(desk, "/outages/new/", **fault)
    assert refused.status_code == 409
    assert str(outage.number) in refused.content.decode()
    assert Outage.objects.count() == 1
    page = desk.get(answer["Location"]).content.decode()
    for word in ("待确认", "西关路12号杆", "正在核实", "可以这样答复客户", "隆中一台区", "误报撤回"):
        assert word in page
    assert "确认停电" not in page


def test_a_plan_needs_its_times_and_keeps_what_was_typed(place: Place) -> None:
    dept, feeder = place.client("dept"), f"feeder:{place.net.feeders['F1']}"
    plan = {"kind": "planned", "devices": [feeder], "reason_code": "maintenance", "reason": "更换2号杆开关"}
    again = send(dept, "/outages/new/", **plan)
    text = again.content.decode()
    assert again.status_code == 200
    assert "计划停电要写明停电和送电时间" in text
    assert "更换2号杆开关" in text
    assert f'value="{feeder}" checked' in text
    times = {"starts_at": "2026-03-09T08:00", "ends_at": "2026-03-09T18:00"}
    assert send(dept, "/outages/new/", **plan, **times).status_code == 302
    outage = Outage.objects.get()
    assert (outage.planned_start, outage.areas) == (at("03-09 08:00"), 3)
    assert send(place.client("desk"), "/outages/new/", **plan, **times).status_code == 403


def test_an_outage_through_its_page_to_the_end(place: Place) -> None:
    outage = place.plan("03-02 08:00", "03-02 18:00", feeders="F1", by=place.who("dept"))
    station, address = place.client("station", "42060201"), f"/outages/{outage.pk}/"
    page = station.get(address).content.decode()
    for word in ("计划停电", "待执行", "登记停电", "3 个台区，5 户，重要客户 1 户", "变更预计恢复时间"):
        assert word in page
    assert "取消计划" not in page, "the plan is the county's"
    assert send(station, f"{address}start/", moment="2026-03-02T08:10").status_code == 302
    typed = send(station, f"{address}change_expected/", reason="接地线未拆")
    assert typed.status_code == 200
    assert "接地线未拆" in typed.content.decode()
    assert (
        send(station, f"{address}change_expected/", moment="2026-03-02T20:00", reason="接地线未拆").status_code == 302
    )
    a1 = place.net.areas["A1"]
    assert send(station, f"{address}restore_part/", areas=[a1]).status_code == 302
    outage.refresh_from_db()
    assert (outage.state, outage.delays) == (State.PARTLY, 1)
    rows = station.get(f"{address}?out=1").context["page"].areas.items
    assert {row.area_id for row in rows} == place.areas("A2", "A3")
    assert send(station, f"{address}restore/", reason="全部送电").status_code == 302
    page = station.get(address).content.decode()
    for word in ("已恢复", "延迟送电", "接地线未拆", "恢复 1 个台区，还有 2 个", "已延迟 1 次"):
        assert word in page
    assert send(station, f"{address}restore/").status_code == 409
    assert send(station, f"{address}fly/").status_code == 409
    assert station.get(f"{address}restore/").status_code == 405
    book = load_workbook(BytesIO(station.get(f"{address}?export=areas").content))
    assert book.active.max_row >= 4
    stranger = place.client("station", "420606")
    assert stranger.get(address).status_code == 404
    assert send(stranger, f"{address}restore/").status_code == 404


def test_a_cancelled_and_an_unlocated_outage_have_pages_too(place: Place) -> None:
    plan = place.plan(sections="S2", kept="S4", source="workorders.order:999")
    services.cancel(outage_id=plan.pk, reason="暴雨", by=MACHINE, at=NOW)
    page = place.client("quality").get(f"/outages/{plan.pk}/").content.decode()
    for word in ("已取消", "暴雨", "转供不停：10kV隆中一线 支线", "workorders.order:999"):
        assert word in page
    assert "可以这样答复客户" not in page
    nowhere = place.fault(place="西关路12号杆", unit_id=place.unit("420602"), source="scada.event:77")
    page = place.client("crew").get(f"/outages/{nowhere.pk}/").content.decode()
    for word in ("没有定位到台区", "scada.event:77", "未定位到设备"):
        assert word in page


def test_the_page_of_a_long_life_costs_a_bounded_number_of_queries(place: Place) -> None:
    outage = place.fault(feeders="F1")
    for minute in range(1, 30):
        services.change_expected(
            outage_id=outage.pk, expected_end_at=at(f"03-02 12:{minute:02}"), reason="改期", by=MACHINE, at=NOW
        )
    with CaptureQueriesContext(connection) as asked:
        selectors.outage_of(place.who("station"), outage.pk, NOW)
    assert len(asked) <= 10, [row["sql"][:100] for row in asked.captured_queries]
