"""The local engine (本机引擎): maps the rules over the row groups of a day file with threads.

A row group is decoded by pyarrow straight into NumPy, judged, and forgotten; only verdicts, tails and findings stay.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from longzhong.sensing.curves.engines import AreaAsk, AreaScan, CustomerAsk, CustomerScan
from longzhong.sensing.curves.engines.lake import Lake
from longzhong.sensing.curves.engines.shape import QUANTITIES, matrix
from longzhong.sensing.curves.rules.area import hourly, reconcile
from longzhong.sensing.curves.rules.findings import load_found, voltage_found
from longzhong.sensing.curves.rules.judged import Curve, Found, Judged, join_found
from longzhong.sensing.curves.rules.load import judge_load
from longzhong.sensing.curves.rules.voltage import GAP, judge_voltage
from longzhong.sensing.curves.rules.words import SLOTS

Ints = NDArray[np.int64]
T = TypeVar("T")


@dataclass(frozen=True)
class Group:
    """One row group of a file: the rows it holds, and how to read columns of it."""

    path: Path
    number: int
    rows: slice
    metadata: pq.FileMetaData

    def read(self, columns: list[str]) -> pa.Table:
        file = pq.ParquetFile(self.path, metadata=self.metadata)
        return file.read_row_group(self.number, columns=columns, use_threads=False)


def groups(path: Path) -> list[Group]:
    metadata = pq.read_metadata(path)
    found, start = [], 0
    for number in range(metadata.num_row_groups):
        stop = start + metadata.row_group(number).num_rows
        found.append(Group(path, number, slice(start, stop), metadata))
        start = stop
    return found


def add_by(numbers: Ints, values: NDArray[Any], into: NDArray[Any]) -> None:
    """into[numbers[i]] += values[i] row by row, numbers of -1 left out; adds up runs of sorted numbers at once."""
    order = np.argsort(numbers, kind="stable")
    order = order[np.searchsorted(numbers[order], 0) :]
    if not len(order):
        return
    ordered = numbers[order]
    starts = np.flatnonzero(np.diff(ordered, prepend=-1))
    into[ordered[starts]] += np.add.reduceat(values[order].astype(into.dtype), starts, axis=0)


class LocalEngine:
    def __init__(self, lake: Lake, threads: int | None = None) -> None:
        self.lake = lake
        self.threads = threads or os.cpu_count() or 1

    def path(self, kind: str, day: date) -> Path:
        file = self.lake.current(kind, day)
        if file is None:
            raise FileNotFoundError(f"the lake keeps no {kind} curves of {day}")
        return file.path

    def map(self, task: Callable[[Group], T], path: Path) -> list[T]:
        with ThreadPoolExecutor(self.threads) as pool:
            return list(pool.map(task, groups(path)))

    def scan_customers(self, day: date, ask: CustomerAsk) -> CustomerScan:
        return scan_customer_file(self.path("customer", day), ask, self.map)

    def scan_areas(self, day: date, ask: AreaAsk) -> AreaScan:
        parts = self.map(lambda group: scan_area_group(group, ask), self.path("area", day))
        return _joined(parts)

    def living(self, day: date, area_of: Ints, areas: int, dead_volts: float) -> Ints:
        def count(group: Group) -> Ints:
            found = np.zeros((areas, SLOTS), dtype=np.int64)
            mine = area_of[group.rows]
            if (mine >= 0).any():
                add_by(mine, matrix(group.read(["u"])["u"]) >= np.float32(dead_volts), found)
            return found

        return np.asarray(sum(self.map(count, self.path("customer", day))), dtype=np.int64)


def scan_customer_file(
    path: Path, ask: CustomerAsk, run: Callable[[Callable[[Group], CustomerScan], Path], list[CustomerScan]]
) -> CustomerScan:
    parts = run(lambda group: scan_customer_group(group, ask), path)
    return CustomerScan(
        judged=_join_judged([part.judged for part in parts]),
        found=join_found([part.found for part in parts]),
        seen=np.concatenate([part.seen for part in parts]),
        export_kw=np.asarray(sum(part.export_kw for part in parts), dtype=np.float32),
    )


def scan_customer_group(group: Group, ask: CustomerAsk) -> CustomerScan:
    """Judge one row group; power is read only where somebody asks for the export of areas."""
    exports = ask.area_of is not None
    table = group.read(["u", "p"] if exports else ["u"])
    u = matrix(table["u"])
    which, before = ask.which[group.rows], ask.before[group.rows]
    judged = judge_voltage(u, which, ask.bounds, before)
    found = voltage_found(u, which, ask.bounds, before, judged)
    export = np.zeros((ask.areas, 24), dtype=np.float32)
    if ask.area_of is not None:
        fed = np.fmax(-matrix(table["p"]), np.float32(0.0))
        giving = np.flatnonzero((fed > 0).any(axis=1))
        add_by(ask.area_of[group.rows][giving], np.nan_to_num(hourly(fed[giving])), export)
    seen = judged.tails[:, GAP, 0] < SLOTS  # a day of nothing but gap ends in a gap as long as the day
    return CustomerScan(judged, _shifted(found, group.rows.start), seen, export)


def scan_area_group(group: Group, ask: AreaAsk) -> AreaScan:
    names = list(QUANTITIES["area"])
    table = group.read(names)
    curves = {name: matrix(table[name]) for name in names}
    rows, meters = group.rows, table.num_rows
    phases = np.stack([curves["ua"], curves["ub"], curves["uc"]], axis=1).reshape(-1, SLOTS)
    which, kva = ask.which[rows], ask.kva[rows]
    which_3p = np.repeat(which * 2 + 1, 3)
    before = ask.before_voltage[rows].reshape(meters * 3, *ask.before_voltage.shape[2:])
    voltage = judge_voltage(phases, which_3p, ask.voltage_bounds, before)
    load = judge_load(curves, kva, which, ask.load_bounds, ask.before_load[rows])
    reconcile(voltage, load)
    of_phases = voltage_found(phases, which_3p, ask.voltage_bounds, before, voltage)
    of_load = load_found(curves, kva, which, ask.load_bounds, ask.before_load[rows], load)
    phase = np.concatenate([of_phases.row % 3 + 1, np.zeros(len(of_load), dtype=np.int64)]).astype(np.int8)
    found = join_found([replace(of_phases, row=of_phases.row // 3), of_load])
    p, q = curves["p"].astype(np.float64), curves["q"].astype(np.float64)
    seen = (voltage.tails[:, GAP, 0] < SLOTS).reshape(meters, 3).any(axis=1) | _any_reading(curves["p"])
    apparent = np.where(np.isnan(q), np.abs(p), np.hypot(p, np.nan_to_num(q)))
    return AreaScan(
        voltage, load, _shifted(found, rows.start), phase, seen, hourly(apparent), np.fmax(hourly(-p), np.float32(0.0))
    )


def _any_reading(values: Curve) -> NDArray[np.bool_]:
    return np.asarray(~np.isnan(values).all(axis=1))


def _shifted(found: Found, start: int) -> Found:
    return replace(found, row=found.row + start)


def _join_judged(parts: list[Judged]) -> Judged:
    return Judged(np.concatenate([p.verdict for p in parts]), np.concatenate([p.tails for p in parts]))


def _joined(parts: list[AreaScan]) -> AreaScan:
    return AreaScan(
        voltage=_join_judged([part.voltage for part in parts]),
        load=_join_judged([part.load for part in parts]),
        found=join_found([part.found for part in parts]),
        phase=np.concatenate([part.phase for part in parts]),
        seen=np.concatenate([part.seen for part in parts]),
        kva_by_hour=np.concatenate([part.kva_by_hour for part in parts]),
        export_by_hour=np.concatenate([part.export_by_hour for part in parts]),
    )
