"""A bulletin as its page shows it: a row a unit, what waits for an answer, and the list behind each number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from longzhong.assessment.bulletins.models import Answer, Bulletin, Line
from longzhong.assessment.bulletins.rules import FIGURES, PRESSED, Figure, Tally, tally
from longzhong.assessment.bulletins.selectors.counting import count
from longzhong.cases.hotline.selectors import statistics, voices
from longzhong.kit.actor import Actor

PROMISED = (Figure.PROMISES_BROKEN, Figure.PROMISES_OPEN, Figure.PROMISES_DUE)


@dataclass(frozen=True)
class Cell:
    """A number as it was told, and what the same count gives now."""

    figure: Figure
    told: Tally
    now: Tally

    @property
    def moved(self) -> int:
        """How much a count has moved since; 0 for shares."""
        return 0 if FIGURES[self.figure].share else self.now.number - self.told.number


@dataclass(frozen=True)
class UnitRow:
    """A unit's numbers; id 0 is the company as a whole."""

    unit_id: int
    name: str
    cells: Mapping[Figure, Cell]


@dataclass(frozen=True)
class Press:
    """A pressed number: what the unit must answer, and what it answered last."""

    line_id: int
    unit_id: int
    unit: str
    figure: Figure
    number: int
    measure: str
    promise_on: date | None
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True)
class BehindLine:
    """One thing that a number counted, as its case stands now."""

    case: Any
    detail: str
    due_at: datetime | None
    good: bool


def unit_rows(bulletin: Bulletin, now: datetime) -> list[UnitRow]:
    """The company first, then its units by code; the same count of now beside every number."""
    lines = list(bulletin.lines.select_related("unit").order_by("unit__code", "id"))
    units = {line.unit_id: str(line.unit) for line in lines}
    fresh = count(bulletin.unit_id, list(units), bulletin.week, now)
    told = {(line.unit_id, Figure(line.figure)): Tally(line.number, line.base) for line in lines}
    rows = [
        UnitRow(unit, name, {
            figure: Cell(figure, told.get((unit, figure), Tally(0, 0)), tally(figure, _goods(fresh, unit, figure)))
            for figure in FIGURES
        })
        for unit, name in units.items()
    ]  # fmt: skip
    return [UnitRow(0, str(bulletin.unit), {figure: _sum(figure, rows) for figure in FIGURES}), *rows]


def presses(bulletin: Bulletin) -> list[Press]:
    """Pressed numbers above zero, unit by unit, each with its latest answer; two queries."""
    lines = bulletin.lines.filter(figure__in=PRESSED, number__gt=0).select_related("unit").order_by("unit__code", "id")
    last: dict[int, Answer] = {}
    for answer in Answer.objects.filter(line__bulletin=bulletin).select_related("by_staff").order_by("at", "id"):
        last[answer.line_id] = answer
    return [_press(line, last.get(line.pk)) for line in lines]


def behind(actor: Actor, bulletin: Bulletin, figure: Figure, unit_id: int) -> list[BehindLine]:
    """What a number counted, as far as the actor may see the cases; unit 0: of all units."""
    lines = bulletin.lines.filter(figure=figure)
    items = [item for line in (lines.filter(unit=unit_id) if unit_id else lines) for item in line.items]
    cases = {case.pk: case for case in voices.cases_by_id(actor, {case for case, _item, _good in items})}
    texts = statistics.promise_texts([item for _case, item, _good in items]) if figure in PROMISED else {}
    return [
        BehindLine(cases[case], *texts.get(item, ("", cases[case].due_at)), bool(good))
        for case, item, good in items
        if case in cases
    ]


def _press(line: Line, answer: Answer | None) -> Press:
    who = answer.by_staff.name if answer and answer.by_staff else ""
    return Press(
        line.pk, line.unit_id, str(line.unit), Figure(line.figure), line.number,
        answer.measure if answer else "", answer.promise_on if answer else None, who, answer.at if answer else None,
    )  # fmt: skip


def _goods(fresh: Any, unit: int, figure: Figure) -> Iterable[bool]:
    return [hit.good for hit in fresh.get(unit, {}).get(figure, ())]


def _sum(figure: Figure, rows: Sequence[UnitRow]) -> Cell:
    def total(which: str) -> Tally:
        parts = [getattr(row.cells[figure], which) for row in rows]
        return Tally(sum(part.number for part in parts), sum(part.base for part in parts))

    return Cell(figure, total("told"), total("now"))
