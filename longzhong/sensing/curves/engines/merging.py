"""Late and corrected readings (补录与更正): newest `received_at` wins slot by slot; missing never replaces a reading."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from longzhong.sensing.curves.engines.shape import QUANTITIES, STAMP, curve_column, keys, matrix, schema
from longzhong.sensing.curves.rules.words import SLOTS

Ints = NDArray[np.int64]
NEVER: Final = np.iinfo(np.int64).min
CORRECTIONS: Final = pa.schema(
    [
        ("meter", pa.string()), ("phase", pa.int8()), ("quantity", pa.string()), ("slot", pa.int8()),
        ("old", pa.float32()), ("new", pa.float32()), ("received_at", STAMP),
    ]
)  # fmt: skip


@dataclass(frozen=True)
class Merged:
    """`table` is the whole day after the merge (None: nothing changed); rows by fate; replaced readings one by one."""

    table: pa.Table | None
    new: int
    corrected: int
    unchanged: int
    slots_late: int
    corrections: pa.Table


@dataclass
class _Rows:
    """Rows as arrays: curves (n, Q, 96) and the time (µs) of every reading, NEVER where there is none."""

    curves: NDArray[np.float32]
    stamps: Ints

    @classmethod
    def of(cls, kind: str, table: pa.Table) -> "_Rows":
        names = QUANTITIES[kind]
        curves = np.stack([matrix(table[name]) for name in names], axis=1)
        row_stamps = np.asarray(table["received_at"].cast(pa.int64()).combine_chunks())
        stamps = np.broadcast_to(row_stamps[:, None, None], curves.shape).copy()
        mixed = np.flatnonzero(np.asarray(pc.is_valid(table["slot_at"])))
        if len(mixed):
            told = table["slot_at"].take(pa.array(mixed)).combine_chunks()
            stamps[mixed] = np.asarray(told.flatten()).reshape(-1, len(names), SLOTS)
        stamps[np.isnan(curves)] = NEVER
        return cls(curves, stamps)


def merge(kind: str, old: pa.Table | None, new: pa.Table) -> Merged:
    """Merge one day's new rows into the old ones; both in the lake's shape."""
    new, repeated = _one_row_each(kind, new)
    none = CORRECTIONS.empty_table()
    if old is None:
        return Merged(_sorted(new) if new.num_rows else None, new.num_rows, 0, repeated, 0, none)
    place = np.asarray(pc.fill_null(pc.index_in(keys(new), keys(old)), -1).cast(pa.int64()))
    known = np.flatnonzero(place >= 0)
    differing = known[_differ(kind, old, new, place[known], known)]
    fresh = np.flatnonzero(place < 0)
    if not len(differing):
        table = _sorted(pa.concat_tables([old, new.take(pa.array(fresh))])) if len(fresh) else None
        return Merged(table, len(fresh), 0, len(known) + repeated, 0, none)
    overlaid, corrections, late = _overlay(kind, old, new, place, differing)
    changed = overlaid.num_rows
    if not changed and not len(fresh):
        return Merged(None, 0, 0, len(known) + repeated, 0, none)
    gone = np.asarray(pc.is_in(keys(old), keys(overlaid)))
    stay = old.filter(pa.array(~gone))
    table = _sorted(pa.concat_tables([stay, overlaid, new.take(pa.array(fresh))]))
    return Merged(table, len(fresh), changed, len(known) - changed + repeated, late, corrections)


def _sorted(table: pa.Table) -> pa.Table:
    names = ["meter", "phase"] if "phase" in table.column_names else ["meter"]
    order = pc.sort_indices(table, sort_keys=[(name, "ascending") for name in names])
    return table.take(order).combine_chunks()


def _one_row_each(kind: str, table: pa.Table) -> tuple[pa.Table, int]:
    """Rows for the same curve in one batch become one, the later row winning; also: how many rows went into others."""
    names = keys(table)
    unique = pc.unique(names)
    extra = table.num_rows - len(unique)
    if not extra:
        return table, 0
    place = np.asarray(pc.index_in(names, unique).cast(pa.int64()))
    rows = _Rows.of(kind, table)
    first = np.unique(place, return_index=True)[1]
    curves, stamps = rows.curves[first], rows.stamps[first]
    for row in np.setdiff1d(np.arange(table.num_rows), first):
        at = place[row]
        wins = (rows.stamps[row] >= stamps[at]) & (rows.stamps[row] != NEVER)
        curves[at][wins], stamps[at][wins] = rows.curves[row][wins], rows.stamps[row][wins]
    return _table(kind, table.take(pa.array(first)), curves, stamps), extra


def _differ(kind: str, old: pa.Table, new: pa.Table, old_rows: Ints, new_rows: Ints) -> NDArray[np.bool_]:
    """Which of the rows say anything that isn't kept yet."""
    differ = np.zeros(len(new_rows), dtype=bool)
    for name in QUANTITIES[kind]:
        before, after = matrix(old[name])[old_rows], matrix(new[name])[new_rows]
        differ |= ((before != after) & ~np.isnan(after)).any(axis=1)
    return differ


