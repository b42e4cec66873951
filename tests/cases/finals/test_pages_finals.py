"""Final answers through their pages, by role."""

import uuid
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from longzhong.cases.finals.models import FinalAnswer
from longzhong.cases.finals.rules import Ground, State
from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.rules import State as CaseState
from longzhong.kit import vault
from tests.cases.finals.make import ANSWER, BILL, TEXT, in_state
from tests.cases.hotline.make import MORNING, Hotline, a_case
from tests.dispatch.matters.pictures import jpeg

pytestmark = pytest.mark.django_db


def step(client: Client, row: FinalAnswer, verb: str, key: str = "", **fields: object) -> int:
    given = {"client_key": key or str(uuid.uuid4()), **fields}
    return client.post(f"/finals/{row.pk}/{verb}/", given).status_code


def document() -> SimpleUploadedFile:
    return SimpleUploadedFile("裁定书.jpg", jpeg(), "image/jpeg")


@pytest.mark.proves("S4-19", page="finals:detail", service="longzhong.cases.finals.services.file")
def test_an_unreasonable_demand_is_answered_for_good_and_filed(hotline: Hotline) -> None:
    case = a_case(hotline, BILL, TEXT)
    desk, head = hotline.client(), hotline.client("head", "station")
    dept, quality = hotline.client("boss", "dept"), hotline.client("office", "quality")
    assert TEXT in desk.get(f"/finals/new/{case.pk}/").content.decode()
    given = {"grounds": ["outage_loss"], "answer": ANSWER, "papers": document(), "client_key": "draft-key-1"}
    made = desk.post(f"/finals/new/{case.pk}/", given)
    row = FinalAnswer.objects.get()
    assert made["Location"] == f"/finals/{row.pk}/"
    assert desk.get(f"/finals/new/{case.pk}/")["Location"] == f"/finals/{row.pk}/"
    assert step(desk, row, "submit") == 302
    assert step(quality, row, "endorse") == 409  # not_your_turn
    assert "同意，送下一级" in head.get(f"/finals/{row.pk}/").content.decode()
    assert "同意，送下一级" not in desk.get(f"/finals/{row.pk}/").content.decode()
    assert step(head, row, "endorse", reason="情况属实") == 302
    assert step(dept, row, "endorse") == 302
    assert step(quality, row, "approve") == 302
    assert step(desk, row, "tell", how="visit", reason="上门送达") == 302
    assert step(quality, row, "file") == 302
    row.refresh_from_db()
    page = quality.get(f"/finals/{row.pk}/").content.decode()
    for word in (
        row.number or "",
        ANSWER,
        "王所长",
        "陈经理",
        "优服专责",
        "裁定书.jpg",
        "上门当面",
        "情况属实",
        "已报备",
    ):
        assert word in page
    assert Case.objects.get(pk=case.pk).state == CaseState.FINAL
    book = load_workbook(BytesIO(quality.get("/finals/?state=filed&export=list").content))
    assert list(book.active.iter_rows(min_row=1))[-1][0].value == row.number
    listed = "/finals/?state=filed&ground=outage_loss&number=" + (row.number or "")
    assert len(desk.get(listed).context["page"].table.items) == 1
    assert desk.get("/finals/?state=filed&month=2026-02").context["page"].table.items == []


def test_what_was_typed_stays_and_a_press_twice_is_one_step(hotline: Hotline) -> None:
    case = a_case(hotline, BILL, TEXT)
    desk = hotline.client()
    answer = desk.post(f"/finals/new/{case.pk}/", {"answer": ANSWER, "client_key": "draft-key-1"})
    assert answer.status_code == 200
    assert ANSWER in answer.content.decode()
    assert not FinalAnswer.objects.exists()
    row = in_state(hotline, State.DRAFT, case)
    typed = desk.post(f"/finals/{row.pk}/edit/", {"answer": "太短", "client_key": "edit-key-1"})
    assert (typed.status_code, "太短" in typed.content.decode()) == (200, True)
    assert step(desk, row, "edit", grounds=["crop"], answer=f"{ANSWER}再次说明。") == 302
    assert step(desk, row, "attach", papers=document(), reason="现场照片") == 302
    assert step(desk, row, "submit", key="submit-key") == 302
    assert step(desk, row, "submit", key="submit-key") == 302
    assert step(desk, row, "submit") == 409
    assert step(desk, row, "burn") == 409
    assert step(hotline.client("head", "station"), row, "refuse", reason="依据不足") == 302
    assert "未批准" in desk.get(f"/finals/{row.pk}/").content.decode()


def test_who_may_look(hotline: Hotline) -> None:
    row = in_state(hotline, State.SUBMITTED)
    zhang, li = hotline.client("zhang", "grid"), hotline.client("li", "grid")
    assert zhang.get(f"/finals/{row.pk}/").status_code == 200
    assert li.get(f"/finals/{row.pk}/").status_code == 404
    assert zhang.get(f"/finals/new/{row.case_id}/").status_code == 403
    assert hotline.client("chief", "auditor").get("/finals/").status_code == 403
    assert Client().get("/finals/").status_code == 302
    assert "没有符合条件的最终答复" in li.get("/finals/").content.decode()


def test_fifty_rows_cost_at_most_ten_queries(hotline: Hotline) -> None:
    case = a_case(hotline, BILL)
    FinalAnswer.objects.bulk_create(
        FinalAnswer(
            case=case, unit_id=case.unit_id, grounds=[Ground.CROP], answer_sealed=vault.seal(ANSWER), state=State.REFUSED,
            drafted_by_id=case.owner_id, drafted_at=MORNING,
        )
        for _number in range(55)
    )  # fmt: skip
    desk = hotline.client()
    desk.get("/finals/?state=all")
    with CaptureQueriesContext(connection) as asked:
        page = desk.get("/finals/?state=all")
    assert len(page.context["page"].table.items) == 50
    assert len(asked) <= 10, [row["sql"][:100] for row in asked]
