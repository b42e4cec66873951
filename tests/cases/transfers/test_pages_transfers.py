"""Estate transfers through their pages, by role."""

import uuid
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from longzhong.cases.transfers.models import Transfer
from longzhong.cases.transfers.rules import State
from longzhong.kit import clock
from tests.cases.hotline.make import DAY, MORNING, Hotline, a_case
from tests.cases.transfers.make import DAYS, HOUR, in_state
from tests.dispatch.matters.pictures import jpeg

NOW = MORNING + 2 * HOUR
pytestmark = pytest.mark.django_db


def document() -> SimpleUploadedFile:
    return SimpleUploadedFile("材料.jpg", jpeg(), "image/jpeg")


def step(client: Client, row: Transfer, verb: str, key: str = "", **fields: object) -> int:
    given = {"client_key": key or str(uuid.uuid4()), **fields}
    return client.post(f"/transfers/{row.pk}/{verb}/", given).status_code


def typed(hotline: Hotline, **changes: object) -> dict[str, object]:
    given = {
        "unit": hotline.county.station, "estate": "名仕家天下", "households": 800, "developer": "名仕置业", "area": "A1",
        "client_key": "open-key-1",
    }  # fmt: skip
    return {**given, **changes}


@pytest.mark.proves("S1-34", page="transfers:detail", service="longzhong.cases.transfers.services.hand_over")
def test_an_estate_is_taken_over_after_a_dispute(hotline: Hotline) -> None:
    case = a_case(hotline)
    zhang, head, dept = (
        hotline.client("zhang", "grid"),
        hotline.client("head", "station"),
        hotline.client("crew", "dept"),
    )
    due = str(DAY + 9 * DAYS)
    with clock.frozen(NOW):
        made = head.post("/transfers/new/", typed(hotline))
        assert made["Location"] == head.post("/transfers/new/", typed(hotline))["Location"]
        row = Transfer.objects.get()
        assert step(zhang, row, "add_defect", text="配电房积水", party="developer", due_on=due) == 302
        assert step(zhang, row, "list_defects", reason="勘查完成") == 403
        assert step(head, row, "list_defects", reason="勘查完成") == 302
        assert step(head, row, "notify", papers=document()) == 302
        assert step(head, row, "dispute", reason="开发商拒绝承担") == 302
        assert step(head, row, "tie", label=reverse("hotline:case", args=[case.pk])) == 302
        assert "名仕家天下" in head.get(reverse("hotline:case", args=[case.pk])).content.decode()
        assert step(head, row, "settle_rectify", reason="各担一半") == 403
        assert step(dept, row, "settle_rectify", reason="各担一半") == 302
        defect = row.defects.get()
        page = zhang.get(f"/transfers/{row.pk}/").content.decode()
        assert "登记已整改" in page
        assert "复核通过" not in page
        assert step(zhang, row, "fix", defect_id=defect.pk, papers=document(), key="fix-key-1") == 302
        assert step(zhang, row, "fix", defect_id=defect.pk, papers=document(), key="fix-key-1") == 302
        assert step(head, row, "verify", defect_id=defect.pk) == 302
        assert step(head, row, "submit") == 302
        assert step(head, row, "accept", papers=document()) == 302
        assert step(dept, row, "hand_over", contract_no="YJ-01", papers=document()) == 302
        page = head.get(f"/transfers/{row.pk}/").content.decode()
        for word in (
            "配电房积水",
            "开发商拒绝承担",
            "各担一半",
            "YJ-01",
            "移交协议 · 材料.jpg",
            "已接收",
            "张惠芳",
            case.number or "",
        ):
            assert word in page


def test_what_was_typed_stays(hotline: Hotline) -> None:
    head = hotline.client("head", "station")
    answer = head.post("/transfers/new/", typed(hotline, households=0))
    assert (answer.status_code, "名仕置业" in answer.content.decode()) == (200, True)
    row = in_state(hotline, State.SURVEY)
    wrong = head.post(f"/transfers/{row.pk}/add_defect/", {"text": "墙裂了", "client_key": "defect-key"})
    assert (wrong.status_code, "墙裂了" in wrong.content.decode()) == (200, True)
    assert step(head, row, "burn") == 409
    assert step(head, row, "clear", reason="无缺陷") == 302
    again = head.post("/transfers/new/", typed(hotline))
    assert again.status_code == 409


def test_who_may_look(hotline: Hotline) -> None:
    row = in_state(hotline, State.DISPUTED)
    zhang, li = hotline.client("zhang", "grid"), hotline.client("li", "grid")
    assert zhang.get(f"/transfers/{row.pk}/").status_code == 200
    assert li.get(f"/transfers/{row.pk}/").status_code == 404
    assert hotline.client("boss", "leader").get("/transfers/?state=disputed").status_code == 200
    desk = hotline.client()
    assert desk.get("/transfers/").status_code == 200
    assert desk.get("/transfers/new/").status_code == 403
    assert hotline.client("chief", "auditor").get("/transfers/").status_code == 403
    assert Client().get("/transfers/").status_code == 302
    assert "没有符合条件的移交项目" in li.get("/transfers/").content.decode()


def test_fifty_rows_cost_at_most_ten_queries_and_export(hotline: Hotline) -> None:
    Transfer.objects.bulk_create(
        Transfer(
            estate=f"小区{number}" + "很长" * 30, households=number, unit_id=hotline.county.station, opened_at=MORNING,
            opened_by_id=hotline.county.staff["head"], entered_at=MORNING, due_at=MORNING,
        )
        for number in range(55)
    )  # fmt: skip
    head = hotline.client("head", "station")
    head.get("/transfers/")
    with CaptureQueriesContext(connection) as asked:
        page = head.get("/transfers/")
    assert len(page.context["page"].table.items) == 50
    assert len(asked) <= 10, [row["sql"][:100] for row in asked]
    with clock.frozen(NOW):
        assert head.get("/transfers/?state=late").context["page"].table.total == 55
    book = load_workbook(BytesIO(head.get("/transfers/?state=all&q=小区1&export=list").content))
    assert len(list(book.active.iter_rows())) >= 11


def test_a_dispute_is_shown_on_the_stage_where_it_began(hotline: Hotline) -> None:
    row = in_state(hotline, State.RECTIFYING)
    head = hotline.client("head", "station")
    with clock.frozen(MORNING + 30 * DAYS):
        assert step(head, row, "dispute", reason="谁出整改的钱") == 302
        stages = head.get(f"/transfers/{row.pk}/").context["page"].stages
    assert [(one.state, one.note) for one in stages[:4]] == [
        ("done", ""), ("done", ""), ("bad", "有争议"), ("todo", ""),
    ]  # fmt: skip
