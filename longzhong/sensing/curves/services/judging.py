"""Let the engine judge a day's files and remember what later days need (研判一天)."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from longzhong.sensing.curves.engines import AreaAsk, AreaScan, CustomerAsk, CustomerScan, Engine
from longzhong.sensing.curves.engines.lake import DayFile, Lake
from longzhong.sensing.curves.engines.memory import remember, save_summary
from longzhong.sensing.curves.engines.shape import QUANTITIES, matrix
from longzhong.sensing.curves.rules import KINDS, Kind
from longzhong.sensing.curves.rules.area import cross_check_dead
from longzhong.sensing.curves.rules.history import History
from longzhong.sensing.curves.rules.judged import Judged
from longzhong.sensing.curves.rules.limits import load_bounds, voltage_bounds
from longzhong.sensing.curves.rules.load import DEAD, judge_load
from longzhong.sensing.curves.rules.load import GAP as LOAD_GAP
from longzhong.sensing.curves.rules.voltage import GAP
from longzhong.sensing.curves.rules.words import ABNORMAL, NORMAL, UNJUDGED
from longzhong.sensing.curves.services.asking import Places, Rows, absent_codes, rows_of, tails_of

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Customers:
    """A judged customer file. `absent` are registered meters without a row; `history` (rows + absent, 8)."""

    rows: Rows
    scan: CustomerScan
    absent: list[str]
    history: History


@dataclass(frozen=True)
class Areas:
    """A judged area file. `history` (rows + absent, 4, 8): three phases, then the load."""

    rows: Rows
    scan: AreaScan
    absent: list[str]
    history: History


def judge_customers(*, engine: Engine, lake: Lake, file: DayFile, places: Places, day: date) -> Customers:
    """Judge, keep tails and histories."""
    rows = rows_of(file=file, places=places)
    before = tails_of(lake=lake, rows=rows, kind="customer", day=day)
    ask = CustomerAsk(
        bounds=voltage_bounds(places.sets),
        which=rows.set_of * 2 + rows.three,
        before=before,
        area_of=rows.area_of,
        areas=len(places.ids),
    )
    scan = engine.scan_customers(day, ask)
    save_summary(lake, "customer", day, rows.keys, scan.judged)
    absent = absent_codes(places=places, kind="customer", present=rows.codes)
    abnormal = np.zeros((len(rows) + len(absent), 8), dtype=bool)
    abnormal[: len(rows)] = scan.judged.verdict == ABNORMAL
    abnormal[len(rows) :, GAP] = True
    names = pa.array([f"{code}#1" for code in absent], type=pa.string())
    bits = remember(lake, "customer", day, pa.concat_arrays([rows.keys, names]), abnormal)
    return Customers(rows, scan, absent, bits)


def judge_areas(
    *, engine: Engine, lake: Lake, file: DayFile, places: Places, day: date, customers: Rows | None
) -> Areas:
    rows = rows_of(file=file, places=places)
    before = tails_of(lake=lake, rows=rows, kind="area", day=day)
    known = rows.area_of >= 0
    kva = np.full(len(rows), np.nan)
    kva[known] = places.kva[rows.area_of[known]]
    ask = AreaAsk(
        voltage_bounds=voltage_bounds(places.sets),
        load_bounds=load_bounds(places.sets),
        which=rows.set_of,
        kva=kva,
        before_voltage=np.ascontiguousarray(before[:, :3]),
        before_load=np.ascontiguousarray(before[:, 3]),
    )
    scan = engine.scan_areas(day, ask)
    if customers is not None:
        scan = _confirm_dead(engine, lake, day, rows, customers, places, ask, scan)
    both = _together(scan, len(rows))
    save_summary(lake, "area", day, rows.keys, both)
    absent = absent_codes(places=places, kind="area", present=rows.codes)
    abnormal = np.zeros((len(rows) + len(absent), 32), dtype=bool)
    abnormal[: len(rows)] = both.verdict.reshape(len(rows), 32) == ABNORMAL
    abnormal[len(rows) :, 24 + LOAD_GAP] = True
    names = pa.concat_arrays([rows.keys, pa.array(absent, type=pa.string())])
    bits = remember(lake, "area", day, names, abnormal).reshape(-1, 4, 8)
    return Areas(rows, scan, absent, bits)


def _together(scan: AreaScan, count: int) -> Judged:
    verdict = np.concatenate(
        [scan.voltage.verdict.reshape(count, 3, 8), scan.load.verdict.reshape(count, 1, 8)], axis=1
    )
    tails = np.concatenate(
        [scan.voltage.tails.reshape(count, 3, 8, 2), scan.load.tails.reshape(count, 1, 8, 2)], axis=1
    )
    return Judged(verdict, tails)


def _confirm_dead(
    engine: Engine, lake: Lake, day: date, rows: Rows, customers: Rows, places: Places, ask: AreaAsk, scan: AreaScan
) -> AreaScan:
    """Ask the customers about areas that look dead or silent: where they live, it is the area meter that fails."""
    looks_dead = ~np.isin(scan.load.verdict[:, DEAD], (NORMAL, UNJUDGED)) & (rows.area_of >= 0)
    doubted = np.flatnonzero(looks_dead)
    if not len(doubted):
        return scan
    dead_volts = min(limits.dead_volts for limits in places.sets)
    asked = np.isin(customers.area_of, rows.area_of[doubted])
    living = engine.living(day, np.where(asked, customers.area_of, -1), len(places.ids), dead_volts)
    table = lake.rows("area", day, [rows.codes[rows.code_of[row]] for row in doubted], ["meter", *QUANTITIES["area"]])
    if table is None:
        return scan
    curves = {name: matrix(table[name]) for name in QUANTITIES["area"]}
    phases = np.stack([curves["ua"], curves["ub"], curves["uc"]], axis=1)
    checked = cross_check_dead(phases, living[rows.area_of[doubted]], dead_volts, places.sets[0].nominal_volts)
    patched = curves | {name: np.ascontiguousarray(checked[:, at]) for at, name in enumerate(("ua", "ub", "uc"))}
    again = judge_load(patched, ask.kva[doubted], ask.which[doubted], ask.load_bounds, ask.before_load[doubted])
    cleared = doubted[(again.verdict[:, DEAD] != ABNORMAL) & (scan.load.verdict[doubted, DEAD] == ABNORMAL)]
    scan.load.verdict[doubted, DEAD] = again.verdict[:, DEAD]
    scan.load.tails[doubted, DEAD] = again.tails[:, DEAD]
    return _blame_meters(scan, doubted, cleared)


def _blame_meters(scan: AreaScan, doubted: Ints, cleared: Ints) -> AreaScan:
    """Findings of areas that live after all: a certain one becomes the meter's zero values, an uncertain one goes."""
    found, dead, zero = scan.found, KINDS.index(Kind.DEAD), KINDS.index(Kind.ZERO)
    of_dead = found.kind == dead
    turned = np.isin(found.row, cleared) & of_dead
    left = scan.load.verdict[np.minimum(found.row, len(scan.load.verdict) - 1), DEAD]
    gone = of_dead & np.isin(found.row, doubted) & ~turned & (left == NORMAL)
    kind = np.where(turned, np.int8(zero), found.kind).astype(np.int8)
    return replace(scan, found=replace(found, kind=kind).take(~gone), phase=scan.phase[~gone])
