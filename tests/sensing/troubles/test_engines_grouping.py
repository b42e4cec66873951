"""The grouping itself: what a trouble is, on a small tree and on storms; files without topology; scores."""

import json
from pathlib import Path

import numpy as np
import pytest

from longzhong.sensing.troubles.engines.cloud import group_calls
from longzhong.sensing.troubles.engines.storms import storm
from longzhong.sensing.troubles.engines.tree import group
from longzhong.sensing.troubles.management.bench import main
from longzhong.sensing.troubles.rules import Group, Heard, Level, Spot, Topology, same_troubles
from longzhong.sensing.troubles.rules.files import Malformed, calls_of, pair_score

AREAS = {f"A{n}": Spot(32 + n / 200, 112.0, 60, (f"S{n // 3}", "F")) for n in range(9)}
NET = Topology(AREAS, {"M1": "A1"})


def burst(areas: str, at: float, calls: int = 3) -> list[Heard]:
    """So many calls from each area in the quarter of an hour after a moment."""
    return [Heard(at + 60 * k + 200 * j, None, area) for k, area in enumerate(areas.split()) for j in range(calls)]


def found(signals: list[Heard]) -> list[tuple[str, str, int]]:
    groups = group(signals, NET)
    assert sorted(i for one in groups for i in one.signals) == list(range(len(signals))), "each signal in exactly one"
    return sorted((one.level.value, one.device, len(one.signals)) for one in groups)


@pytest.mark.parametrize(
    ("signals", "groups"),
    [
        ([], []),
        ([Heard(0.0, "M1", "A1")], [("meter", "M1", 1)]),
        (burst("A1", 0), [("area", "A1", 3)]),
        (burst("A0 A1 A2", 0), [("section", "S0", 9)]),
        (burst("A0 A1 A2 A3 A4 A5 A6 A7 A8", 0), [("feeder", "F", 27)]),
        (burst("A1", 0) + burst("A7", 20_000), [("area", "A1", 3), ("area", "A7", 3)]),
        (burst("A1", 0) + burst("A1", 25_000), [("area", "A1", 3), ("area", "A1", 3)]),
    ],
    ids=["nothing", "one", "area", "section", "feeder", "two", "twice"],
)
def test_the_deepest_device_that_explains_calls_and_silence(
    signals: list[Heard], groups: list[tuple[str, str, int]]
) -> None:
    assert found(signals) == groups


def test_silence_speaks_against_the_line() -> None:
    """Two areas of nine call, twenty times each: nobody blames the line for seven that say nothing."""
    assert all(level != "feeder" for level, *_rest in found(burst("A0 A4", 0, 20)))


def test_a_section_first_and_the_whole_line_later_are_two() -> None:
    first, later = burst("A0 A1 A2", 0, 6), burst("A3 A4 A5 A6 A7 A8", 2400, 6)
    assert [(device, count) for _level, device, count in found(first + later)] == [("F", 36), ("S0", 18)]


def test_an_unknown_area_is_read_from_the_position_and_nothing_known_stands_alone() -> None:
    near = Heard(500.0, None, None, 32 + 1 / 200, 112.0)
    nowhere = Heard(510.0)
    groups = group([*burst("A1", 0), near, nowhere], NET)
    assert sorted(one.signals for one in groups) == [(0, 1, 2, 3), (4,)]


def test_the_order_of_signals_changes_nothing() -> None:
    made = storm(3, faults=30, calls=300, feeders=6)
    order = np.random.default_rng(0).permutation(len(made.signals))
    one = {frozenset(g.signals) for g in group(made.signals, made.topology)}
    mixed = group([made.signals[i] for i in order], made.topology)
    assert {frozenset(int(order[i]) for i in g.signals) for g in mixed} == one


@pytest.mark.parametrize("seed", [11, 12])
def test_storms_are_taken_apart(seed: int) -> None:
    made = storm(seed, unknown=0.1, faults=200, calls=1800, feeders=30)
    groups = group(made.signals, made.topology)
    f1, _precision, _recall = pair_score(made.truth, groups)
    assert f1 >= 0.92
    assert 0.8 <= len(groups) / made.outages <= 1.2


