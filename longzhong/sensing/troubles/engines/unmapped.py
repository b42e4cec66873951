"""Find the failures behind calls whose network nobody told, and learn on the way.

What was found teaches how late people call, how many, how far failures reach and which places fail together; then all
is searched again.
"""

import numpy as np

from longzhong.sensing.troubles.engines import bonds as bonding
from longzhong.sensing.troubles.engines.ledger import latest, steps
from longzhong.sensing.troubles.engines.moves import GROW, TURN, Search
from longzhong.sensing.troubles.engines.pairs import Learnt
from longzhong.sensing.troubles.engines.places import Places
from longzhong.sensing.troubles.engines.spread import FINE, Dark, Ground, Slate, logs

PASSES, ROUNDS = 3, 3
LARGE, FEWER = 20_000, (2, 1)  # calls from which the search is shorter: passes, rounds
KEPT = 1.0  # how much of the former table of delays stays beside what was seen
LEAST_S = 4 * 3600.0  # a shorter file is judged as if nothing had happened for the rest
AGAIN = 4.0  # a place dark again within two hours is that unlikely (log)
WIDEST = 400  # outages that are written of one place
# chances to be dark by tenths of dark bonds, before anything is learnt
CHANCE = np.array([0.001, 0.04, 0.08, 0.14, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8])


def failures(places: Places, t: np.ndarray, learnt: Learnt) -> Search:
    """All failures of a file."""
    ground, pairs, chance = grounded(places, t, learnt)
    count = len(places.codes)
    told = np.flatnonzero(places.of >= 0)
    seeds = told[bonding.opening(places.of[told], t[told], 0.3 * learnt.quick_s)]
    width = min(int(np.diff(ground.start).max()) + 24, WIDEST)
    passes, rounds = (PASSES, ROUNDS) if len(t) < LARGE else FEWER
    for turn in range(passes):
        dark = Dark(np.zeros((count, width)), np.full((count, width), -1), np.zeros(count, np.int64))
        search = Search(ground, dark, t, places.of, learnt.quick_s)
        search.add(seeds, TURN)
        while search.merge():
            pass
        for _ in range(rounds):
            search.add(seeds[search.open(seeds)], GROW)
            moved = search.refine() + search.merge()
            if moved == 0:
                break
        if turn < passes - 1:
            ground = taught(search, pairs, chance)
    return search


def grounded(places: Places, t: np.ndarray, learnt: Learnt) -> tuple[Ground, np.ndarray, np.ndarray]:
    """The ground before anything was found; bonds and their first weights."""
    count = len(places.codes)
    told = np.flatnonzero(places.of >= 0)
    order = told[np.lexsort((t[told], places.of[told]))]
    start = np.concatenate(([0], np.cumsum(np.bincount(places.of[told], minlength=count)))).astype(np.int64)
    pairs, together = bonding.candidates(places, t, 0.5 * learnt.quick_s)
    chance = np.maximum(bonding.affinity(pairs, places, learnt), together)
    tied = bonding.bound(pairs, chance, count)
    span = max(float(np.ptp(t)), LEAST_S)
    slow = max(learnt.slow_s, 3 * learnt.quick_s)
    unit = learnt.quick_s / 20
    edges = unit * np.expm1(np.arange(int(np.log1p(12 * learnt.slow_s / unit) * FINE) + 2) / FINE)
    mass = 1 - 0.8 * np.exp(-edges / learnt.quick_s) - 0.2 * np.exp(-edges / slow)
    density = np.diff(mass) / np.diff(edges)
    bursts = bonding.opening(places.of[order], t[order], 3 * learnt.quick_s).sum()
    usual = max(len(told) / max(bursts, 1), 1.0)
    chances = np.append(min(1 / count, 0.3), CHANCE[1:])
    ground = Ground(
        start, t[order], np.full(count, usual), *tied, logs(chances), np.append(density, 1e-12), mass, unit,
        0.5 * len(told) / (count * span), _cost(int(bursts), span, learnt.quick_s), AGAIN, float(t[-1]) + learnt.quick_s,
        Slate.of(count),
    )  # fmt: skip
    return ground, pairs, chance


