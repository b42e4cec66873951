"""Join calls into groups without any network: what was learnt about pairs, and one onset a group, weigh every joining.

A group's evidence is the chance of its moments under one unknown onset (integrated out). A call (or a block of calls of one code)
belongs to a group by the odds of the pair with its nearest code and, less, with all of them (`pairs`), and must agree with the
group on one onset better than with an onset of its own. Calls join in order of time; then blocks are taken out and put where
they fit best, and whole groups are put together, until nothing moves.
"""

from collections.abc import Sequence

import numpy as np

from longzhong.sensing.curves.rules.bits import compiled
from longzhong.sensing.troubles.engines.pairs import Calls, Learnt, class_of
from longzhong.sensing.troubles.rules.signals import Group, Heard, Level

STEPS = np.array([0.01, 0.05, 0.2, 0.6, 1.8])  # onset before the first call, in quick delays
SLOW_SHARE = 0.2
SWEEPS = 3
LONG = 10.0  # quick delays after which a group is closed
SEEN = 1 << 16
SPREAD, FARTHEST = 0.45, -8.0  # how much the whole group counts beside its nearest member; least odds of a pair
SOME = 3  # calls of a block that are asked whom they are near


@compiled
def evidence(t: np.ndarray, mine: np.ndarray, learnt: Learnt) -> float:
    """Log chance of these moments under one onset."""
    first = t[mine].min()
    logs = np.empty(len(STEPS))
    for k in range(len(STEPS)):
        ahead = STEPS[k] * learnt.quick_s
        value = 0.0
        for i in mine:
            delay = t[i] - first + ahead
            quick = (1 - SLOW_SHARE) / learnt.quick_s * np.exp(-delay / learnt.quick_s)
            value += np.log(quick + SLOW_SHARE / learnt.slow_s * np.exp(-delay / learnt.slow_s))
        logs[k] = value + np.log(ahead * 1.2)
    top = logs.max()
    return float(top + np.log(np.exp(logs - top).sum()) - np.log(learnt.span_s))


@compiled
def kinship(calls: Calls, learnt: Learnt, label: np.ndarray, mine: np.ndarray, groups: int) -> np.ndarray:
    """Log odds that these calls belong to each group, by codes and places alone."""
    t, reach = calls.t, LONG * learnt.quick_s
    low, high = np.searchsorted(t, t[mine].min() - reach), np.searchsorted(t, t[mine].max() + reach)
    best = np.full(groups, -60.0)
    for i in mine[:SOME]:
        likest, summed, codes = np.full(groups, -60.0), np.zeros(groups), np.zeros(groups)
        seen = np.full(SEEN, False)
        for j in range(low, high):
            group = label[j]
            if group < 0:
                continue
            code = calls.code[j] if calls.code[j] >= 0 else len(t) + j
            key = (group * 1_000_003 + code) % SEEN
            if seen[key]:
                continue
            seen[key] = True
            relation, apart = class_of(calls, i, j)
            odds = max(learnt.odds[relation, apart], FARTHEST)
            likest[group] = max(likest[group], odds)
            summed[group] += odds
            codes[group] += 1
        for group in range(groups):
            if codes[group] > 0:
                mean = summed[group] / codes[group]
                best[group] = max(best[group], (1 - SPREAD) * likest[group] + SPREAD * mean)
    return best


@compiled
def home(calls: Calls, learnt: Learnt, label: np.ndarray, mine: np.ndarray) -> int:
    """The group that some calls (labelled -1) fit best; -1 if none pays."""
    odds = kinship(calls, learnt, label, mine, label.max() + 1)
    alone = evidence(calls.t, mine, learnt)
    best, chosen = 0.0, -1
    for group in np.flatnonzero(odds > -8.0):
        theirs = np.flatnonzero(label == group)
        both = np.concatenate((theirs, mine))
        worth = odds[group] + evidence(calls.t, both, learnt) - evidence(calls.t, theirs, learnt) - alone
        if worth > best:
            best, chosen = worth, int(group)
    return chosen


@compiled
def joined(calls: Calls, learnt: Learnt) -> np.ndarray:
    """Calls in order of time, each to its best group or a new one."""
    label = np.full(len(calls.t), -1)
    for i in range(len(calls.t)):
        group = home(calls, learnt, label, np.array([i]))
        label[i] = group if group >= 0 else label.max() + 1
    return label


@compiled
def settled(calls: Calls, learnt: Learnt, label: np.ndarray, whole: bool) -> int:
    """Take out blocks (a group's calls of one code, or a `whole` group) and put them where they fit best; how many moved."""
    moved = 0
    done = np.zeros(len(label), np.bool_)
    for i in range(len(label)):
        if done[i]:
            continue
        was = label[i]
        mine = np.array([i])
        if whole:
            mine = np.flatnonzero(label == was)
        elif calls.code[i] >= 0:
            mine = np.flatnonzero((label == was) & (calls.code == calls.code[i]))
        done[mine] = True
        label[mine] = -1
        group = home(calls, learnt, label, mine)
        if group < 0:
            group = was if not (label == was).any() else label.max() + 1
        moved += group != was
        label[mine] = group
    return moved


def join(signals: Sequence[Heard], calls: Calls, learnt: Learnt) -> list[Group]:
    """Groups of calls in order of time; each call in exactly one."""
    label = joined(calls, learnt)
    for _ in range(SWEEPS):
        if settled(calls, learnt, label, True) + settled(calls, learnt, label, False) == 0:
            break
    return [_group(signals, np.flatnonzero(label == one), calls, learnt) for one in np.unique(label)]


def _group(signals: Sequence[Heard], mine: np.ndarray, calls: Calls, learnt: Learnt) -> Group:
    codes = tuple(dict.fromkeys(name for i in mine if (name := signals[i].area or signals[i].meter)))
    level = Level.SECTION if len(codes) > 1 else Level.AREA if len(mine) > 1 else Level.METER
    worth = evidence(calls.t, mine, learnt) - sum(evidence(calls.t, mine[k : k + 1], learnt) for k in range(len(mine)))
    return Group(
        level, codes[0] if codes else "", tuple(int(i) for i in mine), float(calls.t[mine].min()), codes, len(codes),
        round(float(1 - np.exp(-max(worth, 0.3))), 3),
    )  # fmt: skip
