"""Judging one file by itself (单文件研判): days in order, runs joined over the midnights that the file holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from longzhong.sensing.curves.engines.shape import QUANTITIES, matrix
from longzhong.sensing.curves.engines.widefile import read_wide
from longzhong.sensing.curves.rules.area import reconcile
from longzhong.sensing.curves.rules.assemble import AreaCurves, CustomerCurves, Wide, area_curves, customer_curves
from longzhong.sensing.curves.rules.findings import load_found, voltage_found
from longzhong.sensing.curves.rules.judged import Found, Judged, Tails, unknown_tails
from longzhong.sensing.curves.rules.limits import Limits, load_bounds, voltage_bounds
from longzhong.sensing.curves.rules.load import (
    DEAD,
    GAP,
    HEAVY,
    MULTIPLIER,
    NEGATIVE,
    NEUTRAL,
    OVERLOAD,
    UNBALANCE,
    judge_load,
)
from longzhong.sensing.curves.rules.voltage import judge_voltage
from longzhong.sensing.curves.rules.words import KINDS, PHASES, UNJUDGED, VERDICTS, Kind, Verdict

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Judgement:
    """One meter, day, phase ("" = the meter as a whole) and kind. `first` and `last` are slots, -1: no abnormal slot."""

    meter: str
    day: date
    phase: str
    kind: Kind
    verdict: Verdict
    slots: int
    conf: int
    poss: int
    worst: float
    first: int
    last: int


class _Tails:
    """Tails of each curve's latest day, so that the next day of the file can join it."""

    def __init__(self, kinds: int) -> None:
        self.kinds = kinds
        self.kept: dict[tuple[str, int], tuple[date, Tails]] = {}

    def before(self, keys: list[tuple[str, int]], day: date) -> Tails:
        tails = unknown_tails(len(keys), self.kinds)
        for row, key in enumerate(keys):
            known = self.kept.get(key)
            if known and known[0] == day - timedelta(days=1):
                tails[row] = known[1]
        return tails

    def after(self, keys: list[tuple[str, int]], day: date, judged: Judged) -> None:
        for key, tails in zip(keys, judged.tails, strict=True):
            self.kept[key] = (day, tails)


def judge_wide_file(
    raw: bytes, limits: Limits, *, kva: float | None, wiring: int | None, kind: str | None
) -> tuple[Iterator[Judgement], list[tuple[int, str]]]:
    """Judge a wide CSV. A meter with reactive power or three currents is taken for an area's, if `kind` doesn't say."""
    file = read_wide(raw)
    wide = file.wide
    seen: dict[str, set[str]] = {}
    for meter, r in zip(wide.meters, wide.readings, strict=True):
        seen.setdefault(meter, set()).add(r.quantity + str(r.phase))
    areas = {meter for meter, what in seen.items() if _is_area(what, kind, told=kva is not None or meter in file.kva)}
    of_area = _part(wide, [meter in areas for meter in wide.meters])
    voltages = [m not in areas and r.quantity == "u" for m, r in zip(wide.meters, wide.readings, strict=True)]
    found = judge_customer_curves(customer_curves(_part(wide, voltages), wiring), limits)
    rated = {meter: file.kva.get(meter, kva if kva is not None else float("nan")) for meter in areas}
    found += judge_area_curves(area_curves(of_area), limits, rated)
    return iter(sorted(found, key=_order)), file.refused


def _is_area(what: set[str], kind: str | None, *, told: bool) -> bool:
    if kind is not None:
        return kind == "area"
    return any(w[0] == "q" for w in what) or {"i1", "i2", "i3"} <= what or (told and any(w[0] in "pi" for w in what))


def _part(wide: Wide, chosen: list[bool]) -> Wide:
    rows = [i for i, yes in enumerate(chosen) if yes]
    return Wide(
        [wide.meters[i] for i in rows],
        [wide.days[i] for i in rows],
        [wide.readings[i] for i in rows],
        wide.values[rows],
    )


def judge_lake_file(
    path: Path, limits: Limits, *, kva: float | None, wiring: int | None, kind: str | None
) -> Iterator[Judgement]:
    """Judge a day file of the lake; with columns ua…q an area file, else a customer file."""
    table = pq.read_table(path, partitioning=None)
    meters, days = [str(m) for m in table["meter"].to_pylist()], table["day"].to_pylist()
    if kind == "area" or (kind is None and "ua" in table.column_names):
        curves = {name: matrix(table[name]) for name in QUANTITIES["area"]}
        rated = dict.fromkeys(meters, kva if kva is not None else float("nan"))
        return iter(sorted(judge_area_curves(AreaCurves(meters, days, curves), limits, rated), key=_order))
    phase = table["phase"].to_numpy().astype(np.int8)
    told = table["wiring"].to_numpy().astype(np.int8)
    wirings = told if wiring is None else np.full(len(phase), wiring, dtype=np.int8)
    u = matrix(table["u"])
    return iter(sorted(judge_customer_curves(CustomerCurves(meters, days, phase, wirings, u, u), limits), key=_order))


