"""Complaints through their pages: the whole road by everybody's own browser, who may not, what is hidden."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import State, Verdict
from longzhong.kit import clock, outbox
from tests.cases.complaints.make import TEXT, a_complaint, client, people, taken_to, upheld
from tests.cases.hotline.make import MORNING, Hotline
from tests.dispatch.matters.pictures import jpeg

pytestmark = pytest.mark.django_db
NOW = MORNING + timedelta(hours=2)


def post(client: Client, row: Complaint, verb: str, **fields: object) -> int:
    """One step; every fact that follows is heard."""
    status = client.post(f"/complaints/{row.pk}/{verb}/", {"client_key": str(uuid.uuid4()), **fields}).status_code
    outbox.deliver_all()
    row.refresh_from_db()
    return status


def page(client: Client, row: Complaint) -> str:
    return client.get(f"/complaints/{row.pk}/").content.decode()


@pytest.mark.proves("S4-02", page="complaints:detail", service="longzhong.cases.complaints.services.dispatch")
@pytest.mark.proves("S4-03", page="complaints:detail", service="longzhong.cases.complaints.services.dispatch")
@pytest.mark.proves("S4-15", page="complaints:detail", service="longzhong.cases.complaints.services.pass_reply")
@pytest.mark.proves("S0-02", page="complaints:detail", service="longzhong.cases.complaints.services.decide")
def test_a_complaint_walks_the_road_through_the_pages(hotline: Hotline) -> None:
    row, who = a_complaint(hotline), people(hotline)
    with clock.frozen(NOW):
        office, dept = hotline.client("office", "quality"), client(hotline, "mark", "dept")
        crew = hotline.client("crew", "crew")
        shown = page(office, row)
        assert TEXT in shown
        assert "襄城营销部" in shown  # the profession's department by the 1+1+1 map
        assert "定级派发" in shown
        given = {"grade": "general", "unit_id": hotline.county.station, "department_id": who.department}
        assert post(office, row, "dispatch", **given) == 200  # nobody chosen: what was typed stays
        assert post(office, row, "dispatch", **given, handler_id=who.handler.staff_id) == 302
        assert post(crew, row, "contact", result="reached", reason="已向客户致歉并了解经过") == 302
        file = SimpleUploadedFile("录像截图.jpg", jpeg(), "image/jpeg")
        assert post(crew, row, "find", evidence="photo", reason="调取当日录像", papers=file) == 302
        reply = {"facts": "经查窗口人员未使用文明用语", "verdict": "upheld", "responsibility": "marketing"}
        assert post(crew, row, "reply", **reply, root_cause="attitude", measures="约谈当事人并安排培训") == 302
        assert "录像截图.jpg" in page(dept, row)
        assert post(dept, row, "return", reason="请补充排号记录") == 302
        assert post(crew, row, "reply", **reply, root_cause="attitude", measures="约谈当事人并安排培训") == 302
        assert post(dept, row, "pass", analysis="事实清楚，定性准确", measures="全员礼仪培训") == 302
        decide = {"verdict": "upheld", "responsibility": "marketing", "root_cause": "attitude", "violations": ["shirk"]}
        assert post(office, row, "decide", **decide, basis="录像与客户陈述一致") == 302
        assert post(office, row, "answer", answer="已核实并向您致歉，当事人已接受培训") == 302
        shown = page(office, row)
    for words in (
        "退回补查",
        "第 2 次",
        "专业审核通过",
        "属实",
        "营销责任",
        "推诿塞责",
        "全员礼仪培训",
        "两本账",
        "待回访",
    ):
        assert words in shown
    assert (row.state, row.verdict, row.times_returned) == (State.ANSWERED, Verdict.UPHELD, 1)


def test_what_waits_for_whom(hotline: Hotline) -> None:
    row = a_complaint(hotline)
    number = row.case.number or ""
    with clock.frozen(NOW):
        clients = {name: client(hotline, *code) for name, code in {
            "office": ("office", "quality"), "dept": ("mark", "dept"), "handler": ("crew", "crew"), "zhang": ("zhang", "grid"),
        }.items()}  # fmt: skip
        waits = {State.ACCEPTED: "office", State.DISPATCHED: "handler", State.REPLIED: "dept", State.REVIEWED: "office"}
        for state, expected in waits.items():
            taken_to(hotline, row, state)
            found = {name for name, one in clients.items() if number in one.get("/complaints/mine/").content.decode()}
            assert found == {expected}, state


def test_the_board_has_tabs_filters_and_a_sheet(hotline: Hotline) -> None:
    row = upheld(hotline)
    other = a_complaint(hotline, text="抄表员态度恶劣还骂人", when=MORNING + timedelta(minutes=7))
    with clock.frozen(NOW):
        office = hotline.client("office", "quality")
        numbers = {one: one.case.number or "" for one in (row, other)}

        def found(query: str) -> set[Complaint]:
            text = office.get(f"/complaints/{query}").content.decode()
            return {one for one, number in numbers.items() if number in text}

        assert found("") == {row, other}
        assert found("?state=accepted") == {other}
        assert found("?state=all&verdict=upheld&cause=attitude&kind=complaint") == {row}
        assert found("?state=all&appealed=1") == set()
        assert found(f"?state=all&number={other.case.number}") == {other}
        assert found("?state=all&month=2025-01") == set()
        assert found("?state=withdrawn") == set()
        sheet = office.get("/complaints/?state=all&export=list")
        assert sheet["Content-Type"].startswith("application/vnd.openxml")


@pytest.mark.parametrize(
    ("code", "role", "status"),
    [("zhang", "grid", 200), ("head", "station", 200), ("wang", "desk", 200), ("boss", "leader", 200),
     ("office", "quality", 200), ("boss", "auditor", 200), ("boss", "admin", 403), ("zhang", "partner", 403)],
)  # fmt: skip
def test_who_may_open_the_board(hotline: Hotline, code: str, role: str, status: int) -> None:
    people(hotline)
    with clock.frozen(NOW):
        assert hotline.client(code, role).get("/complaints/").status_code == status


def test_who_doesnt_decide_has_no_button_and_is_refused(hotline: Hotline) -> None:
    row = taken_to(hotline, a_complaint(hotline), State.REVIEWED)
    decide = {"verdict": "dismissed", "basis": "经查不属实"}
    with clock.frozen(NOW):
        for code, role in (("zhang", "grid"), ("head", "station"), ("wang", "desk"), ("boss", "leader")):
            one = hotline.client(code, role)
            assert "核定依据" not in page(one, row)
            assert post(one, row, "decide", **decide) in (403, 409)
        assert row.state == State.REVIEWED


def test_the_handler_reads_why_they_may_not_review(hotline: Hotline) -> None:
    """回避: whoever wrote the reply has no review button, and reads the reason."""
    row = taken_to(hotline, a_complaint(hotline), State.REPLIED)
    handler = people(hotline).handler
    assert handler.staff_id == row.handler_id
    with clock.frozen(NOW):
        crew = hotline.client("crew", "dept")
        shown = page(crew, row)
        assert "专业分析" not in shown
        assert "需要回避" in shown
        assert post(crew, row, "pass", analysis="自己审自己的") == 409


def test_the_unit_of_a_confidential_complaint_reads_a_retelling(hotline: Hotline) -> None:
    row = a_complaint(hotline, secrecy="confidential", account=1)
    taken_to(hotline, row, State.INVESTIGATING)
    with clock.frozen(NOW):
        head = page(hotline.client("head", "station"), row)
        office = page(hotline.client("office", "quality"), row)
    assert TEXT not in head
    assert "请核查当日录像" in head
    assert "客户要求保密" in head
    assert f"/calls/cases/{row.case_id}/" not in head
    assert TEXT in office


def test_the_case_page_leads_to_the_complaint_and_offers_no_governed_step(hotline: Hotline) -> None:
    row = taken_to(hotline, a_complaint(hotline), State.REPLIED)
    with clock.frozen(NOW):
        office = hotline.client("office", "quality")
        shown = office.get(f"/calls/cases/{row.case_id}/").content.decode()
        assert f"/complaints/{row.pk}/" in shown
        assert "审核通过" not in shown
        given = {"client_key": str(uuid.uuid4())}
        assert office.post(f"/calls/cases/{row.case_id}/pass/", given).status_code == 409  # case_governed


def test_a_page_costs_the_same_for_a_long_history(hotline: Hotline) -> None:
    row = taken_to(hotline, a_complaint(hotline), State.INVESTIGATING)
    with clock.frozen(NOW):
        office = hotline.client("office", "quality")
        page(office, row)
        with CaptureQueriesContext(
            connection,
        ) as few:
            page(office, row)
    taken_to(hotline, row, State.ANSWERED)
    with clock.frozen(NOW), CaptureQueriesContext(connection) as many:
        page(office, row)
    assert len(many) <= len(few) + 6


def test_unknown_and_invisible_are_the_same(hotline: Hotline) -> None:
    row = a_complaint(hotline)
    with clock.frozen(NOW):
        li = hotline.client("li", "grid")
        assert li.get(f"/complaints/{row.pk}/").status_code == 404
        assert li.get("/complaints/999999/").status_code == 404


@pytest.mark.proves("S2-04", page="complaints:detail", service="longzhong.cases.complaints.services.reply")
def test_a_reply_begins_with_the_cause_that_the_words_point_to(hotline: Hotline) -> None:
    """Proposed is not decided: nothing is kept before the office decides."""
    row = taken_to(hotline, a_complaint(hotline, text="营业员不耐烦还挂电话"), State.INVESTIGATING)
    with clock.frozen(NOW):
        crew = hotline.client("crew", "crew")
        assert '<option value="attitude" selected>服务态度' in page(crew, row)
        assert row.root_cause == ""
        assert post(crew, row, "find", evidence="system", reason="调取通话录音") == 302
        reply = {
            "facts": "经查通话录音属实",
            "verdict": "upheld",
            "responsibility": "marketing",
            "measures": "约谈培训",
        }
        assert post(crew, row, "reply", **reply, root_cause="knowledge") == 302
    assert (row.replies.get().root_cause, row.root_cause) == ("knowledge", "")


def test_one_step_calls_for_a_press(hotline: Hotline) -> None:
    """First the customer, then the reply; what ends a complaint says what it ends."""
    complaint = taken_to(hotline, a_complaint(hotline), State.DISPATCHED)
    with clock.frozen(MORNING + timedelta(hours=2)):
        crew = client(hotline, "crew", "crew")
        shown = crew.get(f"/complaints/{complaint.pk}/").content.decode()
        assert re.findall(r'btn btn-primary" data-open="complaint-(\w+)"', shown) == ["contact"]
        taken_to(hotline, complaint, State.INVESTIGATING)
        shown = crew.get(f"/complaints/{complaint.pk}/").content.decode()
        assert re.findall(r'btn btn-primary" data-open="complaint-(\w+)"', shown) == ["reply"]
        office = client(hotline, "office", "quality").get(f"/complaints/{complaint.pk}/").content.decode()
    assert "有了证据才能回复" in shown and "拟定属实时必选" in shown
    assert "撤回后停止调查和核定" in office and "不再按投诉办理和统计" in office
