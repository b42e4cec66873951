"""What a day's curves prove (数据验证): a verdict, and the load under which it was reached.

The load that matters is that of the hours in which the fault was last seen: for over-voltage what the area's customers fed back
(export, kW), for low voltage, heavy load, overload and unbalance the area's apparent power (kVA), as the greatest hourly
mean of those hours. A neutral or a dead area has no load to compare.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from longzhong.register.policies import selectors as policies
from longzhong.sensing.curves.models import AreaDay, AreaFault, Finding, ScanRun
from longzhong.sensing.curves.rules import ELECTRIC, QUALITY, Kind, Limits, Verdict
from longzhong.sensing.curves.selectors.places import lake

LETTERS = {"N": Verdict.NORMAL, "A": Verdict.ABNORMAL, "U": Verdict.UNDETERMINED}
BY_LOAD = frozenset({Kind.LOW_VOLTAGE, Kind.HEAVY_LOAD, Kind.OVERLOAD, Kind.UNBALANCE})
Pair = tuple[int, str]


@dataclass(frozen=True)
class DayVerdict:
    """One day of an area and kind; `verdict` abnormal, normal or undetermined. `load_kw` None: unknown, or not comparable."""

    day: date
    verdict: str
    meters_abnormal: int
    load_kw: float | None


def verdicts(area_id: int, kind: str, days: Sequence[date]) -> list[DayVerdict]:
    """The verdict of each day in the order given; a day that wasn't scanned is undetermined."""
    return [day_verdicts(day, [(area_id, kind)])[area_id, kind] for day in days]


def day_verdicts(day: date, pairs: Collection[Pair]) -> dict[Pair, DayVerdict]:
    """Verdicts of one day for many pairs of area and kind; a few queries whatever their number."""
    areas = {area_id for area_id, _ in pairs}
    days = {row.area_id: row for row in AreaDay.objects.filter(day=day, area_id__in=areas)}
    counts = _abnormal_counts(day, areas)
    hours = _hours_of_fault(day, pairs)
    limits = policies.limits(Limits, "curves", day=day)
    found = {}
    for area_id, kind in pairs:
        row, meters = days.get(area_id), counts.get((area_id, kind), 0)
        verdict, load = Verdict.UNDETERMINED, None
        if row is not None:
            verdict = _verdict(row, kind, meters, limits)
            load = _load(row, kind, hours.get((area_id, kind), range(24)))
        found[area_id, kind] = DayVerdict(day, verdict.value, meters, load)
    return found


def meter_verdicts(day: date, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], DayVerdict]:
    """Verdicts of one day for pairs of meter code and kind (a meter's own faults); no load.

    A meter that sent nothing is undetermined, except for the kind "gap", which is just that.
    """
    codes = sorted({code for code, _ in pairs})
    rows = Finding.objects.filter(day=day, meter_code__in=codes).values_list("meter_code", "kind", "verdict")
    found = {(code, kind): verdict for code, kind, verdict in rows}
    heard = _heard(day, codes) if ScanRun.objects.filter(day=day).exists() else set()
    verdicts = {}
    for code, kind in pairs:
        verdict = found.get((code, kind), Verdict.NORMAL.value if code in heard else Verdict.UNDETERMINED.value)
        abnormal = verdict == Verdict.ABNORMAL
        verdicts[code, kind] = DayVerdict(day, verdict, int(abnormal), None)
    return verdicts


def _heard(day: date, codes: Sequence[str]) -> set[str]:
    """Meters with a row in the lake that isn't silent as a whole."""
    heard: set[str] = set()
    for kind in ("customer", "area"):
        table = lake().rows(kind, day, codes, ["meter"])
        heard |= set(table["meter"].to_pylist()) if table is not None else set()
    silent = Finding.objects.filter(day=day, meter_code__in=codes, kind=Kind.GAP, slots=96, verdict=Verdict.ABNORMAL)
    return heard - set(silent.values_list("meter_code", flat=True))


def _verdict(row: AreaDay, kind: str, meters: int, limits: Limits) -> Verdict:
    if kind in QUALITY:  # of the area's terminal: a few silent meters are their own fault
        return Verdict.ABNORMAL if meters >= limits.terminal_meters else Verdict.NORMAL
    return LETTERS.get(row.verdicts[ELECTRIC.index(Kind(kind))], Verdict.UNDETERMINED)


def _abnormal_counts(day: date, areas: Iterable[int]) -> dict[Pair, int]:
    """Abnormal meters by area and kind."""
    meters: dict[Pair, set[str]] = defaultdict(set)
    rows = Finding.objects.filter(day=day, area_id__in=list(areas), verdict=Verdict.ABNORMAL)
    for area_id, kind, code in rows.values_list("area_id", "kind", "meter_code"):
        if area_id is not None:
            meters[area_id, kind].add(code)
    return {pair: len(codes) for pair, codes in meters.items()}


def _hours_of_fault(day: date, pairs: Collection[Pair]) -> dict[Pair, range]:
    """Hours of the latest fault up to and with this day."""
    asked = Q(pk__in=())
    for kind in {kind for _, kind in pairs}:
        asked |= Q(kind=kind, area_id__in=[area_id for area_id, own in pairs if own == kind])
    rows = AreaFault.objects.filter(asked, day__lte=day).order_by("area_id", "kind", "-day").distinct("area_id", "kind")
    return {
        (row.area_id, row.kind): range(row.first // 4, row.last // 4 + 1)
        for row in rows
        if row.first is not None and row.last is not None
    }


def _load(row: AreaDay, kind: str, hours: range) -> float | None:
    if kind in BY_LOAD:
        values = row.kva_by_hour
    elif kind == Kind.OVER_VOLTAGE:
        values = row.export_by_hour
    else:
        return None
    return max((value for hour in hours if (value := values[hour]) is not None), default=None)
