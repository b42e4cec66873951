"""Shape of lake tables: flat keys, and lists of 96 float32 whose missing slots are NaN (never NULL) inside the list."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from longzhong.sensing.curves.rules.words import SLOTS

CURVE: Final = pa.list_(pa.field("element", pa.float32(), nullable=False))
STAMP: Final = pa.timestamp("us", tz="UTC")
QUANTITIES: Final[Mapping[str, tuple[str, ...]]] = {
    "customer": ("u", "p"),
    "area": ("ua", "ub", "uc", "ia", "ib", "ic", "p", "q"),
}
ROW_GROUP: Final[Mapping[str, int]] = {"customer": 32_768, "area": 8_192}
_KEYS: Final[Mapping[str, list[tuple[str, pa.DataType]]]] = {
    "customer": [("meter", pa.string()), ("phase", pa.int8()), ("wiring", pa.int8()), ("day", pa.date32())],
    "area": [("meter", pa.string()), ("day", pa.date32())],
}


def schema(kind: str) -> pa.Schema:
    """`received_at` holds for all slots of the row; where slots came at different times `slot_at` (µs since 1970, one per
    quantity and slot) says when."""
    fields = [pa.field(name, type_, nullable=False) for name, type_ in _KEYS[kind]]
    fields.append(pa.field("received_at", STAMP, nullable=False))
    fields += [pa.field(name, CURVE, nullable=False) for name in QUANTITIES[kind]]
    fields.append(pa.field("slot_at", pa.list_(pa.int64())))
    return pa.schema(fields)


def matrix(column: pa.ChunkedArray | pa.Array) -> NDArray[np.float32]:
    """A list column as (n, 96) float32, without a copy where the file is in our shape."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks)
    if pa.types.is_fixed_size_list(array.type):
        array = array.cast(pa.list_(array.type.value_type))
    if array.null_count:
        return _expanded(array)
    values = array.flatten()
    if len(values) != len(array) * SLOTS:
        raise ValueError(f"a curve has {SLOTS} points")
    if values.type != pa.float32():
        values = values.cast(pa.float32(), safe=False)
    return np.asarray(values.to_numpy(zero_copy_only=False)).reshape(-1, SLOTS)


def _expanded(array: pa.ListArray) -> NDArray[np.float32]:
    full = np.full((len(array), SLOTS), np.nan, dtype=np.float32)
    known = np.asarray(pc.is_valid(array))
    if known.any():
        full[known] = matrix(array.filter(pa.array(known)))
    return full


def curve_column(values: NDArray[np.float32]) -> pa.ListArray:
    flat = np.ascontiguousarray(values, dtype=np.float32).reshape(-1)
    offsets = np.arange(0, flat.size + 1, SLOTS, dtype=np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(flat), type=CURVE)


def keys(table: pa.Table) -> pa.Array:
    """One text a row that names the curve: meter, and phase where there is one."""
    meter = table["meter"].cast(pa.string())
    if "phase" not in table.column_names:
        return pa.concat_arrays(meter.chunks) if meter.num_chunks != 1 else meter.chunk(0)
    joined = pc.binary_join_element_wise(meter, table["phase"].cast(pa.string()), "#")
    return pa.concat_arrays(joined.chunks) if joined.num_chunks != 1 else joined.chunk(0)


def shaped(kind: str, table: pa.Table, received_at_us: int) -> pa.Table:
    """Bring what an importer made into the lake's shape; quantities and `received_at` may be left out."""
    rows = table.num_rows
    columns: dict[str, pa.Array | pa.ChunkedArray] = {}
    for name, type_ in _KEYS[kind]:
        if name == "wiring" and name not in table.column_names:
            columns[name] = pa.array(np.ones(rows, dtype=np.int8))
        else:
            columns[name] = table[name].cast(type_)
    if "received_at" in table.column_names:
        columns["received_at"] = pc.fill_null(table["received_at"].cast(STAMP), pa.scalar(received_at_us, STAMP))
    else:
        columns["received_at"] = pa.array(np.full(rows, received_at_us, dtype=np.int64)).cast(STAMP)
    for name in QUANTITIES[kind]:
        known = name in table.column_names
        values = matrix(table[name]) if known else np.full((rows, SLOTS), np.nan, dtype=np.float32)
        columns[name] = curve_column(values)
    columns["slot_at"] = table["slot_at"] if "slot_at" in table.column_names else pa.nulls(rows, pa.list_(pa.int64()))
    return pa.table(columns, schema=schema(kind))