def _order(one: Judgement) -> tuple[str, date, str, int]:
    return one.meter, one.day, one.phase, KINDS.index(one.kind)


def _told(found: Found, meters: list[str], day: date, phases: Ints) -> list[Judgement]:
    return [
        Judgement(
            meters[row], day, PHASES[phases[row]], KINDS[kind], VERDICTS[verdict], slots, conf, poss, worst, first, last
        )
        for row, kind, verdict, slots, conf, poss, worst, first, last in zip(
            *(getattr(found, name).tolist() for name in Found.__dataclass_fields__), strict=True
        )
    ]


def _days(days: list[date]) -> Iterator[tuple[date, Ints]]:
    numbers = np.array([day.toordinal() for day in days], dtype=np.int64)
    for number in np.unique(numbers):
        yield date.fromordinal(int(number)), np.flatnonzero(numbers == number)


def judge_customer_curves(curves: CustomerCurves, limits: Limits) -> list[Judgement]:
    bounds, tails, found = voltage_bounds([limits]), _Tails(8), list[Judgement]()
    for day, rows in _days(curves.days):
        meters, phases = [curves.meters[row] for row in rows], curves.phase[rows].astype(np.int64)
        keys = list(zip(meters, phases.tolist(), strict=True))
        u, which, before = curves.u[rows], (curves.wiring[rows] == 3).astype(np.int64), tails.before(keys, day)
        judged = judge_voltage(u, which, bounds, before)
        tails.after(keys, day, judged)
        found += _told(voltage_found(u, which, bounds, before, judged, every=True), meters, day, phases)
    return found


def judge_area_curves(curves: AreaCurves, limits: Limits, rated: dict[str, float]) -> list[Judgement]:
    of_phases, of_meters, found = _Tails(8), _Tails(8), list[Judgement]()
    phase_bounds, bounds = voltage_bounds([limits]), load_bounds([limits])
    for day, rows in _days(curves.days):
        meters = [curves.meters[row] for row in rows]
        day_curves = {name: np.ascontiguousarray(values[rows]) for name, values in curves.curves.items()}
        voltages = np.stack([day_curves["ua"], day_curves["ub"], day_curves["uc"]], axis=1).reshape(-1, 96)
        kva = np.array([rated[meter] for meter in meters], dtype=np.float64)
        phase_keys = [(meter, phase) for meter in meters for phase in (1, 2, 3)]
        keys = [(meter, 0) for meter in meters]
        before_u, before = of_phases.before(phase_keys, day), of_meters.before(keys, day)
        three = np.ones(len(phase_keys), dtype=np.int64)
        one = np.zeros(len(keys), dtype=np.int64)
        voltage = judge_voltage(voltages, three, phase_bounds, before_u)
        load = judge_load(day_curves, kva, one, bounds, before)
        reconcile(voltage, load)
        of_phases.after(phase_keys, day, voltage)
        of_meters.after(keys, day, load)
        _leave_out(voltage, load, voltages, day_curves)
        every_u = voltage_found(voltages, three, phase_bounds, before_u, voltage, every=True)
        found += _told(every_u, [meter for meter, _ in phase_keys], day, np.tile([1, 2, 3], len(meters)))
        every = load_found(day_curves, kva, one, bounds, before, load, every=True)
        found += _told(every, meters, day, np.zeros(len(meters), dtype=np.int64))
    return found


def _leave_out(
    voltage: Judged, load: Judged, voltages: NDArray[np.float32], curves: dict[str, NDArray[np.float32]]
) -> None:
    """Rules whose quantities don't occur at all that day in this file are not asked (unless nothing came at all)."""
    absent = {name: np.isnan(values).all(axis=1) for name, values in curves.items()}
    no_u = np.isnan(voltages).all(axis=1).reshape(-1, 3).all(axis=1)
    no_i = absent["ia"] & absent["ib"] & absent["ic"]
    no_power = absent["p"] & absent["q"]
    came = ~(no_u & no_i & no_power)
    voltage.verdict[np.repeat(no_u & came, 3)] = UNJUDGED
    for kind, missing in (
        (HEAVY, no_power & no_i),
        (OVERLOAD, no_power & no_i),
        (UNBALANCE, no_i),
        (NEUTRAL, no_u),
        (DEAD, no_u),
        (GAP, no_power & no_i),
        (NEGATIVE, no_i),
        (MULTIPLIER, no_u | no_i | absent["p"]),
    ):
        load.verdict[missing & came, kind] = UNJUDGED
