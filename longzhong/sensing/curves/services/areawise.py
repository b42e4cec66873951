"""Areas of a day (台区结论): verdicts, faults put together from the meters' findings, and the load behind them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import isnan

import numpy as np
from numpy.typing import NDArray

from longzhong.sensing.curves.models import AreaDay, AreaFault
from longzhong.sensing.curves.rules import ELECTRIC, Kind
from longzhong.sensing.curves.rules.area import area_verdict, by_meter, tally
from longzhong.sensing.curves.rules.history import days_in_window, lasting
from longzhong.sensing.curves.rules.words import ABNORMAL, LOAD_KINDS, UNDETERMINED, UNJUDGED, VOLTAGE_KINDS
from longzhong.sensing.curves.rules.worst import beyond
from longzhong.sensing.curves.services.asking import Places
from longzhong.sensing.curves.services.judging import Areas, Customers
from longzhong.sensing.curves.services.meterwise import MeterFinding

Ints = NDArray[np.int64]
LETTERS = np.array(["N", "A", "U", "-"])  # by verdict number
MEMORY_DAYS = 63


@dataclass
class _Meters:
    """Parallel parts: area number, verdict, was abnormal before, is the area's own meter."""

    area: list[Ints]
    verdict: list[Ints]
    suspect: list[NDArray[np.bool_]]
    outlet: list[NDArray[np.bool_]]

    def add(self, area: Ints, verdict: Ints, suspect: NDArray[np.bool_], *, outlet: bool) -> None:
        known = (area >= 0) & (verdict != UNJUDGED)
        self.area.append(area[known])
        self.verdict.append(verdict[known])
        self.suspect.append(suspect[known])
        self.outlet.append(np.full(int(known.sum()), outlet))


def area_verdicts(*, customers: Customers | None, areas: Areas | None, places: Places, day: date) -> Ints:
    """(areas, kinds of ELECTRIC) verdict numbers."""
    verdicts = np.full((len(places.ids), len(ELECTRIC)), UNJUDGED, dtype=np.int64)
    for column, kind in enumerate(ELECTRIC):
        meters = _Meters([], [], [], [])
        if kind in VOLTAGE_KINDS and customers is not None:
            _add_customers(meters, customers, places, VOLTAGE_KINDS.index(kind), day)
        if areas is not None:
            _add_outlets(meters, areas, places, kind, day)
        if not meters.area:
            continue
        counts = tally(
            len(places.ids),
            np.concatenate(meters.area),
            np.concatenate(meters.verdict),
            np.concatenate(meters.suspect),
            np.concatenate(meters.outlet),
        )
        for number, limits in enumerate(places.sets):
            mine = places.set_of == number
            verdicts[mine, column] = area_verdict(counts, limits)[mine]
    return verdicts


def _before(bits: NDArray[np.uint64], day: date) -> NDArray[np.bool_]:
    """Was there an abnormal day before this one, as far as the history goes?"""
    return days_in_window(bits, day - timedelta(days=1), MEMORY_DAYS) > 0


def _absent_areas(absent: list[str], places: Places) -> Ints:
    return np.array([places.number[places.refs[code].area_id] for code in absent], dtype=np.int64)


def _add_customers(meters: _Meters, customers: Customers, places: Places, column: int, day: date) -> None:
    rows, count = customers.rows, len(customers.rows)
    verdict = by_meter(customers.scan.judged.verdict[:, column], rows.starts)
    bits = customers.history[:, column]
    suspect = np.logical_or.reduceat(_before(bits[:count], day), rows.starts) if count else np.zeros(0, dtype=bool)
    meters.add(rows.area_of[rows.starts], verdict, suspect, outlet=False)
    missing = _absent_areas(customers.absent, places)
    meters.add(missing, np.full(len(missing), UNDETERMINED), _before(bits[count:], day), outlet=False)


