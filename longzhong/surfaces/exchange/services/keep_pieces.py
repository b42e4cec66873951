"""From the spill to the lake, a piece of at most some hundred thousand rows at a time."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from longzhong.kit.actor import Actor
from longzhong.sensing.curves import services as curves
from longzhong.sensing.curves.selectors.places import lake
from longzhong.surfaces.exchange.engines import lake_tables
from longzhong.surfaces.exchange.engines.looks import Look
from longzhong.surfaces.exchange.engines.spill import Spill
from longzhong.surfaces.exchange.rules import curve_chunks
from longzhong.surfaces.exchange.rules.curve_chunks import CHANGED, CLASH, NEW, UNCHANGED, Composed, Floats
from longzhong.surfaces.exchange.rules.curve_rows import AREA, CUSTOMER, Known
from longzhong.surfaces.exchange.rules.curve_words import SLOTS
from longzhong.surfaces.exchange.rules.reasons import Bad
from longzhong.surfaces.exchange.rules.runs import Tally
from longzhong.surfaces.exchange.services.sinks import Batch, Sink, notes_with_cells, tally_of

WIDE_ROWS, LONG_ROWS = 300_000, 4_000_000  # rows of the file in one piece


@dataclass(frozen=True)
class Spilled:
    """A file that was understood: its rows in the spill, the meters that they number, and where the results go."""

    look: Look
    known: Known
    spill: Spill
    sink: Sink
    dry: bool


@dataclass(frozen=True)
class _Piece:
    """Composed rows for the lake, and what they will do to it."""

    ready: list[tuple[int, Composed]]
    step: Batch


def keep_pieces(*, spilled: Spilled, cursor: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Every piece that an interrupted attempt didn't finish. What a piece will do is noted first: doing it again
    counts the same.
    """
    most = WIDE_ROWS if spilled.spill.width == SLOTS else LONG_ROWS
    pieces = curve_chunks.chunks(spilled.spill.index, most)
    for number, rows in enumerate(pieces):
        if number < cursor.get("piece", 0):
            continue
        piece = _understood(spilled, rows)
        if cursor.get("intent_of") == number:
            piece.step.tally = Tally(**cursor["intent"])
        spilled.sink.intend({"intent_of": number, "intent": asdict(piece.step.tally)})
        if not spilled.dry:
            _write(spilled.known, piece.ready, by, at)
        piece.step.cursor = {"piece": number + 1}
        piece.step.share = 0.5 + (number + 1) / len(pieces) / 2
        with transaction.atomic():
            spilled.sink.put(piece.step)


def _understood(spilled: Spilled, rows: NDArray[np.int64]) -> _Piece:
    index, values = spilled.spill.index[rows], spilled.spill.values[rows]
    customers = curve_chunks.kinds(index["target"])
    fate, clash = np.zeros(len(rows), np.int8), np.zeros(len(rows), np.int32)
    ready = []
    for kind, mask in ((AREA, ~customers), (CUSTOMER, customers)):
        if mask.any():
            composed = curve_chunks.compose(kind, index[mask], values[mask])
            fate[mask] = _fates(kind, composed, spilled.known, index[mask], values[mask])
            clash[mask] = composed.clash
            ready.append((kind, composed))
    return _Piece(ready, _counted(spilled.look, index["line"], fate, clash))


def _write(known: Known, ready: list[tuple[int, Composed]], by: Actor, at: datetime) -> None:
    for kind, composed in ready:
        table = lake_tables.lake_table(kind, composed.keys, composed.cube, list(known.meters), known.facts)
        curves.keep_readings(kind=lake_tables.KIND_NAMES[kind], table=table, received_at=at, by=by, at=at)


def _fates(kind: int, composed: Composed, known: Known, index: NDArray[np.void], values: Floats) -> NDArray[np.int8]:
    """Compare with what the lake holds of these meters and days."""
    old = np.full_like(composed.cube, np.nan)
    there = np.zeros(len(composed.keys), bool)
    codes = list(known.meters)
    meters = [codes[number] for number in np.unique(composed.keys.meters)]
    for day in lake_tables.days_of(composed.keys):
        told = lake().rows(lake_tables.KIND_NAMES[kind], day, meters, lake_tables.NAMES[kind])
        lake_tables.lay_under(kind, day, told, composed.keys, known.meters, old, there)
    return curve_chunks.fates(composed, old, there, index, values)


def _counted(look: Look, lines: NDArray[np.int32], fate: NDArray[np.int8], clash: NDArray[np.int32]) -> Batch:
    """Fates of values become fates of lines."""
    distinct, worst = curve_chunks.by_line(lines, fate)
    first = {int(line): int(other) for line, other in zip(lines[clash > 0], clash[clash > 0], strict=True)}
    clashing = [(int(line), Bad("duplicate_in_file", line=first[int(line)])) for line in distinct[worst == CLASH]]
    notes = notes_with_cells(look, clashing)
    new, changed, unchanged = (int((worst == one).sum()) for one in (NEW, CHANGED, UNCHANGED))
    return Batch(tally_of(new, changed, unchanged, notes), notes)
