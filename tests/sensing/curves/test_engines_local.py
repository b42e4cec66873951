"""The local engine over row groups and threads says what the rules say of the whole."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from longzhong.sensing.curves.engines import AreaAsk, CustomerAsk
from longzhong.sensing.curves.engines import lake as lakes
from longzhong.sensing.curves.engines.lake import Lake
from longzhong.sensing.curves.engines.local import LocalEngine, add_by
from longzhong.sensing.curves.engines.memory import remember, save_summary, stamp_of, tails_before
from longzhong.sensing.curves.engines.shape import keys
from longzhong.sensing.curves.rules import Limits
from longzhong.sensing.curves.rules.findings import voltage_found
from longzhong.sensing.curves.rules.judged import Judged, unknown_tails
from longzhong.sensing.curves.rules.limits import load_bounds, voltage_bounds
from longzhong.sensing.curves.rules.voltage import judge_voltage
from tests.sensing.curves.make import NAN, area_day, day
from tests.sensing.curves.tables import area_table, customer_table

DAY = date(2026, 10, 1)


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lake:
    """Row groups of a few rows, so that there are several."""
    monkeypatch.setattr(lakes, "ROW_GROUP", {"customer": 7, "area": 3})
    return Lake(tmp_path / "lake", durable=False)


def test_customers_by_row_groups(lake):
    random = np.random.default_rng(3)
    voltages = {f"M{n:03d}": day(random.uniform(190, 240), (NAN, n % 90, n % 90 + 6)) for n in range(40)}
    feeding = {code: day(-2.0, step=0.0) for code in list(voltages)[:10]}
    lake.keep("customer", customer_table(DAY, voltages, feeding), 1)
    u = np.stack([voltages[code] for code in sorted(voltages)])
    bounds, which, before = voltage_bounds([Limits()]), np.zeros(40, dtype=np.int64), unknown_tails(40, 8)
    area_of = np.repeat([0, 1, -1, 2], 10)
    scan = LocalEngine(lake, threads=3).scan_customers(DAY, CustomerAsk(bounds, which, before, area_of, 3))
    whole = judge_voltage(u, which, bounds, before)
    found = voltage_found(u, which, bounds, before, whole)
    np.testing.assert_array_equal(scan.judged.verdict, whole.verdict)
    np.testing.assert_array_equal(scan.judged.tails, whole.tails)
    for name in ("row", "kind", "verdict", "conf", "worst", "first"):
        np.testing.assert_array_equal(getattr(scan.found, name), getattr(found, name))
    assert scan.seen.all()
    assert scan.export_kw[:, 0].tolist() == [20.0, 0.0, 0.0]


def test_areas_by_row_groups(lake):
    days = {f"T{n}": area_day(**({"ub": day(231, (190, 40, 50))} if n == 4 else {})) for n in range(8)}
    lake.keep("area", area_table(DAY, days), 1)
    ask = AreaAsk(
        voltage_bounds([Limits()]), load_bounds([Limits()]), np.zeros(8, dtype=np.int64), np.full(8, 60.0),
        unknown_tails(24, 8).reshape(8, 3, 8, 2), unknown_tails(8, 8),
    )  # fmt: skip
    scan = LocalEngine(lake, threads=2).scan_areas(DAY, ask)
    low = scan.found.take((scan.found.kind == 0) & (scan.found.verdict == 1))
    assert low.row.tolist() == [4]
    assert scan.phase[(scan.found.kind == 0) & (scan.found.verdict == 1)].tolist() == [2]
    assert scan.kva_by_hour.shape == (8, 24)


def test_living_customers_by_area(lake):
    lake.keep(
        "customer", customer_table(DAY, {"M1": day(220, (0.0, 4, 6)), "M2": day(220, (NAN, 5, 7)), "M3": day(221)}), 1
    )
    living = LocalEngine(lake).living(DAY, np.array([0, 0, -1]), 1, 10.0)
    assert living[0, 3:8].tolist() == [2, 1, 0, 1, 2]


def test_add_by():
    into = np.zeros((3, 2))
    add_by(np.array([2, -1, 0, 2]), np.array([[1, 1], [9, 9], [2, 2], [3, 3]]), into)
    assert into.tolist() == [[2, 2], [0, 0], [4, 4]]


def test_tails_find_their_curve_again(lake):
    table = customer_table(DAY, {"M1": day(220), "M2": day(221)})
    judged = Judged(np.zeros((2, 8), np.uint8), np.arange(32, dtype=np.uint8).reshape(2, 8, 2))
    save_summary(lake, "customer", DAY, keys(table), judged)
    other = keys(customer_table(DAY, {"M0": day(220), "M2": day(221)}))
    tails = tails_before(lake, "customer", DAY, other, (8, 2))
    assert tails[0].tolist() == [[0, 255]] * 8
    assert tails[1].tolist() == judged.tails[1].tolist()
    assert tails_before(lake, "customer", DAY, keys(table), (8, 2)).tolist() == judged.tails.tolist()
    assert tails_before(lake, "customer", date(2026, 9, 1), other, (8, 2))[:, :, 1].tolist() == [[255] * 8] * 2
    assert len(stamp_of(lake, "customer", DAY)) == 16
    assert stamp_of(lake, "customer", date(2026, 9, 1)) == ""


def test_histories_survive_meters_that_come_and_go(lake):
    def told(codes: list[str], on: date, abnormal: list[bool]) -> list[int]:
        names = keys(customer_table(on, {code: day(220) for code in codes}))
        bits = remember(lake, "customer", on, names, np.array(abnormal)[:, None])
        return np.bitwise_count(bits[:, 0]).tolist()

    assert told(["M1", "M2"], DAY, [True, False]) == [1, 0]
    assert told(["M2", "M3"], date(2026, 10, 2), [True, True]) == [1, 1]
    assert told(["M1", "M2", "M3"], date(2026, 10, 3), [True, True, False]) == [2, 2, 1]
    assert told(["M1", "M2", "M3"], date(2026, 10, 3), [False, True, False]) == [1, 2, 1]
