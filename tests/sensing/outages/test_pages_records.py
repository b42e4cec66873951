"""The pages of what is written down about outages: fault places, stops of single customers, the 95598 table."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from longzhong.register.customers.selectors import account_ids
from longzhong.sensing.outages import services
from longzhong.sensing.outages.models import Outage
from longzhong.sensing.outages.rules import NewStop, StopKind
from longzhong.sensing.outages.rules.sheet import HEADS
from tests.dispatch.workorders.make import photo
from tests.sensing.outages.make import MACHINE, NOW, Place, at, send

pytestmark = pytest.mark.django_db


TEN = at("03-02 10:00")


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
