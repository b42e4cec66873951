"""`longzhong bench curves [--json] [--rows N]`: how fast curves become findings, next to what a user would write.

All in one run on one made-up day of customer voltages (gaps, low evenings, high noons, runs at the edges of the day):
decoding the file, decoding and judging it (all eight kinds), and the abnormal low and over voltage findings again by pandas,
Polars and DuckDB, which must be the same ones. Ratios count, not seconds: the machine may be busy.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from longzhong.sensing.curves.engines import CustomerAsk, CustomerScan
from longzhong.sensing.curves.engines.lake import Lake
from longzhong.sensing.curves.engines.local import LocalEngine, groups
from longzhong.sensing.curves.engines.shape import curve_column, matrix
from longzhong.sensing.curves.rules.findings import voltage_found
from longzhong.sensing.curves.rules.judged import Curve, unknown_tails
from longzhong.sensing.curves.rules.limits import Limits, voltage_bounds
from longzhong.sensing.curves.rules.voltage import judge_voltage
from longzhong.sensing.curves.rules.words import ABNORMAL

DAY = date(2026, 7, 1)
MILLION = 1_000_000
NEED, LOW, OVER = 5, np.float32(198.0), np.float32(235.4)
Rows = set[tuple[str, str, int, int, int]]  # meter, kind, longest run, first and last abnormal slot


def county(rows: int, seed: int = 42) -> Curve:
    """Voltages (rows, 96) at 0.1 V: 3 % with a low evening, 2 % with a high noon, 2 % with gaps."""
    random = np.random.default_rng(seed)
    u = random.normal(0.0, 1.2, (rows, 96)).astype(np.float32) + random.normal(222.0, 3.0, (rows, 1)).astype(np.float32)
    low, high = random.random(rows) < 0.03, random.random(rows) < 0.02
    u[low, 70:86] -= random.uniform(15.0, 45.0, (int(low.sum()), 1)).astype(np.float32)
    u[high, 42:56] += random.uniform(5.0, 25.0, (int(high.sum()), 1)).astype(np.float32)
    np.round(u, 1, out=u)
    gaps = np.flatnonzero(random.random(rows) < 0.02)
    for row, first, length in zip(
        gaps, random.integers(0, 96, len(gaps)), random.integers(1, 20, len(gaps)), strict=True
    ):
        u[row, first : first + length] = np.nan
    return u


def write(folder: Path, u: Curve) -> Lake:
    lake, rows = Lake(folder, durable=False), len(u)
    table = pa.table(
        {
            "meter": pa.array([f"4206{row:012d}" for row in range(rows)]),
            "phase": pa.array(np.ones(rows, dtype=np.int8)),
            "wiring": pa.array(np.ones(rows, dtype=np.int8)),
            "day": pa.array(np.full(rows, np.datetime64(DAY), dtype="datetime64[D]")),
            "u": curve_column(u),
        }
    )
    lake.keep("customer", table, 0)
    return lake


def path_of(lake: Lake) -> Path:
    return LocalEngine(lake).path("customer", DAY)


def best(task: Callable[[], object], times: int = 3) -> float:
    """The least seconds of some runs, the first of which may have warmed something up."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        task()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def side_by_side(
    one: Callable[[], object], other: Callable[[], object], *, times: int, first_times: int = 1
) -> tuple[float, float]:
    """The least seconds of each, taken in turns, so that a busy machine is busy for both."""
    pairs = [(best(one, first_times), best(other, 1)) for _ in range(times)]
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


def ask_of(rows: int) -> CustomerAsk:
    return CustomerAsk(
        bounds=voltage_bounds([Limits()]), which=np.zeros(rows, dtype=np.int64), before=unknown_tails(rows, 8)
    )


def scan(lake: Lake, rows: int) -> CustomerScan:
    return LocalEngine(lake).scan_customers(DAY, ask_of(rows))


def decode(lake: Lake) -> int:
    """Read the same column with the same threads into the same arrays, and do nothing with them."""
    engine = LocalEngine(lake)
    return sum(engine.map(lambda group: len(matrix(group.read(["u"])["u"])), path_of(lake)))


def ours(lake: Lake, rows: int) -> Rows:
    found = scan(lake, rows).found
    found = found.take((found.verdict == ABNORMAL) & (found.kind < 2))
    meters = pa.concat_tables([group.read(["meter"]) for group in groups(path_of(lake))])["meter"].take(
        pa.array(found.row)
    )
    kinds = [("low_voltage", "over_voltage")[kind] for kind in found.kind.tolist()]
    columns = (found.conf.tolist(), found.first.tolist(), found.last.tolist())
    return set(zip(meters.to_pylist(), kinds, *columns, strict=True))


def by_pandas(path: str) -> Rows:
    """Long form, islands by a cumulative sum: how one writes it in pandas."""
    frame = pd.read_parquet(path, columns=["meter", "u"])
    long = frame.explode("u", ignore_index=True)
    long["u"] = long["u"].astype("float32")
    long["slot"] = np.tile(np.arange(96), len(frame))
    rows: Rows = set()
    for kind, hit in (("low_voltage", long["u"] < LOW), ("over_voltage", long["u"] > OVER)):
        island = (hit != hit.shift()).cumsum() + long["slot"].eq(0).cumsum() * 1000
        hits = long[hit].assign(island=island[hit])
        runs = hits.groupby(["meter", "island"], sort=False).size().groupby("meter").max()
        spans = hits.groupby("meter")["slot"].agg(["min", "max"])
        good = runs[runs >= NEED]
        rows |= {
            (meter, kind, int(run), int(spans.at[meter, "min"]), int(spans.at[meter, "max"]))
            for meter, run in good.items()
        }
    return rows


