"""Printed forms: what goes in stands on the paper, in both outputs; nothing that was typed becomes markup."""

import io
import re
import zipfile

import pytest
from docx import Document

from longzhong.kit import papers
from longzhong.kit.papers.paper import as_data

LONG = "客户反映营业厅人员服务态度差，多次询问办理进度未得到答复，要求道歉并说明办理时限。" * 3
PAPER = papers.Paper(
    "属实投诉问题整改单",
    "ZG20261122000001",
    "示范县供电公司",
    (
        papers.Facts((("工单编号", "TS001"), ("等级", "一般"), ("客户诉求", LONG), ("受理时间", "2026-11-22 10:00"))),
        papers.Text("一、事件经过", ("第一段 #panic() $x$ *粗* <标签> \\n", ""), lines=2),
        papers.Table(("措施", "责任人"), (("开展培训", "张*"), ("", "")), "整改措施", (3, 1)),
        papers.Signatures(
            (papers.Signature("责任单位", "王*", "2026-11-22", "同意。"), papers.Signature("营销部")), "会签"
        ),
    ),
    note="一式三份",
)


def _pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def _words(document: bytes) -> str:
    made = Document(io.BytesIO(document))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in made.paragraphs), *cells])


def test_a_paper_becomes_a_pdf_with_its_font_inside() -> None:
    made = papers.pdf(PAPER)
    assert made.startswith(b"%PDF")
    assert b"NotoSans" in made
    assert _pages(made) == 1


def test_several_papers_begin_on_pages_of_their_own() -> None:
    assert _pages(papers.pdf(PAPER, PAPER, PAPER)) == 3


def test_a_picture_is_made_of_every_page() -> None:
    many = papers.Paper("单", "1", "所", tuple(papers.Text(f"第{n}节", (LONG,)) for n in range(20)))
    shots = papers.png(many)
    assert len(shots) >= 2
    assert all(shot.startswith(b"\x89PNG") for shot in shots)


def test_word_holds_every_value() -> None:
    words = _words(papers.docx(PAPER))
    for value in (LONG, "TS001", "张*", "同意。", "会签", "一式三份", "ZG20261122000001", "#panic() $x$ *粗* <标签>"):
        assert value in words


def test_word_names_east_asian_fonts() -> None:
    with zipfile.ZipFile(io.BytesIO(papers.docx(PAPER))) as parts:
        assert 'w:eastAsia="宋体"' in parts.read("word/document.xml").decode()


def test_what_no_printer_knows_is_left_out() -> None:
    odd = papers.Paper("单\x00", "1\ud800", "所", (papers.Text("节\x07", ("一\r\n二\x1f三",)),))
    data = as_data(odd)
    assert (data["title"], data["number"], data["blocks"][0]["paragraphs"]) == ("单", "1", ["一\n二三"])
    assert papers.pdf(odd).startswith(b"%PDF")
    assert "一\n二三" in _words(papers.docx(odd))


def test_a_table_of_unequal_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="unequal"):
        papers.Table(("一", "二"), (("只有一格",),))
    with pytest.raises(ValueError, match="widths"):
        papers.Table(("一", "二"), (("甲", "乙"),), widths=(1,))


def test_nothing_to_print_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        papers.pdf()


def test_an_odd_number_of_signatures_and_facts_fills_the_line() -> None:
    odd = papers.Paper(
        "单", "1", "所", (papers.Facts((("甲", "乙"),)), papers.Signatures((papers.Signature("一"),) * 3))
    )
    assert papers.pdf(odd).startswith(b"%PDF")
    assert _words(papers.docx(odd)).count("签字（盖章）") == 3
