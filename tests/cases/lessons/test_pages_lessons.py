"""The library through its pages, by role."""

import io
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from longzhong.cases.lessons import selectors
from longzhong.cases.lessons.models import Lesson
from longzhong.cases.lessons.rules import State
from longzhong.kit import clock
from tests.cases.complaints.make import RUDE, TEXT, a_complaint, client, people
from tests.cases.hotline.make import MORNING, Hotline, a_case, category
from tests.cases.lessons.make import LATER, a_lesson, published

pytestmark = pytest.mark.django_db


def post(browser: Client, url: str, **fields: object) -> int:
    return browser.post(url, {"client_key": str(uuid.uuid4()), **fields}).status_code


def text(browser: Client, url: str) -> str:
    return browser.get(url).content.decode()


def typed(**changes: object) -> dict[str, object]:
    given = {
        "base": 0, "title": "少说一句话多跑一趟路", "happened": "客户为补一份材料跑了三趟。", "missed": "没有一次性告知。",
        "better": "一次写清全部材料。", "categories": [category(RUDE)], "cause": "knowledge", "tags": "一次性告知、营业厅",
    }  # fmt: skip
    return {**given, **changes}


@pytest.mark.proves("S4-07", page="lessons:detail", service="longzhong.cases.lessons.services.meet")
def test_a_case_is_written_published_learned_and_met_upon(hotline: Hotline) -> None:
    with clock.frozen(LATER):
        dept, office = client(hotline, "mark", "dept"), client(hotline, "office", "quality")
        zhang = hotline.client("zhang", "grid")
        assert "一次写清全部材料" not in text(zhang, "/lessons/")
        assert "编写案例" in text(dept, "/lessons/new/")
        refused = dept.post(
            "/lessons/new/", {"client_key": str(uuid.uuid4()), **typed(happened="客户13800138001跑了三趟")}
        )
        page = refused.content.decode()
        assert refused.status_code == 200 and "发生了什么：电话" in page and "少说一句话多跑一趟路" in page
        assert not Lesson.objects.exists()
        assert post(dept, "/lessons/new/", **typed()) == 302
        row = Lesson.objects.get()
        url = f"/lessons/{row.pk}/"
        assert zhang.get(url).status_code == 404
        assert post(dept, url + "submit/") == 302
        assert post(dept, url + "publish/") == 403
        assert post(office, url + "publish/") == 302
        assert "少说一句话多跑一趟路" in text(zhang, "/lessons/?q=三趟")
        assert "少说一句话多跑一趟路" not in text(zhang, "/lessons/?q=抄表")
        assert "少说一句话多跑一趟路" not in text(zhang, "/lessons/?cause=attitude")
        assert post(zhang, url + "learn/") == 302
        page = text(zhang, url)
        assert "我已学习" in page and "襄城" in page
        meeting = {"unit": hotline.county.station, "held_on": LATER.date(), "reason": "窗口材料清单上墙"}
        assert post(office, url + "meet/", unit=hotline.county.station) == 200
        assert post(office, url + "meet/", **meeting) == 302
        assert "窗口材料清单上墙" in text(office, url)
        assert post(office, url + "retire/", reason="已并入新案例") == 302
        row.refresh_from_db()
        assert row.state == State.RETIRED


def test_two_editors_nothing_typed_is_lost(hotline: Hotline) -> None:
    row = a_lesson(hotline)
    with clock.frozen(LATER):
        mark, mark2 = client(hotline, "mark", "dept"), client(hotline, "mark2", "dept")
        url = f"/lessons/{row.pk}/edit/"
        assert "一句“你自己看”引来的投诉" in text(mark2, url)
        assert post(mark, url, **typed(base=1, better="先保存的做法")) == 302
        answer = mark2.post(url, {"client_key": str(uuid.uuid4()), **typed(base=1, better="后写的做法")})
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "先保存的做法" in page and "后写的做法" in page and 'name="base" value="2"' in page
        assert post(mark2, url, **typed(base=2, better="合并后的做法")) == 302
        assert Lesson.objects.get().better == "合并后的做法"


