"""Group calls of a file without topology.

Where the codes tell (places of one prefix fail together), the prefixes stand for the network: lines, pieces and the two ends of a
row of places are candidates, and the likelihood of `tree` decides which of them failed, and when. Where they don't, calls are
joined by what pairs of them teach (`joining`).
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from longzhong.sensing.troubles.engines import tree
from longzhong.sensing.troubles.engines.joining import join
from longzhong.sensing.troubles.engines.pairs import calls_of, learn
from longzhong.sensing.troubles.engines.places import CODED, Places, lines_of, places_of, sets_of
from longzhong.sensing.troubles.rules.limits import Limits
from longzhong.sensing.troubles.rules.signals import Group, Heard, Spot, Topology

CUSTOMERS = 75  # of a place, where nothing is known; only its product with the share of callers counts


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
    else:
        found = join(held, calls, learnt)
    return [replace(one, signals=tuple(int(order[i]) for i in one.signals)) for one in found]


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
