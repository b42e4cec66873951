"""What one day's scan leaves for later ones, kept beside the lake (研判结转): tails for the next midnight, 64-bit histories.

`<root>/summary/kind=…/day=…/summary.parquet` holds the tails and verdicts by curve; `<root>/history/kind=…/bits.parquet`
one 64-bit number a curve and kind. Both are replaced in one step; a scan of the same day writes the same again.
"""

import hashlib
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from longzhong.sensing.curves.engines.lake import Lake, locked, replace_file
from longzhong.sensing.curves.rules.history import History, write_day
from longzhong.sensing.curves.rules.judged import Judged, Tails, unknown_tails


def _packed(values: NDArray[np.generic]) -> pa.Array:
    """Rows of numbers as fixed-length binary."""
    flat = np.ascontiguousarray(values).reshape(len(values), -1)
    width = flat.dtype.itemsize * flat.shape[1]
    return pa.FixedSizeBinaryArray.from_buffers(pa.binary(width), len(flat), [None, pa.py_buffer(flat.tobytes())])


def _unpacked(column: pa.ChunkedArray, dtype: type[np.generic], shape: tuple[int, ...]) -> NDArray[np.generic]:
    array = pa.concat_arrays(column.chunks) if column.num_chunks != 1 else column.chunk(0)
    buffer = array.buffers()[1]
    if buffer is None or not len(array):
        return np.zeros((0, *shape), dtype=dtype)
    width = array.type.byte_width
    part = buffer.slice(array.offset * width, len(array) * width)
    return np.frombuffer(part, dtype=dtype).reshape(len(array), *shape)


def save_summary(lake: Lake, kind: str, day: date, keys: pa.Array, judged: Judged) -> None:
    """`judged` may have several rows a key (three phases of an area): they are kept together. The stamp is the tails' digest."""
    tails = judged.tails.reshape(len(keys), -1)
    stamp = hashlib.blake2b(tails.tobytes(), digest_size=8).hexdigest()
    table = pa.table({"key": keys, "tails": _packed(tails), "verdict": _packed(judged.verdict.reshape(len(keys), -1))})
    table = table.replace_schema_metadata({"stamp": stamp})
    path = lake.root / "summary" / f"kind={kind}" / f"day={day.isoformat()}" / "summary.parquet"
    replace_file(path, table, durable=False)


def tails_before(lake: Lake, kind: str, day: date, keys: pa.Array, shape: tuple[int, ...]) -> Tails:
    """Tails (n, *shape) of the given day aligned to today's keys, unknown where that day says nothing."""
    path = lake.root / "summary" / f"kind={kind}" / f"day={day.isoformat()}" / "summary.parquet"
    kinds = int(np.prod(shape[:-1]))
    unknown = unknown_tails(len(keys), kinds).reshape(len(keys), *shape)
    if not path.exists():
        return unknown
    table = pq.read_table(path, columns=["key", "tails"], partitioning=None)
    tails = _unpacked(table["tails"], np.uint8, shape).astype(np.uint8)
    place = align(keys, table["key"])
    if place is None:
        return tails
    known = place >= 0
    unknown[known] = tails[place[known]]
    return unknown


def stamp_of(lake: Lake, kind: str, day: date) -> str:
    """Digest of a day's tails, "": not scanned."""
    path = lake.root / "summary" / f"kind={kind}" / f"day={day.isoformat()}" / "summary.parquet"
    return (pq.read_schema(path).metadata or {}).get(b"stamp", b"").decode() if path.exists() else ""


def align(keys: pa.Array, others: pa.ChunkedArray) -> NDArray[np.int64] | None:
    """Place of each key among the others, -1: not there; None: they are the same list."""
    if len(keys) == len(others) and pa.chunked_array([keys]).equals(others):
        return None
    return np.asarray(pc.fill_null(pc.index_in(keys, value_set=others), -1)).astype(np.int64)


def remember(lake: Lake, kind: str, day: date, keys: pa.Array, abnormal: NDArray[np.bool_]) -> History:
    """Write one day into the histories of these curves (n, K) and give back the histories as they now stand."""
    folder = lake.root / "history" / f"kind={kind}"
    path = folder / "bits.parquet"
    with locked(folder):
        kinds = abnormal.shape[1]
        old = pq.read_table(path, partitioning=None) if path.exists() else None
        if old is None:
            bits = write_day(np.zeros(abnormal.shape, dtype=np.uint64), day, day, abnormal)
            _save(path, keys, bits, day)
            return bits
        newest = date.fromisoformat((old.schema.metadata or {})[b"newest"].decode())
        held = _unpacked(old["bits"], np.uint64, (kinds,)).astype(np.uint64)
        place = align(keys, old["key"])
        mine = held if place is None else np.where(place[:, None] >= 0, held[place], np.uint64(0))
        bits = write_day(mine, newest, day, abnormal)
        if place is None:
            _save(path, keys, bits, max(newest, day))
            return bits
        gone = np.asarray(pc.invert(pc.is_in(old["key"], value_set=keys)))
        nothing = np.zeros((int(gone.sum()), kinds), dtype=bool)
        rest = write_day(held[gone], newest, day, nothing) if day > newest else held[gone]
        left = old["key"].filter(pa.array(gone)).combine_chunks()
        _save(path, pa.concat_arrays([keys, *_chunks(left)]), np.concatenate([bits, rest]), max(newest, day))
        return bits


def _chunks(array: pa.Array | pa.ChunkedArray) -> list[pa.Array]:
    return list(array.chunks) if isinstance(array, pa.ChunkedArray) else [array]


def _save(path: Path, keys: pa.Array, bits: History, newest: date) -> None:
    table = pa.table({"key": keys, "bits": _packed(bits)}).replace_schema_metadata({"newest": newest.isoformat()})
    replace_file(path, table, durable=False)
