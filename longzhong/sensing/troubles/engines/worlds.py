"""Outside files with a known truth, from seven worlds unlike each other, for judging a grouping without topology.

Each has its own land, callers and clerk (which codes are written, how many lack or are wrong); none knows the engine.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator

from longzhong.sensing.troubles.engines.storms import storm

M, HOUR = 1 / 111_320.0, 3600.0
Density = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Land:
    """Areas (m): metres east and north, customers, and which of them each section or feeder puts out."""

    xy: np.ndarray
    customers: np.ndarray
    sections: list[np.ndarray]
    feeders: list[np.ndarray]


@dataclass(frozen=True)
class Callers:
    """Share of customers who call; how late (draws of n, and their density); metres from their area; unrelated calls a fault."""

    share: float
    delay: Callable[[Generator, int], np.ndarray]
    density: Density
    scatter: float
    background: float = 0.0


@dataclass(frozen=True)
class Weather:
    """Faults, over so many seconds, and how many of them are one meter's, an area's, a section's, a feeder's."""

    faults: int
    span: float
    shares: tuple[float, float, float, float] = (0.10, 0.55, 0.25, 0.10)


@dataclass(frozen=True)
class Clerk:
    """What is written: `name` (area, meter number) → (area, meter); shares of lacking and wrong areas, of lacking places."""

    name: Callable[[int, int], tuple[Any, Any]]
    lacking: float = 0.08
    wrong: float = 0.02
    nowhere: float = 0.0


@dataclass(frozen=True)
class Fault:
    """What went out, when, and for how long."""

    at: float
    until: float
    areas: np.ndarray
    meter: int  # the only one that is out, -1: all


@dataclass(frozen=True)
class Made:
    """Rows as in a file, and what is behind them."""

    rows: list[dict[str, Any]]
    land: Land
    faults: list[Fault]
    callers: Callers
    clerk: Clerk
    written: np.ndarray  # the area that each row's code names, -1 none
    xy: np.ndarray
    truth: np.ndarray  # number of the fault, -1: background


def exponential(mean: float) -> tuple[Callable[[Generator, int], np.ndarray], Density]:
    """Delays: how to draw them, and their density."""
    return (lambda rng, n: rng.exponential(mean, n)), (lambda d: np.where(d >= 0, np.exp(-d / mean) / mean, 0.0))


def lognormal(median: float, sigma: float) -> tuple[Callable[[Generator, int], np.ndarray], Density]:
    """Few call at once, most after a while, some very late."""

    def density(d: np.ndarray) -> np.ndarray:
        safe = np.maximum(d, 1e-3)
        return np.asarray(
            np.exp(-0.5 * (np.log(safe / median) / sigma) ** 2) / (safe * sigma * np.sqrt(2 * np.pi)) * (d > 0)
        )

    return (lambda rng, n: rng.lognormal(np.log(median), sigma, n)), density


def uniform(longest: float) -> tuple[Callable[[Generator, int], np.ndarray], Density]:
    """Anybody at any moment until the power is back."""
    return (lambda rng, n: rng.uniform(0, longest, n)), (lambda d: ((d >= 0) & (d <= longest)) / longest)


def told(land: Land, weather: Weather, callers: Callers, clerk: Clerk, rng: Generator) -> Made:
    """Faults happen, people call, a clerk writes it down; rows in any order."""
    faults = _faults(land, weather, rng)
    heard: list[tuple[float, int, int, int]] = []  # moment, area, meter, fault
    for number, one in enumerate(faults):
        for area in one.areas:
            count = max(1, rng.poisson(1.5)) if one.meter >= 0 else rng.poisson(callers.share * land.customers[area])
            for delay in callers.delay(rng, count):
                if delay <= one.until - one.at:
                    meter = one.meter if one.meter >= 0 else int(rng.integers(land.customers[area]))
                    heard.append((one.at + float(delay), int(area), meter, number))
    for _ in range(round(callers.background * len(faults))):
        area = int(rng.integers(len(land.xy)))
        heard.append((float(rng.uniform(0, weather.span)), area, int(rng.integers(land.customers[area])), -1))
    rng.shuffle(heard)
    return _written(heard, land, faults, callers, clerk, rng)


def _faults(land: Land, weather: Weather, rng: Generator) -> list[Fault]:
    dark = np.full(len(land.xy), -1.0)
    found = []
    for at in np.sort(rng.uniform(0, weather.span, weather.faults)):
        until = float(at + rng.lognormal(np.log(2.5 * HOUR), 0.4))
        level = int(rng.choice(4, p=weather.shares))
        sets = {2: land.sections, 3: land.feeders}.get(level)
        areas = np.array([rng.integers(len(land.xy))]) if sets is None else sets[rng.integers(len(sets))]
        areas = areas[dark[areas] < at]
        if len(areas):
            meter = int(rng.integers(land.customers[areas[0]])) if level == 0 else -1
            if level:
                dark[areas] = until
            found.append(Fault(float(at), until, areas, meter))
    return found


def _written(
    heard: list[tuple[float, int, int, int]], land: Land, faults: list[Fault], callers: Callers, clerk: Clerk, rng: Generator,
) -> Made:  # fmt: skip
    rows: list[dict[str, Any]] = []
    area = np.array([one[1] for one in heard])
    xy = land.xy[area] + rng.normal(0, 1, (len(heard), 2)) * callers.scatter
    written = area.copy()
    luck = rng.random(len(heard))
    written[luck < clerk.lacking] = -1
    wrong = (luck >= clerk.lacking) & (luck < clerk.lacking + clerk.wrong)
    written[wrong] = rng.integers(len(land.xy), size=wrong.sum())
    xy[rng.random(len(heard)) < clerk.nowhere] = np.nan
    for (at, _area, meter, fault), code, (east, north) in zip(heard, written, xy, strict=True):
        name, number = clerk.name(int(code), meter) if code >= 0 else (None, None)
        place = {"lat": 31.0 + north * M, "lon": 112.0 + east * M / np.cos(np.radians(31.0))}
        row = {"at": at, "meter": number, "area": name, **({"lat": None, "lon": None} if np.isnan(east) else place)}
        rows.append({**row, "truth": f"fault {fault}" if fault >= 0 else None})
    truth = np.array([one[3] for one in heard])
    return Made(rows, land, faults, callers, clerk, written, xy, truth)


def oracle(made: Made) -> np.ndarray:
    """The group of each row for one who knows all: land, faults, callers, clerk. No grouping can be expected to do better."""
    at = np.array([row["at"] for row in made.rows])
    best, label = np.full(len(at), 1e-9 if made.callers.background else 0.0), -1 - np.arange(len(at))
    scale, areas = max(made.callers.scatter, 1.0), len(made.land.xy)
    for number, fault in enumerate(made.faults):
        live = np.flatnonzero((at >= fault.at) & (at <= fault.until))
        apart = ((made.xy[live, None] - made.land.xy[None, fault.areas]) ** 2).sum(2)
        near = np.where(np.isnan(apart), 1.0 / areas, np.exp(-0.5 * apart / scale**2))
        named = np.where(made.written[live, None] == fault.areas, 1.0, made.clerk.wrong / areas)
        named = np.where(made.written[live, None] < 0, 1.0, named)
        each = 1.5 if fault.meter >= 0 else made.callers.share * made.land.customers[fault.areas]
        rate = (near * named * each).sum(1) * made.callers.density(at[live] - fault.at)
        more = rate > best[live]
        best[live[more]], label[live[more]] = rate[more], number
    return label


def _halves(feeder: np.ndarray, parts: int) -> list[np.ndarray]:
    """What lies behind each of some switches along a feeder."""
    cuts = sorted({round(len(feeder) * k / parts) for k in range(1, parts)})
    return [feeder[cut:] for cut in cuts if len(feeder) - cut > 0]


def _opaque(areas: int, rng: Generator) -> Callable[[int, int], tuple[Any, Any]]:
    codes = rng.choice(900_000, areas, replace=False) + 100_000
    return lambda area, _meter: (int(codes[area]), None)


def circles(rng: Generator) -> Made:
    """Feeders are clouds of areas, side by side; a quiet day; numbers that say nothing."""
    areas = 25 * 16
    xy = np.repeat(rng.uniform(0, 30_000, (25, 2)), 16, axis=0) + rng.normal(0, 1500, (areas, 2))
    feeders = list(np.arange(areas).reshape(25, 16))
    sections = [part for one in feeders for part in np.split(one[np.argsort(xy[one, 0])], 4)]
    land = Land(xy, rng.integers(40, 160, areas), sections, feeders)
    callers = Callers(0.06, *exponential(600.0), scatter=120.0)
    return told(land, Weather(80, 24 * HOUR), callers, Clerk(_opaque(areas, rng)), rng)


def radial(rng: Generator) -> Made:
    """Feeders run out of four substations like spokes; calls stand exactly on their area; a storm."""
    lines = []
    for station in rng.uniform(0, 40_000, (4, 2)):
        turn = rng.uniform(0, 6)
        for spoke in range(8):
            angle = turn + spoke * np.pi / 4
            along = np.cumsum(rng.uniform(300, 900, 14))[:, None]
            lines.append(station + along * [np.cos(angle), np.sin(angle)] + rng.normal(0, 150, (14, 2)))
    feeders = list(np.arange(14 * 32).reshape(32, 14))
    sections = [part for one in feeders for part in _halves(one, 4)]
    land = Land(np.vstack(lines), rng.integers(30, 120, 14 * 32), sections, feeders)
    callers = Callers(0.05, *exponential(900.0), scatter=0.0)
    return told(land, Weather(120, 6 * HOUR), callers, Clerk(_opaque(14 * 32, rng), 0.07, 0.03), rng)


def grid(rng: Generator) -> Made:
    """A town of blocks; only meters are written, by numbers without sense; late callers, much chatter."""
    side, areas = 24, 24 * 24
    xy = np.stack(np.meshgrid(np.arange(side), np.arange(side)), 2).reshape(-1, 2) * 350.0 + rng.normal(
        0, 40, (areas, 2)
    )
    blocks = (np.arange(side) // 4)[:, None] * 6 + (np.arange(side) // 4)[None]
    feeders = [np.flatnonzero(blocks.ravel() == k) for k in range(36)]
    sections = [part for one in feeders for part in np.array_split(one, 4)]
    land = Land(xy, rng.integers(60, 200, areas), sections, feeders)
    numbers = rng.permutation(10**6)
    callers = Callers(0.04, *lognormal(800.0, 0.9), scatter=90.0, background=1.0)
    clerk = Clerk(lambda area, meter: (None, f"{numbers[area * 200 + meter]:08d}"))
    return told(land, Weather(90, 48 * HOUR), callers, clerk, rng)


def scrambled(rng: Generator) -> Made:
    """Areas anywhere, feeders across the whole county: places say nothing, the order of the numbers does."""
    areas = 300
    feeders = list(np.arange(areas).reshape(25, 12))
    sections = [part for one in feeders for part in np.split(one, 3)]
    land = Land(rng.uniform(0, 30_000, (areas, 2)), rng.integers(40, 160, areas), sections, feeders)
    callers = Callers(0.06, *exponential(480.0), scatter=200.0)
    clerk = Clerk(lambda area, _meter: (f"T{area + 1:04d}", None), 0.08, 0.02, nowhere=0.05)
    return told(land, Weather(60, 12 * HOUR), callers, clerk, rng)


def rivers(rng: Generator) -> Made:
    """Long feeders wander across each other; meters are numbers whose head is the area's; a heavy storm."""
    lines = []
    for start in rng.uniform(0, 35_000, (30, 2)):
        turn = rng.uniform(0, 6.28) + np.cumsum(rng.normal(0, 0.35, 18))
        lines.append(
            start + np.cumsum(rng.uniform(250, 700, 18)[:, None] * np.stack([np.cos(turn), np.sin(turn)], 1), 0)
        )
    feeders = list(np.arange(30 * 18).reshape(30, 18))
    sections = [part for one in feeders for part in _halves(one, 5)]
    land = Land(np.vstack(lines), rng.integers(30, 120, 30 * 18), sections, feeders)
    callers = Callers(0.04, *lognormal(500.0, 1.1), scatter=150.0, background=0.3)
    clerk = Clerk(lambda area, meter: (None, f"42{area // 18 + 100:03d}{area % 18:02d}{meter:04d}"))
    return told(land, Weather(250, 10 * HOUR), callers, clerk, rng)


