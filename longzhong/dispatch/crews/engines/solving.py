"""A plan for these jobs and crews: PyVRP decides who goes where, the rules decide in which order the sensitive come.

Skills, roads and pins are forbidden columns of a crew's own matrices; a crew that had the job in the last plan gets it
without the penalty of
changing (`switch_min`), so that plans stay. Who can't be reached in time any more is planned in a second pass without a
deadline. Ways back
to the base cost nothing. Too many jobs, no time, or a failure of the solver: the greedy rule plans, and the plan says so.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import structlog

from longzhong.dispatch.crews.engines.routing import Effort, Place, Van, Whole, route
from longzhong.dispatch.crews.rules import (
    CrewNow,
    Job,
    Limits,
    Pace,
    Planned,
    Unplaced,
    earliest,
    greedy,
    hindrance,
    minutes_between,
    sensitive_first,
    walk,
)
from longzhong.dispatch.crews.rules.planning import may

log = structlog.get_logger(__name__)

_NEVER = 10**7  # seconds: no way for this crew
_PRIZE = 10**6
_POINT = 10**4
Routes = Mapping[int, Sequence[Job]]


def solve(jobs: Sequence[Job], crews: Sequence[CrewNow], limits: Limits, seed: int = 1) -> Planned:
    """Every job is visited once or named with its hindrance."""
    pace = Pace(limits.speed_road_kmh, limits.speed_rough_kmh, limits.detour)
    why = {job.id: hindrance(job, crews) for job in jobs}
    free = [job for job in jobs if not why[job.id]]
    routes, engine = _routed(free, crews, pace, limits, seed)
    settled = sensitive_first(routes, crews, pace, limits.switch_min)
    visits, placed = [], set()
    for crew in crews:
        mine = [visit for visit in walk(crew, settled[crew.id], pace) if visit.arrive <= crew.until]
        visits += mine
        placed |= {visit.job for visit in mine}
    left = [Unplaced(job.id, why[job.id] or "shift_over") for job in jobs if job.id not in placed]
    return Planned(tuple(visits), tuple(left), engine)


def _routed(jobs: Sequence[Job], crews: Sequence[CrewNow], pace: Pace, limits: Limits, seed: int) -> tuple[Routes, str]:
    if not jobs:
        return {}, "none"
    if len(jobs) <= limits.most_jobs and limits.solve_s > 0:
        try:
            return _solved(jobs, crews, pace, limits, seed), "pyvrp"
        except (RuntimeError, ValueError, IndexError, OverflowError) as error:
            log.warning("crew_plan_without_solver", why=str(error), jobs=len(jobs))
    return greedy(jobs, crews, pace), "greedy"


def _solved(jobs: Sequence[Job], crews: Sequence[CrewNow], pace: Pace, limits: Limits, seed: int) -> Routes:
    """First with deadlines for all who can be in time; then without one for whom that pass left out."""
    matrices = [_matrices(jobs, crews, at, pace, limits) for at in range(len(crews))]
    vans = [Van(at, crew.free * 60, max(crew.free, crew.until) * 60 + _NEVER // 2, at) for at, crew in enumerate(crews)]
    effort = Effort(limits.solve_s / 2, seed)
    last = max(crew.until for crew in crews)
    due = {job.id: job.due for job in jobs if job.due is not None and job.due >= earliest(job, crews, pace)}
    routes: Routes = {}
    for _round in range(2):
        places = [
            Place(job.work * 60, 0, max(0, min(due.get(job.id, last), last)) * 60, _PRIZE + _POINT * job.points)
            for job in jobs
        ]
        found = route(len(crews), places, vans, matrices, effort)
        routes = {crews[van].id: [jobs[row - len(crews)] for row in rows] for van, rows in found.routes}
        placed = {job.id for mine in routes.values() for job in mine}
        left = [job.id for job in jobs if job.id not in placed]
        if not left or not set(left) & set(due):
            break
        due = {one: at for one, at in due.items() if one not in left}
    return routes


def _matrices(
    jobs: Sequence[Job], crews: Sequence[CrewNow], own: int, pace: Pace, limits: Limits
) -> tuple[Whole, Whole]:
    """(distance = seconds of way with the penalty of changing, duration = seconds of way) for one crew; rows: starts, then
    jobs.
    """
    crew, starts = crews[own], len(crews)
    ways: Whole = np.zeros((starts + len(jobs), starts + len(jobs)), dtype=np.int64)
    points = [(one.lat, one.lon) for one in crews] + [(job.lat or 0.0, job.lon or 0.0) for job in jobs]
    for column, job in enumerate(jobs, starts):
        able = may(job, crew)
        for row, point in enumerate(points):
            if row != column:
                ways[row, column] = minutes_between(point, job, pace) * 60 if able else _NEVER
    costs = ways.copy()
    for column, job in enumerate(jobs, starts):
        if job.was not in (None, crew.id):
            costs[:, column] += limits.switch_min * 60
        costs[column, column] = 0
    return costs, ways
