"""Carrying out a run of curves: the file streams into a spill, the spill goes to the lake day by day.

An interrupted run goes on where it stopped: the spill stays on disk until the run ends.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import transaction

from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.network import selectors as network
from longzhong.surfaces.exchange.engines import curve_file
from longzhong.surfaces.exchange.engines.looks import Look
from longzhong.surfaces.exchange.engines.plans import Refusal
from longzhong.surfaces.exchange.engines.spill import Spill
from longzhong.surfaces.exchange.rules.curve_rows import AREA, CUSTOMER, Known, MeterFacts
from longzhong.surfaces.exchange.rules.curve_words import SLOTS, side_of
from longzhong.surfaces.exchange.rules.reasons import Bad
from longzhong.surfaces.exchange.rules.recipes_curves import Form, form_of
from longzhong.surfaces.exchange.services.keep_pieces import Spilled, keep_pieces
from longzhong.surfaces.exchange.services.sinks import Batch, Sink, notes_with_cells, tally_of

PHASES = {"A": 1, "B": 2, "C": 3}
MANY_BYTES = 16 << 20


@dataclass(frozen=True)
class CurveJob:
    """What a run of curves works with."""

    look: Look
    folder: Path
    sink: Sink
    dry: bool


def carry_curves(*, job: CurveJob, cursor: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """From the file to the lake. `cursor` is how far an interrupted attempt came ({} at first)."""
    form = form_of(job.look.layout.headers, job.look.places)
    known = Known(_lookup(job, at), civil_day(at), secondary=_titles_say(job.look))
    again = bool(cursor.get("scanned"))
    with Spill(job.folder / "spill", SLOTS if form.slots else 1, again=again) as spill:
        if again:
            _recall(known, job.folder)
        else:
            _scan(job, form, known, spill)
        spilled = Spilled(job.look, known, spill, job.sink, job.dry)
        keep_pieces(spilled=spilled, cursor=cursor, by=by, at=at)


def _scan(job: CurveJob, form: Form, known: Known, spill: Spill) -> None:
    """Read the file once; what it refuses is kept in one step when all of it is known."""
    look = job.look
    plan = curve_file.plan_of(look.source, look.sheet, look.first_row, look.layout.headers, form)
    size = max(look.source.path.stat().st_size, 1)
    refused: list[Refusal] = []
    read = 0
    for scanned in curve_file.scan(plan, form, known, spill):
        read += scanned.read
        refused += scanned.refused
        job.sink.look(read, min(spill.bytes_written / size, 1.0) / 2)
    _remember(known, job.folder)
    spill.keep()
    notes = notes_with_cells(look, refused)
    with transaction.atomic():
        job.sink.put(Batch(tally_of(0, 0, 0, notes), notes, cursor={"scanned": True, "piece": 0}, share=0.5))


def _lookup(job: CurveJob, at: datetime) -> Any:
    """Meters as the register knows them today; of a big file all at once."""
    day = civil_day(at)
    big = job.look.source.path.stat().st_size > MANY_BYTES
    everything = network.areas_of_meters(None, day) if big else None

    def lookup(codes: Sequence[str]) -> Mapping[str, MeterFacts | Bad]:
        found = everything if everything is not None else network.areas_of_meters(codes, day)
        return {code: _facts(found[code]) for code in codes if code in found}

    return lookup


def _facts(ref: network.AreaRef) -> MeterFacts:
    return _shared(ref.kind, ref.phase, ref.wiring, ref.ratio)


@lru_cache(maxsize=4096)
def _shared(kind: str, phase: str, wiring: int, ratio: int) -> MeterFacts:
    """Few meters differ in these facts: one object for all that don't."""
    return MeterFacts(AREA if kind == "area" else CUSTOMER, PHASES.get(phase, 0), wiring, ratio)


def _titles_say(look: Look) -> bool | None:
    """Whether the lines above the table say 二次值 or 一次值."""
    return next((side for title in look.layout.titles if (side := side_of(title)) is not None and "次" in title), None)


def _remember(known: Known, folder: Path) -> None:
    """The numbers of the meters belong to the spill."""
    rows = [[code, *vars(facts).values()] for code, facts in zip(known.meters, known.facts, strict=True)]
    (folder / "spill" / "meters.json").write_text(json.dumps(rows))


def _recall(known: Known, folder: Path) -> None:
    for code, *facts in json.loads((folder / "spill" / "meters.json").read_text()):
        known.meters[code] = len(known.facts)
        known.facts.append(MeterFacts(*facts))
