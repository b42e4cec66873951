"""The costs of cases, measured inside the scratch database: build, make, ask, multiply, ask again (see `cases`)."""

import argparse
import json
import multiprocessing
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection

from longzhong.kit import clock
from longzhong.project.benches import county

CASES, COPIES = 10_000, 99
WARM, ASKED = 4, 24
WORKERS = 2


@dataclass
class Cost:
    """What one kind of request cost: SQL statements, milliseconds of CPU here, milliseconds until it was done."""

    sql: list[int] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def of(self, act: Callable[[], object]) -> None:
        """Do it once and count."""

        statements = Counter()
        with connection.execute_wrapper(statements):
            began, burnt = time.perf_counter(), time.process_time()
            act()
            self.cpu.append((time.process_time() - burnt) * 1000)
            self.wall.append((time.perf_counter() - began) * 1000)
        self.sql.append(statements.number)

    def figures(self) -> dict[str, float]:
        return {
            "sql": max(self.sql),
            "cpu_ms": round(statistics.median(self.cpu), 1),
            "p50_ms": round(statistics.median(self.wall), 1),
            "p95_ms": round(sorted(self.wall)[int(0.95 * (len(self.wall) - 1))], 1),
        }


class Counter:
    """An execute wrapper that counts."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: object, many: bool, context: object) -> Any:
        self.number += 1
        return execute(sql, params, many, context)


def main(argv: Sequence[str]) -> int:
    """In the scratch database: build, make, ask, multiply, ask again; print one JSON object."""
    words = argparse.ArgumentParser(prog="longzhong bench cases", description=__doc__)
    words.add_argument("--json", action="store_true")
    words.add_argument("--cases", type=int, default=CASES)
    words.add_argument("--copies", type=int, default=COPIES)
    options = words.parse_args(argv)

    started = time.perf_counter()
    at = county.build()
    made = time.perf_counter()
    create = _make_cases(options.cases, at)
    small = {"create": create, **_ask(at)}
    multiplied = time.perf_counter()
    rows = county.multiply_cases(copies=options.copies)
    spent = time.perf_counter() - multiplied
    large = {"create": _measure_creating(options.cases, at), **_ask(at)}
    costs = {name: _joined(large[name], small[name]) for name in small}
    answer = costs | {
        "cases_small": options.cases, "cases_large": rows, "build_s": round(made - started, 1), "copy_s": round(spent, 1),
        "ratio_large_over_small": max(cost["ratio_large_over_small"] for cost in costs.values()),
        "seconds": round(time.perf_counter() - started, 1),
    }  # fmt: skip
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return 0


def _joined(large: Cost, small: Cost) -> dict[str, Any]:
    """Figures with a million rows, those with ten thousand beside, and the ratio of the medians."""
    ratio = statistics.median(large.wall) / statistics.median(small.wall)
    return {**large.figures(), "small": small.figures(), "ratio_large_over_small": round(ratio, 2)}


def _make_cases(number: int, at: datetime) -> Cost:
    """Make the cases with two processes; the cost is measured on the first ones, alone."""

    cost = _measure_creating(number, at, first=0)
    connection.close()
    share = (number - ASKED) // WORKERS
    spans = [(ASKED + n * share, number if n == WORKERS - 1 else ASKED + (n + 1) * share, at) for n in range(WORKERS)]
    with multiprocessing.get_context("fork").Pool(WORKERS) as pool:
        pool.starmap(make_span, spans)
    return cost


def make_span(first: int, last: int, at: datetime) -> None:
    """Cases number first to last, in a process of its own."""

    maker = county.Maker()
    for number in range(first, last):
        maker.make(number, at - timedelta(seconds=20 * (last - number)))


def _measure_creating(number: int, at: datetime, first: int | None = None) -> Cost:

    maker, cost = county.Maker(), Cost()
    begin = number + WARM if first is None else first
    for n in range(begin, begin + ASKED):
        cost.of(partial(maker.open, n, at))
    return cost


def _ask(at: datetime) -> Mapping[str, Cost]:
    """The pages as a person of the quality office asks for them."""

    with clock.frozen(at):
        asks = county.requests()
        costs = {}
        for name, ask in asks.items():
            for _ in range(WARM):
                ask()
            costs[name] = Cost()
            for _ in range(ASKED):
                costs[name].of(ask)
    return costs
