"""`longzhong bench import [--json] [--rows N]`: how fast a collection export becomes curves, next to merely reading it.

All in one run on one made-up GBK wide CSV (two days, voltage and power of each meter, 1 % missing slots): reading its bytes,
pyarrow and pandas reading it as a table, our importer understanding it (which meter, day, quantity, phase, every row counted
or refused). What would be kept is composed as for the lake, and a second import of the file must change nothing of it. No
database and no lake: the register's answers are made up. Ratios count, not seconds.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
from numpy.typing import NDArray

from longzhong.surfaces.exchange.engines import curve_file, lake_tables
from longzhong.surfaces.exchange.engines.looks import look
from longzhong.surfaces.exchange.engines.spill import Spill
from longzhong.surfaces.exchange.rules import curve_chunks
from longzhong.surfaces.exchange.rules.curve_chunks import NEW, UNCHANGED, Composed, Floats
from longzhong.surfaces.exchange.rules.curve_rows import CUSTOMER, Known, MeterFacts
from longzhong.surfaces.exchange.rules.curve_words import SLOTS
from longzhong.surfaces.exchange.rules.reasons import Bad
from longzhong.surfaces.exchange.rules.recipes_curves import CURVES, form_of

DAYS = (date(2026, 7, 1), date(2026, 7, 2))
QUANTITIES = {"电压": 220.0, "有功功率": 2.0}
TIMES = tuple(f"{n // 4:02d}:{n % 4 * 15:02d}" for n in range(1, SLOTS + 1))
HEAD = ("电能表资产号", "数据日期", "数据项", *TIMES)
GBK = "gb18030"


@dataclass(frozen=True)
class Read:
    """A file that was understood: rows read and refused, points in the order of the file, and what the lake would keep."""

    rows: int
    refused: int
    known: Known
    index: NDArray[np.void]
    values: Floats
    composed: Composed

    @property
    def table(self) -> pa.Table:
        codes, facts = list(self.known.meters), self.known.facts
        return lake_tables.lake_table(CUSTOMER, self.composed.keys, self.composed.cube, codes, facts)


def export(path: Path, rows: int, seed: int = 42) -> int:
    """Write the CSV; returns its rows (a whole number of meters)."""
    random = np.random.default_rng(seed)
    meters = [f"4206{number:012d}" for number in range(max(rows // (len(DAYS) * len(QUANTITIES)), 1))]
    with path.open("wb") as file:
        file.write((",".join(HEAD) + "\r\n").encode(GBK))
        for day in DAYS:
            for quantity, level in QUANTITIES.items():
                values = np.round(random.normal(level, level / 40, (len(meters), SLOTS)), 1)
                gone = random.random(values.shape) < 0.01
                words = (meters, [day.isoformat()] * len(meters), [quantity] * len(meters))
                columns = [pa.array(values[:, slot], mask=gone[:, slot]) for slot in range(SLOTS)]
                table = pa.table([*map(pa.array, words), *columns], names=HEAD)
                sink = pa.BufferOutputStream()
                pacsv.write_csv(table, sink, pacsv.WriteOptions(include_header=False, quoting_style="none"))
                file.write(sink.getvalue().to_pybytes().decode().encode(GBK))
    return len(meters) * len(DAYS) * len(QUANTITIES)


def register(codes: Sequence[str]) -> Mapping[str, MeterFacts | Bad]:
    """Every meter is known: single-phase, on phase A."""
    facts = MeterFacts(CUSTOMER, 1)
    return dict.fromkeys(codes, facts)


def understand(path: Path, folder: Path) -> tuple[int, int, Known, Spill]:
    """The importer's own way through the file; rows, refused rows, the meters, and the points on disk."""
    found = look(path, folder, CURVES)
    form = form_of(found.layout.headers, found.places)
    known = Known(register, DAYS[-1])
    plan = curve_file.plan_of(found.source, found.sheet, found.first_row, found.layout.headers, form)
    spill = Spill(folder, SLOTS)
    scanned = list(curve_file.scan(plan, form, known, spill))
    return sum(one.read for one in scanned), sum(len(one.refused) for one in scanned), known, spill


