"""Reports through their pages, by role; what is printed holds the values and not the customer."""

import io
import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from longzhong.cases.analyses.models import Report
from longzhong.cases.analyses.rules import State
from longzhong.cases.hotline.rules.words import Secrecy
from longzhong.kit import clock
from tests.cases.analyses.make import DAY, LATER, PARTS, a_report
from tests.cases.complaints.make import a_complaint, client
from tests.cases.hotline.make import MORNING, PLAIN, Hotline

pytestmark = pytest.mark.django_db


def post(browser: Client, url: str, **fields: object) -> int:
    return browser.post(url, {"client_key": str(uuid.uuid4()), **fields}).status_code


def text(browser: Client, url: str) -> str:
    return browser.get(url).content.decode()


def test_a_report_is_written_submitted_and_approved(hotline: Hotline) -> None:
    row = a_report(hotline)
    with clock.frozen(LATER):
        dept, office2 = client(hotline, "mark", "dept"), client(hotline, "office2", "quality")
        url = f"/analyses/{row.pk}/"
        assert (
            "按投诉记录" not in text(dept, url) and "一、基本情况" in text(dept, url) and "系统预填" in text(dept, url)
        )
        assert "窗口人员未使用文明用语" in text(dept, url + "edit/")
        assert post(dept, url + "edit/", base=1, **PARTS) == 302
        assert post(dept, url + "submit/") == 302
        assert post(dept, url + "approve/") == 403
        assert post(office2, url + "return/", reason="") == 200  # what was typed stays
        assert post(office2, url + "approve/") == 302
        row.refresh_from_db()
        assert row.state == State.APPROVED
        assert "第 1 版" in text(dept, url + "versions/1/") and "未使用文明用语" in text(dept, url + "versions/1/")
        assert dept.get(url + "versions/9/").status_code == 404
        panel = text(office2, f"/complaints/{row.complaint_id}/")
        assert url in panel and "已审批" in panel
        assert str(row.complaint.case.number) in text(office2, "/analyses/")


def test_two_editors_nothing_typed_is_lost(hotline: Hotline) -> None:
    row = a_report(hotline)
    with clock.frozen(LATER):
        dept, office = client(hotline, "mark", "dept"), client(hotline, "office", "quality")
        url = f"/analyses/{row.pk}/edit/"
        assert post(dept, url, base=1, **{**PARTS, "advice": "专业部门的建议"}) == 302
        mine = {**PARTS, "advice": "优服办同时写的建议"}
        answer = office.post(url, {"client_key": str(uuid.uuid4()), "base": 1, **mine})
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "优服办同时写的建议" in page and "专业部门的建议" in page and "钱营销" in page
        assert re.search(r'name="base" value="2"', page)
        assert Report.objects.get().version == 2
        assert post(office, url, base=2, **mine) == 302
        assert Report.objects.get().version == 3


def test_one_begins_by_hand_from_the_complaints_page(hotline: Hotline) -> None:
    complaint = a_complaint(hotline)
    with clock.frozen(MORNING):
        office, head = client(hotline, "office", "quality"), client(hotline, "head", "station")
        url = f"/analyses/new/{complaint.pk}/"
        assert url in text(office, f"/complaints/{complaint.pk}/")
        assert url not in text(head, f"/complaints/{complaint.pk}/")
        assert "生成预填报告" in text(office, url)
        assert head.get(url).status_code == 403
        assert post(office, url) == 302
        assert post(office, url) == 302
        assert Report.objects.count() == 1


def test_who_may_not_see_or_write(hotline: Hotline) -> None:
    row = a_report(hotline)
    with clock.frozen(LATER):
        head, desk, grid = client(hotline, "head", "station"), hotline.client(), hotline.client("zhang", "grid")
        assert head.get(f"/analyses/{row.pk}/").status_code == 200
        assert head.get(f"/analyses/{row.pk}/edit/").status_code == 403
        assert post(head, f"/analyses/{row.pk}/submit/") == 403
        for browser in (desk, grid):
            assert browser.get("/analyses/").status_code == 403
            assert browser.get(f"/analyses/{row.pk}/").status_code == 403
        assert head.get("/analyses/999999/").status_code == 404


def test_the_board_says_what_is_late_and_what_to_do_when_empty(hotline: Hotline) -> None:
    office = client(hotline, "office", "quality")
    with clock.frozen(LATER):
        assert "没有穿透分析报告" in text(office, "/analyses/")
    row = a_report(hotline)
    with clock.frozen(LATER):
        assert f"/analyses/{row.pk}/" not in text(office, "/analyses/?late=1")
    with clock.frozen(LATER + 20 * DAY):
        page = text(client(hotline, "office2", "quality"), "/analyses/?late=1")  # the other's session has ended
        assert f"/analyses/{row.pk}/" in page and "超时" in page


def test_a_long_board_costs_no_more_queries(hotline: Hotline) -> None:
    for n in range(3):
        a_report(hotline, when=MORNING + n * DAY)
    with clock.frozen(LATER + 5 * DAY):
        office = client(hotline, "office", "quality")
        office.get("/analyses/")
        with CaptureQueriesContext(connection) as asked:
            assert text(office, "/analyses/").count("data-href") >= 3
    assert len(asked) <= 10, [one["sql"][:120] for one in asked]


def test_word_and_pdf_hold_the_values_and_not_the_customer(hotline: Hotline) -> None:
    row = a_report(hotline, text="窗口那位戴眼镜的把我的材料往桌上一摔就走了，请保密", secrecy=Secrecy.CONFIDENTIAL)
    with clock.frozen(LATER):
        dept = client(hotline, "mark", "dept")
        word = dept.get(f"/analyses/{row.pk}/print/docx/")
        pdf = dept.get(f"/analyses/{row.pk}/print/pdf/")
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    document = Document(io.BytesIO(word.content))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    said = "\n".join([*(one.text for one in document.paragraphs), *cells])
    for words in (
        "投诉穿透分析报告",
        "一、基本情况",
        "五、建议",
        str(row.complaint.case.number),
        "未使用文明用语",
        "未经审批",
    ):
        assert words in said, words
    assert not any(word in said for word in (*PLAIN, "往桌上一摔"))


def test_a_report_that_nobody_wrote_on_is_first_to_be_written(hotline: Hotline) -> None:
    """One step calls for a press: writing, then submission."""
    row = a_report(hotline)
    url, write, send = (
        f"/analyses/{row.pk}/",
        'class="btn btn-primary" href="',
        'class="btn btn-primary" data-open="report-submit"',
    )
    with clock.frozen(LATER):
        dept = client(hotline, "mark", "dept")
        assert write in text(dept, url) and send not in text(dept, url)
        form = text(dept, url + "edit/")
        assert "提交审批前五部分都要写" in form and form.index("lz-card-head") < form.index('id="report"')
        assert post(dept, url + "edit/", base=1, **PARTS) == 302
        assert write not in text(dept, url) and send in text(dept, url)
        assert post(dept, url + "submit/") == 302
        shown = text(dept, url)
    assert "<dt>提交</dt><dd>2026-03-02 13:00<" in shown, "by the clock on the wall, not by Greenwich"