def test_who_may_not_write_is_refused(hotline: Hotline) -> None:
    row = published(hotline)
    with clock.frozen(LATER):
        zhang, desk = hotline.client("zhang", "grid"), hotline.client()
        for browser in (zhang, desk):
            assert browser.get(f"/lessons/{row.pk}/").status_code == 200
            assert "/lessons/new/" not in text(browser, "/lessons/")
            assert browser.get("/lessons/new/").status_code == 403
            assert browser.get(f"/lessons/{row.pk}/edit/").status_code == 403
            assert post(browser, f"/lessons/{row.pk}/retire/", reason="x") == 403
        assert zhang.get("/lessons/999999/").status_code == 404


def test_an_empty_library_says_what_to_do(hotline: Hotline) -> None:
    with clock.frozen(MORNING):
        page = text(hotline.client("office", "quality"), "/lessons/")
    assert "没有符合的案例" in page and "可以编写案例" in page


def test_a_long_library_costs_no_more_queries(hotline: Hotline) -> None:
    for n in range(12):
        published(hotline, title=f"案例{n}" + "长" * 70)
    with clock.frozen(LATER):
        office = client(hotline, "office", "quality")
        office.get("/lessons/")
        with CaptureQueriesContext(connection) as asked:
            assert "案例11" in text(office, "/lessons/")
    assert len(asked) <= 10, [one["sql"][:120] for one in asked]


def test_like_cases_stand_on_the_complaints_page_and_it_is_printed(hotline: Hotline) -> None:
    row, complaint = published(hotline), a_complaint(hotline)
    with clock.frozen(LATER):
        office = client(hotline, "office", "quality")
        page = text(office, f"/complaints/{complaint.pk}/")
        assert "相似范例" in page and f"/lessons/{row.pk}/" in page
        started = text(office, f"/lessons/new/?from=complaints.complaint:{complaint.pk}")
        assert f'value="complaints.complaint:{complaint.pk}"' in started
        assert 'value="evil' not in text(office, "/lessons/new/?from=evil:1")
        word = office.get(f"/lessons/{row.pk}/print/docx/")
        assert office.get(f"/lessons/{row.pk}/print/pdf/").content.startswith(b"%PDF")
    document = Document(io.BytesIO(word.content))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    said = "\n".join([*(one.text for one in document.paragraphs), *cells])
    for words in (row.title, "没有首问负责", "陪同到自助机办完", "营业厅"):
        assert words in said, words


def test_like_cases_stand_on_the_customers_case(hotline: Hotline) -> None:
    """By words and category; nothing for a case that nothing is like."""
    row = published(hotline, title="停电没人提前说", happened="家里没电了，楼道灯亮着，客户等了一下午。")
    alike, other = a_case(hotline), a_case(hotline, "enquiry.bill", "这个月电费多了一百多", account=2)
    with clock.frozen(LATER):
        zhang = client(hotline, "zhang", "grid")
        page = text(zhang, f"/calls/cases/{alike.pk}/")
        assert "相似范例" in page and f"/lessons/{row.pk}/" in page and "用词相近" in page
        assert "相似范例" not in text(zhang, f"/calls/cases/{other.pk}/")


def test_the_words_of_a_secret_customer_are_compared_with_nothing(hotline: Hotline) -> None:
    """A lesson of another category that repeats their words would tell the reader what they said."""
    row = published(hotline, happened=TEXT, category_ids=(category("repair.lv.single_out"),), cause="supply")
    plain, secret = a_complaint(hotline), a_complaint(hotline, secrecy="confidential", account=2)
    office = people(hotline).office
    shown, hidden = (selectors.case_panel(office, one.case_id) for one in (plain, secret))
    assert shown is not None and shown.lines[0].value == row.title
    assert hidden is None


def test_the_form_stands_in_a_card(hotline: Hotline) -> None:
    with clock.frozen(LATER):
        page = text(client(hotline, "mark", "dept"), "/lessons/new/")
    assert page.index("lz-card-head") < page.index('id="lesson"') and "按住 Ctrl" in page
