"""The pages of the pool: live check, exemption, change, schedule, the map."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from longzhong.register.network import services as network
from longzhong.register.network.rules import AreaRow
from longzhong.sensing.outages import services
from longzhong.sensing.outages.models import Outage
from longzhong.sensing.outages.rules import NewFault, State
from tests.sensing.outages.make import MACHINE, NOW, Place, at, send

pytestmark = pytest.mark.django_db


@pytest.mark.proves("S2-19", page="outages:new", service="longzhong.sensing.outages.services.plan_outage")
def test_the_form_says_what_the_gate_says_before_anything_is_saved(place: Place) -> None:
    dept, feeder = place.client("dept"), f"feeder:{place.net.feeders['F1']}"
    asked = {"kind": "planned", "devices": [feeder], "starts_at": "2026-03-08T08:00", "ends_at": "2026-03-08T18:00"}
    part = dept.get("/outages/new/impact/", asked).content.decode()
    assert "计划停电须提前 7 天公告，现在提前 6 天" in part
    assert "停电时户数 50.0" in part
    assert "其中居民 4 户" in part
    assert (
        "请改时间" not in dept.get("/outages/new/impact/", {**asked, "starts_at": "2026-03-09T08:00"}).content.decode()
    )
    assert "公告时限" not in dept.get("/outages/new/impact/", {**asked, "kind": "fault"}).content.decode()
    assert "不能再登记" not in dept.get("/outages/new/impact/", {**asked, "kind": "fault"}).content.decode()
    assert dept.get("/outages/new/impact/", {**asked, "starts_at": "昨天", "ends_at": "x"}).status_code == 200
    form = {**asked, "reason_code": "maintenance"}
    refused = send(dept, "/outages/new/", **form)
    assert refused.status_code == 409
    assert "申请豁免" in refused.content.decode()
    assert not Outage.objects.exists()
    answer = send(dept, "/outages/new/", **form, exemption="市政抢险配合")
    outage = Outage.objects.get()
    assert (answer.status_code, outage.state) == (302, State.ASKED)
    page = dept.get(f"/outages/{outage.pk}/").content.decode()
    for word in ("待批豁免", "市政抢险配合", "豁免理由"):
        assert word in page
    assert f"/outages/{outage.pk}/approve/" not in page, "not one's own"
    assert "可以这样答复客户" not in page
    leader = place.client("leader", "4206")
    assert f"/outages/{outage.pk}/approve/" in leader.get(f"/outages/{outage.pk}/").content.decode()
    assert "待批豁免" in leader.get("/outages/?state=asked").content.decode()
    assert send(leader, f"/outages/{outage.pk}/approve/", reason="同意").status_code == 302
    outage.refresh_from_db()
    assert outage.state == State.ANNOUNCED


def test_a_declined_exemption_ends_the_plan(place: Place) -> None:
    dept, leader = place.client("dept"), place.client("leader", "4206")
    plan = {
        "kind": "planned",
        "devices": [f"area:{place.net.areas['A1']}"],
        "reason_code": "maintenance",
        "exemption": "急",
    }
    send(dept, "/outages/new/", **plan, starts_at="2026-03-04T08:00", ends_at="2026-03-04T18:00")
    outage = Outage.objects.get()
    assert send(leader, f"/outages/{outage.pk}/decline/").status_code == 200, "a reason is asked for"
    assert send(leader, f"/outages/{outage.pk}/decline/", reason="可以等").status_code == 302
    assert "已取消" in dept.get(f"/outages/{outage.pk}/").content.decode()


@pytest.mark.proves("S4-26", page="outages:impact", service="longzhong.sensing.outages.services.absorb")
def test_the_form_names_clashes_repetition_and_what_could_be_one(place: Place) -> None:
    back = place.fault(areas="A1", when=at("03-02 06:00"))
    services.restore(outage_id=back.pk, by=MACHINE, at=NOW)
    same = place.plan("03-09 12:00", "03-09 14:00", areas="A3")
    near = place.plan("03-20 08:00", "03-20 18:00", areas="A2")
    dept, feeder = place.client("dept"), f"feeder:{place.net.feeders['F1']}"
    asked = {"kind": "planned", "devices": [feeder], "starts_at": "2026-03-09T08:00", "ends_at": "2026-03-09T18:00"}
    part = dept.get("/outages/new/impact/", asked).content.decode()
    for word in (
        "同一时间已有计划",
        str(same.number),
        "可以合并成一次停电",
        str(near.number),
        "60 天内 3 个台区、5 户会再次停电",
    ):
        assert word in part
    with CaptureQueriesContext(connection) as few:
        dept.get("/outages/new/impact/", asked)
    rows = [AreaRow(f"N{n:04}", f"新台区{n}", 200, section_code="S3", grid_code="G1") for n in range(300)]
    network.keep_areas(rows=rows, by=MACHINE, at=NOW)
    with CaptureQueriesContext(connection) as many:
        dept.get("/outages/new/impact/", asked)
    assert len(many) <= len(few) + 1
    other = place.plan("03-21 08:00", "03-21 18:00", areas="A1")
    page = dept.get(f"/outages/{near.pk}/").content.decode()
    assert str(other.number) in page
    assert send(dept, f"/outages/{near.pk}/absorb/", other=other.pk, reason="一次做完").status_code == 302
    gone = dept.get(f"/outages/{other.pk}/").content.decode()
    assert "已并入" in gone
    assert str(near.number) in gone


@pytest.mark.proves("S4-27", page="outages:board", service="longzhong.sensing.outages.services.change_expected")
def test_a_late_restoration_stands_on_the_board_with_its_clock_on_the_page(place: Place) -> None:
    outage = place.fault(feeders="F1", when=at("03-02 07:00"), expected_end_at=at("03-02 08:30"))
    station = place.client("station", "42060201")
    assert str(outage.number) in station.get("/outages/?state=late").content.decode()
    page = station.get(f"/outages/{outage.pk}/").content.decode()
    assert "送电或发布延迟" in page
    answer = send(station, f"/outages/{outage.pk}/change_expected/", moment="2026-03-02T11:00", reason="等备件")
    assert answer.status_code == 302
    page = station.get(f"/outages/{outage.pk}/").content.decode()
    assert "延迟公告过晚" in page
    assert station.get("/outages/?state=late").context["page"].table.items == []


def test_a_plan_is_changed_on_its_page_and_keeps_what_was_typed(place: Place) -> None:
    outage = place.plan("03-10 08:00", "03-10 18:00", feeders="F1", kept="S4", by=place.who("dept"))
    dept, address = place.client("dept"), f"/outages/{outage.pk}/plan/"
    page = dept.get(address).content.decode()
    for word in (
        f'value="feeder:{place.net.feeders["F1"]}" checked',
        "2026-03-10T08:00",
        "转供不停",
        f"{address}impact/",
    ):
        assert word in page
    assert (
        str(outage.number)
        not in dept.get(f"{address}impact/", {"devices": [f"area:{place.net.areas['A1']}"]}).content.decode()
    )
    section = f"section:{place.net.sections['S3']}"
    typed = send(dept, address, devices=[section], starts_at="2026-03-11T08:00", ends_at="", reason="下雨")
    assert typed.status_code == 200
    assert "2026-03-11T08:00" in typed.content.decode()
    wanted = {
        "devices": [section],
        "starts_at": "2026-03-11T08:00",
        "ends_at": "2026-03-11T12:00",
        "reason": "缩小范围",
    }
    assert send(dept, address, **wanted)["Location"] == f"/outages/{outage.pk}/"
    outage.refresh_from_db()
    assert (outage.planned_start, outage.areas, outage.changes) == (at("03-11 08:00"), 1, 1)
    page = dept.get(f"/outages/{outage.pk}/").content.decode()
    for word in ("计划变更", "缩小范围", "1 次"):
        assert word in page
    soon = {**wanted, "starts_at": "2026-03-04T08:00", "ends_at": "2026-03-04T12:00"}
    assert send(dept, address, **soon).status_code == 409
    assert send(dept, f"/outages/{outage.pk}/postpone/", moment="2026-03-12T08:00", reason="大风").status_code == 302
    for client in (place.client("desk"), place.client("leader")):
        assert client.get(address).status_code == 403
    assert place.client("station", "420606").get(address).status_code == 404


@pytest.mark.proves("S0-37", page="outages:plans", service="longzhong.sensing.outages.services.plan_outage")
def test_the_schedule_counts_what_plans_take_from_customers(place: Place) -> None:
    back = place.fault(areas="A1", when=at("03-02 06:00"))
    services.restore(outage_id=back.pk, by=MACHINE, at=NOW)
    first = place.plan("03-10 08:00", "03-10 18:00", sections="S3")
    second = place.plan("03-04 08:00", "03-04 10:00", areas="A2")
    third = place.plan("03-11 08:00", "03-11 09:00", areas="A3")
    dept = place.client("dept")
    page = dept.get("/outages/plans/")
    lines = {line.pk: line for line in page.context["page"].table.items}
    assert list(lines) == [second.pk, first.pk, third.pk]
    assert (lines[first.pk].hours, lines[first.pk].again, lines[first.pk].most, lines[first.pk].mergeable) == (
        20.0,
        1,
        2,
        2,
    )
    assert (lines[second.pk].ahead_d, lines[second.pk].is_exempt, lines[second.pk].again) == (2, True, 0)
    tiles = {tile.label: tile.value for tile in page.context["page"].tiles}
    assert tiles["计划停电时户数"] == 24.0
    assert tiles["涉及重要客户"] == 1
    text = page.content.decode()
    for word in ("豁免公告", "提前 8 天", "1 个台区，最多 2 次", "登记计划"):
        assert word in text
    assert [line.pk for line in dept.get("/outages/plans/?important=1").context["page"].table.items] == [third.pk]
    assert load_workbook(BytesIO(dept.get("/outages/plans/?export=list").content)).active.max_row == 4
    assert "没有待执行的停电计划" in place.client("dept", "420606").get("/outages/plans/").content.decode()
    assert "登记计划" not in place.client("desk").get("/outages/plans/").content.decode()


def test_fifty_plans_and_fifty_fault_places_cost_ten_queries(place: Place) -> None:
    fault = place.fault(feeders="F1")
    for number in range(55):
        day = (at("03-09 08:00") + timedelta(days=number)).strftime("%m-%d")
        place.plan(f"{day} 08:00", f"{day} 18:00", areas="A1 A2")
        spot = NewFault(pole=f"{number}号杆", cause="tree")
        services.locate_fault(outage_id=fault.pk, fault=spot, by=MACHINE, at=NOW)
    dept = place.client("dept")
    for address in ("/outages/plans/", "/outages/faults/", "/outages/"):
        dept.get(address)
        with CaptureQueriesContext(connection) as asked:
            page = dept.get(address)
        assert len(page.context["page"].table.items) == (1 if address == "/outages/" else 50)
        assert len(asked) <= 10, [address, *(row["sql"][:150] for row in asked.captured_queries)]


def test_the_board_draws_the_areas_by_state(place: Place) -> None:
    out = place.fault(areas="A1")
    said = place.fault(areas="A2", confirmed=False)
    back = place.fault(areas="A3")
    services.restore(outage_id=back.pk, by=MACHINE, at=NOW)
    soon = place.plan("03-03 08:00", "03-03 18:00", areas="A1")
    place.plan("03-20 08:00", "03-20 18:00", areas="A1")
    page = place.client("desk").get("/outages/").context["page"]
    drawn = {layer["name"]: [point["href"] for point in layer["data"]] for layer in page.map["series"]}
    assert drawn == {
        "停电中": [f"/outages/{out.pk}/"], "待确认": [f"/outages/{said.pk}/"], "刚恢复": [f"/outages/{back.pk}/"],
        "计划停电": [f"/outages/{soon.pk}/"],
    }  # fmt: skip
    assert page.has_points
    other = place.client("desk", "420606").get("/outages/").context["page"]
    assert not other.has_points