def quiet(rng: Generator) -> Made:
    """Ten days, few faults, callers at any moment for hours, as many unrelated calls as faults twice over, places often lacking."""
    areas = 40 * 10
    xy = np.repeat(rng.uniform(0, 60_000, (40, 2)), 10, axis=0) + rng.normal(0, 2500, (areas, 2))
    feeders = list(np.arange(areas).reshape(40, 10))
    land = Land(xy, rng.integers(40, 160, areas), [part for one in feeders for part in np.split(one, 2)], feeders)
    callers = Callers(0.05, *uniform(1.5 * HOUR), scatter=300.0, background=2.0)
    names = rng.permutation(areas)
    clerk = Clerk(lambda area, meter: (f"台区{names[area]}", f"M{names[area]}-{meter}"), 0.10, 0.03, nowhere=0.3)
    return told(land, Weather(120, 240 * HOUR), callers, clerk, rng)


def blind(rng: Generator) -> Made:
    """No places at all and names without sense, but a small net that failed often."""
    areas = 60
    feeders = list(np.arange(areas).reshape(6, 10))
    sections = [part for one in feeders for part in np.split(one, 2)]
    land = Land(rng.uniform(0, 9000, (areas, 2)), rng.integers(60, 160, areas), sections, feeders)
    callers = Callers(0.06, *exponential(700.0), scatter=100.0)
    clerk = Clerk(_opaque(areas, rng), 0.05, 0.0, nowhere=1.0)
    return told(land, Weather(120, 96 * HOUR, (0.1, 0.4, 0.25, 0.25)), callers, clerk, rng)


WORLDS = {one.__name__: one for one in (circles, radial, grid, scrambled, rivers, quiet, blind)}


def made(name: str, seed: int) -> Made:
    """One world's file."""
    return WORLDS[name](np.random.default_rng([seed, *name.encode()]))


def stormy(seed: int, *, opaque: bool, faults: int = 400, calls: int = 3600, feeders: int = 60) -> list[dict[str, Any]]:
    """The simulated county's storm as a file, its codes as they are or as numbers without sense."""
    from_net = storm(seed, faults=faults, calls=calls, feeders=feeders)
    numbers = np.random.default_rng(seed).permutation(len(from_net.topology.areas)) + 1
    names = zip(from_net.topology.areas, numbers, strict=True)
    code = {name: f"D{number:05d}" if opaque else name for name, number in names}
    return [
        {"at": one.at, "meter": None, "area": code.get(one.area or ""), "lat": one.lat, "lon": one.lon, "truth": truth}
        for one, truth in zip(from_net.signals, from_net.truth, strict=True)
    ]
