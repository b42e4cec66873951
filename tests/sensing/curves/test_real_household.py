"""Measured data through the whole path, compared finding by finding with the slow oracle.

`make test` takes the first weeks; LONGZHONG_PROVE=1 all four years.
"""

import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from longzhong.sensing.curves import selectors, services
from longzhong.sensing.curves.engines import CustomerAsk
from longzhong.sensing.curves.engines.lake import Lake
from longzhong.sensing.curves.engines.local import LocalEngine
from longzhong.sensing.curves.engines.memory import save_summary, tails_before
from longzhong.sensing.curves.engines.shape import keys
from longzhong.sensing.curves.management.judge import run
from longzhong.sensing.curves.models import Finding
from longzhong.sensing.curves.rules import Limits, Verdict
from longzhong.sensing.curves.rules.limits import voltage_bounds
from longzhong.sensing.curves.rules.words import KINDS, VERDICTS, VOLTAGE_KINDS
from tests.register.network.make import MACHINE, NOW, network
from tests.sample import PROVE
from tests.sensing.curves import oracle
from tests.sensing.curves.household import Days, household, wide_form
from tests.sensing.curves.tables import customer_table

DAYS = 10_000 if PROVE else 45
TOLD = ("verdict", "slots", "conf", "poss", "first", "last")
NARROW = Limits(low_volts_1p=237.0, over_volts_1p=243.0)
Expected = dict[tuple[date, str], oracle.Told]


@pytest.fixture(scope="module")
def measured() -> Days:
    days = household()
    return {day: days[day] for day in sorted(days)[:DAYS]}


@pytest.fixture(scope="module", params=[Limits(), NARROW], ids=["Chinese limits", "about French voltage"])
def limits(request: pytest.FixtureRequest) -> Limits:
    given: Limits = request.param
    return given


@pytest.fixture(scope="module")
def expected(measured: Days, limits: Limits) -> Expected:
    """What the oracle says of every day and kind, the days joined over midnight."""
    told: Expected = {}
    tails: dict[str, oracle.Tails] = {}
    for day, curves in measured.items():
        judged, tails = oracle.judge_voltage([float(v) for v in curves["u"]], limits, 1, tails)
        told |= {(day, kind): one for kind, one in judged.items()}
    return told


def test_the_data_is_what_it_should_be(measured, expected, limits):
    """A French meter: nearly always above the Chinese limit; about its own voltage there is something of everything."""
    u = np.stack([curves["u"] for curves in measured.values()])
    assert 235 < np.nanmedian(u) < 245
    assert np.isnan(u).any()
    seen = {(kind, one.verdict) for (_, kind), one in expected.items()}
    assert ("over_voltage", "abnormal") in seen
    if limits == NARROW:
        assert {("low_voltage", "abnormal"), ("low_voltage", "normal"), ("over_voltage", "normal")} <= seen
        joined = any(one.conf > one.slots for (_, kind), one in expected.items() if kind == "over_voltage")
        assert joined or DAYS < 1000, "runs over midnight"


def test_the_judge_command_says_what_the_oracle_says(measured, expected, limits, tmp_path):
    file = tmp_path / "采集.csv"
    file.write_bytes(wide_form(measured, "M1"))
    out, err = io.StringIO(), io.StringIO()
    changed = [f"--limit={name}={getattr(limits, name)}" for name in ("low_volts_1p", "over_volts_1p")]
    assert run([str(file), "--json", "--kind", "customer", *changed], out, err) == 0
    assert err.getvalue() == ""
    told = {
        (date.fromisoformat(line["day"]), line["kind"]): line for line in map(json.loads, out.getvalue().splitlines())
    }
    assert set(told) == set(expected)
    for key, one in expected.items():
        line = told[key]
        got = [line["verdict"], *(-1 if line[name] is None else line[name] for name in TOLD[1:])]
        assert got == [getattr(one, name) for name in TOLD], key


def scanned(lake: Lake, measured: Days, limits: Limits) -> Iterator[tuple[date, dict[str, tuple]]]:
    """Keep and scan day after day, carrying the tails; findings by kind."""
    engine, bounds, which = LocalEngine(lake), voltage_bounds([limits]), np.array([0])
    for day, curves in measured.items():
        table = customer_table(day, {"M1": curves["u"]}, {"M1": curves["p"]})
        lake.keep("customer", table, 1)
        before = tails_before(lake, "customer", day - timedelta(days=1), keys(table), (8, 2))
        scan = engine.scan_customers(day, CustomerAsk(bounds, which, before))
        save_summary(lake, "customer", day, keys(table), scan.judged)
        found = scan.found
        columns = (getattr(found, name).tolist() for name in ("kind", *TOLD))
        yield (
            day,
            {
                KINDS[kind].value: (VERDICTS[verdict].value, *rest)
                for kind, verdict, *rest in zip(*columns, strict=True)
            },
        )


def test_the_lake_and_the_engine_find_what_the_oracle_finds(measured, expected, limits, tmp_path):
    worth_telling = {
        (day, kind): tuple(getattr(one, name) for name in TOLD)
        for (day, kind), one in expected.items()
        if one.verdict == "abnormal" or (one.verdict == "undetermined" and kind in ("low_voltage", "over_voltage"))
    }
    lake = Lake(Path(tmp_path) / "lake", durable=False)
    found = {(day, kind): numbers for day, kinds in scanned(lake, measured, limits) for kind, numbers in kinds.items()}
    assert found == worth_telling
    assert {kind for _, kind in found} <= {kind.value for kind in VOLTAGE_KINDS}


@pytest.mark.django_db
@pytest.mark.usefixtures("lake_folder")
@pytest.mark.parametrize("limits", [Limits()], ids=["Chinese limits"], indirect=True)
def test_the_scan_in_the_database_keeps_what_the_oracle_finds(measured, expected):
    network()
    days = list(measured)[:14]
    for day in days:
        table = customer_table(day, {"M1": measured[day]["u"]}, {"M1": measured[day]["p"]})
        services.keep_readings(kind="customer", table=table, received_at=NOW, by=MACHINE, at=NOW)
    assert services.scan_due(by=MACHINE, at=NOW) == days
    kept = set(Finding.objects.filter(meter_code="M1", verdict=Verdict.ABNORMAL).values_list("day", "kind", "conf"))
    abnormal = {key: one for key, one in expected.items() if key[0] in days and one.verdict == "abnormal"}
    assert kept == {(day, kind, one.conf) for (day, kind), one in abnormal.items()}
    drawn = selectors.meter_curves("M1", days[0], days[1]).lines["u_A"]
    assert [value is None for value in drawn[:96]] == np.isnan(measured[days[0]]["u"]).tolist()