def _add_outlets(meters: _Meters, areas: Areas, places: Places, kind: Kind, day: date) -> None:
    rows, count = areas.rows, len(areas.rows)
    if kind in VOLTAGE_KINDS:
        column = VOLTAGE_KINDS.index(kind)
        verdict = by_meter(areas.scan.voltage.verdict[:, column], np.arange(0, count * 3, 3))
        bits = np.bitwise_or.reduce(areas.history[:, :3, column], axis=1)
    else:
        column = LOAD_KINDS.index(kind)
        verdict = areas.scan.load.verdict[:, column].astype(np.int64)
        bits = areas.history[:, 3, column]
    meters.add(rows.area_of, verdict, _before(bits[:count], day), outlet=True)
    missing = _absent_areas(areas.absent, places)
    meters.add(missing, np.full(len(missing), UNDETERMINED), _before(bits[count:], day), outlet=True)


def area_days(
    *, verdicts: Ints, customers: Customers | None, areas: Areas | None, places: Places, day: date
) -> list[AreaDay]:
    count = len(places.ids)
    kva, export = np.full((count, 24), np.nan), np.full((count, 24), np.nan)
    if customers is not None:
        export = customers.scan.export_kw.astype(np.float64)
    if areas is not None:
        known = np.flatnonzero(areas.rows.area_of >= 0)
        at = areas.rows.area_of[known]
        kva[at] = areas.scan.kva_by_hour[known]
        export[at] = np.fmax(export[at], areas.scan.export_by_hour[known])
    meters = np.bincount([places.number[ref.area_id] for ref in places.refs.values()], minlength=count)
    letters = LETTERS[verdicts]
    return [
        AreaDay(
            area_id=places.ids[place], day=day, verdicts="".join(letters[place]), meters=int(meters[place]),
            kva_by_hour=_numbers(kva[place]), export_by_hour=_numbers(export[place]),
        )
        for place in range(count)
    ]  # fmt: skip


def _numbers(values: NDArray[np.floating]) -> list[float | None]:
    return [None if isnan(value) else round(value, 3) for value in values.tolist()]


def area_faults(*, verdicts: Ints, found: Iterable[MeterFinding], places: Places, day: date) -> list[AreaFault]:
    """One fault an abnormal area and kind, from its abnormal findings."""
    groups: dict[tuple[int, Kind], list[MeterFinding]] = defaultdict(list)
    for one in found:
        if one.verdict == ABNORMAL and one.area >= 0 and not one.quality:
            groups[one.area, one.kind].append(one)
    chosen = {key: group for key, group in groups.items() if verdicts[key[0], ELECTRIC.index(key[1])] == ABNORMAL}
    earlier = _earlier([places.ids[area] for area, _ in chosen], places, day)
    return [_fault(area, kind, group, earlier, places, day) for (area, kind), group in sorted(chosen.items())]


def _earlier(area_ids: list[int], places: Places, day: date) -> dict[tuple[int, str], list[date]]:
    """Days before this one, within the longest window, on which each area was found abnormal."""
    longest = max(limits.window_days for limits in places.sets)
    rows = AreaFault.objects.filter(area_id__in=set(area_ids), day__gt=day - timedelta(days=longest), day__lt=day)
    days: dict[tuple[int, str], list[date]] = defaultdict(list)
    for area_id, kind, one in rows.order_by("day").values_list("area_id", "kind", "day"):
        days[area_id, kind].append(one)
    return days


def _fault(
    area: int,
    kind: Kind,
    group: list[MeterFinding],
    earlier: dict[tuple[int, str], list[date]],
    places: Places,
    day: date,
) -> AreaFault:
    limits = places.sets[places.set_of[area]]
    known = [one.worst for one in group if one.worst is not None]
    worst = None if not known else min(known) if kind is Kind.LOW_VOLTAGE else max(known)
    days = [
        *(one for one in earlier.get((places.ids[area], kind.value), []) if (day - one).days < limits.window_days),
        day,
    ]
    recent = sum((day - one).days < limits.persistent_window_days for one in days)
    return AreaFault(
        area_id=places.ids[area], unit_id=places.units[area], grid_id=places.grids[area], kind=kind.value, day=day,
        meters=len({one.code for one in group}), worst=worst,
        beyond_pct=beyond(kind, float("nan") if worst is None else worst, limits),
        slots=max(one.slots for one in group),
        first=min((one.first for one in group if one.first is not None), default=None),
        last=max((one.last for one in group if one.last is not None), default=None),
        days_abnormal=recent, days_window=limits.persistent_window_days, duration_class=lasting(days, limits),
    )  # fmt: skip