def _overlay(kind: str, old: pa.Table, new: pa.Table, place: Ints, rows: Ints) -> tuple[pa.Table, pa.Table, int]:
    """The old rows with newer readings laid over them, those readings that were replaced, and how many came late."""
    before = _Rows.of(kind, old.take(pa.array(place[rows])))
    incoming = new.take(pa.array(rows))
    after = _Rows.of(kind, incoming)
    wins = (after.stamps != NEVER) & (after.stamps >= before.stamps) & (after.curves != before.curves)
    changed = np.flatnonzero(wins.any(axis=(1, 2)))
    late = int((wins & (before.stamps == NEVER)).sum())
    replaced = np.nonzero(wins & (before.stamps != NEVER))
    corrections = _corrections(kind, incoming, before, after, replaced)
    curves, stamps = np.where(wins, after.curves, before.curves), np.maximum(before.stamps, after.stamps)
    table = _table(kind, incoming.take(pa.array(changed)), curves[changed], stamps[changed])
    return table, corrections, late


def _table(kind: str, told: pa.Table, curves: NDArray[np.float32], stamps: Ints) -> pa.Table:
    """Rows in the lake's shape with the describing columns of `told`; `slot_at` only where times differ."""
    newest = stamps.max(axis=(1, 2), initial=NEVER)
    empty = newest == NEVER
    own = np.asarray(told["received_at"].cast(pa.int64()).combine_chunks())
    newest = np.where(empty, own, newest)
    mixed = ((stamps != NEVER) & (stamps != newest[:, None, None])).any(axis=(1, 2))
    lists = [row.reshape(-1) if flag else None for row, flag in zip(stamps, mixed, strict=True)]
    columns = {name: told[name] for name in told.column_names if name not in QUANTITIES[kind]}
    columns["received_at"] = pa.array(newest).cast(STAMP)
    columns["slot_at"] = pa.array(lists, type=pa.list_(pa.int64()))
    columns |= {name: curve_column(curves[:, at]) for at, name in enumerate(QUANTITIES[kind])}
    wanted = schema(kind)
    return pa.table({name: columns[name] for name in wanted.names}, schema=wanted)


def _corrections(
    kind: str, told: pa.Table, before: _Rows, after: _Rows, replaced: tuple[NDArray[np.intp], ...]
) -> pa.Table:
    rows, quantities, slots = replaced
    index = pa.array(rows)
    phase = told["phase"].take(index) if "phase" in told.column_names else pa.array(np.zeros(len(rows), dtype=np.int8))
    columns = {
        "meter": told["meter"].take(index),
        "phase": phase,
        "quantity": pa.array(QUANTITIES[kind]).take(pa.array(quantities)),
        "slot": pa.array(slots.astype(np.int8)),
        "old": pa.array(before.curves[replaced]),
        "new": pa.array(after.curves[replaced]),
        "received_at": pa.array(after.stamps[replaced]).cast(STAMP),
    }
    return pa.table(columns, schema=CORRECTIONS)