def taught(search: Search, pairs: np.ndarray, chance: np.ndarray) -> Ground:
    """The ground with what the failures teach."""
    ground, found = search.ground, list(search.found.values())
    count = len(ground.mu)
    sets = [one.places for one in found]
    tied = bonding.bound(pairs, bonding.remembered(pairs, chance, sets, count), count)
    delays, who = explained(search)
    calls = len(delays)
    exposed = np.zeros(count)
    for one in found:
        reach = min(int(np.log1p(max(ground.end - one.onset, 0.0) / ground.unit_s) * FINE), len(ground.mass) - 1)
        exposed[one.places] += ground.mass[reach]
    heard = np.bincount(who, minlength=count)
    mean = (calls + 1.0) / (exposed.sum() + 1.0)
    mu = np.maximum((heard + 4.0) / (exposed + 4.0 / mean), 0.05)
    density, mass = _delays(ground, delays)
    span = max(ground.end - float(ground.t.min()), LEAST_S)
    beta = max(len(ground.t) - calls, 0.02 * len(ground.t)) / (count * span)
    cost = _cost(len(found), span, search.quick_s)
    chances = _chances(tied, sets, count)
    return ground._replace(
        mu=mu, bond_start=tied.start, bond_to=tied.to, bond_in=tied.into, odds=logs(chances), density=density, mass=mass,
        beta=beta, cost=cost,
    )  # fmt: skip


def _cost(failures: int, span_s: float, quick_s: float) -> float:
    """What a failure must bring in: the rarer they are, the more."""
    return float(np.clip(-np.log(failures / span_s * 0.3 * quick_s + 1e-9), -2.0, 10.0))


def explained(search: Search) -> tuple[np.ndarray, np.ndarray]:
    """Delays of explained calls, and their places."""
    ground, dark = search.ground, search.dark
    v = np.repeat(np.arange(len(ground.mu)), np.diff(ground.start))
    onset, _group = latest(dark, v, ground.t)
    late = ground.t - onset
    at = steps(ground, late)
    rate = ground.mu[v] * ground.density[at]
    ours = np.isfinite(onset) & (rate > ground.beta)
    return late[ours], v[ours]


def _delays(ground: Ground, delays: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The table of delays from those seen, smoothed, on top of a little of the former."""
    bins = len(ground.mass)
    edges = ground.unit_s * np.expm1(np.arange(bins) / FINE)
    width = np.diff(edges)
    seen = np.bincount(steps(ground, delays), minlength=bins)[: bins - 1].astype(float)
    was = ground.density[: bins - 1] * width
    kernel = np.exp(-0.5 * (np.arange(-9, 10) / 3.0) ** 2)
    kernel /= kernel.sum()
    share = np.convolve(seen + (30 + KEPT * seen.sum()) * was / was.sum(), kernel, mode="same")
    density = share / share.sum() / width
    return np.append(density, 1e-12), np.concatenate(([0.0], np.cumsum(density * width)))


def _chances(tied: bonding.Bonds, sets: list[np.ndarray], count: int) -> np.ndarray:
    """How likely a place is dark by the share of its dark bonds: counted over failures, mixed with the first guess."""
    hits, tries = 40 * CHANCE, np.full(len(CHANCE), 40.0)
    inside = np.zeros(count, bool)
    share = np.zeros(count)
    for mine in sets:
        if len(mine) < 2:
            continue
        to = np.concatenate([tied.to[tied.start[v] : tied.start[v + 1]] for v in mine])
        into = np.concatenate([tied.into[tied.start[v] : tied.start[v + 1]] for v in mine])
        np.add.at(share, to, into)
        inside[mine] = True
        touched = np.unique(np.concatenate([to, mine]))
        at = np.minimum((share[touched] * (len(CHANCE) - 1) + 0.5).astype(int), len(CHANCE) - 1)
        np.add.at(hits, at, inside[touched])
        np.add.at(tries, at, 1.0)
        share[to] = 0.0
        inside[mine] = False
    found = np.maximum.accumulate(np.clip(hits / tries, 1e-4, 0.97))
    found[0] = min(1.0 / count, 0.01)
    return found
