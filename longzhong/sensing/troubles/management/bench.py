"""`longzhong bench grouping [--file F.json] --json`: trouble-call analysis against the truth, of storms or an outside file.

Storms: 400 faults of one meter, an area, a section or a feeder, about 3,600 calls, 0, 5, 10 and 20 % of them with an unknown
or wrong area. `f1` is the mean over the seeds at 10 %. An outside file has no topology.
"""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from longzhong.sensing.troubles.engines.cloud import group_calls
from longzhong.sensing.troubles.engines.storms import storm
from longzhong.sensing.troubles.engines.tree import group
from longzhong.sensing.troubles.rules.files import calls_of, pair_score
from longzhong.sensing.troubles.rules.signals import Group

UNKNOWN = (0.0, 0.05, 0.10, 0.20)
SEEDS = (1, 2, 3, 4, 5)


def main(argv: list[str]) -> int:
    """Print one JSON object on the last line."""
    words = argparse.ArgumentParser(prog="longzhong bench grouping", description=main.__doc__)
    words.add_argument("--file", help="a JSON list of calls with their truth")
    words.add_argument("--seeds", type=int, default=len(SEEDS), help="storms at each share of unknown areas")
    words.add_argument("--json", action="store_true", help="only the JSON line")
    options = words.parse_args(argv)
    try:
        result = of_file(options.file) if options.file else of_storms(options.seeds, quiet=options.json)
    except (OSError, ValueError) as wrong:  # Malformed, not JSON, not UTF-8
        sys.stderr.write(f"longzhong bench grouping: {wrong}\n")
        return 2
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
    return 0


def of_file(path: str) -> dict[str, Any]:
    """An outside file: its own truth, no topology."""
    heard, truth = calls_of(json.loads(Path(path).read_text(encoding="utf-8-sig")))
    group_calls(heard[:50])  # compiled before the clock starts
    began = time.perf_counter()
    groups = group_calls(heard)
    seconds = time.perf_counter() - began
    return {"bench": "grouping", "file": path, **_scored(truth, groups, len(set(truth)), seconds)}


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
