"""PyVRP as a function: matrices in, sequences out. The crew plan and the Solomon benchmark both go through here."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyvrp
from numpy.typing import NDArray
from pyvrp.exceptions import PenaltyBoundWarning
from pyvrp.stop import MaxIterations, MaxRuntime, MultipleCriteria, NoImprovement

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Place:
    """A client: service and window in the matrices' unit of time; `prize` 0 means that it must be visited."""

    service: int
    early: int = 0
    late: int = 10**9
    prize: int = 0
    demand: int = 0


@dataclass(frozen=True)
class Van:
    """A vehicle: its own start (a row of the matrices), its window, which pair of matrices, how many alike."""

    start: int
    early: int = 0
    late: int = 10**9
    profile: int = 0
    capacity: int = 0
    count: int = 1


@dataclass(frozen=True)
class Effort:
    """When to stop: whichever comes first. The same seed and enough time give the same answer."""

    seconds: float
    seed: int = 1
    idle: int = 3000
    rounds: int = 10**9


@dataclass(frozen=True)
class Routed:
    """Rows of the matrices in order by (van, trip); `feasible`: all windows and loads are kept."""

    routes: tuple[tuple[int, tuple[int, ...]], ...]
    distance: int
    feasible: bool


def route(
    starts: int, places: Sequence[Place], vans: Sequence[Van], matrices: Sequence[tuple[Whole, Whole]], effort: Effort
) -> Routed:
    """Rows 0..starts-1 of each (distance, duration) pair are starts, the rest the places in order."""
    size = starts + len(places)
    loads = any(van.capacity for van in vans)
    clients = [
        pyvrp.Client(
            starts + at, delivery=[one.demand] if loads else [], service_duration=one.service, tw_early=one.early, tw_late=one.late,
            prize=one.prize, required=not one.prize,
        )
        for at, one in enumerate(places)
    ]  # fmt: skip
    types = [
        pyvrp.VehicleType(
            van.count, capacity=[van.capacity] if loads else [], start_depot=van.start, end_depot=van.start, tw_early=van.early,
            tw_late=van.late, profile=van.profile, name=str(at),
        )
        for at, van in enumerate(vans)
    ]  # fmt: skip
    ways: list[Any] = [distance for distance, _duration in matrices]
    times: list[Any] = [duration for _distance, duration in matrices]
    data = pyvrp.ProblemData(
        [pyvrp.Location(0, 0) for _at in range(size)], clients, [pyvrp.Depot(at) for at in range(starts)], types,
        ways, times,
    )  # fmt: skip
    stop = MultipleCriteria([MaxRuntime(effort.seconds), NoImprovement(effort.idle), MaxIterations(effort.rounds)])
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", PenaltyBoundWarning
        )  # columns that are forbidden to a van are meant to cost that much
        best = pyvrp.solve(data, stop, seed=effort.seed, collect_stats=False, display=False).best
    routes = tuple(
        (one.vehicle_type(), tuple(starts + step.idx for step in one if step.is_client())) for one in best.routes()
    )
    return Routed(routes, int(best.distance()), bool(best.is_feasible()))
