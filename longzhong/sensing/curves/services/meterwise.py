"""Findings of a day as rows of meters (计量点结论), with what explains them away taken out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import isnan

import numpy as np
from numpy.typing import NDArray

from longzhong.sensing.curves.rules import KINDS, QUALITY, Kind, Limits
from longzhong.sensing.curves.rules.area import silent_together
from longzhong.sensing.curves.rules.history import History, bit_of, days_in_window, lasting
from longzhong.sensing.curves.rules.judged import Found
from longzhong.sensing.curves.rules.load import DEAD
from longzhong.sensing.curves.rules.words import ABNORMAL, LOAD_KINDS, SLOTS, UNDETERMINED, VOLTAGE_KINDS
from longzhong.sensing.curves.services.asking import Places
from longzhong.sensing.curves.services.judging import Areas, Customers

Ints = NDArray[np.int64]
GAP_NUMBER = KINDS.index(Kind.GAP)
ZERO_NUMBER = KINDS.index(Kind.ZERO)


@dataclass(frozen=True)
class MeterFinding:
    """One finding with the place of its meter; `area` is a number of Places, -1: a meter that the register doesn't know."""

    code: str
    phase: int
    area: int
    kind: Kind
    verdict: int
    slots: int
    conf: int
    poss: int
    worst: float | None
    first: int | None
    last: int | None
    days_abnormal: int
    duration_class: str
    outlet: bool = False

    @property
    def quality(self) -> bool:
        return self.kind in QUALITY


def dead_areas(*, areas: Areas | None, places: Places) -> NDArray[np.bool_]:
    """(areas,): no voltage for long enough on the area meter, nor at any customer."""
    dead = np.zeros(len(places.ids), dtype=bool)
    if areas is not None:
        rows = areas.rows.area_of[areas.scan.load.verdict[:, DEAD] == ABNORMAL]
        dead[rows[rows >= 0]] = True
    return dead


def silent_areas(*, customers: Customers | None, areas: Areas | None, places: Places) -> NDArray[np.bool_]:
    """(areas,): the area meter and nearly all customers sent nothing that day: one cause, told once by the area meter."""
    count = len(places.ids)
    seen_area, seen, total = np.zeros(count, dtype=bool), np.zeros(count, np.int64), np.zeros(count, np.int64)
    if areas is None or customers is None:
        return np.zeros(count, dtype=bool)
    mine = areas.rows.area_of[areas.scan.seen]
    seen_area[mine[mine >= 0]] = True
    rows = customers.rows
    known = rows.area_of >= 0
    seen += np.bincount(rows.area_of[known & customers.scan.seen], minlength=count)
    total += np.bincount(rows.area_of[known], minlength=count)
    for code in customers.absent:
        total[places.number[places.refs[code].area_id]] += 1
    return silent_together(seen_area, seen, total, places.sets[0])


def customer_findings(
    *, customers: Customers, places: Places, hidden: NDArray[np.bool_], day: date
) -> Iterator[MeterFinding]:
    """Findings of customers; in `hidden` areas (dead or silent as a whole) missing and zero values say nothing of the meter."""
    rows, found = customers.rows, customers.scan.found
    area = rows.area_of[found.row]
    explained = (area >= 0) & hidden[area] & np.isin(found.kind, (GAP_NUMBER, ZERO_NUMBER))
    mute = (found.verdict == UNDETERMINED) & ~customers.scan.seen[found.row]
    kept = found.take(~(explained | mute))
    columns = np.array([VOLTAGE_KINDS.index(kind) if kind in VOLTAGE_KINDS else 0 for kind in KINDS])
    bits = customers.history[kept.row, columns[kept.kind]]
    codes = [rows.codes[code] for code in rows.code_of[kept.row]]
    yield from _findings(kept, codes, rows.phase[kept.row], rows.area_of[kept.row], bits, places, day)
    for place, code in enumerate(customers.absent):
        number = places.number[places.refs[code].area_id]
        if not hidden[number]:
            yield _absent(
                code, number, customers.history[len(rows) + place, columns[GAP_NUMBER]], places, day, outlet=False
            )


def area_findings(*, areas: Areas, places: Places, day: date) -> Iterator[MeterFinding]:
    rows, found, phase = areas.rows, areas.scan.found, areas.scan.phase
    heard = (found.verdict != UNDETERMINED) | areas.scan.seen[found.row]
    kept, phases = found.take(heard), phase[heard]
    block = np.where(phases == 0, 3, phases - 1)
    of_phase = np.array([VOLTAGE_KINDS.index(kind) if kind in VOLTAGE_KINDS else 0 for kind in KINDS])
    of_load = np.array([LOAD_KINDS.index(kind) if kind in LOAD_KINDS else DEAD for kind in KINDS])
    column = np.where(phases == 0, of_load[kept.kind], of_phase[kept.kind])
    bits = areas.history[kept.row, block, column]
    codes = [rows.codes[code] for code in rows.code_of[kept.row]]
    for one in _findings(kept, codes, phases, rows.area_of[kept.row], bits, places, day):
        yield MeterFinding(**{**one.__dict__, "outlet": True})
    for place, code in enumerate(areas.absent):
        number = places.number[places.refs[code].area_id]
        bits_of = areas.history[len(rows) + place, 3, LOAD_KINDS.index(Kind.GAP)]
        yield _absent(code, number, bits_of, places, day, outlet=True)


def _findings(
    found: Found, codes: list[str], phase: NDArray[np.int8], area: Ints, bits: History, places: Places, day: date
) -> Iterator[MeterFinding]:
    set_of = np.where(area >= 0, places.set_of[area] if len(places.set_of) else 0, 0)
    windows = [limits.persistent_window_days for limits in places.sets]
    counts = np.stack([days_in_window(bits, day, window) for window in windows]) if len(bits) else np.zeros((1, 0))
    worst = [None if isnan(value) else round(value, 4) for value in found.worst.tolist()]
    columns = (getattr(found, name).tolist() for name in ("kind", "verdict", "slots", "conf", "poss", "first", "last"))
    for row, (kind, verdict, slots, conf, poss, first, last) in enumerate(zip(*columns, strict=True)):
        limits = places.sets[set_of[row]]
        yield MeterFinding(
            code=codes[row], phase=int(phase[row]), area=int(area[row]), kind=KINDS[kind], verdict=verdict,
            slots=slots, conf=conf, poss=poss, worst=worst[row], first=first if first >= 0 else None,
            last=last if last >= 0 else None, days_abnormal=int(counts[set_of[row], row]),
            duration_class=lasting(_abnormal_days(int(bits[row]), day, limits), limits) if verdict == ABNORMAL else "",
        )  # fmt: skip


def _absent(code: str, area: int, bits: np.uint64, places: Places, day: date, *, outlet: bool) -> MeterFinding:
    limits = places.sets[places.set_of[area]]
    days = int(days_in_window(np.array([bits]), day, limits.persistent_window_days)[0])
    return MeterFinding(
        code=code, phase=0, area=area, kind=Kind.GAP, verdict=ABNORMAL, slots=SLOTS, conf=SLOTS, poss=SLOTS, worst=None,
        first=0, last=SLOTS - 1, days_abnormal=days, outlet=outlet,
        duration_class=lasting(_abnormal_days(int(bits), day, limits), limits),
    )  # fmt: skip


def _abnormal_days(bits: int, day: date, limits: Limits) -> list[date]:
    """The days of the window that a history knows as abnormal."""
    if not bits & (bits - 1):
        return [day] if bits else []
    span = (day - timedelta(days=back) for back in range(min(limits.window_days, 64)))
    return [one for one in span if bits & int(bit_of(one))]
