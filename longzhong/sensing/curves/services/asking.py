"""Turn the register and the policies of a day into arrays by file row, as the engine wants them (备料)."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from longzhong.register.network import selectors as network
from longzhong.register.network.selectors import AreaRef
from longzhong.register.policies import selectors as policies
from longzhong.sensing.curves.engines.lake import DayFile, Lake
from longzhong.sensing.curves.engines.memory import tails_before
from longzhong.sensing.curves.engines.shape import keys
from longzhong.sensing.curves.rules import Limits
from longzhong.sensing.curves.rules.judged import Tails

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Places:
    """Areas of a day by number: ids, station, cell, rated kVA, and which set of limits holds there (set 0: no unit's own)."""

    refs: dict[str, AreaRef]
    number: dict[int, int]
    ids: list[int]
    units: list[int | None]
    grids: list[int | None]
    kva: NDArray[np.float64]
    sets: list[Limits]
    set_of: Ints


@dataclass(frozen=True)
class Rows:
    """Rows of a day file: their keys, meters (`codes[code_of]`), where each meter's rows begin, area numbers (-1: unknown)."""

    keys: pa.Array
    codes: list[str]
    code_of: Ints
    starts: Ints
    area_of: Ints
    set_of: Ints
    phase: NDArray[np.int8]
    three: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.code_of)


def places_of(*, day: date) -> Places:
    refs = network.areas_of_meters(None, day)
    homes = {ref.area_id: ref for ref in refs.values()}
    ids = sorted(homes)
    units = [homes[one].unit_id for one in ids]
    own = policies.limits_of_units(Limits, "curves", unit_ids={unit for unit in units if unit is not None}, day=day)
    sets = [_firm(policies.limits(Limits, "curves", day=day))]
    set_of = np.zeros(len(ids), dtype=np.int64)
    for place, unit in enumerate(units):
        limits = _firm(own[unit]) if unit is not None else sets[0]
        if limits not in sets:
            sets.append(limits)
        set_of[place] = sets.index(limits)
    return Places(
        refs=refs,
        number={one: place for place, one in enumerate(ids)},
        ids=ids,
        units=units,
        grids=[homes[one].grid_id for one in ids],
        kva=np.array([homes[one].kva or np.nan for one in ids], dtype=np.float64),
        sets=sets,
        set_of=set_of,
    )


def _firm(limits: Limits) -> Limits:
    return replace(limits, seasons=tuple(limits.seasons))


def rows_of(*, file: DayFile, places: Places) -> Rows:
    columns = ["meter", "phase", "wiring"] if file.kind == "customer" else ["meter"]
    table = pq.read_table(file.path, columns=columns, partitioning=None)
    coded = table["meter"].combine_chunks().dictionary_encode()
    coded = pa.concat_arrays(coded.chunks) if isinstance(coded, pa.ChunkedArray) else coded
    codes = coded.dictionary.to_pylist()
    code_of = np.asarray(coded.indices).astype(np.int64)
    refs = [places.refs.get(code) for code in codes]
    area = np.array([places.number[ref.area_id] if ref else -1 for ref in refs], dtype=np.int64)
    sets = np.array([places.set_of[places.number[ref.area_id]] if ref else 0 for ref in refs], dtype=np.int64)
    count = len(code_of)
    phase, three = np.zeros(count, dtype=np.int8), np.ones(count, dtype=bool)
    if file.kind == "customer":
        phase = table["phase"].to_numpy().astype(np.int8)
        known = np.array([ref is not None and ref.wiring == 3 for ref in refs], dtype=bool)
        three = (table["wiring"].to_numpy() == 3) | known[code_of] if count else three
    return Rows(
        keys=keys(table),
        codes=codes,
        code_of=code_of,
        starts=np.flatnonzero(np.diff(code_of, prepend=-1)),
        area_of=area[code_of] if count else area,
        set_of=sets[code_of] if count else sets,
        phase=phase,
        three=three,
    )


def tails_of(*, lake: Lake, rows: Rows, kind: str, day: date) -> Tails:
    """Yesterday's tails by row: (n, 8, 2) of customers, (n, 4, 8, 2) of areas (three phases, then the load)."""
    shape = (8, 2) if kind == "customer" else (4, 8, 2)
    return tails_before(lake, kind, day - timedelta(days=1), rows.keys, shape)


def absent_codes(*, places: Places, kind: str, present: Collection[str]) -> list[str]:
    """Registered meters of a kind (customer, area) of which the day's file says nothing, in order."""
    seen = set(present)
    return sorted(code for code, ref in places.refs.items() if ref.kind == kind and code not in seen)
