"""A curve file from its blocks to understood points in the spill, block by block."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longzhong.surfaces.exchange.engines import Source, curve_blocks, tables, text
from longzhong.surfaces.exchange.engines.plans import Block, Plan, Refusal
from longzhong.surfaces.exchange.engines.spill import INDEX, Spill
from longzhong.surfaces.exchange.rules import curve_rows
from longzhong.surfaces.exchange.rules.cells import raw
from longzhong.surfaces.exchange.rules.curve_rows import Coded, Ints, Known, Problems, Words
from longzhong.surfaces.exchange.rules.curve_words import SLOTS, Quantity
from longzhong.surfaces.exchange.rules.reasons import Bad
from longzhong.surfaces.exchange.rules.recipes_curves import Form

SLOT_MINUTES = 15
MIDNIGHT = b"24:00"


@dataclass(frozen=True)
class Scanned:
    """One block: how many rows were read, which of them were refused, up to which line."""

    read: int
    refused: list[Refusal]
    line: int


def plan_of(source: Source, sheet: str, first_row: int, headers: tuple[object, ...], form: Form) -> Plan:
    """Which columns to take. Of a doubled header the first column counts in curves."""
    words = {role: where[0] for role, where in form.places.items() if where and role != "value"}
    values = list(form.slots) or list(form.named) or [form.places["value"][0]]
    return Plan(source, sheet, first_row, headers, words, values)  # type: ignore[arg-type]


def scan(plan: Plan, form: Form, known: Known, spill: Spill) -> Iterator[Scanned]:
    """Understand the whole file; points go to the spill, refusals come out with their lines."""
    ends = False if form.slots else labels_ends(plan.source, plan.sheet)
    for block in curve_blocks.blocks(plan):
        problems = Problems(np.zeros(len(block.lines), np.int32))
        if form.slots:
            _wide(block, known, problems, spill)
        else:
            _long(block, form, known, problems, spill, ends)
        refused = [
            *block.refused,
            *((int(block.lines[row]), problems.of(int(row))) for row in np.flatnonzero(problems.rows)),
        ]
        yield Scanned(len(block.lines) + len(block.refused), refused, block.seen)  # type: ignore[arg-type]


def labels_ends(source: Source, sheet: str) -> bool:
    """Whether a long file names a quarter of an hour by its end: then, and only then, it has a 24:00."""
    if source.kind == "text" and not source.encoding.startswith(("utf-16", "utf-32")):
        return _has_bytes(source)
    if source.kind == "text":
        return any(isinstance(line, str) and "24:00" in line for _, line in text.numbered(source.path, source.encoding))
    return any("24:00" in raw(cell) for _, row in tables.rows(source, sheet) if isinstance(row, list) for cell in row)


def _has_bytes(source: Source) -> bool:
    with source.path.open("rb") as file:
        tail = b""
        while block := file.read(1 << 22):
            if MIDNIGHT in tail + block:
                return True
            tail = block[-8:]
    return False


def _wide(block: Block, known: Known, problems: Problems, spill: Spill) -> None:
    meters, days, _ = _who_and_when(block, known, problems)
    coded = block.words["quantity"]
    quantities = curve_rows.understand_quantities(coded, problems)
    target, factor = curve_rows.aim(meters, quantities, coded.codes, _extra(block), known, problems)
    good = problems.rows == 0
    index = _index(block.lines, meters, days, target, np.zeros(len(days), np.uint8))
    scaled = _scaled(block.values, factor[:, None])
    spill.add(index[good], scaled[good] if not good.all() else scaled)


def _long(block: Block, form: Form, known: Known, problems: Problems, spill: Spill, ends: bool) -> None:
    meters, days, minutes = _who_and_when(block, known, problems)
    days, slots = _slots(days, minutes, problems, ends)
    targets = []
    for codes, quantities in _value_columns(block, form, problems):
        targets.append(curve_rows.aim(meters, quantities, codes, _extra(block), known, problems))
    good = problems.rows == 0
    silent = np.isnan(block.values).all(
        axis=1
    )  # such a row still says that this moment is missing: its first column does
    for place, (target, factor) in enumerate(targets):
        stay = good & (~np.isnan(block.values[:, place]) | (silent & (place == 0)))
        values = _scaled(block.values[stay, place], factor[stay])
        spill.add(_index(block.lines, meters, days, target, slots)[stay], values[:, None])


def _scaled(values: NDArray[np.float32], factor: NDArray[np.float64]) -> NDArray[np.float32]:
    """In double precision, so that 1500 W is 1.5 kW."""
    return values if (factor == 1).all() else (values * factor).astype(np.float32)


def _value_columns(block: Block, form: Form, problems: Problems) -> Iterator[tuple[Ints, list[Quantity | Bad]]]:
    """For each value column: codes and quantities of its rows."""
    if not form.named:
        coded = block.words["quantity"]
        yield coded.codes, curve_rows.understand_quantities(coded, problems)
        return
    for quantity in form.named.values():
        yield np.zeros(len(block.lines), np.int32), [quantity]


def _who_and_when(block: Block, known: Known, problems: Problems) -> tuple[Ints, Ints, Ints]:
    meters = curve_rows.understand_meters(block.words["meter"], known, problems)
    if "day" in block.words:
        days, minutes = curve_rows.understand_days(block.words["day"], known, problems)
        if "time" in block.words:
            minutes = curve_rows.understand_minutes(block.words["time"], problems)
        return meters, days, minutes
    days, minutes = curve_rows.understand_days(block.words["time"], known, problems)
    problems.where(minutes < 0, Bad("bad_time", column="时间", shown=""))
    return meters, days, minutes


def _slots(days: Ints, minutes: Ints, problems: Problems, ends: bool) -> tuple[Ints, NDArray[np.uint8]]:
    """Slot of each moment. Ends: 00:15 is slot 0, 24:00 slot 95, 00:00 the last slot of the day before. Else 00:00 is slot 0."""
    problems.where((minutes % SLOT_MINUTES) != 0, Bad("off_grid", column="时间", shown=""))
    slots = minutes // SLOT_MINUTES - (1 if ends else 0)
    days = days + np.where(slots < 0, -1, 0) + np.where(slots >= SLOTS, 1, 0)
    return days.astype(np.int32), (slots % SLOTS).astype(np.uint8)


def _extra(block: Block) -> Words:
    def column(role: str) -> Coded | None:
        return block.words.get(role)

    return Words(column("phase"), column("side"), column("ratio"))


def _index(
    lines: Ints, meters: Ints, days: Ints, target: NDArray[np.int8], slots: NDArray[np.uint8]
) -> NDArray[np.void]:
    index = np.empty(len(lines), INDEX)
    index["line"], index["meter"], index["day"] = lines, meters, days
    index["target"], index["slot"] = target, slots
    return index
