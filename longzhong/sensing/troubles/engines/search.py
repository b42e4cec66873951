"""The search for the troubles of one part: add the best, then take each away, move, split or merge it while all of it gains.

Greedy alone takes "a branch at ten, the whole line ten minutes later" for one outage of the line at ten; the split move finds it.
Every move is judged by the exact total likelihood, costs included, so nothing is split that doesn't pay for itself.
"""

import numpy as np

from longzhong.sensing.curves.rules.bits import compiled
from longzhong.sensing.troubles.engines.likelihood import (
    AGAIN,
    LEAD_S,
    PINNED,
    SHADOW_S,
    Blame,
    Part,
    cover,
    density,
    holds,
    less,
    mass,
    put,
    rates,
    total,
)

ROUNDS = 3
TRIES = 4  # onsets tried for the later half of a split
NEAR_S = 3600.0  # troubles further apart in time aren't merged


@compiled
def dark(part: Part, blame: Blame, out: np.ndarray, onset: float) -> np.ndarray:
    """The areas that are out already at a moment."""
    found = np.zeros(len(part.expect), np.bool_)
    for h in range(len(blame.nodes)):
        if onset - SHADOW_S < blame.onsets[h] <= onset:
            found |= out[h]
    return found


@compiled
def gain(part: Part, lam: np.ndarray, node: int, begun: int, free: np.ndarray, open_pins: np.ndarray) -> float:
    """What a trouble of the node's free areas adds, begun just before a signal."""
    onset = part.t[begun] - LEAD_S
    value, exposed = -part.costs[node], 0.0
    for a in range(len(free)):
        if free[a] and part.masks[node, a]:
            exposed += part.expect[a]
    value -= exposed * mass(part, part.end - onset)
    for pin in range(len(part.pinned_at)):
        value += PINNED if open_pins[pin] and holds(part, node, onset, pin) else 0.0
    for i in range(begun, len(part.t)):
        rate = 0.0
        for k in range(part.start[i], part.start[i + 1]):
            a = part.cols[k]
            if free[a] and part.masks[node, a]:
                rate += part.weights[k] * part.expect[a]
        if rate > 0:
            value += np.log1p(rate * density(part, part.t[i] - onset) / (part.base[i] + lam[i]))
    return float(value)


@compiled
def unexplained(part: Part, blame: Blame) -> np.ndarray:
    """The devices' own messages that no trouble explains yet."""
    left = np.ones(len(part.pinned_at), np.bool_)
    for pin in range(len(left)):
        for h in range(len(blame.nodes)):
            if holds(part, blame.nodes[h], blame.onsets[h], pin):
                left[pin] = False
    return left


@compiled
def addition(part: Part, blame: Blame) -> tuple[float, int, int, bool]:
    """The best single trouble to add: (gain, node, signal before which it began, again)."""
    out = cover(part, blame)
    lam, _own, _most = rates(part, blame, out)
    pins = unexplained(part, blame)
    best, node, begun, second = 0.0, -1, 0, False
    for s in range(len(part.t)):
        off = dark(part, blame, out, part.t[s] - LEAD_S)
        for j in range(len(part.costs)):
            heard = False
            for k in range(part.start[s], part.start[s + 1]):
                heard |= part.masks[j, part.cols[k]]
            if not heard:
                continue
            value = gain(part, lam, j, s, ~off, pins)
            if value > best:
                best, node, begun, second = value, j, s, False
            if (off & part.masks[j]).any():
                value = gain(part, lam, j, s, np.ones(len(off), np.bool_), pins) - AGAIN
                if value > best:
                    best, node, begun, second = value, j, s, True
    return best, node, begun, second


@compiled
def grown(part: Part, blame: Blame) -> Blame:
    """Add troubles while they pay."""
    value = total(part, blame)
    for _ in range(len(part.t)):
        _best, node, begun, again = addition(part, blame)
        if node < 0:
            break
        more = put(blame, node, part.t[begun] - LEAD_S, again)
        raised = total(part, more)
        if raised <= value + 1e-6:
            break
        blame, value = more, raised
    return blame


@compiled
def replaced(part: Part, rest: Blame, node: int, mine: np.ndarray, again: bool) -> tuple[float, Blame]:
    """The best other node or onset for a trouble, or none at all."""
    best = rest
    value = total(part, rest)
    for u in range(len(part.costs)):
        if not (part.masks[u] & part.masks[node]).any():
            continue
        for s in mine[:TRIES]:
            tried = put(rest, u, part.t[s] - LEAD_S, again)
            raised = total(part, tried)
            if raised > value:
                best, value = tried, raised
    return value, best


@compiled
def split(part: Part, rest: Blame, node: int, mine: np.ndarray, again: bool) -> tuple[float, Blame]:
    """A piece of the node went first, the rest with it later: the best such pair."""
    best, value = rest, -1e18
    if len(mine) < 2:
        return value, best
    for u in range(len(part.costs)):
        if u == node or not (part.masks[u] & part.masks[node]).any():
            continue
        first = put(rest, u, part.t[mine[0]] - LEAD_S, again)
        tries = 0
        for s in mine[1:]:
            inside = False
            for k in range(part.start[s], part.start[s + 1]):
                inside |= part.masks[u, part.cols[k]]
            if inside or tries >= TRIES:
                continue
            tries += 1
            tried = put(first, node, part.t[s] - LEAD_S, again)
            raised = total(part, tried)
            if raised > value:
                best, value = tried, raised
    return value, best


@compiled
def merged(part: Part, rest: Blame, node: int, onset: float, again: bool) -> tuple[float, Blame]:
    """This trouble and a near one are one trouble of a node above both."""
    best, value = rest, -1e18
    for h in range(len(rest.nodes)):
        if abs(rest.onsets[h] - onset) > NEAR_S:
            continue
        both = part.masks[node] | part.masks[rest.nodes[h]]
        fewer = less(rest, h)
        for u in range(len(part.costs)):
            if (both & ~part.masks[u]).any():
                continue
            tried = put(fewer, u, min(onset, rest.onsets[h]), again)
            raised = total(part, tried)
            if raised > value:
                best, value = tried, raised
    return value, best


@compiled
def dissolved(part: Part, rest: Blame, node: int, mine: np.ndarray) -> tuple[float, Blame]:
    """Only the areas that spoke went out, each by itself: silence speaks against the device above them."""
    apart = rest
    for u in range(len(part.costs)):
        if part.masks[u].sum() != 1 or not (part.masks[u] & part.masks[node]).any():
            continue
        for s in mine:
            if part.weights[part.start[s]] > 0.5 and part.masks[u, part.cols[part.start[s]]]:
                apart = put(apart, u, part.t[s] - LEAD_S, False)
                break
    return total(part, apart), apart


@compiled
def refined(part: Part, blame: Blame) -> Blame:
    """Re-examine every trouble until none can be bettered."""
    value = total(part, blame)
    for _ in range(ROUNDS):
        before = value
        h = 0
        while h < len(blame.nodes):
            _lam, own, _most = rates(part, blame, cover(part, blame))
            mine = np.flatnonzero(own == h)
            rest = less(blame, h)
            node, onset, again = blame.nodes[h], blame.onsets[h], blame.again[h]
            for raised, tried in (
                replaced(part, rest, node, mine, again),
                split(part, rest, node, mine, again),
                merged(part, rest, node, onset, again),
                dissolved(part, rest, node, mine),
            ):
                if raised > value + 1e-6:
                    blame, value = tried, raised
            h += 1
        if value - before < 1e-3:
            break
    return blame
