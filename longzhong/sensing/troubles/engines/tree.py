"""Group signals on a known network: each line is searched for its troubles, lines share signals of unknown place.

A signal whose area is unknown, or lies far from where it was sent, is heard by the areas near its position; what one line explains,
another needn't. The chance that a customer calls is learnt from what was found.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from longzhong.sensing.troubles.engines.field import Field, Line
from longzhong.sensing.troubles.engines.likelihood import Blame, Part, cover, less, mass, rates, total
from longzhong.sensing.troubles.engines.search import grown, refined
from longzhong.sensing.troubles.rules.limits import Limits
from longzhong.sensing.troubles.rules.signals import Group, Heard, Level, Topology

PASSES = 3
NOTHING = Blame(np.empty(0, np.int64), np.empty(0), np.empty(0, np.bool_))


@dataclass
class Told:
    """What a line's troubles explain: the troubles and, for each of its signals, rate and owner."""

    part: Part
    blame: Blame
    lam: np.ndarray
    own: np.ndarray
    most: np.ndarray


def group(signals: Sequence[Heard], topology: Topology, limits: Limits | None = None) -> list[Group]:
    """Probable outages, each signal in exactly one; pure and deterministic."""
    held = limits or Limits()
    if not signals:
        return []
    field = Field.of(signals, topology, held)
    share = held.call_share
    told: list[Told] = []
    for _ in range(PASSES):
        told = explained(field, share, told, (held.quick_s, held.slow_s))
        share = learnt(told, share)
    return gathered(field, told)


def explained(field: Field, share: float, before: list[Told], delays: tuple[float, float]) -> list[Told]:
    """One pass over all lines; each takes into account what the others explain of its signals."""
    others = np.zeros(len(field.at))
    for line, told in zip(field.lines, before, strict=False):
        np.add.at(others, line.idx, told.lam)
    found = []
    for number, line in enumerate(field.lines):
        was = before[number] if before else None
        if was is not None:
            np.subtract.at(others, line.idx, was.lam)
        part = line.part(share, others[line.idx], field.end, delays)
        blame = refined(part, grown(part, was.blame if was is not None else NOTHING))
        lam, own, most = rates(part, blame, cover(part, blame))
        np.add.at(others, line.idx, lam)
        found.append(Told(part, blame, lam, own, most))
    return found


def learnt(told: list[Told], share: float) -> float:
    """Calls among customers who were without power, from the troubles that reach beyond one area (others would say too much)."""
    calls, exposed = 1.0, 1.0 / share
    for one in told:
        out = cover(one.part, one.blame)
        for h in range(len(one.blame.nodes)):
            if out[h].sum() < 2:
                continue
            calls += float((one.own == h).sum())
            exposed += float(one.part.expect[out[h]].sum()) / share * mass(one.part, one.part.end - one.blame.onsets[h])
    return float(np.clip(calls / exposed, share / 4, share * 4))


def gathered(field: Field, told: list[Told]) -> list[Group]:
    """Every signal goes to the trouble that explains most of it; the unexplained stand alone."""
    most, who = np.zeros(len(field.at)), np.full(len(field.at), -1)
    keys: list[tuple[int, int]] = []
    for number, (line, one) in enumerate(zip(field.lines, told, strict=True)):
        for h in range(len(one.blame.nodes)):
            mine = (one.own == h) & (one.most > most[line.idx])
            most[line.idx[mine]], who[line.idx[mine]] = one.most[mine], len(keys)
            keys.append((number, h))
    groups = []
    for key, (number, h) in enumerate(keys):
        mine = np.flatnonzero(who == key)
        if len(mine):
            groups.append(_trouble(field, field.lines[number], told[number], h, mine))
    return groups + field.alone(np.flatnonzero(who < 0))


def _trouble(field: Field, line: Line, told: Told, h: int, mine: np.ndarray) -> Group:
    out = cover(told.part, told.blame)[h]
    worth = total(told.part, told.blame) - total(told.part, less(told.blame, h))
    spoke = {int(field.area[i]) for i in mine if field.area[i] >= 0}
    meters = {field.meter[i] for i in mine}
    node = line.nodes[told.blame.nodes[h]]
    level, device = node.level, node.code
    if len(meters) == 1 and (meter := next(iter(meters))) and level is Level.AREA:
        level, device = Level.METER, meter
    return Group(
        level=level, device=device, signals=tuple(int(i) for i in mine), began_at=float(told.blame.onsets[h]),
        areas=tuple(field.codes[a] for a in line.members[out]), spoke=len(spoke),
        confidence=round(float(1 - np.exp(-max(worth, 0.05))), 3),
    )  # fmt: skip
