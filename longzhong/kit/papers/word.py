"""A paper as a Word document (python-docx, ADR 0022): the same blocks, to be written on by an office.

Fonts are named, not embedded: 宋体 and 黑体 stand on every office machine, and others fall back.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from longzhong.kit.papers.paper import Paper, as_data

BODY, HEAD = "宋体", "黑体"
LONG = 26
Given = dict[str, Any]


def docx(paper: Paper) -> bytes:
    """One .docx file, A4."""
    data, made = as_data(paper), Document()
    _set_up(made, data["scale"])
    title = made.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(title, data["title"], size=17, font=HEAD)
    _write(made.add_paragraph(), f"{data['unit']}　　编号：{data['number']}", size=10)
    if data["note"]:
        _write(made.add_paragraph(), data["note"], size=9)
    for block in data["blocks"]:
        if block["title"]:
            _write(made.add_paragraph(), block["title"], size=12, font=HEAD)
        WRITERS[block["kind"]](made, block)
    made.core_properties.title, made.core_properties.author = f"{data['title']} {data['number']}", data["unit"]
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _set_up(made: Docx, scale: float) -> None:
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin = page.bottom_margin = Mm(18)
    style = made.styles["Normal"]
    style.font.name, style.font.size = BODY, Pt(10.5 * scale)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)


def _write(paragraph: Any, words: str, *, size: float = 10.5, font: str = BODY) -> None:
    run = paragraph.add_run(words)
    run.font.name, run.font.size, run.bold = font, Pt(size), font == HEAD
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)


def _facts(made: Docx, block: Given) -> None:
    table = made.add_table(rows=0, cols=4, style="Table Grid")
    waiting: Any = None
    for label, value in block["rows"]:
        wide = len(value) > LONG or "\n" in value
        if wide or waiting is None:
            cells, first = table.add_row().cells, 0
            waiting = None if wide else cells
        else:
            cells, first, waiting = waiting, 2, None
        _write(cells[first].paragraphs[0], label, font=HEAD)
        target = cells[1].merge(cells[3]) if wide else cells[first + 1]
        _write(target.paragraphs[0], value)


def _text(made: Docx, block: Given) -> None:
    for words in [*block["paragraphs"], *[""] * block["lines"]]:
        paragraph = made.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(21)
        _write(paragraph, words)


def _table(made: Docx, block: Given) -> None:
    table = made.add_table(rows=1, cols=len(block["head"]), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, block["head"], strict=True):
        _write(cell.paragraphs[0], words, font=HEAD)
    for row in block["rows"]:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            _write(cell.paragraphs[0], words)


def _signatures(made: Docx, block: Given) -> None:
    table = made.add_table(rows=0, cols=2, style="Table Grid")
    for position in range(0, len(block["rows"]), 2):
        cells = table.add_row().cells
        for cell, row in zip(cells, block["rows"][position : position + 2], strict=False):
            _write(cell.paragraphs[0], row["label"], font=HEAD)
            _write(cell.add_paragraph(), row["opinion"])
            _write(cell.add_paragraph(), f"签字（盖章）：{row['name']}　　{row['at'] or '　　年　月　日'}")


WRITERS: dict[str, Callable[[Docx, Given], None]] = {
    "facts": _facts,
    "text": _text,
    "table": _table,
    "signatures": _signatures,
}
