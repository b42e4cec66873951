"""The lake: late and corrected readings, the same twice, killed writers, two writers at once."""

import math
import multiprocessing
import os
import signal
import time
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longzhong.sensing.curves.engines.lake import Kept, Lake
from longzhong.sensing.curves.engines.merging import merge
from longzhong.sensing.curves.engines.shape import matrix, shaped
from tests.sensing.curves.make import NAN, area_day, day
from tests.sensing.curves.tables import DAY, area_table, customer_table, write_forever, write_some


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake", durable=False)


def keep(lake: Lake, at: int, **voltages: np.ndarray) -> Kept:
    return lake.keep("customer", customer_table(DAY, voltages), at)[DAY]


def voltage(lake: Lake, meter: str) -> np.ndarray:
    table = lake.rows("customer", DAY, [meter], ["meter", "u"])
    assert table is not None
    return matrix(table["u"])[0]


def test_shape_of_a_day_file(lake):
    keep(lake, 1, M2=day(220), M1=day(221, (NAN, 3, 5)))
    file = lake.current("customer", DAY)
    assert file is not None
    assert file.path == lake.root / "curve/kind=customer/day=2026-10-01/v1.parquet"
    schema = pq.read_schema(file.path)
    assert schema.field("u").type == pa.list_(pa.field("element", pa.float32(), nullable=False))
    table = pq.read_table(file.path, partitioning=None)
    assert table["meter"].to_pylist() == ["M1", "M2"]
    assert np.isnan(matrix(table["u"])[0, 3:5]).all()
    assert table["slot_at"].null_count == 2


def test_the_same_twice_changes_nothing(lake):
    assert keep(lake, 1, M1=day(220), M2=day(221)) == Kept(new=2, version=1)
    assert keep(lake, 2, M1=day(220), M2=day(221)) == Kept(unchanged=2, version=1)


def test_late_readings_fill_gaps_and_are_no_corrections(lake):
    keep(lake, 1, M1=day(220, (NAN, 40, 50)))
    assert keep(lake, 2, M1=day(220)) == Kept(corrected=1, slots_late=10, version=2)
    assert lake.corrections("customer", DAY) is None
    assert not np.isnan(voltage(lake, "M1")).any()


def test_a_correction_replaces_and_is_recorded(lake):
    keep(lake, 1, M1=day(220), M2=day(221))
    assert keep(lake, 2, M1=day(220, (190, 4, 6))) == Kept(corrected=1, slots_corrected=2, version=2)
    told = lake.corrections("customer", DAY)
    assert told is not None
    assert told.select(["meter", "phase", "quantity", "slot"]).to_pylist() == [
        {"meter": "M1", "phase": 1, "quantity": "u", "slot": 4},
        {"meter": "M1", "phase": 1, "quantity": "u", "slot": 5},
    ]
    assert told["old"].to_pylist() == pytest.approx([220.4, 220.5], abs=1e-4)
    assert voltage(lake, "M2")[4] == pytest.approx(221.4)


def test_missing_never_replaces_a_reading(lake):
    keep(lake, 1, M1=day(220))
    assert keep(lake, 2, M1=day(220, (NAN, 0, 96))) == Kept(unchanged=1, version=1)


def test_an_older_export_that_comes_later_fills_gaps_only(lake):
    keep(lake, 20, M1=day(220, (NAN, 40, 50)))
    keep(lake, 10, M1=day(230))
    kept = voltage(lake, "M1")
    assert kept[30] == pytest.approx(220.2)
    assert kept[45] == pytest.approx(230.3)


def test_each_slot_remembers_when_it_came(lake):
    """Slot 45 came at 10, the rest at 20: an export of 15 may still correct slot 45 and nothing else."""
    keep(lake, 20, M1=day(220, (NAN, 40, 50)))
    keep(lake, 10, M1=day(230))
    keep(lake, 15, M1=day(240))
    kept = voltage(lake, "M1")
    assert (kept[30], kept[45]) == pytest.approx((220.2, 240.3))


