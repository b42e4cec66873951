"""Appeals through their pages: the whole road by everybody's own browser, who may not, what is hidden, what is printed."""

import io
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from longzhong.cases.appeals.models import Appeal
from longzhong.cases.appeals.rules import State
from longzhong.kit import clock, outbox
from longzhong.kit.clock import civil_day
from tests.cases.appeals.make import BASIS, FIRST_PANEL, ROLES, bench, drafted, ids, ready, sitting, submitted
from tests.cases.complaints.make import TEXT, client, people, upheld
from tests.cases.hotline.make import MORNING, PLAIN, Hotline
from tests.dispatch.matters.pictures import jpeg

pytestmark = pytest.mark.django_db
NOW = MORNING + timedelta(hours=6)


def post(who: Client, row: Appeal, verb: str, key: str = "", **fields: object) -> int:
    status = who.post(f"/appeals/{row.pk}/{verb}/", {"client_key": key or str(uuid.uuid4()), **fields}).status_code
    outbox.deliver_all()
    row.refresh_from_db()
    return status


def page(who: Client, row: Appeal, more: str = "") -> str:
    return who.get(f"/appeals/{row.pk}/{more}").content.decode()


def file() -> SimpleUploadedFile:
    return SimpleUploadedFile("盖章件.jpg", jpeg(), "image/jpeg")


@pytest.mark.proves("S0-02", page="appeals:detail", service="longzhong.cases.appeals.services.conclude")
def test_an_appeal_walks_the_road_through_the_pages(hotline: Hotline) -> None:
    bench(hotline)
    row = upheld(hotline, about_staff_id=hotline.county.staff["zhang"])
    outbox.deliver_all()
    number = row.case.number or ""
    with clock.frozen(NOW):
        head, office = hotline.client("head", "station"), hotline.client("office", "quality")
        shown = head.get(f"/complaints/{row.pk}/").content.decode()
        assert "可申诉至" in shown and "2026-03-09 24:00" in shown and "起草申诉" in shown
        assert "起草申诉" not in office.get(f"/complaints/{row.pk}/").content.decode()
        assert number in head.get("/appeals/?tab=open").content.decode()
        form = head.get(f"/appeals/new/{row.pk}/").content.decode()
        assert "2026-03-09 24:00" in form and "个工作日" in form
        given = {"grounds": ["customer"], "ask": "dismissed", "responsibility": "customer", "client_key": "draft-key-1"}
        assert head.post(f"/appeals/new/{row.pk}/", given).status_code == 200  # no basis: what was typed stays
        made = head.post(f"/appeals/new/{row.pk}/", {**given, "basis": BASIS})
        again = head.post(f"/appeals/new/{row.pk}/", {**given, "basis": BASIS})
        appeal = Appeal.objects.get()
        assert made["Location"] == again["Location"] == f"/appeals/{appeal.pk}/"
        today = civil_day(NOW).isoformat()
        for part, code in (("unit", "head"), ("department", "mark"), ("quality", "office")):
            assert post(head, appeal, "seal", part=part, staff=ids(code)[0], on=today) == 302
        assert post(head, appeal, "submit") == 409  # scan_missing
        assert post(head, appeal, "attach_scan", papers=file()) == 302
        zhang = hotline.client("zhang", "grid")
        assert "本人陈述" in page(zhang, appeal) and "提交申诉" not in page(zhang, appeal)
        assert post(zhang, appeal, "state", reason="当时我在现场处理故障") == 302
        assert post(head, appeal, "submit") == 302
        assert post(head, appeal, "seat", members=ids(*FIRST_PANEL)) in (403, 409)
        shown = page(office, appeal)
        assert "陈经理" in shown and "还剩" in shown
        assert post(office, appeal, "seat", members=ids(*FIRST_PANEL)) == 302
        for code in FIRST_PANEL:
            member = client(hotline, code, ROLES[code])
            sit = page(member, appeal, "panel/")
            assert TEXT in sit and BASIS in sit and "当时我在现场处理故障" in sit and "经调阅录像" in sit
            assert "采纳并改判" not in page(office, appeal)
            assert post(member, appeal, "vote", f"vote-key-{code}", choice="allowed", reason="依据充分可信") == 302
            assert post(member, appeal, "vote", f"vote-key-{code}", choice="allowed", reason="依据充分可信") == 302
        assert post(office, appeal, "allow", reason="采信录像和客户书面说明") == 302
        shown = page(head, appeal)
        both = office.get(f"/complaints/{row.pk}/").content.decode()
        boards = {
            tab: number in head.get(f"/appeals/?tab={tab}").content.decode() for tab in ("open", "live", "judged")
        }
    assert "采纳 3" in shown and "依据充分可信" not in shown and "改判为不属实" in shown
    assert "申诉改判" in both and "已采纳" in both
    assert boards == {"open": False, "live": False, "judged": True}
    assert (appeal.state, appeal.members.count()) == (State.ALLOWED, 3)


