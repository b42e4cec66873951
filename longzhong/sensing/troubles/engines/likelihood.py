"""How well a set of troubles explains what was heard on one part of the network, silence included.

A trouble is a node of the tree and an onset. It takes power from the node's areas that have any; every customer there calls with a
small chance, most of them soon (a quick and a slow exponential). The loglikelihood is that of a Poisson process over customers and
time, against a background of unrelated calls; each trouble costs what it must bring in at least.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from longzhong.sensing.curves.rules.bits import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
QUICK = 0.75  # callers of the quick kind
LEAD_S = 30.0  # the power goes a little before the first call
SHADOW_S = 7200.0  # an area that went dark is dark for this long, unless it is said to be out again
AGAIN = 6.0
PINNED, PIN_S = 200.0, 300.0  # a device's own message weighs more than any silence; its clock may be off by so much


class Part(NamedTuple):
    """Signals by time (n) with the local areas that may be theirs (CSR, weights sum to ≤ 1), areas (m), nodes (J).

    `base`: calls per second that other parts and the background explain; `expect`: callers of each area if it goes dark;
    `quick_s`, `slow_s`: mean delays of callers; `pins` (P×m), `pinned_at`: areas that a device itself reported, and when.
    """

    t: Floats
    start: Ints
    cols: Ints
    weights: Floats
    base: Floats
    expect: Floats
    masks: Bools
    costs: Floats
    end: float
    quick_s: float
    slow_s: float
    pins: Bools
    pinned_at: Floats


class Blame(NamedTuple):
    """Troubles by onset: node, onset (s), and whether its areas are out for a second time (H each)."""

    nodes: Ints
    onsets: Floats
    again: Bools


@compiled
def density(part: Part, delay: float) -> float:
    """Calls per second after the onset, of one who calls."""
    if delay < 0:
        return 0.0
    quick = QUICK / part.quick_s * np.exp(-delay / part.quick_s)
    return float(quick + (1 - QUICK) / part.slow_s * np.exp(-delay / part.slow_s))


@compiled
def mass(part: Part, span: float) -> float:
    """The share of callers who have called after this many seconds."""
    if span <= 0:
        return 0.0
    late = QUICK * np.exp(-span / part.quick_s) + (1 - QUICK) * np.exp(-span / part.slow_s)
    return float(1 - late)


@compiled
def cover(part: Part, blame: Blame) -> Bools:
    """Which areas each trouble put out (H×m): what is dark already can't go dark."""
    count, areas = len(blame.nodes), len(part.expect)
    out = np.zeros((count, areas), np.bool_)
    last = np.full(areas, -1e18)
    for h in range(count):
        for a in range(areas):
            if part.masks[blame.nodes[h], a] and (blame.again[h] or blame.onsets[h] - last[a] >= SHADOW_S):
                out[h, a] = True
                last[a] = blame.onsets[h]
    return out


@compiled
def rates(part: Part, blame: Blame, out: Bools) -> tuple[Floats, Ints, Floats]:
    """Calls per second that the troubles explain at each signal, the trouble that explains most of it (-1), and how much."""
    count, n = len(blame.nodes), len(part.t)
    lam, own, most = np.zeros(n), np.full(n, -1), np.zeros(n)
    share = np.zeros(count)
    for i in range(n):
        share[:] = 0.0
        for k in range(part.start[i], part.start[i + 1]):
            a = part.cols[k]
            for h in range(count - 1, -1, -1):
                if out[h, a] and blame.onsets[h] <= part.t[i]:
                    rate = part.weights[k] * part.expect[a] * density(part, part.t[i] - blame.onsets[h])
                    lam[i] += rate
                    share[h] += rate
                    break
        for h in range(count):
            if share[h] > most[i]:
                most[i], own[i] = share[h], h
    return lam, own, most


@compiled
def holds(part: Part, node: int, onset: float, pin: int) -> bool:
    """Whether a trouble is the one that a device reported."""
    if abs(onset - part.pinned_at[pin]) > PIN_S:
        return False
    return not (part.pins[pin] & ~part.masks[node]).any()


@compiled
def total(part: Part, blame: Blame) -> float:
    """The loglikelihood of everything heard and not heard, above that of no trouble at all, costs paid."""
    out = cover(part, blame)
    lam, _own, _most = rates(part, blame, out)
    value = np.log1p(lam / part.base).sum()
    until = np.full(len(part.expect), part.end)
    for h in range(len(blame.nodes) - 1, -1, -1):
        value -= part.costs[blame.nodes[h]] + (AGAIN if blame.again[h] else 0.0)
        for a in range(len(part.expect)):
            if out[h, a]:
                value -= part.expect[a] * mass(part, until[a] - blame.onsets[h])
                until[a] = blame.onsets[h]
    for pin in range(len(part.pinned_at)):
        for h in range(len(blame.nodes)):
            if holds(part, blame.nodes[h], blame.onsets[h], pin):
                value += PINNED
                break
    return float(value)


@compiled
def put(blame: Blame, node: int, onset: float, again: bool) -> Blame:
    """One trouble more, in order of onset."""
    at = int(np.searchsorted(blame.onsets, onset))
    count = len(blame.nodes) + 1
    nodes, onsets, flags = np.empty(count, np.int64), np.empty(count), np.zeros(count, np.bool_)
    for h in range(count):
        if h == at:
            nodes[h], onsets[h], flags[h] = node, onset, again
        else:
            was = h if h < at else h - 1
            nodes[h], onsets[h], flags[h] = blame.nodes[was], blame.onsets[was], blame.again[was]
    return Blame(nodes, onsets, flags)


@compiled
def less(blame: Blame, gone: int) -> Blame:
    """One trouble fewer."""
    kept = np.arange(len(blame.nodes)) != gone
    return Blame(blame.nodes[kept], blame.onsets[kept], blame.again[kept])