def parse(path: Path, folder: Path) -> int:
    """Understand and count, compose nothing."""
    read, _, _, spill = understand(path, folder)
    with spill:
        return read


def ready(path: Path, folder: Path) -> Read:
    """Understood and composed, as the lake takes it."""
    read, refused, known, spill = understand(path, folder)
    with spill:
        index, values = np.array(spill.index), np.array(spill.values)
    return Read(read, refused, known, index, values, curve_chunks.compose(CUSTOMER, index, values))


def rows_by_fate(read: Read, held: pa.Table | None) -> tuple[int, int]:
    """Rows of the file that are new, and that change nothing, where a lake holds this."""
    composed = read.composed
    old, there = np.full_like(composed.cube, np.nan), np.zeros(len(composed.keys), dtype=bool)
    for day in DAYS:
        told = None if held is None else held.filter(pc.equal(held["day"], pa.scalar(day)))
        lake_tables.lay_under(CUSTOMER, day, told, composed.keys, read.known.meters, old, there)
    fates = curve_chunks.fates(composed, old, there, read.index, read.values)
    _, fate = curve_chunks.by_line(read.index["line"], fates)
    return int((fate == NEW).sum()), int((fate == UNCHANGED).sum())


def by_pyarrow(path: Path) -> pa.Table:
    """The same columns with the same types, in one call."""
    types = {name: pa.float32() for name in TIMES} | {name: pa.string() for name in HEAD[:3]}
    options = pacsv.ConvertOptions(column_types=types)
    return pacsv.read_csv(path, read_options=pacsv.ReadOptions(encoding=GBK), convert_options=options)


def by_pandas(path: Path) -> pd.DataFrame:
    """How one reads it in pandas."""
    types = dict.fromkeys(TIMES, "float32") | dict.fromkeys(HEAD[:3], "str")
    return pd.read_csv(path, encoding=GBK, dtype=types)


def seconds(*tasks: Callable[[], object], times: int = 3) -> list[float]:
    """The least seconds of each, taken in turns, so that a busy machine is busy for all."""
    best = [float("inf")] * len(tasks)
    for _ in range(times):
        for place, task in enumerate(tasks):
            start = time.perf_counter()
            task()
            best[place] = min(best[place], time.perf_counter() - start)
    return best


def same(path: Path, folder: Path, rows: int) -> tuple[bool, int]:
    """Every row is kept, the file's second import changes nothing, and pandas reads the same values; rows kept."""
    first, again = (ready(path, folder / turn) for turn in ("first", "again"))
    kept, _ = rows_by_fate(first, None)
    frame = by_pandas(path)[list(TIMES)].to_numpy(np.float32)
    whole = (first.rows, first.refused, kept) == (rows, 0, rows)
    twice = rows_by_fate(again, first.table) == (0, rows)
    return bool(whole and twice and np.array_equal(frame, first.values, equal_nan=True)), kept


def measure(rows: int) -> dict[str, float | bool]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "负荷曲线.csv"
        written = export(path, rows)
        identical, kept = same(path, folder, written)
        raw, arrow, panda, own = seconds(
            path.read_bytes, lambda: by_pyarrow(path), lambda: by_pandas(path), lambda: parse(path, folder / "spill")
        )
        return {
            "identical": identical,
            "rows_per_s": round(written / own),
            "parse_over_pyarrow": round(own / arrow, 2),
            "pandas_over_parse": round(panda / own, 2),
            "parse_over_bytes": round(own / raw, 1),
            "kept": kept,
            "rows": written,
            "megabytes": round(path.stat().st_size / 1e6, 1),
        }


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="longzhong bench import", description=__doc__)
    parser.add_argument("--json", action="store_true", help="only the JSON line")
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the file (default 100,000)")
    args = parser.parse_args(argv)
    figures = measure(args.rows)
    if not args.json:
        for name, value in figures.items():
            sys.stdout.write(f"{name:<20} {value}\n")
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0 if figures["identical"] else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
