"""Measured data from the collection system's file to the area page: a household of four years, one reading a minute.

The household hangs, twice, on a transformer of its own: in one station the Chinese limits hold, in the other one the limit
that the station chose for its voltage. The meters' wide form comes in as a user's upload, is scanned, and every finding in
the database is the slow oracle's. `make test` takes thirty days (the first, the last and the days of a frozen meter);
LONGZHONG_PROVE=1 all four years.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from django.urls import reverse
from numpy.typing import NDArray

from longzhong.kit import clock
from longzhong.register.network import selectors as network_reads
from longzhong.register.network import services as network
from longzhong.register.network.rules import AreaRow, MeterRow
from longzhong.register.org import selectors as org_reads
from longzhong.register.org import services as org
from longzhong.register.org.rules import CST, Role
from longzhong.register.org.services import GridRow, UnitRow
from longzhong.sensing.curves import services as curves
from longzhong.sensing.curves.models import Finding
from longzhong.sensing.curves.rules import ELECTRIC, Limits, slot_clock
from longzhong.sensing.curves.services.scanning import LOOK_BACK_DAYS
from longzhong.surfaces.exchange import services as exchange
from longzhong.surfaces.exchange.models import Run
from tests.register.access.make import person
from tests.register.org.make import MACHINE, NOW, City
from tests.register.policies.make import browser, change, packs, security
from tests.sample import PROVE
from tests.sensing.curves import oracle
from tests.sensing.curves.household import Days, household, wide_form

pytestmark = pytest.mark.django_db
SINCE = date(2006, 12, 1)
FROZEN = date(2008, 10, 6)  # the meter tells one value for six hours
STRETCHES = ((date(2006, 12, 16), 10), (date(2008, 9, 30), 10), (date(2010, 11, 17), 10))
KVA = 5.0
OWN = {"curves.over_volts_1p": 243.0, "curves.over_volts_3p": 421.0}
LIMITS = {"K1": Limits(), "K2": replace(Limits(), over_volts_1p=243.0, over_volts_3p=421.0)}
Key = tuple[str, int, date, str]  # meter, phase (0: as a whole), day, kind
Numbers = tuple[str, int, int, int, int | None, int | None]  # verdict, slots, conf, poss, first, last
Expected = dict[Key, Numbers]


@pytest.fixture(autouse=True)
def this_morning(settings: Any) -> Iterator[None]:
    settings.LONGZHONG_LAKE_DURABLE = False
    with clock.frozen(NOW):
        yield


@pytest.fixture(scope="module")
def measured() -> Days:
    days = household()
    chosen = [first + timedelta(days=n) for first, count in STRETCHES for n in range(count)]
    return {day: days[day] for day in (sorted(days) if PROVE else chosen)}


def a_register() -> City:
    """Two stations since the first reading, each with a transformer, its meter (K1-T) and the household's own (K1-M)."""
    units = (
        UnitRow("42", "襄城供电公司", "county"),
        UnitRow("4201", "隆中供电所", "station", "42"),
        UnitRow("4202", "檀溪供电所", "station", "42"),
    )
    assert org.keep_units(rows=units, from_on=SINCE, by=MACHINE, at=NOW).refused == ()
    cells = (GridRow("K1", "隆中网格", "4201"), GridRow("K2", "檀溪网格", "4202"))
    org.keep_grids(rows=cells, from_on=SINCE, by=MACHINE, at=NOW)
    areas = [AreaRow(code, f"{code} 台区", KVA, grid_code=code, grid_from_on=SINCE) for code in LIMITS]
    network.keep_areas(rows=areas, by=MACHINE, at=NOW)
    meters = [MeterRow(f"{code}-T", "area", "ABC", 3, 1, code, SINCE) for code in LIMITS]
    meters += [MeterRow(f"{code}-M", "customer", "A", 1, 1, code, SINCE) for code in LIMITS]
    network.keep_meters(rows=meters, by=MACHINE, at=NOW)
    return City(org_reads.unit_ids(["42", "4201", "4202"]), {}, {})


def an_own_limit(unit_id: int) -> None:
    """The station decided in its time, before the first reading."""
    packs()
    decided = datetime(SINCE.year, SINCE.month, SINCE.day, 9, tzinfo=CST)
    for key, volts in OWN.items():
        change(key, volts, unit_id=unit_id, by=security(unit_id), from_on=SINCE, at=decided)


def uploaded(content: bytes, here: City, login: str) -> Run:
    """The file as the system administrator sends it through the wizard; its headers say what it holds."""
    by = person(here, login, Role.ADMIN)
    run = exchange.take_upload(blocks=[content], name="负荷曲线.csv", recipe="", by=by, at=NOW)
    assert run.recipe == "curves"
    exchange.queue_run(run_id=run.pk, trial=False, by=by, at=NOW)
    done = exchange.carry_out(run_id=run.pk, by=by, at=NOW)
    assert done.state == "done"
    assert done.read == done.new + done.changed + done.unchanged + done.refused
    return done


def scan_all(days: list[date]) -> None:
    """The nightly sweep looks two months back; what is older is scanned day by day, as `longzhong scan` does."""
    recent = [day for day in days if (days[-1] - day).days < LOOK_BACK_DAYS]
    for day in days[: -len(recent)]:
        curves.scan_day(day=day, by=MACHINE, at=NOW)
    assert curves.scan_due(by=MACHINE, at=NOW) == recent


