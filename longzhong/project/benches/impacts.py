"""Inside the scratch database of `longzhong bench impact`: build the city by set-based statements, ask, compare."""

import argparse
import json
import statistics
import sys
import time
from datetime import date
from typing import Any

from django.core.management import call_command
from django.db import connection

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.register.org import selectors as org
from longzhong.register.org.services import UnitRow, keep_units
from longzhong.sensing.outages.rules import Devices
from longzhong.sensing.outages.selectors import impact

ACCOUNTS, A_FEEDER = 2_000_000, 20_000
SECTIONS, AREAS = 40, 100
ASKED, ROUNDS = 12, 5
DAY = date(2026, 3, 2)
PRIORITY_EVERY = 100

CITY = (
    "insert into network_substation (id, code, name) select n, 'B' || n, '变电站' || n from generate_series(1, {stations}) n",
    "insert into network_feeder (id, code, name, kv, substation_id) select n, 'F' || n, '10kV' || n || '线', 10, 1 + n % {stations}"
    " from generate_series(1, {feeders}) n",
    "insert into network_section (id, code, name, kind, feeder_id, upstream_id) select n, 'S' || n, n || '段', 'section',"
    " 1 + (n - 1) / {sections}, case when (n - 1) % {sections} = 0 then null else n - 1 - ((n - 1) % {sections}) / 2 end"
    " from generate_series(1, {feeders} * {sections}) n",
    "insert into network_area (id, code, name, kva, connection, site, kind, section_id, unit_id)"
    " select n, 'A' || n, n || '台区', 400, 'Yyn0', 'urban', 'public',"
    " 1 + ((n - 1) / {areas}) * {sections} + (n - 1) % {areas} % {sections}, {unit_id}"
    " from generate_series(1, {feeders} * {areas}) n",
)  # fmt: skip


def main(argv: list[str]) -> int:
    """In the scratch database: build the city, ask; print one JSON object. Fails where an impact isn't what was put in."""
    words = argparse.ArgumentParser(prog="longzhong bench impact", description=__doc__)
    words.add_argument("--json", action="store_true")
    words.add_argument("--accounts", type=int, default=ACCOUNTS)
    options = words.parse_args(argv)
    call_command("migrate", verbosity=0, interactive=False)
    began = time.perf_counter()
    feeders = max(options.accounts // A_FEEDER, ASKED + 2)
    build(feeders)
    built = time.perf_counter()
    spent, found = ask(feeders)
    wrong = [one for one in found if one != (AREAS, A_FEEDER, A_FEEDER // PRIORITY_EVERY)]
    answer = {
        "ms": round(statistics.median(spent), 1), "p95_ms": round(sorted(spent)[int(0.95 * (len(spent) - 1))], 1),
        "accounts": feeders * A_FEEDER, "feeder_accounts": A_FEEDER, "feeder_areas": AREAS, "asked": len(spent),
        "wrong": len(wrong), "build_s": round(built - began, 1), "seconds": round(time.perf_counter() - began, 1),
    }  # fmt: skip
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return 1 if wrong else 0


def build(feeders: int) -> None:
    """The city, by set-based statements; the indexes of accounts are made again at the end."""
    by = Actor.machine("bench.impact")
    keep_units(rows=[UnitRow("4206", "襄阳供电公司", "city")], from_on=DAY, by=by, at=clock.day_start(DAY))
    unit = org.unit_ids({"4206"})["4206"]
    shape = {"feeders": feeders, "stations": 20, "sections": SECTIONS, "areas": AREAS, "unit_id": unit}
    with connection.cursor() as cursor:
        for statement in CITY:
            cursor.execute(statement.format(**shape))
        indexes = _drop_indexes(cursor)
        cursor.execute(ACCOUNT_ROWS.format(total=feeders * A_FEEDER, all_areas=feeders * AREAS, unit_id=unit))
        cursor.execute(PRIORITY_ROWS.format(day=DAY.isoformat(), every=PRIORITY_EVERY, all_areas=feeders * AREAS))
        for definition in indexes:
            cursor.execute(definition)
        cursor.execute("vacuum analyze")


ACCOUNT_ROWS = (
    "insert into customers_account (id, code, kind, state, unit_id, area_id, town, village, estate, building, place, grams,"
    " tokens, name_sealed, room_sealed, row_digest)"
    " select n, '42' || lpad(n::text, 11, '0'), case when n % 10 = 0 then 'business' else 'resident' end, 'active', {unit_id},"
    " 1 + n % {all_areas}, '檀溪街道', '', '名仕家天下', (n % 30) || '号楼', '檀溪街道名仕家天下', '{{}}', '{{}}', repeat('x', 60),"
    " repeat('y', 60), '' from generate_series(0, {total} - 1) n"
)  # fmt: skip
PRIORITY_ROWS = (
    'insert into customers_priority (from_on, account_id, "group", grade, basis, note_sealed)'
    " select date '{day}', id, 'important', 'second', 'contract', '' from customers_account where (id / {all_areas}) % {every} = 0"
)  # fmt: skip


def _drop_indexes(cursor: Any) -> list[str]:
    cursor.execute(
        "select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i where i.indrelid ="
        " 'customers_account'::regclass and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)"
    )
    found = cursor.fetchall()
    for name, _definition in found:
        cursor.execute(f"drop index {name}")
    return [definition for _name, definition in found]


def ask(feeders: int) -> tuple[list[float], list[tuple[int, int, int]]]:
    """Milliseconds of each question, and (areas, accounts, important) of its answer; other feeders warm up."""

    for number in (feeders - 1, feeders):
        impact(Devices(feeders=(number,)), DAY)
    step = max((feeders - 2) // ASKED, 1)
    wanted = [1 + n * step for n in range(ASKED)]
    spent, found = [], []
    for number in wanted * ROUNDS:
        began = time.perf_counter()
        behind = impact(Devices(feeders=(number,)), DAY)
        spent.append((time.perf_counter() - began) * 1000)
        found.append((len(behind.areas), behind.accounts, behind.important))
    return spent, found
