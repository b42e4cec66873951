"""Group calls of a file without topology.

Where the codes tell (places of one prefix fail together), the prefixes stand for the network: lines, pieces and the two ends of a
row of places are candidates, and the likelihood of `tree` decides which of them failed, and when. Where they don't, failures are
grown over the places themselves (`unmapped`, ADR 0021).
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from longzhong.sensing.troubles.engines import tree
from longzhong.sensing.troubles.engines.homes import homes
from longzhong.sensing.troubles.engines.moves import Search
from longzhong.sensing.troubles.engines.pairs import Calls, calls_of, learn
from longzhong.sensing.troubles.engines.places import CODED, Places, lines_of, places_of, sets_of
from longzhong.sensing.troubles.engines.unmapped import failures
from longzhong.sensing.troubles.rules.limits import Limits
from longzhong.sensing.troubles.rules.signals import Group, Heard, Level, Spot, Topology

CUSTOMERS = 75  # of a place, where nothing is known; only its product with the share of callers counts
SAME_S = 7200.0  # unexplained calls of one meter so close belong together


def group_calls(signals: Sequence[Heard]) -> list[Group]:
    """Probable outages of a file; each call in exactly one."""
    if not signals:
        return []
    order = np.argsort(np.array([one.at for one in signals]), kind="stable")
    held = [signals[i] for i in order]
    calls = calls_of(held)
    learnt = learn(calls)
    places, named = places_of(held, calls)
    lines = lines_of(places, calls.t, learnt)
    if lines:
        slow = max(learnt.slow_s, 3 * learnt.quick_s)
        limits = Limits(quick_s=learnt.quick_s, slow_s=slow, near_m=places.near_m)
        found = tree.group(named, _topology(places, lines), limits)
    elif places.codes:
        found = _grown(held, places, calls, failures(places, calls.t, learnt))
    else:
        found = _alone(held, np.arange(len(held)))
    return [replace(one, signals=tuple(int(order[i]) for i in one.signals)) for one in found]


def _grown(held: Sequence[Heard], places: Places, calls: Calls, search: Search) -> list[Group]:
    label = homes(search, places, calls)
    groups = []
    for number in sorted(search.found):
        failure = search.found[number]
        mine = np.flatnonzero(label == number)
        if not len(mine):
            continue
        areas = tuple(places.codes[v] for v in failure.places)
        meters = {held[i].meter for i in mine.tolist()}
        level = Level.SECTION if len(areas) > 1 else Level.AREA
        device = areas[0]
        if len(areas) == 1 and len(meters) == 1 and (meter := next(iter(meters))):
            level, device = Level.METER, meter
        spoke = len({int(v) for v in places.of[mine] if v >= 0})
        sure = round(float(1 - np.exp(-max(search.value_of(number), 0.05))), 3)
        groups.append(Group(level, device, tuple(map(int, mine)), failure.onset, areas, spoke, sure))
    return groups + _alone(held, np.flatnonzero(label < 0))


def _alone(held: Sequence[Heard], left: np.ndarray) -> list[Group]:
    """Unexplained calls: those of one meter within two hours together, each other by itself."""
    found: list[list[int]] = []
    last: dict[str, list[int]] = {}
    for i in left.tolist():
        meter = held[i].meter or f"#{i}"
        if meter in last and held[i].at - held[last[meter][-1]].at <= SAME_S:
            last[meter].append(i)
        else:
            last[meter] = [i]
            found.append(last[meter])
    return [
        Group(Level.METER, held[one[0]].meter or held[one[0]].area or "", tuple(one), held[one[0]].at) for one in found
    ]


def _topology(places: Places, lines: list[np.ndarray]) -> Topology:
    above: list[list[str]] = [[] for _ in places.codes]
    costs: dict[str, float] = {}
    for number, line in enumerate(lines):
        for count, (members, cost) in enumerate(sets_of(places, line).items()):
            costs[f"{number}/{count}"] = cost
            for area in members:
                above[area].append(f"{number}/{count}")
        costs[f"{number}"] = CODED
        for area in line:
            above[area].append(f"{number}")
    spots = {}
    for area, code in enumerate(places.codes):
        lat, lon = (None if np.isnan(v) else float(v) for v in places.xy[area])
        spots[code] = Spot(lat, lon, CUSTOMERS, tuple(above[area]))
    return Topology(spots, costs=costs)