def test_two_rows_of_one_curve_in_a_batch_become_one(lake):
    table = pa.concat_tables(
        [customer_table(DAY, {"M1": day(220)}), customer_table(DAY, {"M1": day(230, (NAN, 0, 90))})]
    )
    kept = lake.keep("customer", table, 1)[DAY]
    assert (kept.new, kept.unchanged) == (1, 1)
    assert voltage(lake, "M1")[[0, 95]].tolist() == pytest.approx([220.0, 230.4], abs=1e-4)


def test_rows_of_several_days_go_to_their_days(lake):
    other = date(2026, 10, 2)
    table = pa.concat_tables(
        [area_table(DAY, {"T1": area_day()}), area_table(other, {"T1": area_day(), "T2": area_day()})]
    )
    assert {one: kept.new for one, kept in lake.keep("area", table, 1).items()} == {DAY: 1, other: 2}
    assert lake.days("area") == [DAY, other]


def test_importers_may_hand_in_doubles_nulls_and_fixed_lists(lake):
    values = [220.0] * 95 + [None]
    fixed = pa.array([values], type=pa.list_(pa.float64(), 96))
    loose = pa.array([values, None], type=pa.list_(pa.float64()))
    assert np.isnan(matrix(fixed)[0, 95])
    assert np.isnan(matrix(loose)[1]).all()
    with pytest.raises(ValueError, match="96 points"):
        matrix(pa.array([[1.0] * 95]))


batches = st.lists(
    st.tuples(st.integers(1, 5), st.lists(st.sampled_from([200.0, 210.0, 220.0, NAN]), min_size=6, max_size=6)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(batches)
def test_merging_equals_keeping_the_newest_reading_of_each_slot(steps):
    """Against plain dictionaries. Equal times: the later batch wins. A batch that brings nothing new changes no time."""
    kept: pa.Table | None = None
    newest: dict[int, tuple[int, float]] = {}
    for at, values in steps:
        curve = np.full(96, np.nan, dtype=np.float32)
        curve[:6] = values
        part = shaped("customer", customer_table(DAY, {"M": curve}, {"M": np.full(96, np.nan, np.float32)}), at)
        kept = merge("customer", kept, part).table or kept
        _overlay(newest, at, {slot: value for slot, value in enumerate(values) if not math.isnan(value)})
    assert kept is not None
    got = {slot: value for slot, value in enumerate(matrix(kept["u"])[0, :6].tolist()) if not math.isnan(value)}
    assert got == {slot: value for slot, (_, value) in newest.items()}


def _overlay(newest: dict[int, tuple[int, float]], at: int, values: dict[int, float]) -> None:
    wins = {
        slot
        for slot, value in values.items()
        if slot not in newest or (at >= newest[slot][0] and value != newest[slot][1])
    }
    if not wins:
        return
    for slot, value in values.items():
        if slot in wins:
            newest[slot] = (at, value)
        else:
            newest[slot] = (max(at, newest[slot][0]), newest[slot][1])


def test_a_killed_writer_leaves_the_day_readable(lake):
    context = multiprocessing.get_context("spawn")
    started = context.Event()
    writer = context.Process(target=write_forever, args=(lake.root, started))
    writer.start()
    assert started.wait(60)
    time.sleep(0.15)
    os.kill(writer.pid or 0, signal.SIGKILL)
    writer.join()
    file = lake.current("customer", DAY)
    assert file is not None
    assert pq.read_table(file.path, partitioning=None).num_rows == file.rows == 300
    assert keep(lake, 10**9, X1=day(220)).new == 1


def test_two_writers_lose_nothing(lake):
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_some, args=(lake.root, name)) for name in ("A", "B")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    file = lake.current("customer", DAY)
    assert file is not None
    assert (file.rows, file.version) == (16, 16)
