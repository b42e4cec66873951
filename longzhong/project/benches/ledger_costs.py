"""The costs of the ledgers, measured inside the scratch database: build, walk, multiply, ask (see `ledgers`)."""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from django.db import connection
from django.urls import reverse

from longzhong.assessment.ledgers.rules import Dimension
from longzhong.cases.complaints.models import Complaint, Decision
from longzhong.cases.hotline.models import Case
from longzhong.kit import clock
from longzhong.kit.clock import day_start
from longzhong.project import serving
from longzhong.project.benches import county
from longzhong.project.benches.costs import Cost
from longzhong.project.benches.multiply import multiply
from longzhong.surfaces.simulation.selectors.county import county_of, seed_row
from longzhong.surfaces.simulation.services import Order, build_county
from longzhong.surfaces.simulation.services.acting import Scene
from longzhong.surfaces.simulation.services.yearly import remember_complaints

COMPLAINTS = 20_000
WALKED = (24, 16)
WARM, ASKED = 1, 7
SPAN = "2000-01-01..2099-12-31"
PLAIN = "select category_id, count(*) from complaints_complaint where kind = 'complaint' and state <> 'void' group by 1"


def main(argv: Sequence[str]) -> int:
    """In the scratch database: build, walk, multiply, ask; print one JSON object."""
    words = argparse.ArgumentParser(prog="longzhong bench ledgers", description=__doc__)
    words.add_argument("--json", action="store_true")
    words.add_argument("--complaints", type=int, default=COMPLAINTS)
    options = words.parse_args(argv)
    started = time.perf_counter()
    scene = _build()
    rows = _multiply(options.complaints)
    built = time.perf_counter()
    with clock.frozen(scene.morning):
        costs, plain = _ask()
    ratios = {name: round(statistics.median(one.wall) / plain, 1) for name, one in costs.items()}
    answer = {name: one.figures() | {"ratio_over_count": ratios[name]} for name, one in costs.items()} | {
        "complaints": rows, "count_ms": round(plain, 2), "ratio_over_count": max(ratios.values()),
        "sql": max(max(one.sql) for one in costs.values()), "build_s": round(built - started, 1),
        "seconds": round(time.perf_counter() - started, 1),
    }  # fmt: skip
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return 0


def _build() -> Scene:
    """Two years of complaints as the demo county remembers them."""
    serving.migrate([])
    build_county(order=Order(seed=3, customers=2_000, areas=25, days=1), say=lambda _stage, _seconds: None)
    row = seed_row()
    scene = Scene(county_of(row), 0, day_start(row.first_day) + timedelta(hours=8))
    remember_complaints(scene, WALKED)
    return scene


def _multiply(wanted: int) -> int:
    """Copies of every complaint with its case and decisions; returns how many complaints there are now."""
    copies = max(1, wanted // Complaint.objects.count())
    settings = connection.settings_dict
    connection.close()
    url = f"postgresql://{settings['USER']}@/{settings['NAME']}?host={settings['HOST']}"
    tables = {Case: county.TABLES[Case], Complaint: {}, Decision: {}}
    multiply(url=url, tables=tables, copies=copies)
    return Complaint.objects.count()


def _ask() -> tuple[dict[str, Cost], float]:
    """What each page costs, and the median of the plain count in milliseconds."""
    client, analysis, costs, plain = county.signed_in("quality"), reverse("ledgers:analysis"), {}, []
    asks = {"home": (reverse("ledgers:home"), {"span": SPAN})}
    asks |= {one.value: (analysis, {"span": SPAN, "by": one.value}) for one in Dimension}
    asks["behind"] = (reverse("ledgers:behind"), {"span": SPAN, "by": Dimension.WEATHER.value})
    for name, (path, query) in asks.items():
        ask, costs[name] = partial(county.get, client, path, query), Cost()
        for _ in range(WARM):
            ask()
        for _ in range(ASKED):
            plain.append(_count())
            costs[name].of(ask)
    return costs, statistics.median(plain)


def _count() -> float:
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(PLAIN)
        cursor.fetchall()
    return (time.perf_counter() - began) * 1000
