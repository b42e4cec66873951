"""The pages of the pool: live check, exemption, change, schedule, fault library, stops, the 95598 table, the map."""

import uuid
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from longzhong.register.customers.selectors import account_ids
from longzhong.register.network import services as network
from longzhong.register.network.rules import AreaRow
from longzhong.sensing.outages import services
from longzhong.sensing.outages.models import Outage
from longzhong.sensing.outages.rules import NewFault, NewStop, State, StopKind
from longzhong.sensing.outages.rules.sheet import HEADS
from tests.dispatch.workorders.make import photo
from tests.sensing.outages.make import MACHINE, NOW, Place, at

pytestmark = pytest.mark.django_db
TEN = at("03-02 10:00")


def send(client: Client, address: str, **fields: Any) -> Any:
    return client.post(address, {"client_key": str(uuid.uuid4()), **fields})


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
    typed = send(dept, address, devices=[section], starts_at="2026-03-11T08:00", ends_at="", reason="雨")
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


@pytest.mark.proves("S3-05", page="outages:faults", service="longzhong.sensing.outages.services.locate_fault")
def test_the_crew_writes_down_the_pole_and_the_library_finds_it_again(place: Place) -> None:
    first, second = place.fault(areas="A1"), place.fault(areas="A2")
    crew = place.client("crew")
    picture = SimpleUploadedFile("杆.jpg", photo().content, "image/jpeg")
    spot = {"pole": "12号杆", "cause": "lightning", "reason": "绝缘子击穿", "line": place.net.feeders["F1"]}
    assert send(crew, f"/outages/{first.pk}/locate/", **spot, photos=[picture]).status_code == 302
    assert send(crew, f"/outages/{second.pk}/locate/", pole="12号杆", cause="lightning").status_code == 302
    assert send(crew, f"/outages/{second.pk}/locate/", pole="", cause="tree").status_code == 200
    page = crew.get(f"/outages/{first.pk}/").content.decode()
    for word in ("故障点", "12号杆", "雷击", "绝缘子击穿", "照片 1 张"):
        assert word in page
    library = crew.get("/outages/faults/")
    text = library.content.decode()
    for word in ("一年来雷害、大风、树障多的线路", "10kV隆中一线", "同杆 2 次"):
        assert word in text

    def found(query: str) -> int:
        return len(crew.get(f"/outages/faults/?{query}").context["page"].table.items)

    assert [found(query) for query in ("pole=12", "pole=99", "line=隆中", "cause=tree", "storm=1", "again=1")] == [
        2,
        0,
        2,
        0,
        2,
        2,
    ]
    assert [found(query) for query in ("since=2026-03-02", "since=2026-03-03", "since=x")] == [2, 0, 2]
    assert "没有符合条件的故障点" in place.client("crew", "420606").get("/outages/faults/").content.decode()


def test_stops_are_seen_by_whom_they_concern(place: Place) -> None:
    codes = ["4200000000001", "4200000000004"]
    for number, account in enumerate(account_ids(codes).values()):
        stop = NewStop(
            account_id=account, kind=StopKind.ARREARS, source=f"disconnections.case:{number}", stopped_at=NOW
        )
        services.record_stop(stop=stop, by=MACHINE, at=TEN)
    desk = place.client("desk")
    text = desk.get("/outages/stops/").content.decode()
    for word in (*codes, "欠费停电", "停电中"):
        assert word in text
    assert "张惠芳" not in text
    assert [
        row.account.code for row in desk.get("/outages/stops/?q=4200000000004").context["page"].table.items
    ] == codes[1:]
    mine = place.client("station", "42060201").get("/outages/stops/").context["page"].table.items
    assert [row.account.code for row in mine] == codes[:1]
    services.lift_stop(source="disconnections.case:0", by=MACHINE, at=TEN)
    assert len(desk.get("/outages/stops/?live=1").context["page"].table.items) == 1
    for role in ("leader", "crew", "dept"):
        client = place.client(role)
        assert client.get("/outages/stops/").status_code == 403
        assert "/outages/stops/" not in client.get("/outages/").content.decode()


def workbook(*rows: dict[str, object]) -> SimpleUploadedFile:
    book = Workbook()
    book.active.append(["导出时间"])
    names = ("poweroff_id", "type_code", "start_time", "stop_date", "devices", "power_time")
    book.active.append([HEADS[name] for name in names])
    for row in rows:
        book.active.append([row.get(name) for name in names])
    held = BytesIO()
    book.save(held)
    return SimpleUploadedFile("停送电.xlsx", held.getvalue())


@pytest.mark.proves("S4-28", page="outages:sheet", service="longzhong.sensing.outages.services.keep_sheet")
def test_the_table_goes_out_and_comes_in(place: Place) -> None:
    dept = place.client("dept")
    rows = (
        {"poweroff_id": "P1", "type_code": "电网故障停限电", "start_time": "2026-03-01 08:00", "devices": "线路:F1",
         "power_time": "2026-03-01 11:00"},
        {"poweroff_id": "P2", "type_code": "计划停电", "start_time": "2026-03-03 08:00", "stop_date": "2026-03-03 18:00",
         "devices": "台区:A1"},
    )  # fmt: skip
    page = dept.post("/outages/sheet/", {"table": workbook(*rows)})
    text = page.content.decode()
    for word in ("新登记 1 条，已有 0 条，未导入 1 条", "计划停电须提前 7 天公告"):
        assert word in text
    assert page.context["page"].report.refused[0].number == 4
    book = load_workbook(BytesIO(dept.get("/outages/sheet/export/?first=2026-03-01&last=2026-03-31").content)).active
    heads, line = ([cell.value for cell in row] for row in book.iter_rows())
    assert heads == list(HEADS.values())
    assert (line[0], line[6], line[10]) == ("P1", "电网故障停限电", "线路:F1")
    again = SimpleUploadedFile("出.xlsx", dept.get("/outages/sheet/export/?first=2026-03-01&last=x").content)
    assert "新登记 0 条，已有 1 条" in dept.post("/outages/sheet/", {"table": again}).content.decode()
    assert dept.get("/outages/sheet/export/?first=x").status_code == 200


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"not a workbook", "不是能读的 Excel"), (b"", "文件"), (None, "前几行里没有这些列名")],
    ids=["no workbook", "empty", "no heads"],
)
def test_a_file_that_isnt_the_table(place: Place, content: bytes | None, word: str) -> None:
    if content is None:
        held = BytesIO()
        Workbook().save(held)
        content = held.getvalue()
    answer = place.client("dept").post("/outages/sheet/", {"table": SimpleUploadedFile("x.xlsx", content)})
    assert answer.status_code in (200, 409)
    assert word in answer.content.decode()
    assert not Outage.objects.exists()


def test_a_table_that_is_too_long_and_one_from_somebody_who_may_not(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {"poweroff_id": "P1", "type_code": "计划停电", "start_time": "2026-03-20 08:00"}
    desk = place.client("desk")
    assert desk.post("/outages/sheet/", {"table": workbook(row)}).status_code == 403
    assert "导入</button>" not in desk.get("/outages/sheet/").content.decode()
    monkeypatch.setattr("longzhong.sensing.outages.engines.sheets.MOST_ROWS", 1)
    answer = place.client("dept").post("/outages/sheet/", {"table": workbook(row, row)})
    assert answer.status_code == 409
    assert "一次最多导入" in answer.content.decode()


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
