"""`longzhong bench sweep --json`: seconds of a county day: loads and three-phase power flow of every area, 96 slots."""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from datetime import date

from longzhong.surfaces.simulation.gateways.material import households, streets
from longzhong.surfaces.simulation.rules.county import Size
from longzhong.surfaces.simulation.rules.design import build_county
from longzhong.surfaces.simulation.rules.loads import DayKind
from longzhong.surfaces.simulation.rules.state import Sky, planned, run_day
from longzhong.surfaces.simulation.rules.weather import weather_on

DAY = date(2026, 8, 6)
REPEATS = 5


def main(argv: Sequence[str]) -> int:
    words = argparse.ArgumentParser(prog="longzhong bench sweep", description=__doc__)
    words.add_argument("--json", action="store_true", help="one JSON object on the last line (always printed)")
    words.add_argument("--areas", type=int, default=250)
    words.add_argument("--customers", type=int, default=20_000)
    options = words.parse_args(argv)
    county = build_county(1, Size(options.customers, options.areas), streets(), households(), DAY)
    state, sky = planned(county), Sky(DAY, weather_on(1, DAY), DayKind(working=True))
    times, turns = [], 0
    for _ in range(REPEATS + 1):  # the first also compiles
        began = time.perf_counter()
        run = run_day(county, state, households(), sky)
        times.append(time.perf_counter() - began)
        turns = int(run.solved.turns.max())
    best = min(times[1:])
    told = {
        "areas": options.areas, "meters": len(county.rows), "day_s": round(best, 4), "flows_per_s":
        round(options.areas * 96 / best), "curves_per_s": round(len(county.rows) / best), "turns": turns,
    }  # fmt: skip
    sys.stdout.write(json.dumps(told) + "\n")
    return 0
