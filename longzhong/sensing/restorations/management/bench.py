"""`longzhong bench restoration [--file F.csv] [--json]`: how well restoration is foretold, on the latest fifth of the outages.

With a file (`start, restored`, any further columns): the earliest four fifths are known, the latest fifth is asked. Columns
that know the
answer are taken away and named. Without one: made outages with a known truth, where `perfect` is what nobody can beat.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longzhong.kit.clock import CST
from longzhong.sensing.restorations.engines.figures import errors, judged
from longzhong.sensing.restorations.engines.forecast import SHARE, learn
from longzhong.sensing.restorations.engines.leaks import leaking
from longzhong.sensing.restorations.engines.maker import calendar, make_outages
from longzhong.sensing.restorations.engines.tables import ENDS, STARTS, TableError, column_of, moments, read_table

TEST_SHARE = 0.2
LEAST_ROWS = 30
LONGEST_MIN = 60 * 24 * 366
MADE = 6000
_EPOCH = datetime(2000, 1, 1, tzinfo=CST)


@dataclass(frozen=True)
class Cases:
    """Outages in order of their start."""

    starts: NDArray[np.float64]
    rows: list[dict[str, Any]]
    minutes: NDArray[np.float64]


def measure(cases: Cases, names: Sequence[str]) -> dict[str, Any]:
    """Learn from the earliest, ask for the latest; beside it what plain medians would have said."""
    cut = len(cases.rows) - max(1, round(len(cases.rows) * TEST_SHARE))
    known, asked, truth = cases.rows[:cut], cases.rows[cut:], cases.minutes[cut:]
    taken = leaking(known, names, cases.starts[:cut], cases.minutes[:cut])
    kept = [name for name in names if name not in taken] + list(calendar(_EPOCH))
    begun = time.perf_counter()
    model = learn(known, cases.minutes[:cut], kept)
    learned = time.perf_counter()
    low, middle, high = model.minutes(asked)
    return {
        **judged(low, middle, high, truth),
        "interval": SHARE,
        "baseline": _baselines(known, asked, cases.minutes[:cut], truth, kept),
        "rows_known": cut,
        "rows_asked": len(asked),
        "features": [name for name in kept if name in names],
        "dropped_columns": taken,
        "middle": model.middle,
        "train_s": round(learned - begun, 2),
        "ask_us": round(1e6 * (time.perf_counter() - learned) / len(asked), 1),
    }


def outside(path: Path) -> dict[str, Any]:
    """Figures of an outside file; refused rows are counted by reason."""
    table = read_table(path)
    start, end = column_of(table, STARTS), column_of(table, ENDS)
    begun, over = moments(table.columns[start]), moments(table.columns[end])
    refused: Counter[str] = Counter()
    good: list[tuple[datetime, int, float]] = []
    for place, (one, other) in enumerate(zip(begun, over, strict=True)):
        took = (other - one).total_seconds() / 60 if one and other else 0.0
        why = (
            "没有开始时间"
            if one is None
            else "没有恢复时间"
            if other is None
            else "恢复不晚于开始"
            if took <= 0
            else ""
        )
        why = why or ("超过一年" if took > LONGEST_MIN else "")
        if why or one is None:
            refused[why] += 1
        else:
            good.append((one, place, took))
    if len(good) < LEAST_ROWS:
        raise TableError(f"{path.name} 只有 {len(good)} 行可用（至少 {LEAST_ROWS} 行）；不可用：{dict(refused)}")
    good.sort()
    names = [name for name in table.columns if name not in (start, end)]
    cells = {name: _cells(table.columns[name], begun) for name in names}
    rows = [{**{name: cells[name][place] for name in names}, **calendar(one)} for one, place, _took in good]
    at = np.array([(one - _EPOCH).total_seconds() / 60 for one, _place, _took in good])
    figures = measure(Cases(at, rows, np.array([took for _one, _place, took in good])), names)
    return {
        **figures,
        "rows_used": len(good),
        "rows_refused": sum(refused.values()),
        "refused": dict(refused),
        "ragged": table.ragged,
    }


def _cells(cells: Sequence[str], begun: Sequence[datetime | None]) -> list[Any]:
    """A column's cells; one of moments becomes minutes since the outage's start."""
    given = [cell for cell in cells if cell]
    if not given or sum(
        any(mark in cell for mark in ":/年-") and any(c.isdigit() for c in cell) for cell in given
    ) < 0.8 * len(given):
        return list(cells)
    read = moments(cells)
    if sum(one is not None for one in read) < 0.8 * len(given):
        return list(cells)
    return [(one - at).total_seconds() / 60 if one and at else None for one, at in zip(read, begun, strict=True)]


def _baselines(
    known: Sequence[dict[str, Any]], asked: Sequence[dict[str, Any]], minutes: NDArray[np.float64],
    truth: NDArray[np.float64], names: Sequence[str],
) -> dict[str, Any]:  # fmt: skip
    """The median of all, and the best single column's median (chosen on the known rows)."""
    whole = float(np.median(minutes))
    median, mean = errors(np.full(len(truth), whole), truth)
    made: dict[str, Any] = {"median_of_all": {"median_abs_error_min": median, "mae_min": mean}}
    best: tuple[float, str, dict[str, float]] = (float(np.mean(np.abs(minutes - whole))), "", {})
    for name in names:
        groups: dict[str, list[float]] = {}
        for row, took in zip(known, minutes, strict=True):
            groups.setdefault(str(row.get(name)), []).append(float(took))
        if 1 < len(groups) <= max(2, len(known) // 10):
            medians = {key: float(np.median(values)) for key, values in groups.items()}
            off = float(
                np.mean([abs(medians[str(row.get(name))] - took) for row, took in zip(known, minutes, strict=True)])
            )
            best = min(best, (off, name, medians), key=lambda one: one[0])
    if best[1]:
        said = np.array([best[2].get(str(row.get(best[1])), whole) for row in asked])
        median, mean = errors(said, truth)
        made["median_by"] = {"column": best[1], "median_abs_error_min": median, "mae_min": mean}
    return made


def made(count: int, seed: int) -> dict[str, Any]:
    """Figures on made outages; `perfect`: the error of somebody who knows the truth but not the luck."""
    held = make_outages(seed, count)
    at = np.array([(one - _EPOCH).total_seconds() / 60 for one in held.starts])
    names = [name for name in held.rows[0] if name not in calendar(_EPOCH)]
    figures = measure(Cases(at, held.rows, held.minutes), names)
    asked = figures["rows_asked"]
    median, mean = errors(held.perfect[-asked:], held.minutes[-asked:])
    return {
        **figures,
        "perfect": {"median_abs_error_min": median, "mae_min": mean},
        "seed": seed,
        "made": True,
        "rows_used": count,
        "rows_refused": 0,
    }


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="longzhong bench restoration", description=__doc__)
    parser.add_argument("--file", type=Path, help="CSV: start, restored, feature columns…")
    parser.add_argument("--rows", type=int, default=MADE, help="made outages without a file")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", action="store_true", help="only the JSON line")
    options = parser.parse_args(argv)
    try:
        figures = outside(options.file) if options.file else made(options.rows, options.seed)
    except TableError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if not options.json:
        sys.stdout.write(
            f"误差中位数 {figures['median_abs_error_min']} 分钟，80 % 区间"
            f"覆盖 {figures['coverage']:.1%}，区间宽 {figures['width_min']} 分钟\n"
        )
        for name, why in figures["dropped_columns"].items():
            sys.stdout.write(f"不用的列 {name}：{why}\n")
    sys.stdout.write(json.dumps({"bench": "restoration", **figures}, ensure_ascii=False) + "\n")
    return 0
