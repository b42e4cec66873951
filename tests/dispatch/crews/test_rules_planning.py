"""Who may do what, how ways are counted, and in which order a crew goes; small cases with a known truth."""

import json
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from longzhong.dispatch.crews.engines import solving
from longzhong.dispatch.crews.management.bench import FOLDER, main
from longzhong.dispatch.crews.rules import (
    CrewNow,
    Job,
    Limits,
    Pace,
    begun,
    earliest,
    greedy,
    hindrance,
    minutes_between,
    sensitive_first,
    walk,
)

PACE = Pace(60.0, 30.0, 1.0)
LIMITS = Limits(solve_s=1.0, speed_road_kmh=60, speed_rough_kmh=30, detour=1.0)
A = CrewNow(1, 32.0, 112.0, 480, frozenset({"low_voltage"}), "road")
B = CrewNow(2, 32.0, 112.5, 480, frozenset({"low_voltage", "high_voltage"}), "foot")
NEAR = Job(10, 32.0, 112.1, 30)


@pytest.mark.parametrize(
    ("job", "crews", "why"),
    [
        (NEAR, [A], ""),
        (NEAR, [], "no_crew"),
        (replace(NEAR, lat=None), [A], "no_position"),
        (replace(NEAR, skill="cable"), [A, B], "no_skill"),
        (replace(NEAR, skill="high_voltage"), [A], "no_skill"),
        (replace(NEAR, skill="high_voltage"), [A, B], ""),
        (replace(NEAR, road="foot"), [A], "no_road"),
        (replace(NEAR, road="rough"), [A], "no_road"),
        (replace(NEAR, road="foot"), [A, B], ""),
        (replace(NEAR, pinned=2), [A], "no_crew"),
        (replace(NEAR, pinned=2), [A, B], ""),
    ],
)
def test_why_nobody_may(job: Job, crews: list[CrewNow], why: str) -> None:
    assert hindrance(job, crews) == why


def test_ways_are_driven_by_the_road_and_walked_at_its_end() -> None:
    east = minutes_between((32.0, 112.0), NEAR, PACE)
    assert east == 9, "9.43 km at 60 km/h"
    assert minutes_between((32.0, 112.0), replace(NEAR, road="rough"), PACE) == 19
    assert minutes_between((32.0, 112.0), replace(NEAR, road="foot", walking=90), PACE) == 109
    assert earliest(NEAR, [replace(A, free=50), B], PACE) == 38


def test_a_walk_counts_ways_work_and_lateness() -> None:
    first, second = walk(replace(A, free=5), [NEAR, replace(NEAR, id=11, lon=112.2, due=40)], PACE)
    assert (first.arrive, first.leave, first.late) == (14, 44, 0)
    assert (second.arrive, second.late) == (53, 13)
    now, visits = begun(A, [NEAR], PACE)
    assert (now.free, now.lon, len(visits)) == (39, 112.1, 1)


def _order(jobs: list[Job], crews: list[CrewNow]) -> dict[int, list[int]]:
    return {crew: [job.id for job in mine] for crew, mine in sensitive_first({crews[0].id: jobs}, crews, PACE).items()}


def test_the_sensitive_come_first_unless_somebody_would_be_late() -> None:
    jobs = [replace(NEAR, id=1, lon=112.05), replace(NEAR, id=2, lon=112.1, points=90), replace(NEAR, id=3, lon=112.15)]
    assert _order(jobs, [A])[1][0] == 2
    pressed = [replace(jobs[0], due=10), *jobs[1:]]
    assert _order(pressed, [A])[1][0] == 1, "in time only if it is first"

    def waited(order: list[Job]) -> int:
        return sum((job.points + 5) * visit.leave for job, visit in zip(order, walk(A, order, PACE), strict=True))

    mine = sensitive_first({1: jobs}, [A], PACE)[1]
    assert waited(mine) == min(waited(list(one)) for one in permutations(jobs)), "the best of all orders"


def test_work_is_shared_by_crews_that_stand_idle() -> None:
    jobs = [replace(NEAR, id=n, lon=112.2) for n in range(4)]
    shared = _order(jobs, [A, B])
    assert {crew: len(mine) for crew, mine in shared.items()} == {1: 2, 2: 2}


def test_a_plan_minds_skills_roads_pins_and_windows() -> None:
    jobs = [
        replace(NEAR, id=1, lon=112.02), replace(NEAR, id=2, lon=112.03, skill="high_voltage"),
        replace(NEAR, id=3, lon=112.04, road="foot", walking=20), replace(NEAR, id=4, lon=112.48),
        replace(NEAR, id=5, lon=112.05, pinned=2),
        replace(NEAR, id=6, skill="cable"), replace(NEAR, id=7, lat=None),
    ]  # fmt: skip
    plan = solving.solve(jobs, [A, B], LIMITS)
    who = {visit.job: visit.crew for visit in plan.visits}
    assert plan.engine == "pyvrp"
    assert (who[2], who[3], who[5]) == (2, 2, 2)
    assert who[1] == 1
    assert {one.job: one.reason for one in plan.unplaced} == {6: "no_skill", 7: "no_position"}
    assert plan == solving.solve(jobs, [A, B], LIMITS), "the same jobs, the same plan"


def test_windows_are_kept_where_they_can_be() -> None:
    jobs = [
        replace(NEAR, id=1, lon=112.4, due=45),
        replace(NEAR, id=2, lon=112.02, due=400, work=120),
        replace(NEAR, id=3, lon=112.01, due=-30),
    ]
    plan = solving.solve(jobs, [A], LIMITS)
    by = {visit.job: visit for visit in plan.visits}
    assert by[1].late == 0, "first to the far one, that is due"
    assert by[3].late > 0, "too late already, and planned all the same"
    assert not plan.unplaced
    assert {
        one.reason for one in solving.solve([replace(NEAR, id=9, lon=114.0)], [replace(A, until=60)], LIMITS).unplaced
    } == {"shift_over"}


def test_plans_stay_unless_changing_pays() -> None:
    twin = replace(A, id=3, lon=112.02)
    job = replace(NEAR, id=1, lon=112.0, was=3)
    assert solving.solve([job], [A, twin], LIMITS).visits[0].crew == 3, "two minutes don't pay"
    assert solving.solve([replace(job, was=2)], [A, B], LIMITS).visits[0].crew == 1, "half an hour does"


def test_without_the_solver_the_plain_rule_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = [replace(NEAR, id=n, lon=112.0 + n / 100, due=60) for n in range(1, 6)]
    few = solving.solve(jobs, [A, B], replace(LIMITS, most_jobs=3))
    assert few.engine == "greedy"
    assert len(few.visits) == 5

    def broken(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(solving, "route", broken)
    assert solving.solve(jobs, [A, B], LIMITS).engine == "greedy"
    assert greedy([replace(NEAR, lon=118.0)], [A], PACE) == {1: []}, "nobody gets there within the shift"


@pytest.mark.skipif(not (FOLDER / "BKS.json").exists(), reason="the outside instances aren't here")
def test_the_bench_is_near_the_best_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("longzhong.dispatch.crews.management.bench.SOME", ("C201", "C204"))
    assert main(["--seconds", "2", "--json"]) == 0
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert said["gap_pct"] < 5
    assert said["infeasible"] == []
    assert main(["--folder", str(tmp_path)]) == 2
