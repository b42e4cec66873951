"""Filings through their pages, by role."""

import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from longzhong.cases.filings.models import Filing
from longzhong.cases.filings.rules import State
from longzhong.kit import clock
from longzhong.register.policies.services import change_policy
from tests.cases.filings.make import GROUNDS, HOUR, in_state, storm
from tests.cases.hotline.make import DAY, MORNING, SYSTEM, Hotline, a_case
from tests.dispatch.matters.pictures import jpeg

pytestmark = pytest.mark.django_db
MOMENT = "%Y-%m-%dT%H:%M"


def step(client: Client, row: Filing, verb: str, key: str = "", **fields: object) -> int:
    given = {"client_key": key or str(uuid.uuid4()), **fields}
    return client.post(f"/filings/{row.pk}/{verb}/", given).status_code


def typed(hotline: Hotline, **changes: object) -> dict[str, object]:
    paper = SimpleUploadedFile("预警.jpg", jpeg(), "image/jpeg")
    given = {
        "unit": hotline.county.station, "kind": "storm", "title": "大风", "grounds": GROUNDS,
        "begins_at": (MORNING + 2 * HOUR).strftime(MOMENT), "ends_at": (MORNING + 26 * HOUR).strftime(MOMENT),
        "areas": "A1，A2", "papers": paper, "client_key": "draft-key-1",
    }  # fmt: skip
    return {**given, **changes}


def test_a_storm_is_filed_accepted_and_shown_on_the_case(hotline: Hotline) -> None:
    head, office, dept = (
        hotline.client("head", "station"),
        hotline.client("office", "quality"),
        hotline.client("crew", "dept"),
    )
    with clock.frozen(MORNING + HOUR):
        assert head.get("/filings/new/").status_code == 200
        made = head.post("/filings/new/", typed(hotline))
        again = head.post("/filings/new/", typed(hotline))
        row = Filing.objects.get()
        assert made["Location"] == again["Location"] == f"/filings/{row.pk}/"
        assert step(head, row, "submit", key="submit-key") == 302
        assert step(head, row, "submit", key="submit-key") == 302
        assert step(head, row, "submit") == 409
        assert step(head, row, "accept") == 403
        assert "受理，报备生效" in office.get(f"/filings/{row.pk}/").content.decode()
        assert step(office, row, "accept", reason="同意") == 302
    case = a_case(hotline, when=MORNING + 3 * HOUR)
    row.refresh_from_db()
    with clock.frozen(MORNING + 4 * HOUR):
        page = head.get(f"/filings/{row.pk}/").content.decode()
        for word in (
            row.number or "",
            GROUNDS,
            "王所长",
            "优服专责",
            "名仕家天下1号台区",
            "预警.jpg",
            "生效中",
            "同意",
        ):
            assert word in page
        assert row.number in hotline.client().get(reverse("hotline:case", args=[case.pk])).content.decode()
        assert step(head, row, "end", reason="风停了") == 302
        assert step(office, row, "confirm", reason="核查") == 409  # own_acceptance
        assert step(dept, row, "misuse", reason="并无大风", months=9) == 409  # months_wrong
        assert step(dept, row, "misuse", reason="并无大风", months=2) == 302
        assert "暂停报备" in head.get("/filings/").content.decode()
        refused = head.post("/filings/new/", typed(hotline, client_key="draft-key-2"))
        assert refused.status_code == 409
        assert "暂停报备至 2026-05-02" in refused.content.decode()


def test_the_case_page_names_the_filing(hotline: Hotline) -> None:
    row = in_state(hotline, State.ACCEPTED)
    inside = a_case(hotline, when=row.begins_at + HOUR)
    outside = a_case(hotline, account=3, when=row.begins_at + HOUR)
    desk = hotline.client()
    assert row.number in desk.get(reverse("hotline:case", args=[inside.pk])).content.decode()
    assert row.number not in desk.get(reverse("hotline:case", args=[outside.pk])).content.decode()


def test_what_was_typed_stays(hotline: Hotline) -> None:
    head = hotline.client("head", "station")
    answer = head.post("/filings/new/", typed(hotline, grounds="短"))
    assert (answer.status_code, "A1，A2" in answer.content.decode()) == (200, True)
    assert not Filing.objects.exists()
    row = in_state(hotline, State.DRAFT)
    wrong = head.post(f"/filings/{row.pk}/edit/", {"title": "大风降温", "client_key": "edit-key-1"})
    assert (wrong.status_code, "大风降温" in wrong.content.decode()) == (200, True)
    assert step(head, row, "tie", label="http://elsewhere/") == 409
    assert step(head, row, "burn") == 409


def test_a_storm_fills_in_the_form(hotline: Hotline) -> None:
    change = {"edition": "", "reason": "试行", "by": SYSTEM, "at": MORNING, "from_on": DAY, "unit_id": None}
    change_policy(key="filings.storm_faults", value=2, **change)
    storm(hotline, "A1", "A2")
    head = hotline.client("head", "station")
    with clock.frozen(MORNING + HOUR):
        board = head.get("/filings/").content.decode()
        assert "恶劣天气报备提示" in board
        page = head.get(f"/filings/new/?storm={hotline.county.station}").content.decode()
        assert "恶劣天气故障集中" in page
        assert "A1 A2" in page
        assert "恶劣天气故障集中" not in head.get("/filings/new/?storm=999999999999999999999").content.decode()


def test_who_may_look(hotline: Hotline) -> None:
    row = in_state(hotline, State.SUBMITTED)
    desk = hotline.client()
    assert desk.get(f"/filings/{row.pk}/").status_code == 200
    assert hotline.client("boss", "leader").get("/filings/?state=all").status_code == 200
    assert hotline.client("zhang", "grid").get("/filings/").status_code == 403
    assert hotline.client("chief", "auditor").get(f"/filings/{row.pk}/").status_code == 403
    assert desk.get("/filings/new/").status_code == 403
    assert Client().get("/filings/").status_code == 302
    assert "没有符合条件的报备" in hotline.client("office", "quality").get("/filings/?state=misused").content.decode()


def test_fifty_rows_cost_at_most_ten_queries_and_export(hotline: Hotline) -> None:
    staff = hotline.county.staff["head"]
    Filing.objects.bulk_create(
        Filing(
            kind="storm", title="很长的标题" * 16, grounds=GROUNDS, unit_id=hotline.county.station, begins_at=MORNING,
            ends_at=MORNING + timedelta(days=1), area_ids=[1, 2], drafted_by_id=staff, drafted_at=MORNING, author_ids=[staff],
        )
        for _number in range(55)
    )  # fmt: skip
    head = hotline.client("head", "station")
    head.get("/filings/")
    with CaptureQueriesContext(connection) as asked:
        page = head.get("/filings/")
    assert len(page.context["page"].table.items) == 50
    assert len(asked) <= 10, [row["sql"][:100] for row in asked]
    book = load_workbook(BytesIO(head.get("/filings/?kind=storm&export=list").content))
    assert len(list(book.active.iter_rows())) >= 55


def test_categories_are_chosen_by_name(hotline: Hotline) -> None:
    page = hotline.client("head", "station").get("/filings/new/").content.decode()
    chosen = page.split('name="categories"')[1].split("</select>")[0]
    assert '<option value="repair">' in chosen and "repair</option>" not in chosen
