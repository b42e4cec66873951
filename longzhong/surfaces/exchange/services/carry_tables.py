"""Carrying out a run of a register table: parse, look for repetitions within the file, hand batches to the owner of the data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction

from longzhong.kit.actor import Actor
from longzhong.surfaces.exchange.engines.body import Checked, body
from longzhong.surfaces.exchange.engines.looks import Look
from longzhong.surfaces.exchange.rules.cells import Cell
from longzhong.surfaces.exchange.rules.columns import Recipe, parse
from longzhong.surfaces.exchange.rules.reasons import Bad
from longzhong.surfaces.exchange.services.keepers import KEEPERS
from longzhong.surfaces.exchange.services.sinks import Batch, Note, Sink, tally_of

BATCH = 10_000
WHOLE = 200_000  # the unit tree is one batch: a parent may stand below its children
SAID = "said"


@dataclass(frozen=True)
class _Parsed:
    line: int
    values: dict[str, Any]
    cells: Sequence[Cell]


@dataclass
class _Seen:
    """Keys of the file so far, so that the same row twice is unchanged and two that differ are refused."""

    key: tuple[str, ...]
    rows: dict[tuple[Any, ...], tuple[int, int]] = field(default_factory=dict)

    def again(self, one: _Parsed) -> bool:
        """Whether an earlier row says the same; refuses one that says otherwise."""
        key = tuple(one.values.get(role) for role in self.key)
        content = hash(tuple(sorted((role, str(value)) for role, value in one.values.items())))
        line, before = self.rows.setdefault(key, (one.line, content))
        if line == one.line:
            return False
        if before != content:
            raise Bad("duplicate_in_file", line=line)
        return True


@dataclass(frozen=True)
class TableJob:
    """What a run of a table works with. Rows up to line `after` were kept by an interrupted attempt: they are only remembered.

    `given`: what the page says on which the file was brought, by role: its names, the first is kept.
    """

    look: Look
    recipe: Recipe
    sink: Sink
    after: int
    total: int
    dry: bool
    given: Mapping[str, Sequence[str]] = field(default_factory=dict)


def carry_table(*, job: TableJob, by: Actor, at: datetime) -> None:
    """Every row under the header, batch by batch; each batch is kept with its counts, or (dry) rolled back before the next."""
    seen = _Seen(job.recipe.key)
    rows = body(job.look.source, job.look.sheet, job.look.layout, job.look.merges)
    size = WHOLE if job.recipe.code == "units" else BATCH
    done = 0
    while batch := list(islice(rows, size)):
        done += len(batch)
        with transaction.atomic():
            step = _step(batch, job, seen, by, at)
            if step is not None:
                step.share = done / max(job.total, done)
            if step is not None and not job.dry:
                job.sink.put(step)
            transaction.set_rollback(job.dry)
        if step is not None and job.dry:
            job.sink.put(step)


def _step(batch: Sequence[Checked], job: TableJob, seen: _Seen, by: Actor, at: datetime) -> Batch | None:
    notes: list[Note] = []
    same = 0
    parsed = []
    for one in _understood(batch, job, notes):
        try:
            again = seen.again(one)
        except Bad as problem:
            notes.append(Note(one.line, problem, one.cells))
            continue
        if again:
            same += one.line > job.after
        else:
            parsed.append(one)
    if batch[-1][0] <= job.after:
        return None
    notes = [note for note in notes if note.line > job.after]
    parsed = [one for one in parsed if one.line > job.after]
    outcome = KEEPERS[job.recipe.code]([one.values for one in parsed], by, at)
    notes += [_note(parsed[one.index], one.code, one.message, remark=False) for one in outcome.kept.refused]
    remarks = [_note(parsed[one.index], one.code, one.message, remark=True) for one in outcome.remarks]
    kept = outcome.kept
    tally = tally_of(kept.new, kept.changed, kept.unchanged + same, notes)
    return Batch(tally, notes + remarks, outcome.extra, {"line": batch[-1][0]})


def _understood(batch: Sequence[Checked], job: TableJob, notes: list[Note]) -> Iterator[_Parsed]:
    for line, cells, problem in batch:
        try:
            if problem is not None:
                raise problem
            yield _Parsed(line, _with(parse(cells, job.look.places, job.recipe), job.given), cells)
        except Bad as bad:
            notes.append(Note(line, bad, cells))


def _with(values: dict[str, Any], given: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The values with what the page says; a row that says otherwise belongs somewhere else."""
    for role, names in given.items():
        if (said := values.get(role)) and said not in names:
            raise Bad("elsewhere", wanted=names[-1], shown=said)
        values = {**values, role: names[0]}
    return values


def _note(one: _Parsed, code: str, message: str, *, remark: bool) -> Note:
    return Note(one.line, Bad(code, **{SAID: str(message)}), one.cells, remark)
