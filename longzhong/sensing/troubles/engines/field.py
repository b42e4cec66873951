"""Signals laid out on the network: their areas or, where unknown, the areas near them; and the lines with their nodes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from longzhong.sensing.troubles.engines.likelihood import LEAD_S, Part
from longzhong.sensing.troubles.rules.limits import Limits
from longzhong.sensing.troubles.rules.signals import Group, Heard, Level, Topology

METRES = 111_320.0
NEAREST = 8
BACKGROUND = 1.0 / (4000 * 8 * 3600.0)  # unrelated calls per customer and second
COSTS = {Level.AREA: 4.0, Level.SECTION: 6.0, Level.FEEDER: 8.0}
SAME_S = 7200.0


@dataclass(frozen=True)
class Node:
    """A device that may have failed."""

    code: str
    level: Level
    cost: float


@dataclass(frozen=True)
class Line:
    """One feeder: its areas, its nodes with their areas (J×m), its signals in order of time and the areas they may be of."""

    members: np.ndarray
    customers: np.ndarray
    nodes: tuple[Node, ...]
    masks: np.ndarray
    idx: np.ndarray
    t: np.ndarray
    start: np.ndarray
    cols: np.ndarray
    weights: np.ndarray
    pins: np.ndarray
    pinned_at: np.ndarray

    def part(self, share: float, others: np.ndarray, end: float, delays: tuple[float, float]) -> Part:
        """The line as the likelihood reads it, with what other lines explain of its signals."""
        near = np.zeros(len(self.t))
        np.add.at(
            near, np.repeat(np.arange(len(self.t)), np.diff(self.start)), self.weights * self.customers[self.cols]
        )
        costs = np.array([node.cost for node in self.nodes])
        return Part(
            self.t, self.start, self.cols, self.weights, near * BACKGROUND + others + 1e-12, self.customers * share,
            self.masks, costs, end + LEAD_S, *delays, self.pins, self.pinned_at,
        )  # fmt: skip


@dataclass(frozen=True)
class Field:
    """All signals (n) and all lines that heard any."""

    at: np.ndarray
    area: np.ndarray
    meter: list[str | None]
    codes: list[str]
    lines: list[Line]
    end: float

    @classmethod
    def of(cls, signals: Sequence[Heard], topology: Topology, limits: Limits) -> "Field":
        """Place every signal; one with neither a credible area nor a position is heard by no line."""
        codes = list(topology.areas)
        index = {code: number for number, code in enumerate(codes)}
        at = np.array([one.at for one in signals])
        xy, pos = _metres(signals, topology)
        named = (topology.meters.get(one.meter or "") or one.area or "" for one in signals)
        area = np.array([index.get(code, -1) for code in named], int)
        far = np.hypot(*(pos - xy[area]).T) > limits.doubt_m if codes else np.zeros(len(at), bool)
        area[far] = -1
        heard = _heard(area, pos, xy, limits)
        events = _events(signals, topology, index, heard)
        lines = _lines(topology, index, at, heard, events)
        return cls(at, area, [one.meter for one in signals], codes, lines, float(at.max()))

    def alone(self, left: np.ndarray) -> list[Group]:
        """Unexplained signals: those of one meter within two hours together, each other by itself."""
        found: list[list[int]] = []
        held: dict[str, list[int]] = {}
        for i in left[np.argsort(self.at[left], kind="stable")]:
            meter = self.meter[i] or f"#{i}"
            if meter in held and self.at[i] - self.at[held[meter][-1]] <= SAME_S:
                held[meter].append(int(i))
            else:
                held[meter] = [int(i)]
                found.append(held[meter])
        return [self._one(mine) for mine in found]

    def _one(self, mine: list[int]) -> Group:
        first = mine[0]
        code = self.codes[self.area[first]] if self.area[first] >= 0 else ""
        areas = (code,) if code else ()
        return Group(Level.METER, self.meter[first] or code, tuple(mine), float(self.at[first]), areas, len(areas))


def _metres(signals: Sequence[Heard], topology: Topology) -> tuple[np.ndarray, np.ndarray]:
    """Areas and signals on a flat map; NaN where unknown."""
    nan = float("nan")
    spots = np.array(
        [[nan if one.lat is None else one.lat, nan if one.lon is None else one.lon] for one in topology.areas.values()]
    )
    sent = np.array([[nan if one.lat is None else one.lat, nan if one.lon is None else one.lon] for one in signals])
    spots = spots.reshape(-1, 2)
    known = spots[~np.isnan(spots[:, 0]), 0]
    scale = np.array([METRES, METRES * np.cos(np.radians(known.mean() if len(known) else 0.0))])
    return spots * scale, sent * scale


def _heard(area: np.ndarray, pos: np.ndarray, xy: np.ndarray, limits: Limits) -> list[list[tuple[int, float]]]:
    """For each signal the areas that may be its own, with weights."""
    heard: list[list[tuple[int, float]]] = [[(int(a), 1.0)] if a >= 0 else [] for a in area]
    placed = np.flatnonzero(~np.isnan(xy[:, 0])) if len(xy) else np.empty(0, int)
    lost = np.flatnonzero((area < 0) & ~np.isnan(pos[:, 0]))
    if not len(placed):
        return heard
    for i in lost:
        apart = np.hypot(*(xy[placed] - pos[i]).T)
        near = np.argsort(apart, kind="stable")[:NEAREST]
        if apart[near[0]] > limits.doubt_m:
            continue
        weight = np.exp(-0.5 * (apart[near] / limits.near_m) ** 2) + 1e-9
        weight /= weight.sum()
        heard[i] = [(int(placed[a]), float(w)) for a, w in zip(near, weight, strict=True) if w > 0.02]
    return heard


def _events(
    signals: Sequence[Heard], topology: Topology, index: dict[str, int], heard: list[list[tuple[int, float]]]
) -> dict[int, list[int]]:
    """Signals of devices, with all areas behind them; each area hears its part."""
    wanted = {one.device for one in signals if one.device}
    behind: dict[str, list[int]] = {}
    for code, spot in topology.areas.items() if wanted else ():
        for device in wanted.intersection((code, *spot.above)):
            behind.setdefault(device, []).append(index[code])
    found = {i: behind[one.device] for i, one in enumerate(signals) if one.device and one.device in behind}
    for i, areas in found.items():
        heard[i] = [(area, 1.0 / len(areas)) for area in areas]
    return found


def _lines(
    topology: Topology, index: dict[str, int], at: np.ndarray, heard: list[list[tuple[int, float]]],
    events: dict[int, list[int]],
) -> list[Line]:  # fmt: skip
    members: dict[str, list[int]] = {}
    line_of: dict[int, str] = {}
    for code, spot in topology.areas.items():
        line_of[index[code]] = line = spot.above[-1] if spot.above else code
        members.setdefault(line, []).append(index[code])
    signals: dict[str, dict[int, list[tuple[int, float]]]] = {}
    for i in np.argsort(at, kind="stable"):
        for area, weight in heard[i]:
            signals.setdefault(line_of[area], {}).setdefault(int(i), []).append((area, weight))
    codes = list(topology.areas)
    return [
        _line(name, np.array(members[name]), signals[name], (at, codes, topology), events)
        for name in members
        if name in signals
    ]


def _line(
    name: str, members: np.ndarray, heard: dict[int, list[tuple[int, float]]],
    net: tuple[np.ndarray, list[str], Topology], events: dict[int, list[int]],
) -> Line:  # fmt: skip
    at, codes, topology = net
    spots, costs = topology.areas, topology.costs
    local = {int(area): number for number, area in enumerate(members)}
    below: dict[str, list[int]] = {}
    for area, number in local.items():
        for up in spots[codes[area]].above:
            below.setdefault(up, []).append(number)
    nodes = [Node(codes[area], Level.AREA, COSTS[Level.AREA]) for area in local]
    below = {name: below[name], **below} if name in below else below  # the line before a section with the same areas
    for up in below:
        level = Level.FEEDER if up == name else Level.SECTION
        nodes.append(Node(up, level, costs.get(up, COSTS[level])))
    told = [i for i in heard if i in events]
    masks = np.zeros((len(nodes), len(members)), bool)
    for row, mine in enumerate([[number] for number in local.values()] + list(below.values())):
        masks[row, mine] = True
    _once, first = np.unique(masks, axis=0, return_index=True)
    kept = np.sort(first)  # a section with one area is that area
    idx = np.fromiter(heard, int, len(heard))
    rows = [pair for one in heard.values() for pair in one]
    return Line(
        members, np.array([max(spots[codes[a]].customers, 1) for a in members], float), tuple(nodes[k] for k in kept),
        masks[kept], idx, at[idx], np.cumsum([0, *(len(one) for one in heard.values())]),
        np.array([local[a] for a, _w in rows]), np.array([w for _a, w in rows]),
        np.array([np.isin(members, events[i]) for i in told], bool).reshape(-1, len(members)), at[told],
    )  # fmt: skip