@pytest.mark.parametrize(
    ("code", "role", "board", "detail"),
    [("head", "station", 200, 200), ("wang", "desk", 200, 200), ("office", "quality", 200, 200), ("boss", "leader", 200, 200),
     ("boss", "auditor", 200, 200), ("boss", "admin", 403, 403), ("zhang", "partner", 403, 403), ("li", "grid", 200, 404)],
)  # fmt: skip
def test_who_may_look(hotline: Hotline, code: str, role: str, board: int, detail: int) -> None:
    row = drafted(hotline, upheld(hotline))
    with clock.frozen(NOW):
        who = hotline.client(code, role)
        assert who.get("/appeals/").status_code == board
        assert who.get(f"/appeals/{row.pk}/").status_code == detail
        assert who.get(f"/appeals/{row.pk}/panel/").status_code in (403, 404, 409)  # nobody sits yet
        assert who.get(f"/appeals/new/{row.complaint_id}/").status_code in (
            (302,) if role in ("station", "desk") else (403, 404)
        )


def test_the_members_list_and_the_sheet(hotline: Hotline) -> None:
    row = sitting(hotline, upheld(hotline))
    number = row.complaint.case.number or ""
    with clock.frozen(NOW):
        boss, office = hotline.client("boss", "leader"), hotline.client("office", "quality")
        assert number in boss.get("/appeals/?tab=mine").content.decode()
        assert f"/appeals/{row.pk}/panel/" in boss.get("/appeals/?tab=mine").content.decode()
        assert number not in office.get("/appeals/?tab=mine").content.decode()
        assert number in office.get("/appeals/?tab=all&level=first&month=2026-03").content.decode()
        assert number not in office.get("/appeals/?tab=all&level=final").content.decode()
        sheet = office.get("/appeals/?tab=live&export=list")
        assert sheet["Content-Type"].startswith("application/vnd.openxml")
        chief = ids("chief")[0]
        assert post(office, row, "replace", staff=ids("boss")[0], comes=chief, reason="调往市公司") == 302
        assert number not in boss.get("/appeals/?tab=mine").content.decode()
        assert "陈经理→周总" in page(office, row)


def test_a_confidential_caller_is_nowhere(hotline: Hotline) -> None:
    row = upheld(hotline, secrecy="confidential", account=1, about_staff_id=hotline.county.staff["zhang"])
    appeal = sitting(hotline, row)
    with clock.frozen(NOW):
        head, boss = hotline.client("head", "station"), hotline.client("boss", "leader")
        seen = [
            page(head, appeal),
            page(boss, appeal),
            page(boss, appeal, "panel/"),
            head.get("/appeals/").content.decode(),
        ]
        word = head.get(f"/appeals/{appeal.pk}/print/docx/").content
        seen += [_text(word), _text(boss.get(f"/appeals/{appeal.pk}/print/docx/").content)]
        assert client(hotline, "zhang", "station").get(f"/appeals/{appeal.pk}/").status_code == 404
    for text in seen:
        assert TEXT not in text
        assert not [one for one in PLAIN if one in text]
    assert "请核查当日录像" in seen[2]


def test_the_form_is_printed(hotline: Hotline) -> None:
    row = submitted(hotline, upheld(hotline))
    with clock.frozen(NOW):
        head = hotline.client("head", "station")
        pdf, word = (head.get(f"/appeals/{row.pk}/print/{form}/") for form in ("pdf", "docx"))
    assert pdf.content.startswith(b"%PDF-") and pdf["Content-Type"] == "application/pdf"
    text = _text(word.content)
    for words in ("申诉工单", "工单编号", row.complaint.case.number or "", "业务类型", "申诉原因及目的", "客户原因", "改为不属实",
                  "申诉依据", BASIS, "申诉人", "王所长", "三级盖章", "盖章件.jpg"):  # fmt: skip
        assert words in text, words


def test_lists_and_cards_cost_the_same(hotline: Hotline) -> None:
    rows = [ready(hotline, upheld(hotline, text=f"营业厅工作人员态度恶劣没人管{n}", account=n)) for n in (1, 2, 3)]
    with clock.frozen(NOW):
        office = hotline.client("office", "quality")
        for tab in ("live", "open"):
            with CaptureQueriesContext(connection) as made:
                assert office.get(f"/appeals/?tab={tab}").status_code == 200
            assert len(made) <= 10, [one["sql"][:90] for one in made.captured_queries]
        with CaptureQueriesContext(connection) as made:
            page(office, rows[0])
        assert len(made) <= 45
    assert people(hotline)


def _text(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])