def told(one: oracle.Told) -> Numbers:
    ends = (one.first, one.last)
    return one.verdict, one.slots, one.conf, one.poss, *(None if end < 0 else end for end in ends)


def worth_telling(kind: str, one: oracle.Told) -> bool:
    return one.verdict == "abnormal" or (one.verdict == "undetermined" and kind in ELECTRIC)


def what_the_oracle_says(measured: Days, code: str, limits: Limits) -> Expected:
    """Every finding of a station's two meters; tails go on from day to day and are unknown after a day that isn't there."""
    nothing = [float("nan")] * 96
    said: Expected = {}
    tails: dict[str, dict[str, oracle.Tails]] = {}
    for day, readings in measured.items():
        if day - timedelta(days=1) not in measured:
            tails = {name: {} for name in ("M", "TA", "TB", "TC", "load")}
        values = {name: [float(value) for value in curve] for name, curve in readings.items()}
        for name, meter, phase, wiring in (("M", "M", 1, 1), ("TA", "T", 1, 3), ("TB", "T", 2, 3), ("TC", "T", 3, 3)):
            u = values["u"] if phase == 1 else nothing
            kinds, tails[name] = oracle.judge_voltage(u, limits, wiring, tails[name])
            said |= {
                (f"{code}-{meter}", phase, day, kind): told(o) for kind, o in kinds.items() if worth_telling(kind, o)
            }
        whole = dict.fromkeys(("ub", "uc", "ib", "ic"), nothing) | {"ua": values["u"], "ia": values["i"]}
        kinds, tails["load"] = oracle.judge_load(whole | {k: values[k] for k in "pq"}, limits, KVA, tails["load"])
        said |= {(f"{code}-T", 0, day, kind): told(o) for kind, o in kinds.items() if worth_telling(kind, o)}
    return said


def findings() -> Expected:
    names = ("meter_code", "phase", "day", "kind", "verdict", "slots", "conf", "poss", "first", "last")
    return {row[:4]: row[4:] for row in Finding.objects.values_list(*names)}


def drawn(html: str, chart: str) -> Any:
    found = re.search(rf'<script id="{chart}" type="application/json">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def as_drawn(values: NDArray[np.float32]) -> list[Any]:
    return [None if np.isnan(value) else pytest.approx(float(value), abs=1e-3) for value in values]


def looks_right(html: str, day: date, readings: dict[str, Any], limit: float, meter: str) -> None:
    """The day's measured values in the chart, gaps as gaps, over the limit that held; and the findings beside it."""
    option = drawn(html, "voltage")
    lines = {line["name"]: line["data"] for line in option["series"]}
    values = as_drawn(readings["u"])
    assert lines["A 相"] == values
    assert lines[f"户表 {meter} A"] == values
    assert lines["B 相"] == [None] * 96
    marks = [mark["yAxis"] for line in option["series"] for mark in line.get("markLine", {}).get("data", [])]
    assert limit in marks
    assert drawn(html, "current")["series"][0]["data"] == as_drawn(readings["i"])
    assert drawn(html, "load")["series"][0]["data"] == as_drawn(np.hypot(readings["p"], readings["q"]))
    for one in Finding.objects.filter(meter_code=meter, day=day, verdict="abnormal"):
        assert one.get_kind_display() in html
        assert one.first is not None
        assert one.last is not None
        assert f"{slot_clock(one.first)}–{slot_clock(one.last + 1)}" in html


def test_four_years_of_a_household_from_the_export_to_the_area_page(measured: Days) -> None:
    here = a_register()
    an_own_limit(here.units["4202"])
    meters = ["K1-T", "K1-M", "K2-T", "K2-M"]
    content = wide_form(measured, *meters, totals=("K1-T", "K2-T"))
    count = len(measured)
    first = uploaded(content, here, "admin.one")
    fate = (first.read, first.new, first.changed, first.unchanged, first.refused)
    assert fate == (16 * count, 12 * count, 0, 0, 4 * count)
    assert first.reasons == {"quantity_not_for_meter": 4 * count}, "a household's meter keeps no current and no kvar"
    scan_all(list(measured))

    found = findings()
    assert found == {
        key: numbers
        for code, limits in LIMITS.items()
        for key, numbers in what_the_oracle_says(measured, code, limits).items()
    }
    for code in LIMITS:
        abnormal = {key[3] for key, one in found.items() if key[0] == f"{code}-M" and one[0] == "abnormal"}
        assert abnormal == {"over_voltage", "flat", "gap"}
    assert sum(key[0] == "K1-M" for key in found) > sum(key[0] == "K2-M" for key in found), "the own limit is wider"

    again = uploaded(content, here, "admin.two")
    assert (again.new, again.changed, again.unchanged, again.refused) == (0, 0, first.new, first.refused)
    assert curves.scan_due(by=MACHINE, at=NOW) == [], "nothing changed, nothing to judge again"

    client = browser(person(here, "leader", Role.LEADER))
    for code, area_id in network_reads.area_ids(list(LIMITS)).items():
        page = reverse("curves:area", args=[area_id])
        assert page == f"/areas/{area_id}/"
        for day in (min(measured), FROZEN, max(measured)):
            html = client.get(page, {"day": day.isoformat(), "meter": f"{code}-M"}).content.decode()
            looks_right(html, day, measured[day], LIMITS[code].over_volts_1p, f"{code}-M")
        assert max(measured).isoformat() in client.get(page).content.decode(), "the newest day opens by itself"
