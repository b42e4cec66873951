"""`longzhong bench routes [--folder F] [--seconds 10] [--all] [--json]`: the solver against the best known routes of
Solomon's instances.

At the vehicles of the best known solution, by distance in double precision; an instance without a feasible answer in time is
named and
counts as 100 % off.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from longzhong.dispatch.crews.engines.routing import Effort, Place, Van, route

FOLDER = Path(__file__).resolve().parents[5] / "shared/data/solomon"
SOME = ("C101", "C108", "C204", "R101", "R109", "R202", "R211", "RC103", "RC107", "RC205")
SCALE = 1000
LOST_PCT = 100.0


def instance(path: Path) -> tuple[int, np.ndarray]:
    """The capacity, and the rows (number, x, y, demand, ready, due, service), the depot first."""
    lines = [line.split() for line in path.read_text().splitlines() if line.strip()]
    rows = [[float(cell) for cell in line] for line in lines if len(line) == 7 and line[0].isdigit()]
    return int(next(line[1] for line in lines if len(line) == 2 and line[0].isdigit())), np.array(rows)


def solve(path: Path, vehicles: int, effort: Effort) -> tuple[float, int, bool]:
    """Distance, vehicles used, feasible."""
    capacity, rows = instance(path)
    steps = rows[:, None, 1:3] - rows[None, :, 1:3]
    ways = np.round(np.sqrt((steps**2).sum(axis=2)) * SCALE).astype(np.int64)
    clock = (rows[:, 4:7] * SCALE).astype(np.int64)
    places = [
        Place(int(c[2]), int(c[0]), int(c[1]), 0, int(row[3])) for row, c in zip(rows[1:], clock[1:], strict=True)
    ]
    vans = [Van(0, 0, int(clock[0, 1]), 0, capacity, vehicles)]
    found = route(1, places, vans, [(ways, ways)], effort)
    return found.distance / SCALE, len(found.routes), found.feasible


def measure(folder: Path, names: Sequence[str], seconds: float, seed: int) -> dict[str, Any]:
    known = json.loads((folder / "BKS.json").read_text())
    lines = {}
    for name in names:
        best, vehicles = known[name]["best_known_cost"], known[name]["solved_with_vehicles"]
        begun = time.perf_counter()
        distance, used, feasible = solve(folder / f"{name}.txt", vehicles, Effort(seconds, seed, idle=10**9))
        gap = 100 * (distance / best - 1) if feasible else LOST_PCT
        lines[name] = {
            "gap_pct": round(gap, 3), "distance": round(distance, 2), "best_known": best, "vehicles": used,
            "allowed": vehicles, "feasible": feasible, "seconds": round(time.perf_counter() - begun, 1),
        }  # fmt: skip
    gaps = [one["gap_pct"] for one in lines.values()]
    return {
        "gap_pct": round(float(np.mean(gaps)), 3), "worst_gap_pct": max(gaps), "instances": len(lines), "seconds_each": seconds,
        "infeasible": [name for name, one in lines.items() if not one["feasible"]], "by_instance": lines,
    }  # fmt: skip


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="longzhong bench routes", description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="Solomon .txt files and BKS.json")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="all instances of the folder (10 minutes)")
    parser.add_argument("--json", action="store_true", help="only the JSON line")
    options = parser.parse_args(argv)
    if not (options.folder / "BKS.json").is_file():
        sys.stderr.write(f"没有 {options.folder}/BKS.json，请用 --folder 指定 Solomon 算例\n")
        return 2
    names = sorted(path.stem for path in options.folder.glob("*.txt")) if options.all else SOME
    figures = measure(options.folder, names, options.seconds, options.seed)
    if not options.json:
        sys.stdout.write(f"{figures['instances']} 个算例，平均比已知最好多 {figures['gap_pct']} %\n")
    sys.stdout.write(json.dumps({"bench": "routes", **figures}, ensure_ascii=False) + "\n")
    return 0
