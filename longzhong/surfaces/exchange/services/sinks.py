"""Where a run's results go: into the run's row batch by batch, or, in a dry run, nowhere until it ends."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from longzhong.kit import vault
from longzhong.surfaces.exchange.engines import BadLine, tables
from longzhong.surfaces.exchange.engines.looks import Look
from longzhong.surfaces.exchange.gateways import files
from longzhong.surfaces.exchange.models import Row, Run
from longzhong.surfaces.exchange.rules.cells import Cell, raw
from longzhong.surfaces.exchange.rules.reasons import Bad
from longzhong.surfaces.exchange.rules.runs import Tally

MOST_ROWS = 100_000  # refused rows that are kept with their cells; beyond, they are counted by reason
FIELDS = ("read", "new", "changed", "unchanged", "refused", "reasons", "extra", "cursor", "done_bytes")


@dataclass(frozen=True)
class Note:
    """One refused row, or a remark on a kept one."""

    line: int
    problem: Bad
    cells: Sequence[Cell] = ()
    remark: bool = False


@dataclass
class Batch:
    """What one step adds."""

    tally: Tally
    notes: list[Note] = field(default_factory=list)
    extra: dict[str, int] = field(default_factory=dict)
    cursor: dict[str, Any] = field(default_factory=dict)
    share: float = 0.0


class Sink(Protocol):
    def put(self, batch: Batch) -> None: ...

    def look(self, rows: int, share: float) -> None: ...

    def intend(self, intent: dict[str, Any]) -> None: ...


def tally_of(new: int, changed: int, unchanged: int, notes: Iterable[Note]) -> Tally:
    """A tally whose refusals are these notes."""
    reasons: dict[str, int] = {}
    for note in notes:
        if not note.remark:
            reasons[note.problem.code] = reasons.get(note.problem.code, 0) + 1
    refused = sum(reasons.values())
    return Tally(new + changed + unchanged + refused, new, changed, unchanged, refused, reasons)


def tally_so_far(run: Run) -> Tally:
    return Tally(run.read, run.new, run.changed, run.unchanged, run.refused, dict(run.reasons))


class Kept:
    """A real run: called inside the transaction of each batch, so that rows and counts are kept together or not at all."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._stored = run.rows.count()

    def put(self, batch: Batch) -> None:
        self._stored += store_notes(run=self.run, notes=batch.notes, room=MOST_ROWS - self._stored)
        total = tally_so_far(self.run) + batch.tally
        set_tally(run=self.run, total=total)
        self.run.extra = _added(self.run.extra, batch.extra)
        self.run.cursor = {**self.run.cursor, **batch.cursor}
        self.run.save(update_fields=FIELDS)
        files.note_progress(self.run.pk, "import", total.read, batch.share)

    def intend(self, intent: dict[str, Any]) -> None:
        """Note what is about to be done outside the database, so that doing it again after a kill is recognised."""
        self.run.cursor = {**self.run.cursor, **intent}
        self.run.save(update_fields=["cursor"])

    def look(self, rows: int, share: float) -> None:
        files.note_progress(self.run.pk, "read", rows, share)


class Trial:
    """A dry run: its transaction is rolled back, what it found is held here."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.total = Tally()
        self.notes: list[Note] = []
        self.extra: dict[str, int] = {}

    def put(self, batch: Batch) -> None:
        self.total += batch.tally
        self.notes += batch.notes[: max(0, MOST_ROWS - len(self.notes))]
        self.extra = _added(self.extra, batch.extra)
        files.note_progress(self.run.pk, "trial", self.total.read, batch.share)

    def look(self, rows: int, share: float) -> None:
        files.note_progress(self.run.pk, "trial", rows, share)

    def intend(self, intent: dict[str, Any]) -> None:
        """A dry run does nothing outside the database."""


def notes_with_cells(look: Look, refused: Sequence[tuple[int, Bad]]) -> list[Note]:
    """Refused lines with their cells, read again from the file; as many as a run keeps."""
    wanted = {line for line, _ in refused[:MOST_ROWS]}
    cells: dict[int, Sequence[Cell]] = {}
    if wanted:
        for line, record in tables.rows_at(look.source, look.sheet, wanted):
            cells[line] = [record.shown] if isinstance(record, BadLine) else record
    return [Note(line, problem, cells.get(line, ())) for line, problem in refused]


def set_tally(*, run: Run, total: Tally) -> None:
    """Write a tally into the run's columns (not saved yet)."""
    run.read, run.new, run.changed, run.unchanged = total.read, total.new, total.changed, total.unchanged
    run.refused, run.reasons = total.refused, total.reasons


def store_notes(*, run: Run, notes: Sequence[Note], room: int) -> int:
    """Keep refused rows sealed; a row that is there already (after an interruption) stays. Returns how many were given."""
    kept = notes[: max(0, room)]
    Row.objects.bulk_create([_row(run, note) for note in kept], batch_size=2000, ignore_conflicts=True)
    return len(kept)


def _row(run: Run, note: Note) -> Row:
    body = {"cells": [raw(cell) for cell in note.cells], "facts": note.problem.facts}
    sealed = vault.seal(json.dumps(body, ensure_ascii=False, default=str))
    return Row(run=run, line=note.line, code=note.problem.code, remark=note.remark, sealed=sealed)


def _added(before: dict[str, int], more: dict[str, int]) -> dict[str, int]:
    return {**before, **{name: before.get(name, 0) + count for name, count in more.items()}}