def by_polars(path: str) -> Rows:
    long = (
        pl.scan_parquet(path)
        .select("meter", "u", slot=pl.int_ranges(0, 96))
        .explode("u", "slot")
        .with_columns(pl.col("u").fill_nan(None))
    )
    rows: Rows = set()
    beyond: dict[str, pl.Expr] = {"low_voltage": pl.col("u").lt(LOW), "over_voltage": pl.col("u").gt(OVER)}
    for kind, hit in beyond.items():
        found = (
            long.with_columns(hit=hit.fill_null(value=False))
            .with_columns(island=(pl.col("hit").rle_id().over("meter")))
            .filter("hit")
            .group_by("meter", "island")
            .agg(run=pl.len(), first=pl.col("slot").min(), last=pl.col("slot").max())
            .group_by("meter")
            .agg(pl.col("run").max(), pl.col("first").min(), pl.col("last").max())
            .filter(pl.col("run") >= NEED)
            .collect()
        )
        rows |= {(meter, kind, run, first, last) for meter, run, first, last in found.iter_rows()}
    return rows


def by_duckdb(path: str) -> Rows:
    """Gaps and islands in SQL."""
    sql = """
        WITH long AS (SELECT meter, unnest(u) AS u, generate_subscripts(u, 1) - 1 AS slot FROM read_parquet(?)),
        hits AS (
            SELECT meter, slot, CASE WHEN u < ?::FLOAT THEN 'low_voltage' ELSE 'over_voltage' END AS kind
            FROM long WHERE NOT isnan(u) AND (u < ?::FLOAT OR u > ?::FLOAT)
        ),
        islands AS (SELECT *, slot - row_number() OVER (PARTITION BY meter, kind ORDER BY slot) AS island FROM hits),
        runs AS (SELECT meter, kind, island, count(*) AS run, min(slot) AS a, max(slot) AS b FROM islands GROUP BY ALL)
        SELECT meter, kind, max(run), min(a), max(b) FROM runs GROUP BY ALL HAVING max(run) >= ?
    """
    with duckdb.connect() as connection:
        return set(connection.execute(sql, [path, float(LOW), float(LOW), float(OVER), NEED]).fetchall())


def kernel_speed(u: Curve) -> float:
    """Curves a second of judging alone, in memory, one thread."""
    ask = ask_of(len(u))
    return len(u) / best(lambda: judge_voltage(u, ask.which, ask.bounds, ask.before))


def checked(u: Curve) -> bool:
    """The compiled kernel and its NumPy twin agree on verdicts and details of some curves."""
    part: NDArray[np.float32] = u[:2000]
    ask = ask_of(len(part))
    fast, slow = (judge_voltage(part, ask.which, ask.bounds, ask.before, fast=way) for way in (True, False))
    found = voltage_found(part, ask.which, ask.bounds, ask.before, fast)
    return bool((fast.verdict == slow.verdict).all() and (fast.tails == slow.tails).all() and len(found) > 0)


def measure(rows: int, sample: int) -> dict[str, float | bool]:
    with tempfile.TemporaryDirectory() as folder:
        u = county(rows)
        lake, small = write(Path(folder) / "all", u), write(Path(folder) / "sample", u[:sample])
        path = str(path_of(small))
        scan(small, sample)
        wanted = ours(small, sample)
        others = {"pandas": by_pandas, "polars": by_polars, "duckdb": by_duckdb}
        identical = checked(u) and all(other(path) == wanted for other in others.values())
        found, decoded = side_by_side(lambda: scan(lake, rows), lambda: decode(lake), times=5)
        over = {}
        for name, other in others.items():
            own, theirs = side_by_side(lambda: ours(small, sample), partial(other, path), times=3, first_times=8)
            over[f"{name}_over_findings"] = round(theirs / own, 1)
        return {
            "identical": identical,
            "findings_over_decode": round(found / decoded, 2),
            **over,
            "curves_per_s": round(rows / found),
            "kernel_curves_per_s": round(kernel_speed(u[:200_000])),
            "decode_curves_per_s": round(rows / decoded),
            "seconds1m": round(found / rows * MILLION, 3),
            "rows": rows,
            "sample": sample,
        }


def bench_curves(*, as_json: bool, rows: int | None = None) -> int:
    count = rows or MILLION
    figures = measure(count, min(count, 100_000))
    if not as_json:
        for name, value in figures.items():
            sys.stdout.write(f"{name:<24} {value}\n")
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0 if figures["identical"] else 1


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="longzhong bench curves", description=__doc__)
    parser.add_argument("--json", action="store_true", help="only the JSON line")
    parser.add_argument("--rows", type=int, help="customer curves (default 1,000,000)")
    args = parser.parse_args(argv)
    return bench_curves(as_json=args.json, rows=args.rows)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
