"""Between composed arrays and the lake's tables (pyarrow)."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from longzhong.surfaces.exchange.rules.curve_chunks import AREA_COLUMNS, CUSTOMER_COLUMNS, Floats, Keys
from longzhong.surfaces.exchange.rules.curve_rows import AREA, CUSTOMER, MeterFacts
from longzhong.surfaces.exchange.rules.curve_words import SLOTS

KIND_NAMES = {AREA: "area", CUSTOMER: "customer"}
COLUMNS = {AREA: AREA_COLUMNS, CUSTOMER: CUSTOMER_COLUMNS}
NAMES = {AREA: ("meter", *AREA_COLUMNS), CUSTOMER: ("meter", "phase", *CUSTOMER_COLUMNS)}
_CURVE = pa.list_(pa.field("element", pa.float32(), nullable=False))
_EPOCH = date(1970, 1, 1)


def lake_table(kind: int, keys: Keys, cube: Floats, codes: Sequence[str], facts: Sequence[MeterFacts]) -> pa.Table:
    """Composed rows as `curves.services.keep_readings` takes them."""
    columns = {
        "meter": pa.array([codes[number] for number in keys.meters], pa.string()),
        "day": pa.array(keys.days, pa.int32()).cast(pa.date32()),
    }
    if kind == CUSTOMER:
        columns["phase"] = pa.array(keys.phases.astype(np.int8))
        columns["wiring"] = pa.array(np.array([one.wiring for one in facts], np.int8)[keys.meters])
    for place, name in enumerate(COLUMNS[kind]):
        columns[name] = curve_column(cube[place])
    return pa.table(columns)


def curve_column(values: Floats) -> pa.ListArray:
    """(k, 96) float32 as lists whose missing slots are NaN."""
    flat = np.ascontiguousarray(values).reshape(-1)
    offsets = np.arange(0, flat.size + 1, SLOTS, dtype=np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(flat), type=_CURVE)


def days_of(keys: Keys) -> list[date]:
    return [_EPOCH + timedelta(days=int(day)) for day in np.unique(keys.days)]


def lay_under(
    kind: int,
    day: date,
    told: pa.Table | None,
    keys: Keys,
    numbers: dict[str, int],
    old: Floats,
    known: NDArray[np.bool_],
) -> None:
    """Write what the lake holds of one day into `old` (columns, k, 96) and `known` (k,), where a key asks for it."""
    if told is None or told.num_rows == 0:
        return
    mine = np.flatnonzero(keys.days == (day - _EPOCH).days)
    place = {(int(keys.meters[at]), int(keys.phases[at])): int(at) for at in mine}
    phases = told["phase"].to_pylist() if kind == CUSTOMER else [0] * told.num_rows
    pairs = [
        place.get((numbers.get(meter, -1), phase), -1)
        for meter, phase in zip(told["meter"].to_pylist(), phases, strict=True)
    ]
    target = np.array(pairs, np.int64)
    wanted = target >= 0
    known[target[wanted]] = True
    for at, name in enumerate(COLUMNS[kind]):
        old[at, target[wanted]] = _matrix(told[name])[wanted]


def _matrix(column: pa.ChunkedArray) -> Floats:
    values = column.combine_chunks()
    if isinstance(values, pa.ChunkedArray):
        values = pa.concat_arrays(values.chunks)
    flat = values.flatten()
    return np.frombuffer(flat.buffers()[1], np.float32)[flat.offset : flat.offset + len(flat)].reshape(-1, SLOTS)
