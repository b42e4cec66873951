"""Grouping without topology: worlds unlike each other, each judged on fixed seeds; what the method must and must not lean on."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from longzhong.sensing.troubles.engines.bonds import bound
from longzhong.sensing.troubles.engines.cloud import group_calls
from longzhong.sensing.troubles.engines.pairs import natural
from longzhong.sensing.troubles.engines.worlds import WORLDS, made, oracle
from longzhong.sensing.troubles.management.bench import main
from longzhong.sensing.troubles.rules import Group, Heard, Level
from longzhong.sensing.troubles.rules.files import Malformed, calls_of, pair_score

LEAST = {
    "circles": 0.88, "radial": 0.75, "grid": 0.86, "scrambled": 0.86, "blind": 0.80,  # the others by the bench
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in WORLDS if name in LEAST])
def test_every_world_is_taken_apart_without_its_network(name: str) -> None:
    heard, truth = calls_of(made(name, 2).rows)
    groups = group_calls(heard)
    assert sorted(i for one in groups for i in one.signals) == list(range(len(heard))), "each call in exactly one"
    assert pair_score(truth, groups)[0] >= LEAST[name]


@pytest.mark.parametrize("name", ["circles", "scrambled"])
def test_the_one_who_knows_all_is_a_bound(name: str) -> None:
    world = made(name, 2)
    heard, truth = calls_of(world.rows)
    label = oracle(world)
    best = [Group(Level.AREA, "", tuple(np.flatnonzero(label == k).tolist()), 0.0) for k in np.unique(label)]
    assert pair_score(truth, best)[0] > max(0.97, pair_score(truth, group_calls(heard))[0])


def test_the_truth_column_and_the_order_of_rows_change_nothing() -> None:
    rows = made("scrambled", 1).rows
    order = np.random.default_rng(1).permutation(len(rows))
    plain = group_calls(calls_of(rows)[0])
    mixed = group_calls(calls_of([{**rows[i], "truth": "same"} for i in order])[0])
    assert {frozenset(one.signals) for one in plain} == {frozenset(int(order[i]) for i in one.signals) for one in mixed}


def test_silent_codes_weigh_nothing_and_names_may_be_numbers() -> None:
    """Two places that fail at the same moment, far apart: two failures or one, never half a place."""
    rows = [
        {
            "at": 600 * day + 40 * k,
            "area": 7 if k % 2 else "north",
            "lat": 31.0 + (k % 2) * 0.3,
            "lon": 112.0,
            "truth": k,
        }
        for day in range(0, 500, 100)
        for k in range(8)
    ]
    groups = group_calls(calls_of(rows)[0])
    assert all(len(one.signals) in (4, 8) for one in groups)


def test_unrelated_calls_stay_alone() -> None:
    rng = np.random.default_rng(5)
    rows = [
        {"at": float(at), "area": f"X{int(area)}", "lat": 31 + area / 100, "lon": 112.0}
        for at, area in zip(rng.uniform(0, 1e6, 200), rng.integers(0, 80, 200), strict=True)
    ]
    assert sum(len(one.signals) == 1 for one in group_calls(calls_of(rows)[0])) >= 130


@pytest.mark.parametrize("calls", [2, 3, 5])
def test_a_handful_of_calls_of_one_area_at_once_is_one(calls: int) -> None:
    assert [
        len(one.signals) for one in group_calls(calls_of([{"at": 60 * k, "area": "A"} for k in range(calls)])[0])
    ] == [calls]


def test_bonds_of_a_row_weigh_one_at_most_and_faint_ones_nothing() -> None:
    pairs = np.array([[0, 1], [0, 2], [1, 2]])
    tied = bound(pairs, np.array([0.9, 0.8, 0.01]), 3)
    assert tied.start.tolist() == [0, 2, 3, 4]
    rows = np.zeros(3)
    np.add.at(rows, tied.to, tied.into)
    assert (rows <= 1).all()


def test_numbers_in_codes_count_as_numbers() -> None:
    assert sorted(["T10", "T2", "A9"], key=natural) == ["A9", "T2", "T10"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"at": None}, '"at"'),
        ({}, '"at"'),
        ({"at": float("nan")}, '"at"'),
        ({"at": 1, "lat": "north"}, '"lat"'),
        ({"at": 1, "lat": 95.0}, '"lat"'),
        ({"at": 1, "lon": 200}, '"lon"'),
        ({"at": 1, "area": ["x"]}, '"area"'),
        (7, "not an object"),
    ],
)
def test_a_refusal_names_the_call_and_its_field(row: object, words: str) -> None:
    with pytest.raises(Malformed, match=r"call 1 of 2 .*nothing was grouped") as refused:
        calls_of([{"at": 0}, row])
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("row", "heard"),
    [
        ({"at": "12.5", "area": 7.0}, Heard(12.5, None, "7")),
        ({"at": 1, "lat": "", "lon": 112}, Heard(1.0)),
        ({"at": 1, "lat": float("nan"), "lon": 112}, Heard(1.0)),
        ({"at": -3, "meter": 5, "lat": "31.5", "lon": "112"}, Heard(-3.0, "5", None, 31.5, 112.0)),
        ({"at": "1970-01-01T00:01:00Z", "area": " "}, Heard(60.0)),
    ],
)
def test_what_is_lacking_is_unknown(row: dict[str, object], heard: Heard) -> None:
    assert calls_of([row])[0] == [heard]


def test_the_bench_reads_packed_files_and_files_without_truth(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"at": 60 * k, "area": "A", "truth": 1} for k in range(5)]
    packed = tmp_path / "calls.json.gz"
    packed.write_bytes(gzip.compress(json.dumps(rows).encode()))
    assert main(["--file", str(packed), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["f1"] == 1.0
    bare = tmp_path / "calls.json"
    bare.write_text(json.dumps([{"at": row["at"], "area": "A"} for row in rows]))
    assert main(["--file", str(bare), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["f1"], answer["events"], answer["groups"]) == (None, 5, 1)


@pytest.mark.parametrize("data", [b"", b"[]", b"[", b"\x1f\x8bbroken", gzip.compress(b"[{}]", mtime=0)[:-6], b"\xff\xfe"],
                         ids=["nothing", "no calls", "cut", "no gzip", "half a gzip", "no text"])  # fmt: skip
def test_the_bench_refuses_what_it_cannot_read(tmp_path: Path, data: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "calls.json"
    file.write_bytes(data)
    assert main(["--file", str(file)]) == 2
    assert "calls.json" in capsys.readouterr().err