def test_codes_with_prefixes_stand_for_the_topology() -> None:
    made = storm(5, unknown=0.1, faults=120, calls=1200, feeders=20)
    hidden = [Heard(one.at, None, one.area, one.lat, one.lon) for one in made.signals]
    groups = group_calls(hidden)
    assert sorted(i for one in groups for i in one.signals) == list(range(len(hidden)))
    assert pair_score(made.truth, groups)[0] >= 0.85


@pytest.mark.parametrize(
    "rows",
    [
        [{"at": 5, "truth": 1}],
        [{"at": 5, "truth": 1}, {"at": 5, "truth": 1}],
        [{"at": k, "area": None, "lat": None, "lon": None, "truth": 1} for k in range(20)],
        [{"at": 60 * k, "meter": f"M{k}", "lat": 30.0, "lon": 114.0, "truth": 1} for k in range(20)],
        [{"at": "2026-03-02T08:00:00", "area": "X", "truth": None}, {"at": "12.5", "area": 7, "truth": 2}],
    ],
    ids=["one", "double", "nothing known", "meters on one spot", "moments and numbers"],
)
def test_thin_files_are_grouped_all_the_same(rows: list[dict[str, object]]) -> None:
    heard, truth = calls_of(rows)
    groups = group_calls(heard)
    assert sorted(i for one in groups for i in one.signals) == list(range(len(rows)))
    assert 0 <= pair_score(truth, groups)[0] <= 1


@pytest.mark.parametrize("rows", [[], {}, [3], [{"at": None}], [{"at": "yesterday"}], [{"at": True}], "x"])
def test_malformed_files_are_refused(rows: object) -> None:
    with pytest.raises(Malformed):
        calls_of(rows)


def test_the_bench_reads_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = storm(5, faults=20, calls=200, feeders=4)
    rows = [{"at": one.at, "area": one.area, "lat": one.lat, "lon": one.lon} for one in made.signals]
    file = tmp_path / "calls.json"
    file.write_text(json.dumps([{**row, "truth": truth} for row, truth in zip(rows, made.truth, strict=True)]))
    assert main(["--file", str(file), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert answer["events"] == len(rows)
    assert answer["f1"] > 0.7
    file.write_text("{")
    assert main(["--file", str(file)]) == 2
    assert main(["--file", str(tmp_path / "none.json")]) == 2


def test_pairs_are_scored() -> None:
    def groups(*sets: tuple[int, ...]) -> list[Group]:
        return [Group(Level.AREA, "", one, 0.0) for one in sets]

    assert pair_score([1, 1, 2, 2], groups((0, 1), (2, 3))) == (1.0, 1.0, 1.0)
    assert pair_score([1, 1, 2, 2], groups((0, 1, 2, 3))) == (0.5, pytest.approx(1 / 3), 1.0)
    assert pair_score([1, 1, 2, 2], groups((0,), (1,), (2,), (3,)))[2] == 0.0


@pytest.mark.parametrize(
    ("groups", "held", "same"),
    [
        ([[1, 2], [3]], {}, [None, None]),
        ([[1, 2], [3]], {1: 7, 2: 7, 3: 7}, [7, None]),
        ([[3], [1, 2]], {1: 7, 2: 7, 3: 7}, [None, 7]),
        ([[1, 2, 3]], {1: 7, 2: 8, 3: 8}, [8]),
        ([[1, 2]], {1: 8, 2: 7}, [7]),
        ([[1], [2]], {1: 7, 2: 7}, [7, None]),
        ([[1, 2], [3, 4]], {1: 7, 2: 8, 3: 7, 4: 7}, [8, 7]),
    ],
    ids=[
        "new",
        "the larger part",
        "whichever order",
        "most of it",
        "the older of two",
        "the earlier group",
        "each its own",
    ],
)
def test_which_group_is_which_trouble(groups: list[list[int]], held: dict[int, int], same: list[int | None]) -> None:
    assert same_troubles(groups, held) == same
