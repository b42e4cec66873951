"""How a failure spreads over places whose network nobody told: the likelihood of a set of places that went dark at
one moment.

A place that goes dark is heard of as often as its customers call (a Poisson process with the learnt delays); a place
that stays silent speaks against it. Which places go dark together is a field on the graph of bonds (`bonds`): the
larger the share of a place's bonds that lead to dark places, the likelier it is dark itself; how likely, is learnt. A
set grows from one place along its bonds, best first, over small hollows too, and the best set on the way is kept.
"""

from typing import NamedTuple

import numpy as np

from longzhong.sensing.curves.rules.bits import compiled

AGAIN_S = 7200.0
SLACK = 5.0  # how deep a hollow growth crosses
WIDEST = 1500  # places of a set
HOPELESS = -20.0  # a place so silent, or so often dark, doesn't join
FINE = 12.0  # steps of the delay table a unit of the logarithm
FIELD = 0.8  # the field counts each bond from both its ends


class Slate(NamedTuple):
    """What a growth notes of places, wiped after each: a large county has more places than a failure ever touches."""

    inside: np.ndarray
    seen: np.ndarray
    share: np.ndarray
    own: np.ndarray
    edge: np.ndarray

    @classmethod
    def of(cls, count: int) -> "Slate":
        """For so many places; the last of `edge` counts."""
        flags = np.zeros(count, np.bool_)
        return cls(flags, flags.copy(), np.zeros(count), np.zeros(count), np.zeros(count + 1, np.int64))


class Ground(NamedTuple):
    """Places (m) with the moments of their calls (CSR), callers expected of each if dark, bonds (CSR; weights within a row ≤ 1 in
    sum), `logs` by hundredths of dark bonds, the table of delays (density, mass by log steps), background calls a place and second,
    what a failure costs, and what a place costs that is dark again soon.
    """

    start: np.ndarray
    t: np.ndarray
    mu: np.ndarray
    bond_start: np.ndarray
    bond_to: np.ndarray
    bond_in: np.ndarray  # weight of this place in the row of the other
    odds: np.ndarray
    density: np.ndarray
    mass: np.ndarray
    unit_s: float
    beta: float
    cost: float
    again: float
    end: float
    slate: Slate


class Dark(NamedTuple):
    """Onsets by place in order (m×H), the group of each, and how many."""

    onset: np.ndarray
    group: np.ndarray
    times: np.ndarray


@compiled
def step(ground: Ground, delay: float) -> int:
    """Where a delay stands in the table."""
    return min(int(np.log1p(delay / ground.unit_s) * FINE), len(ground.density) - 1)


@compiled
def worth(ground: Ground, dark: Dark, v: int, onset: float) -> float:
    """What a place's calls and silence gain if it went dark at a moment, beside what is known of it."""
    count = dark.times[v]
    if count >= dark.onset.shape[1]:
        return -1e9
    before, after = -1e18, 1e18
    for h in range(count):
        if dark.onset[v, h] <= onset:
            before = dark.onset[v, h]
        else:
            after = dark.onset[v, h]
            break
    value = 0.0
    if onset - before < AGAIN_S:
        value -= ground.again
    if after - onset < AGAIN_S:
        value -= ground.again
    mu, until = ground.mu[v], min(after, ground.end)
    value -= mu * ground.mass[step(ground, max(until - onset, 0.0))]
    if before > -1e17:
        value += mu * (ground.mass[step(ground, max(until - before, 0.0))] - ground.mass[step(ground, onset - before)])
    last = len(ground.density) - 1
    low, high = ground.start[v], ground.start[v + 1]
    for i in range(low + np.searchsorted(ground.t[low:high], onset), high):
        if ground.t[i] >= after:
            break
        at = step(ground, ground.t[i] - onset)
        if at >= last and before < -1e17:
            break
        value += np.log1p(mu * ground.density[at] / ground.beta)
        if before > -1e17:
            value -= np.log1p(mu * ground.density[step(ground, ground.t[i] - before)] / ground.beta)
    return float(value)


def logs(chance: np.ndarray) -> np.ndarray:
    """Log chances not to be dark and to be dark, by hundredths of dark bonds (2×101), weighed as the field is."""
    fine = np.interp(np.arange(101) / 100, np.linspace(0, 1, len(chance)), chance)
    return np.asarray(FIELD * np.log(np.stack([1 - fine, fine])))


@compiled
def odds(ground: Ground, share: float, is_dark: bool) -> float:
    """Log chance that a place with so many dark bonds is, or isn't, dark."""
    return float(ground.odds[1 if is_dark else 0, int(min(max(share, 0.0), 1.0) * 100 + 0.5)])


@compiled
def flip(ground: Ground, inside: np.ndarray, share: np.ndarray, v: int) -> float:
    """What the field gains if a place turns dark (or back)."""
    now = inside[v]
    value = odds(ground, share[v], not now) - odds(ground, share[v], now)
    for k in range(ground.bond_start[v], ground.bond_start[v + 1]):
        w, weight = ground.bond_to[k], ground.bond_in[k]
        moved = share[w] - weight if now else share[w] + weight
        value += odds(ground, moved, inside[w]) - odds(ground, share[w], inside[w])
    return float(value)


