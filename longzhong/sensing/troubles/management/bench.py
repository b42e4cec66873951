"""`longzhong bench grouping [--file F.json[.gz] | --worlds] --json`: trouble-call analysis against the truth.

Storms: 400 faults of one meter, an area, a section or a feeder, about 3,600 calls, 0, 5, 10 and 20 % of them with an unknown
or wrong area. `f1` is the mean over the seeds at 10 %. An outside file has no topology; without any truth only groups are counted.
`--worlds`: outside files of worlds unlike each other (`engines/worlds`), beside what one who knows land and faults would reach.
"""

import argparse
import gzip
import json
import sys
import time
import zlib
from pathlib import Path
from typing import Any

from longzhong.sensing.troubles.engines.cloud import group_calls
from longzhong.sensing.troubles.engines.storms import storm
from longzhong.sensing.troubles.engines.tree import group
from longzhong.sensing.troubles.engines.worlds import WORLDS, made, oracle, stormy
from longzhong.sensing.troubles.rules.files import calls_of, has_truth, pair_score
from longzhong.sensing.troubles.rules.signals import Group, Heard, Level

UNKNOWN = (0.0, 0.05, 0.10, 0.20)
SEEDS = (1, 2, 3, 4, 5)
GZIPPED = b"\x1f\x8b"


def main(argv: list[str]) -> int:
    """Print one JSON object on the last line."""
    words = argparse.ArgumentParser(prog="longzhong bench grouping", description=main.__doc__)
    words.add_argument("--file", help="a JSON list of calls with their truth")
    words.add_argument("--worlds", action="store_true", help="simulated outside files, without topology")
    words.add_argument("--seeds", type=int, default=len(SEEDS), help="storms at each share of unknown areas")
    words.add_argument("--json", action="store_true", help="only the JSON line")
    options = words.parse_args(argv)
    try:
        if options.file:
            result = of_file(options.file)
        else:
            result = (of_worlds if options.worlds else of_storms)(options.seeds, quiet=options.json)
    except (
        OSError,
        EOFError,
        ValueError,
        RecursionError,
        zlib.error,
    ) as wrong:  # Malformed, not JSON, not UTF-8, cut off
        sys.stderr.write(f"longzhong bench grouping: {options.file}: {wrong}\n")
        return 2
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
    return 0


def of_file(path: str) -> dict[str, Any]:
    """An outside file: its own truth, no topology."""
    data = Path(path).read_bytes()
    rows = json.loads((gzip.decompress(data) if data[:2] == GZIPPED else data).decode("utf-8-sig"))
    heard, truth = calls_of(rows)
    group_calls(heard[:50])  # compiled before the clock starts
    began = time.perf_counter()
    groups = group_calls(heard)
    seconds = time.perf_counter() - began
    scored: dict[str, Any] = {**_scored(truth, groups, len(set(truth)), seconds), "groups": len(groups)}
    if not has_truth(rows):
        scored |= dict.fromkeys(("f1", "precision", "recall", "outages", "groups_per_outage"))
    return {"bench": "grouping", "file": path, **scored}


def of_worlds(seeds: int, *, quiet: bool) -> dict[str, Any]:
    """Means over the seeds of each world: ours, and the bound of one who knows all but who called because of what."""
    found: dict[str, dict[str, float]] = {}
    for name in WORLDS:
        runs = [_world(name, seed) for seed in range(1, seeds + 1)]
        found[name] = {key: round(sum(run[key] for run in runs) / len(runs), 4) for key in runs[0]}
        if not quiet:
            sys.stdout.write(f"{name}: {found[name]}\n")
    for coded in (False, True):
        storms = [calls_of(stormy(seed, opaque=not coded)) for seed in range(1, seeds + 1)]
        runs = [_cloud(heard, truth) for heard, truth in storms]
        name = "storm, codes with prefixes" if coded else "storm, opaque codes"
        found[name] = {key: round(sum(run[key] for run in runs) / len(runs), 4) for key in runs[0]}
        if not quiet:
            sys.stdout.write(f"{name}: {found[name]}\n")
    mean = round(sum(one["f1"] for one in found.values()) / len(found), 4)
    return {"bench": "grouping", "seeds": seeds, "f1": mean, "worlds": found}


def _world(name: str, seed: int) -> dict[str, float]:
    world = made(name, seed)
    heard, truth = calls_of(world.rows)
    known: dict[int, list[int]] = {}
    for i, label in enumerate(oracle(world)):
        known.setdefault(int(label), []).append(i)
    best = [Group(Level.AREA, "", tuple(one), 0.0) for one in known.values()]
    return _cloud(heard, truth) | {"bound": pair_score(truth, best)[0]}


def _cloud(heard: list[Heard], truth: list[object]) -> dict[str, float]:
    began = time.perf_counter()
    groups = group_calls(heard)
    return _scored(truth, groups, len(set(truth)), time.perf_counter() - began)


def of_storms(seeds: int, *, quiet: bool) -> dict[str, Any]:
    """Means over the seeds at each share of unknown areas."""
    small = storm(0, faults=5, calls=40, feeders=2)
    group(small.signals, small.topology)
    by_unknown: dict[str, dict[str, float]] = {}
    for unknown in UNKNOWN:
        runs = [_run(seed, unknown) for seed in range(1, seeds + 1)]
        mean = {key: round(sum(run[key] for run in runs) / len(runs), 4) for key in runs[0]}
        by_unknown[f"{unknown:.0%}"] = mean | {"f1_least": min(run["f1"] for run in runs)}
        if not quiet:
            sys.stdout.write(f"unknown {unknown:.0%}: {by_unknown[f'{unknown:.0%}']}\n")
    return {"bench": "grouping", "seeds": seeds, **by_unknown["10%"], "by_unknown": by_unknown}


def _run(seed: int, unknown: float) -> dict[str, float]:
    made = storm(seed, unknown=unknown)
    began = time.perf_counter()
    groups = group(made.signals, made.topology)
    return _scored(list(made.truth), groups, made.outages, time.perf_counter() - began)


def _scored(truth: list[object], groups: list[Group], outages: int, seconds: float) -> dict[str, float]:
    f1, precision, recall = pair_score(truth, groups)
    return {
        "f1": round(f1, 4), "precision": round(precision, 4), "recall": round(recall, 4), "events": len(truth),
        "outages": outages, "groups_per_outage": round(len(groups) / max(outages, 1), 3),
        "events_per_s": round(len(truth) / max(seconds, 1e-9)),
    }  # fmt: skip
