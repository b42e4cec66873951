"""A bulletin as a workbook: one sheet for all, one for each unit with the cases behind its numbers."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from longzhong.assessment.bulletins import selectors
from longzhong.assessment.bulletins.models import Bulletin
from longzhong.assessment.bulletins.pages.words import tally_words
from longzhong.assessment.bulletins.rules import FIGURES, Figure
from longzhong.assessment.bulletins.selectors import BehindLine, UnitRow
from longzhong.cases.hotline.rules.machine import STATE_LABELS, State
from longzhong.kit import journal
from longzhong.kit.actor import Actor
from longzhong.kit.web.workbook import Book

FORBIDDEN = re.compile(r"[\\/*?:\[\]]")  # what a sheet's name may not hold
LONGEST = 31
HEADS = ("数字", "诉求", "业务分类", "负责人", "受理时间", "时限或承诺时间", "承诺", "现在状态")


def workbook(who: Actor, bulletin_id: int, now: datetime) -> HttpResponse:
    """The numbers of every unit, then a sheet a unit; cases as far as the reader may see them."""
    row = selectors.bulletin_of(who, bulletin_id)
    rows = selectors.unit_rows(row, now)
    book = Book([_("单位"), *(one.label for one in FIGURES.values())])
    book.sheet.title = _("全部单位")
    for unit in rows:
        book.add([unit.name, *(tally_words(cell.figure, cell.told) for cell in unit.cells.values())])
    names = {_("全部单位")}
    for unit in rows[1:]:
        book.sheet = book.book.create_sheet(_name(unit.name, names))
        book.add(HEADS)
        for line in _lines(who, row, unit):
            book.add(line)
    journal.record(who, "export", f"bulletins:{bulletin_id}", at=now, list="book", rows=len(rows))
    return book.response(selectors.title(row.pk))


def _lines(who: Actor, row: Bulletin, unit: UnitRow) -> Iterator[list[Any]]:
    for figure, cell in unit.cells.items():
        if cell.told.number or cell.told.base:
            for line in selectors.behind(who, row, figure, unit.unit_id):
                yield _line(figure, line)


def _line(figure: Figure, line: BehindLine) -> list[Any]:
    case = line.case
    return [
        FIGURES[figure].label, case.number, case.category.name, case.owner.name, case.opened_at, line.due_at, line.detail,
        STATE_LABELS[State(case.state)],
    ]  # fmt: skip


def _name(wanted: str, taken: set[str]) -> str:
    """A sheet's name: allowed, short and used once."""
    name = base = FORBIDDEN.sub(" ", wanted)[:LONGEST] or "-"
    count = 1
    while name in taken:
        count += 1
        name = f"{base[: LONGEST - 4]} {count}"
    taken.add(name)
    return name
