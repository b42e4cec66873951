"""A plan of visits (抢修派单与路线): who may do a job, how long ways and work take, and in which order one crew goes.

Everything is in minutes from the moment of planning. A straight line times `detour` is the way; what must be walked is told
by the place.
Restoration order (停电敏感度抢修策略, S4-25): the sum of points × minutes until the power is back is made least; a missed
deadline weighs
as much as very many such minutes. Pure Python.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import asin, cos, radians, sin, sqrt

from longzhong.dispatch.crews.rules.words import ROAD_RANK, Road

_EARTH_M = 6_371_000.0
_LATE = 400.0  # one minute too late weighs as much as a job of 400 points waiting a minute
_MISSED = 20_000.0
_OVERDUE = 25.0
_LEAST_POINTS = 5.0  # everybody waits for something
_SWEEPS = 6
_ACROSS = 60


@dataclass(frozen=True)
class Job:
    """A live order on site. `due`: by when to arrive; `was`: the crew of the last plan; `pinned`: the crew that has it for
    sure.
    """

    id: int
    lat: float | None
    lon: float | None
    work: int
    due: int | None = None
    points: int = 0
    skill: str = "low_voltage"
    road: str = "road"
    walking: int = 0
    was: int | None = None
    pinned: int | None = None


@dataclass(frozen=True)
class CrewNow:
    """A crew on shift: where it is, when it is free, until when it works."""

    id: int
    lat: float
    lon: float
    until: int
    skills: frozenset[str]
    road: str
    free: int = 0


@dataclass(frozen=True)
class Pace:
    """How fast crews move."""

    road_kmh: float = 35.0
    rough_kmh: float = 18.0
    detour: float = 1.4


@dataclass(frozen=True)
class Visit:
    """A job of a crew: minutes from now at arrival and at leaving, the way there."""

    job: int
    crew: int
    arrive: int
    leave: int
    metres: int
    late: int = 0


@dataclass(frozen=True)
class Unplaced:
    """A job that nobody gets, and why (a code of HINDRANCES)."""

    job: int
    reason: str


@dataclass(frozen=True)
class Planned:
    visits: tuple[Visit, ...]
    unplaced: tuple[Unplaced, ...]
    engine: str


def metres(a: tuple[float, float], b: tuple[float, float], detour: float) -> int:
    """The way between two (lat, lon)."""
    one, other = radians(a[0]), radians(b[0])
    half = sin((other - one) / 2) ** 2 + cos(one) * cos(other) * sin(radians(b[1] - a[1]) / 2) ** 2
    return round(2 * _EARTH_M * asin(sqrt(half)) * detour)


def minutes_between(start: tuple[float, float], job: Job, pace: Pace) -> int:
    """Minutes from a place to a job: driving by the road's class, then walking."""
    kmh = pace.road_kmh if job.road == Road.ROAD else pace.rough_kmh
    return round(metres(start, _place(job), pace.detour) / 1000 / kmh * 60) + job.walking


def hindrance(job: Job, crews: Sequence[CrewNow]) -> str:
    """Why none of the crews may do the job; "" if one may."""
    if job.lat is None or job.lon is None:
        return "no_position"
    crews = [crew for crew in crews if job.pinned in (None, crew.id)]
    if not crews:
        return "no_crew"
    skilled = [crew for crew in crews if job.skill in crew.skills]
    if not skilled:
        return "no_skill"
    return "" if any(may(job, crew) for crew in skilled) else "no_road"


def may(job: Job, crew: CrewNow) -> bool:
    """Whether the crew has the skill, gets there, and nobody else has the job for sure."""
    able = job.skill in crew.skills and ROAD_RANK[Road(crew.road)] >= ROAD_RANK[Road(job.road)]
    return able and job.pinned in (None, crew.id)


def earliest(job: Job, crews: Sequence[CrewNow], pace: Pace) -> int:
    """The earliest arrival of any crew that may do the job, if it went there first."""
    return min(crew.free + minutes_between((crew.lat, crew.lon), job, pace) for crew in crews if may(job, crew))


def walk(crew: CrewNow, jobs: Sequence[Job], pace: Pace) -> list[Visit]:
    """The visits of a crew that does these jobs in this order."""
    at, now, visits = (crew.lat, crew.lon), crew.free, []
    for job in jobs:
        arrive = now + minutes_between(at, job, pace)
        late = max(0, arrive - job.due) if job.due is not None else 0
        visits.append(Visit(job.id, crew.id, arrive, arrive + job.work, metres(at, _place(job), pace.detour), late))
        at, now = _place(job), arrive + job.work
    return visits


