"""The report against the truth table: what was found, what the physics showed, and why something was missed."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date

import numpy as np

from longzhong.cases.alerts import selectors as alerts
from longzhong.cases.alerts.rules import RaiseLimits
from longzhong.kit.actor import Actor
from longzhong.kit.clock import each_day
from longzhong.register.policies import selectors as policies
from longzhong.sensing.curves.rules.limits import Limits, at_least
from longzhong.surfaces.simulation.gateways.material import households
from longzhong.surfaces.simulation.rules.codes import area_meter, customer_meter
from longzhong.surfaces.simulation.rules.county import County
from longzhong.surfaces.simulation.rules.faults import state_on
from longzhong.surfaces.simulation.rules.levels import LEVELS, LIMITS, beyond
from longzhong.surfaces.simulation.rules.metering import Readings, broken, collect
from longzhong.surfaces.simulation.rules.scoring import Miss, Need, Score, Seen, Truth, score, why_words
from longzhong.surfaces.simulation.rules.state import run_day
from longzhong.surfaces.simulation.selectors.county import county_of, seed_row
from longzhong.surfaces.simulation.selectors.worlds import World, sky_on, world_of

READER = Actor.machine("simulation.report")


@dataclass(frozen=True)
class Report:
    """The county, its days, the scores by kind, every miss, and the alerts that nothing confirms."""

    seed: int
    first_day: date
    last_day: date
    scores: tuple[Score, ...]
    misses: tuple[Miss, ...]
    false: tuple[Seen, ...]
    county: County

    def as_json(self) -> dict[str, object]:
        """Plain values with stable keys."""
        kinds = {
            one.kind: {
                "name": one.name, "injected": one.injected, "visible": one.visible, "found": one.found, "recall":
                _rounded(one.recall), "recall_visible": _rounded(one.recall_visible), "alerts": one.alerts, "true": one.true,
                "side_effects": one.side_effects, "false": one.false, "precision": _rounded(one.precision),
                "precision_physical": _rounded(one.precision_physical),
                "days_to_alert": float(np.median(one.days_to_alert)) if one.days_to_alert else None,
            }
            for one in self.scores
        }  # fmt: skip
        misses = [
            {
                "number": miss.fault.number, "kind": miss.fault.kind.value, "area": self.county.areas.code[miss.fault.area],
                "from": miss.fault.from_day.isoformat(), "why": miss.why, "words": why_words(miss), **miss.facts,
            }
            for miss in self.misses
        ]  # fmt: skip
        false = [asdict(one) | {"first_on": str(one.first_on), "last_on": str(one.last_on)} for one in self.false]
        span = {"first_day": self.first_day.isoformat(), "last_day": self.last_day.isoformat()}
        return {"seed": self.seed, **span, "kinds": kinds, "misses": misses, "false_alerts": false}


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 3)


def report() -> Report:
    """Found against true, from the first day to the last that the county lived."""
    row = seed_row()
    county = county_of(row)
    world, last = world_of(row), row.run_to or row.first_day
    seen = seen_alerts(county)
    truth = truth_until(world, last, {(one.area, one.customer) for one in seen if one.quality})
    scores, misses, false = score(world.faults, seen, truth, _need(last), last)
    return Report(row.seed, row.first_day, last, tuple(scores), tuple(misses), tuple(false), county)


def _need(day: date) -> Need:
    raising = policies.limits(RaiseLimits, "alerts", unit_id=None, day=day)
    curves = policies.limits(Limits, "curves", unit_id=None, day=day)
    return Need(raising.persist_days, raising.persist_days_quality, curves.persistent_window_days)


def seen_alerts(county: County) -> list[Seen]:
    """Every alert ever raised, in the terms of the plan."""
    area = {code: number for number, code in enumerate(county.areas.code)}
    meter = {customer_meter(county, number): number for number in range(len(county.customers))}
    meter |= {area_meter(county, number): -1 for number in range(len(county.areas))}
    rows = alerts.board(READER).select_related("area").order_by("id")
    return [
        Seen(area[one.area.code], meter.get(one.meter, -1), one.kind, one.first_on, one.last_on, one.quality)
        for one in rows
        if one.area.code in area
    ]


def truth_until(world: World, last: date, meters: set[tuple[int, int]]) -> Truth:
    """The physics of every day again, without noise; and which of these meters were really silent."""
    level: dict[str, dict[int, dict[date, float]]] = {kind: defaultdict(dict) for kind in LEVELS}
    over: dict[str, dict[int, set[date]]] = {kind: defaultdict(set) for kind in LEVELS}
    out_of_order: dict[int, set[date]] = defaultdict(set)
    silent: dict[tuple[int, int], set[date]] = defaultdict(set)
    warmest = -99.0
    for day in each_day(world.county.first_day, last):
        sky = sky_on(world.county, day)
        warmest = max(warmest, float(sky.weather.temp.max()))
        state = state_on(world.county, world.faults, world.repairs, day)
        run = run_day(world.county, state, households(), sky)
        for kind, measure in LEVELS.items():
            values = measure(state, run)
            for sick in np.flatnonzero(beyond(kind, values)).tolist():
                over[kind][sick].add(day)
            for area in {fault.area for fault in world.faults}:
                level[kind][area][day] = float(values[area])
        for fault in broken(world.faults, world.repairs, day):
            out_of_order[fault.number].add(day)
        for key in silent_meters(world.county, collect(world.county, state, run, world.faults, world.repairs), meters):
            silent[key].add(day)
    frozen = {kind: {area: frozenset(days) for area, days in rows.items()} for kind, rows in over.items()}
    mended: dict[int, set[date]] = defaultdict(set)
    for repair in world.repairs:
        mended[repair.area].add(repair.done_on)
    return Truth(
        level,
        frozen,
        {n: frozenset(d) for n, d in out_of_order.items()},
        {k: frozenset(d) for k, d in silent.items()},
        {area: frozenset(days) for area, days in mended.items()},
        warmest,
    )


def silent_meters(county: County, readings: Readings, meters: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of the meters that sent nothing for the time that counts as a gap; a day that comes late counts too."""
    need, out = at_least(LIMITS.gap_minutes), []
    for area, customer in meters:
        row = int(county.customers.row[customer])  # of no meaning for an area's own meter (-1)
        gone = np.isnan(readings.u[row] if customer >= 0 else readings.area_u[area, 0])
        runs = np.lib.stride_tricks.sliding_window_view(gone, need).all(-1).any()
        if runs or (readings.late[row] if customer >= 0 else readings.area_late[area]):
            out.append((area, customer))
    return out
