"""What arrives at the collection system (采集): noise, resolution, gaps, late days, and meters that lie.

Customer meters give phase-to-neutral volts in steps of 0.1 V and kW; area meters give volts, and amperes, kW and
kvar times the ratio of their current transformers. Missing slots are NaN: single slots get lost, an area's
concentrator falls silent for up to two hours, a few meters are always hard to reach.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from numba import njit

from longzhong.surfaces.simulation.rules.chance import bell, stream, uniform, uniforms
from longzhong.surfaces.simulation.rules.county import County
from longzhong.surfaces.simulation.rules.faults import GRID_KINDS, Fault, FaultKind, Repair, removed, work_done
from longzhong.surfaces.simulation.rules.state import DayRun, State

_NOISE, _GAPS, _POOR, _BURST, _LATE, _AREA, _LIE = 21, 22, 23, 24, 25, 26, 27
VOLT_NOISE, POWER_NOISE = 0.18, 0.004
SLOT_LOSS, POOR_SHARE, POOR_LOSS, DAY_LOSS = 0.0012, 0.008, 0.05, 0.0004
BURST_SHARE, LATE_SHARE, AREA_LATE_SHARE = 0.01, 0.01, 0.015
LATE_EVERY = 8  # on one day of eight the link to the head end breaks off, and some meters deliver a day later
CT_SIZES = (75, 100, 150, 200, 300, 400, 500, 600, 750, 1000)


@dataclass(frozen=True, slots=True)
class Readings:
    """One day as it is collected. u, p (rows, 96) of customers; area_u, area_i (areas, 3, 96), area_p, area_q (areas, 96);
    late (rows) and area_late (areas): arrives a day later."""

    day: date
    u: np.ndarray
    p: np.ndarray
    area_u: np.ndarray
    area_i: np.ndarray
    area_p: np.ndarray
    area_q: np.ndarray
    late: np.ndarray
    area_late: np.ndarray


def ct_ratio(kva: np.ndarray) -> np.ndarray:
    """Ratio of the current transformers of an area meter, e.g. 60 for 300/5 A."""
    amperes = kva / 0.4 / 3**0.5
    return np.array([next((size for size in CT_SIZES if size >= one), CT_SIZES[-1]) // 5 for one in amperes])


class _Asked(NamedTuple):
    """The meters asked, and when their area's concentrator is silent: from a slot, for some slots."""

    number: np.ndarray
    customer: np.ndarray
    area: np.ndarray
    silent_from: np.ndarray
    silent_slots: np.ndarray


@njit(cache=True, nogil=True)
def _read(seed, day, asked, u, p, late):  # type: ignore[no-untyped-def]
    """Noise, steps and gaps, in place; whether each meter's day comes late."""
    for k in range(len(asked.number)):
        key = stream(seed, asked.customer[k], day, _GAPS)
        noise = stream(seed, asked.number[k], day, _NOISE)
        poor = uniform(stream(seed, asked.customer[k], 0, _POOR), 0) < POOR_SHARE
        whole = uniform(key, 200) < DAY_LOSS
        loss = POOR_LOSS if poor else SLOT_LOSS
        late[k] = uniform(key, 201) < LATE_SHARE
        first = asked.silent_from[asked.area[k]]
        end = first + asked.silent_slots[asked.area[k]]
        for t in range(u.shape[1]):
            if whole or (first <= t < end) or uniform(key, t) < loss:
                u[k, t] = np.nan
                p[k, t] = np.nan
            else:
                u[k, t] = round((u[k, t] + VOLT_NOISE * bell(noise, t)) * 10.0) * 0.1
                p[k, t] = round(p[k, t] * (1.0 + POWER_NOISE * bell(noise, 300 + t)) * 1000.0) * 0.001