def begun(crew: CrewNow, jobs: Sequence[Job], pace: Pace) -> tuple[CrewNow, list[Visit]]:
    """The crew after what it has begun (accepted or on site, in this order), and those visits; a begun job is never given
    away.
    """
    visits = walk(crew, jobs, pace)
    if not jobs:
        return crew, []
    last = _place(jobs[-1])
    return replace(crew, lat=last[0], lon=last[1], free=visits[-1].leave), visits


def sensitive_first(
    routes: Mapping[int, Sequence[Job]], crews: Sequence[CrewNow], pace: Pace, switch_min: int = 0
) -> dict[int, list[Job]]:
    """The same jobs so that the sensitive wait least: one job at a time is moved, within its crew or to another one that may
    do it.

    A job goes to another crew than in the last plan only if that spares it `switch_min` minutes. Many jobs: only within their
    crews.
    """
    made = {crew.id: list(routes.get(crew.id, ())) for crew in crews}
    across = sum(map(len, made.values())) <= _ACROSS
    costs = {crew.id: _waiting(crew, made[crew.id], pace, switch_min) for crew in crews}
    for _sweep in range(_SWEEPS):
        moved = False
        for one in crews:
            for job in list(made[one.id]):
                moved |= _moved(job, one, crews if across else [one], made, costs, pace, switch_min)
        if not moved:
            break
    return made


def _moved(
    job: Job, own: CrewNow, crews: Sequence[CrewNow], made: dict[int, list[Job]], costs: dict[int, float], pace: Pace,
    switch_min: int,
) -> bool:  # fmt: skip
    """Put one job where all wait least; whether it moved."""
    rest = [one for one in made[own.id] if one.id != job.id]
    spared = costs[own.id] - _waiting(own, rest, pace, switch_min)
    best: tuple[float, int, list[Job]] | None = None
    for crew in crews:
        if not may(job, crew):
            continue
        base, stay = (rest, costs[own.id] - spared) if crew.id == own.id else (made[crew.id], costs[crew.id])
        for place in range(len(base) + 1):
            tried = [*base[:place], job, *base[place:]]
            more = _waiting(crew, tried, pace, switch_min) - stay
            if more < spared - 1e-6 and (best is None or more < best[0]):
                best = (more, crew.id, tried)
    if best is None:
        return False
    made[own.id], costs[own.id] = rest, costs[own.id] - spared
    before = costs[best[1]]
    made[best[1]], costs[best[1]] = best[2], before + best[0]
    return True


def _waiting(crew: CrewNow, jobs: Sequence[Job], pace: Pace, switch_min: int) -> float:
    """Points × minutes until the power is back; a deadline that is missed weighs more, what begins after the shift most.

    Who is late already only waits faster: nobody else is made late for them.
    """
    cost = 0.0
    for job, visit in zip(jobs, walk(crew, jobs, pace), strict=True):
        weight = job.points + _LEAST_POINTS
        overdue = job.due is not None and job.due < 0
        cost += (weight + _OVERDUE * overdue) * visit.leave + 1e6 * max(0, visit.arrive - crew.until)
        cost += 0 if overdue or not visit.late else _MISSED + _LATE * visit.late
        cost += weight * switch_min if job.was not in (None, crew.id) else 0
    return cost


def greedy(jobs: Sequence[Job], crews: Sequence[CrewNow], pace: Pace) -> dict[int, list[Job]]:
    """Without a solver: the most pressing first, each to the crew that is there first; crew → jobs in order."""
    routes: dict[int, list[Job]] = {crew.id: [] for crew in crews}
    ends: Mapping[int, CrewNow] = {crew.id: crew for crew in crews}
    now = dict(ends)
    for job in sorted(jobs, key=lambda one: (one.due if one.due is not None else 10**6, -one.points, one.id)):
        able = [crew for crew in now.values() if may(job, crew)]
        able = [crew for crew in able if crew.free + minutes_between((crew.lat, crew.lon), job, pace) <= crew.until]
        if not able:
            continue
        chosen = min(able, key=lambda c: (c.free + minutes_between((c.lat, c.lon), job, pace), job.was != c.id, c.id))
        now[chosen.id] = begun(chosen, [job], pace)[0]
        routes[chosen.id].append(job)
    return routes


def _place(job: Job) -> tuple[float, float]:
    return job.lat or 0.0, job.lon or 0.0
