"""The printed form: what stands on it, who doesn't; Word and PDF; a batch in a handful of queries."""

from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document

from longzhong.cases.complaints.models import Complaint
from longzhong.cases.rectifications import selectors, services
from longzhong.cases.rectifications.models import Form, Measure, Signature
from longzhong.kit import clock, papers
from tests.cases.complaints.make import client as browser
from tests.cases.complaints.make import people
from tests.cases.hotline.make import PLAIN, Hotline
from tests.cases.rectifications.make import (
    AFTER,
    DAY,
    TODAY,
    done,
    filled,
    head,
    opened,
    person,
    refusal,
    signing,
    staff,
)

pytestmark = pytest.mark.django_db


def words_of(content: bytes) -> str:
    """All text of a Word document, tables included."""
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_the_paper_holds_the_forms_values(hotline: Hotline) -> None:
    form = done(hotline)
    paper = selectors.paper(head(hotline), form.pk)
    written = words_of(papers.docx(paper))
    for words in (
        str(form.number), form.complaint.case.number, "檀溪供电所", "襄城营销部", "经调阅录像", "窗口人员礼仪复训并考试", "王所长",
        "已举证", "26 人参加复训", "同意", "钱营销", "属实",
    ):  # fmt: skip
        assert words in written, words
    assert papers.pdf(paper).startswith(b"%PDF")


@pytest.mark.parametrize("secrecy", ["open", "confidential"])
def test_the_paper_never_says_who_complained(hotline: Hotline, secrecy: str) -> None:
    said = "我叫张惠芳，住名仕家天下12号楼3单元101，电话13800138001，营业厅态度恶劣"
    form = signing(hotline, filled(hotline, opened(hotline, text=said, secrecy=secrecy)))
    paper = selectors.paper(people(hotline).office, form.pk)
    written = words_of(papers.docx(paper)) + repr(paper)
    assert not [one for one in PLAIN if one in written]
    if secrecy == "confidential":
        assert "态度恶劣" not in written
        assert "客户反映窗口服务质量问题" in written


def test_a_deputys_signature_says_for_whom(hotline: Hotline) -> None:
    form = signing(hotline)
    services.delegate(form_id=form.pk, staff_id=staff("crew"), from_on=TODAY, to_on=TODAY, by=head(hotline), at=AFTER)
    services.sign(form_id=form.pk, by=person("crew", "crew", hotline.county.station), at=AFTER)
    assert "孙抢修（代王所长）" in words_of(papers.docx(selectors.paper(head(hotline), form.pk)))


def test_a_batch_costs_a_handful_of_queries_for_any_number(hotline: Hotline) -> None:
    form = signing(hotline)
    many, office = [form.pk, *copies(form, 39)], people(hotline).office
    with CaptureQueriesContext(connection) as queries:
        made = selectors.papers(office, many)
    assert [one.number for one in made][:1] == [form.number]
    assert len(made) == 40
    assert len(queries) <= 10, len(queries)
    given: dict[str, Any] = {"actor": office, "form_ids": list(range(201))}
    assert refusal(selectors.papers, **given) == "too_many_papers"


@pytest.mark.parametrize("address", ["?state=all", "?state=sign", "?state=signing&number=ZG", "unsigned/"])
def test_the_lists_cost_ten_queries_for_any_number(hotline: Hotline, address: str) -> None:
    copies(signing(hotline), 59)
    office = browser(hotline, "office", "quality")
    with clock.frozen(AFTER):
        assert office.get(f"/rectifications/{address}").status_code == 200
        with CaptureQueriesContext(connection) as queries:
            answer = office.get(f"/rectifications/{address}")
    assert len(queries) <= 10, "\n".join(query["sql"][:160] for query in queries)
    assert len(answer.context["page"].table.items) == (0 if "number" in address else 50)


def copies(form: Form, number: int) -> list[int]:
    """More forms like this one, as the tables hold them."""
    found = []
    for one in range(number):
        case = form.complaint.case
        case.pk, case.number = None, f"COPY{one:04}"
        case.save(force_insert=True)
        complaint = Complaint.objects.get(pk=form.complaint_id)
        complaint.pk, complaint.case = None, case
        complaint.save(force_insert=True)
        new = Form.objects.get(pk=form.pk)
        new.pk, new.number, new.complaint = None, f"ZGCOPY{one:04}", complaint
        new.save(force_insert=True)
        for row in (*Measure.objects.filter(form=form.pk), *Signature.objects.filter(form=form.pk)):
            row.pk, row.form = None, new
            row.save(force_insert=True)
        found.append(new.pk)
    return found


def test_one_form_and_a_filtered_list_are_printed_from_the_pages(hotline: Hotline) -> None:
    form = signing(hotline)
    office = browser(hotline, "office", "quality")
    with clock.frozen(AFTER + DAY):
        one = office.get(f"/rectifications/{form.pk}/print/pdf/")
        assert (one.status_code, one["Content-Type"], one.content[:4]) == (200, "application/pdf", b"%PDF")
        word = office.get(f"/rectifications/{form.pk}/print/docx/")
        assert str(form.number) in words_of(word.content)
        listed = office.get("/rectifications/print/?state=signing")
        assert (listed.status_code, listed.content[:4]) == (200, b"%PDF")
        assert office.get("/rectifications/print/?state=closed").status_code == 409  # nothing_to_print
        crew = browser(hotline, "crew", "crew")
        assert crew.get(f"/rectifications/{form.pk}/print/pdf/").status_code == 404