def collect(
    county: County, state: State, run: DayRun, faults: tuple[Fault, ...], repairs: tuple[Repair, ...]
) -> Readings:
    """Readings of a day from its true values."""
    ordinal, areas = run.day.toordinal(), len(county.areas)
    lots = np.array([uniforms(county.seed, area, ordinal, _BURST, 4) for area in range(areas)])
    first = (lots[:, 1] * 90).astype(np.int64)
    slots = np.where(lots[:, 0] < BURST_SHARE, 3 + (lots[:, 2] ** 3 * 4.9).astype(np.int64), 0)
    u, p = run.solved.row_u.copy(), run.p.copy()
    late = np.zeros(len(county.rows), np.bool_)
    rows = county.rows
    _read(county.seed, ordinal, _Asked(rows.number, rows.customer, rows.area, first, slots), u, p, late)
    own = _area_meters(county, state, run, first, slots)
    behind = ordinal % LATE_EVERY == 0
    readings = Readings(run.day, u, p, *own, late & behind, (lots[:, 3] < AREA_LATE_SHARE) & behind)
    for fault in broken(faults, repairs, run.day):
        _lie(county, readings, fault)
    return readings


def broken(faults: tuple[Fault, ...], repairs: tuple[Repair, ...], day: date) -> list[Fault]:
    """Meters and terminals that are out of order on a day."""
    done = work_done(repairs, day)
    return [one for one in faults if one.kind not in GRID_KINDS and one.from_day <= day and not removed(one, done)]


def _area_meters(
    county: County, state: State, run: DayRun, first: np.ndarray, slots: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Area meters: volts to 0.1, amperes and power to the meter's resolution times the ratio."""
    rng = np.random.default_rng((county.seed, run.day.toordinal(), _AREA))
    ratio, s = ct_ratio(state.kva), run.solved
    u = np.round(s.bus_u + rng.normal(0, VOLT_NOISE, s.bus_u.shape), 1)
    step = 0.001 * ratio[:, None, None]
    i = np.round(s.bus_i * (1 + rng.normal(0, POWER_NOISE, s.bus_i.shape)) / step) * step
    step = 0.0001 * ratio[:, None]
    p, q = (np.round(x * (1 + rng.normal(0, POWER_NOISE, x.shape)) / step) * step for x in (s.bus_p, s.bus_q))
    slot = np.arange(s.bus_p.shape[1])
    gone = (slot >= first[:, None]) & (slot < (first + slots)[:, None]) | (rng.random(s.bus_p.shape) < SLOT_LOSS)
    for values in (u, i):
        values[np.broadcast_to(gone[:, None, :], values.shape)] = np.nan
    for values in (p, q):
        values[gone] = np.nan
    return u.astype(np.float32), i.astype(np.float32), p.astype(np.float32), q.astype(np.float32)


def _lie(county: County, readings: Readings, fault: Fault) -> None:
    """Change one meter's readings in place, as its fault has it."""
    if fault.kind == FaultKind.TERMINAL:
        mine = county.rows.area == fault.area
        readings.u[mine], readings.p[mine] = np.nan, np.nan
        for values in (readings.area_u, readings.area_i, readings.area_p, readings.area_q):
            values[fault.area] = np.nan
        return
    if fault.customer < 0:
        for values in (readings.area_i, readings.area_p, readings.area_q):
            values[fault.area] *= fault.factor
        return
    row = int(county.customers.row[fault.customer])
    lots = uniforms(county.seed, fault.customer, readings.day.toordinal(), _LIE, 96)
    _lie_volts(readings.u[row], fault.kind, lots, fault.factor)


def _lie_volts(u: np.ndarray, kind: FaultKind, lots: np.ndarray, factor: float) -> None:
    begin = int(lots[0] * 40)
    if kind == FaultKind.FLAT:
        u[begin : begin + 44] = np.round(228.0 + 4.0 * lots[1], 1)
    elif kind == FaultKind.SPIKE:
        u[10 + (lots[1:8] * 80).astype(int)] = np.round(330.0 + 90.0 * lots[8:15], 1)
    elif kind == FaultKind.ZERO:
        u[begin : begin + 32] = 0.0
    elif kind == FaultKind.NEGATIVE:
        u[10 + (lots[1:14] * 80).astype(int)] *= -1.0
    elif kind == FaultKind.MULTIPLIER:
        u *= np.float32(factor)
    elif kind == FaultKind.GAP:
        u[begin : begin + 22] = np.nan