@compiled
def turned(ground: Ground, inside: np.ndarray, share: np.ndarray, v: int) -> None:
    """Turn a place dark (or back)."""
    sign = -1.0 if inside[v] else 1.0
    inside[v] = not inside[v]
    for k in range(ground.bond_start[v], ground.bond_start[v + 1]):
        share[ground.bond_to[k]] += sign * ground.bond_in[k]


@compiled
def noticed(
    ground: Ground, dark: Dark, onset: float, seen: np.ndarray, own: np.ndarray, edge: np.ndarray, around: int
) -> None:
    """Bring a place (`around` -1 - v: itself; v: those bound to it) to the edge: `edge[-1]` counts."""
    low, high = ground.bond_start[max(around, 0)], ground.bond_start[max(around, 0) + 1]
    for k in range(low, high if around >= 0 else low + 1):
        v = ground.bond_to[k] if around >= 0 else -1 - around
        if not seen[v]:
            seen[v] = True
            own[v] = worth(ground, dark, v, onset)
            edge[edge[-1]] = v
            edge[-1] += 1


@compiled
def likeliest(
    ground: Ground, inside: np.ndarray, share: np.ndarray, own: np.ndarray, edge: np.ndarray
) -> tuple[float, int]:
    """The place at the edge that gains most if it is dark too (-1: none)."""
    most, chosen = -1e18, -1
    for k in range(edge[-1]):
        v = edge[k]
        if not inside[v] and own[v] > HOPELESS:
            more = own[v] + flip(ground, inside, share, v)
            if more > most:
                most, chosen = more, v
    return most, chosen


@compiled
def grown(ground: Ground, dark: Dark, first: np.ndarray, onset: float, how: int) -> tuple[float, np.ndarray]:
    """What a set gains, and its places: as it is (`how` 0), its places turned singly (1), or grown along its bonds first (2)."""
    m = len(ground.mu)
    inside, seen, share, own, edge = ground.slate
    edge[-1] = 0
    order = [first[0]]
    taken, value = 0, -ground.cost
    for v in first:
        noticed(ground, dark, onset, seen, own, edge, -1 - v)
        value += own[v] + flip(ground, inside, share, v)
        turned(ground, inside, share, v)
        order.append(v)
        taken += 1
        noticed(ground, dark, onset, seen, own, edge, v)
    if how == 0:
        wiped(ground)
        return value, first
    best, kept = value, taken
    while how == 2 and taken < min(m, WIDEST):
        most, chosen = likeliest(ground, inside, share, own, edge)
        if chosen < 0 or value + most < best - SLACK:
            break
        value += most
        turned(ground, inside, share, chosen)
        order.append(chosen)
        taken += 1
        noticed(ground, dark, onset, seen, own, edge, chosen)
        if value > best:
            best, kept = value, taken
    for k in range(kept, taken):
        turned(ground, inside, share, order[k + 1])
    return pruned(ground, inside, share, own, edge[: edge[-1]], best)


@compiled
def pruned(
    ground: Ground, inside: np.ndarray, share: np.ndarray, own: np.ndarray, edge: np.ndarray, value: float
) -> tuple[float, np.ndarray]:
    """Turn single places of a set and its edge while that gains."""
    for _ in range(4):
        moved = False
        for v in edge:
            more = flip(ground, inside, share, v) + (-own[v] if inside[v] else own[v])
            if more > 1e-9:
                turned(ground, inside, share, v)
                value += more
                moved = True
        if not moved:
            break
    places = np.sort(edge[inside[edge]])
    wiped(ground)
    return value if len(places) else -1e9, places


@compiled
def wiped(ground: Ground) -> None:
    """Forget a growth."""
    inside, seen, share, _own, edge = ground.slate
    for k in range(edge[-1]):
        v = edge[k]
        inside[v] = seen[v] = False
        share[v] = 0.0
        for j in range(ground.bond_start[v], ground.bond_start[v + 1]):
            share[ground.bond_to[j]] = 0.0
    edge[-1] = 0


@compiled
def put(dark: Dark, places: np.ndarray, onset: float, group: int) -> None:
    """These places went dark."""
    for v in places:
        h = dark.times[v]
        while h > 0 and dark.onset[v, h - 1] > onset:
            dark.onset[v, h], dark.group[v, h] = dark.onset[v, h - 1], dark.group[v, h - 1]
            h -= 1
        dark.onset[v, h], dark.group[v, h] = onset, group
        dark.times[v] += 1


@compiled
def lift(dark: Dark, places: np.ndarray, group: int) -> None:
    """They didn't, after all."""
    for v in places:
        h = 0
        while dark.group[v, h] != group:
            h += 1
        dark.times[v] -= 1
        while h < dark.times[v]:
            dark.onset[v, h], dark.group[v, h] = dark.onset[v, h + 1], dark.group[v, h + 1]
            h += 1
