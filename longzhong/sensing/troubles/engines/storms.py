"""Simulated storms with a known truth: a county of feeders, faults of four levels, and who calls when (benchmarks and stories).

Callers are drawn from other delays than the grouping assumes: some exponential, the others uniform until the power is back.
"""

from dataclasses import dataclass, field

import numpy as np

from longzhong.sensing.troubles.rules.signals import Heard, Spot, Topology

KM = 1 / 111.0
HOURS = 8 * 3600
SHARES = (0.10, 0.55, 0.25, 0.10)  # of faults: one meter, an area, a section, a whole feeder


@dataclass(frozen=True)
class Storm:
    """What was heard, the true outage of each signal, and how many outages were heard of."""

    topology: Topology
    signals: list[Heard]
    truth: list[int]
    outages: int


@dataclass
class County:
    """Areas, the meters of each, and the areas behind each feeder and section."""

    areas: dict[str, Spot] = field(default_factory=dict)
    meters: dict[str, list[str]] = field(default_factory=dict)
    feeders: dict[str, list[str]] = field(default_factory=dict)
    sections: dict[str, list[str]] = field(default_factory=dict)

    @property
    def topology(self) -> Topology:
        """As the grouping reads it."""
        return Topology(self.areas, {meter: area for area, meters in self.meters.items() for meter in meters})


@dataclass(frozen=True)
class Out:
    """One area that one fault put out, or one meter of it."""

    fault: int
    since: float
    until: float
    area: str
    meters: list[str]
    single: bool


def storm(seed: int, *, faults: int = 400, calls: int = 3600, unknown: float = 0.1, feeders: int = 60) -> Storm:
    """About so many calls from so many faults; `unknown`: the share whose area is unknown, or (three in ten) wrong."""
    rng = np.random.default_rng(seed)
    land = county(rng, feeders)
    outs = _outs(land, faults, rng)
    weight = sum(1 if one.single else len(one.meters) for one in outs)
    heard: list[tuple[float, int, Heard]] = []
    for one in outs:
        count = max(1, rng.poisson(1.2)) if one.single else rng.poisson(calls / weight * len(one.meters))
        heard += [(call.at, one.fault, call) for call in (_call(land, one, unknown, rng) for _ in range(count))]
    heard.sort(key=lambda row: row[0])
    truth = [fault for _at, fault, _call_ in heard]
    return Storm(land.topology, [call for *_rest, call in heard], truth, len(set(truth)))


def _outs(land: County, faults: int, rng: np.random.Generator) -> list[Out]:
    """Faults by onset; an area that is out can't go out again."""
    names, sections, feeders = list(land.areas), list(land.sections), list(land.feeders)
    levels = rng.choice(4, size=faults, p=SHARES)
    onset = np.sort(rng.uniform(0, HOURS, faults))
    length = rng.lognormal(np.log(2.2 * 3600), 0.5, faults)
    until = dict.fromkeys(names, -1.0)
    outs: list[Out] = []
    for n in range(faults):
        since, end = float(onset[n]), float(onset[n] + length[n])
        hit = [names[rng.integers(len(names))]]
        if levels[n] == 3:
            hit = land.feeders[feeders[rng.integers(len(feeders))]]
        elif levels[n] == 2:
            hit = land.sections[sections[rng.integers(len(sections))]]
        live = [area for area in hit if until[area] < since]
        if levels[n] == 0 and live:
            meters = land.meters[live[0]]
            outs.append(Out(n, since, end, live[0], [meters[rng.integers(len(meters))]], single=True))
            continue
        for area in live:
            until[area] = end
            outs.append(Out(n, since, end, area, land.meters[area], single=False))
    return outs


def _call(land: County, one: Out, unknown: float, rng: np.random.Generator) -> Heard:
    span = one.until - one.since
    delay = rng.exponential(900.0) if rng.random() < 0.75 else rng.uniform(0, span)
    at = float(one.since + min(delay, span))
    meter, spot = one.meters[rng.integers(len(one.meters))], land.areas[one.area]
    lat, lon = float((spot.lat or 0) + rng.normal(0, 0.15) * KM), float((spot.lon or 0) + rng.normal(0, 0.15) * KM)
    if rng.random() >= unknown:
        return Heard(at, meter, one.area, lat, lon)
    wrong = rng.random() < 0.3
    names = list(land.areas)
    return Heard(at, None, names[rng.integers(len(names))] if wrong else None, lat, lon)


def county(rng: np.random.Generator, feeders: int) -> County:
    """Feeders with a trunk of 3–5 pieces and 1–3 branches at each, 1–4 areas a branch."""
    land = County()
    for number in range(feeders):
        _feeder(land, number, rng)
    return land


def _feeder(land: County, number: int, rng: np.random.Generator) -> None:
    base = np.array([32.0 + rng.uniform(-25, 25) * KM, 112.0 + rng.uniform(-25, 25) * KM])
    heading = rng.uniform(0, 2 * np.pi)
    step, side = np.array([np.cos(heading), np.sin(heading)]), np.array([-np.sin(heading), np.cos(heading)])
    for piece in range(int(rng.integers(3, 6))):
        for branch in range(int(rng.integers(1, 4))):
            code = f"F{number}S{piece}B{branch}"
            above = (code, *[f"F{number}T{k}" for k in range(piece, 0, -1)], f"F{number}")
            for area in range(int(rng.integers(1, 5))):
                name, count = f"{code}A{area}", int(rng.integers(30, 121))
                along, off = piece * 1.5 + rng.normal(0, 0.2), (branch - 1) * (0.6 + 0.5 * area)
                at = base + step * along * KM + side * off * KM
                land.areas[name] = Spot(float(at[0]), float(at[1]), count, above)
                land.meters[name] = [f"{name}M{k}" for k in range(count)]
                land.feeders.setdefault(above[-1], []).append(name)
                for up in above[:-1]:
                    land.sections.setdefault(up, []).append(name)
