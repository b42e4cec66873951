"""Curves from the collection system's exports to the lake: three header styles, the long form, late and corrected readings."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from longzhong.sensing.curves.models import Correction
from longzhong.sensing.curves.selectors.places import lake
from longzhong.surfaces.exchange import selectors, services
from longzhong.surfaces.exchange.engines import curve_blocks
from longzhong.surfaces.exchange.services import keep_pieces
from longzhong.surfaces.exchange.services.sinks import Kept
from tests.surfaces.exchange import make
from tests.surfaces.exchange.make import MACHINE, NOW, carried, curve, fate

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


def kept(kind: str, meter: str, quantity: str, day: date = DAY, phase: int | None = None) -> list[float]:
    told = lake().rows(kind, day, [meter], ["meter", quantity, *(["phase"] if kind == "customer" else [])])
    assert told is not None
    rows = [row for row in told.to_pylist() if phase is None or row["phase"] == phase]
    assert len(rows) == 1
    return list(rows[0][quantity])


def wide_file(tmp_path: Path, rows: list[list[object]], style: str = "starts", titles: tuple[str, ...] = ()) -> Path:
    return make.save(tmp_path / f"{style}.csv", make.csv(make.wide(rows, style, titles)))


@pytest.mark.parametrize("style", make.STYLES)
def test_a_wide_export_in_all_three_styles(style: str, tmp_path: Path) -> None:
    make.county()
    rows = [["M1", "2026-03-01", "电压", *curve(220.0, s0=198.0, s95=236.5, s3="--", s4="null", s5="")]]
    run = carried(wide_file(tmp_path, rows, style, ("某供电公司负荷曲线", "")), "curves")
    assert fate(run) == (1, 0, 0, 0)
    found = kept("customer", "M1", "u")
    assert (found[0], found[1], found[95]) == (198.0, 220.0, 236.5)
    assert np.isnan(found[3:6]).all()


def test_awkward_rows_are_named_one_by_one_and_the_good_ones_kept(tmp_path: Path) -> None:
    make.county()
    rows: list[list[object]] = [
        ["M1", "2026-03-01", "A相电压", *curve()],
        ["M1", "2026-03-01", "有功功率(W)", *curve(1500)],
        ["M1", "2026-02-30", "电压", *curve()],
        ["4.21E+11", "2026-03-01", "电压", *curve()],
        ["M404", "2026-03-01", "电压", *curve()],
        ["M2", "2026-03-01", "功率因数", *curve(0.9)],
        ["M2", "2026-03-01", "A相电流", *curve(5)],
        ["T1-M", "2026-03-01", "电压", *curve()],
        ["M2", "2027-01-01", "电压", *curve()],
        ["M2", "2026-03-01", "电压", *curve(s7="二百二")],
        ["M2", "2026-03-01", "电压", *curve()[:50]],
        ["合计", "", "", *curve("")],
        ["", "", "", *curve("")],
        ["M3", "2026/3/1", "电压", *curve("２２１．５")],
        ["M1", "2026-03-01", "A相电压", *curve()],
        ["M1", "2026-03-01", "A相电压", *curve(219.0)],
        [*make.HEAD, *make.STARTS],
    ]
    run = carried(wide_file(tmp_path, rows), "curves")
    assert fate(run) == (3, 0, 1, 12)
    assert {row.line: row.code for row in selectors.refused_rows(run.pk)} == {
        4: "impossible_date",
        5: "digits_lost",
        6: "unknown_meter",
        7: "unknown_quantity",
        8: "quantity_not_for_meter",
        9: "phase_needed",
        10: "future_day",
        11: "bad_number",
        12: "column_count",
        13: "totals_row",
        17: "duplicate_in_file",
        18: "bad_number",
    }
    refused = {row.line: row for row in selectors.refused_rows(run.pk)}
    assert refused[11].cells[0] == "M2" and "二百二" in refused[11].reason and "第 2 行" in refused[17].reason
    assert kept("customer", "M1", "p")[0] == 1.5
    assert kept("customer", "M3", "u")[0] == 221.5
    assert fate(carried(wide_file(tmp_path, rows), "curves")) == (0, 0, 4, 12)


def test_late_and_corrected_readings_replace_and_are_recorded(tmp_path: Path) -> None:
    make.county()
    first = wide_file(tmp_path, [["M1", "2026-03-01", "电压", *curve(220.0, s10="", s11="")]])
    assert fate(carried(first, "curves")) == (1, 0, 0, 0)
    late = wide_file(tmp_path, [["M1", "2026-03-01", "电压", *curve("", s10=221.0)]])
    assert fate(carried(late, "curves", NOW + timedelta(hours=1))) == (1, 0, 0, 0)
    right = wide_file(tmp_path, [["M1", "2026-03-01", "电压", *curve("", s0=197.0)]])
    assert fate(carried(right, "curves", NOW + timedelta(hours=2))) == (0, 1, 0, 0)
    found = kept("customer", "M1", "u")
    assert (found[0], found[1], found[10]) == (197.0, 220.0, 221.0) and np.isnan(found[11])
    told = lake().corrections("customer", DAY)
    assert told is not None and told.select(["meter", "slot", "old", "new"]).to_pylist() == [
        {"meter": "M1", "slot": 0, "old": 220.0, "new": 197.0}
    ]
    assert Correction.objects.filter(day=DAY, slots_corrected=1).count() == 1
    assert fate(carried(right, "curves", NOW + timedelta(hours=3))) == (0, 0, 1, 0)


def test_secondary_values_become_primary_by_the_ratio_of_the_register(tmp_path: Path) -> None:
    make.county()
    rows: list[list[object]] = [
        ["T1-M", "2026-03-01", "A相电压", *curve(230.0)],
        ["T1-M", "2026-03-01", "B相电流", *curve(2.5)],
        ["T1-M", "2026-03-01", "总有功功率", *curve(1.25)],
        ["T1-M", "2026-03-01", "一次侧A相电流", *curve(100.0)],
    ]
    assert fate(carried(wide_file(tmp_path, rows, titles=("曲线（二次值）",)), "curves")) == (4, 0, 0, 0)
    found = [kept("area", "T1-M", name)[7] for name in ("ua", "ib", "p", "ia")]
    assert found == [230.0, 200.0, 100.0, 100.0]


def test_a_ratio_that_contradicts_the_register_is_refused(tmp_path: Path) -> None:
    make.county()
    head = ["表号", "数据日期", "数据项", "倍率", "一/二次", *make.STARTS]
    rows = [
        head,
        ["T1-M", "2026-03-01", "Ia", "60", "二次值", *curve(1)],
        ["T1-M", "2026-03-01", "Ib", "80", "二次值", *curve(1)],
    ]
    run = carried(make.save(tmp_path / "r.csv", make.csv(rows)), "curves")
    assert fate(run) == (1, 0, 0, 1) and run.reasons == {"ratio_conflict": 1}


@pytest.mark.parametrize("ends", [False, True], ids=["starts", "ends"])
def test_the_long_form_with_a_value_column(ends: bool, tmp_path: Path) -> None:
    make.county()
    labels = make.ENDS if ends else make.STARTS
    rows: list[list[object]] = [["电表编号", "数据时间", "数据项", "相别", "数据值"]]
    rows += [["M3P", f"2026-03-01 {label}", "电压", "B相", 220 + slot / 10] for slot, label in enumerate(labels)]
    rows += [["M3P", "2026-03-01 00:07", "电压", "B", 1], ["M3P", "2026-03-01 00:30", "电压", "X", 1]]
    rows += [["M3P", f"2026-03-01 {labels[0]}", "电压", "B", 230]]
    run = carried(make.save(tmp_path / "long.csv", make.csv(rows, "\t")), "curves")
    assert fate(run) == (96, 0, 0, 3)
    assert run.reasons == {"off_grid": 1, "phase_needed": 1, "duplicate_in_file": 1}
    assert kept("customer", "M3P", "u", phase=2) == pytest.approx([220 + slot / 10 for slot in range(96)], abs=1e-3)


def test_the_long_form_with_a_column_a_quantity_from_a_workbook(tmp_path: Path) -> None:
    make.county()
    start = datetime.combine(DAY, time())
    rows: list[list[object]] = [["台区三相曲线"], ["表号", "时间", "A相电压(V)", "A相电流(A)", "有功功率(kW)"]]
    rows += [
        ["T1-M", start + timedelta(minutes=15 * slot), 225.5, None if slot == 3 else 10.5, 4] for slot in range(96)
    ]
    path = make.workbook(tmp_path / "long.xlsx", {"曲线": rows}, {"曲线": ["A1:E1"]})
    assert fate(carried(path, "curves")) == (96, 0, 0, 0)
    assert kept("area", "T1-M", "ua") == [225.5] * 96 and kept("area", "T1-M", "p") == [4.0] * 96
    assert np.isnan(kept("area", "T1-M", "ia")[3])
    assert fate(carried(path, "curves")) == (0, 0, 96, 0)


def test_a_wide_parquet_and_a_wide_workbook_say_the_same_as_the_csv(tmp_path: Path) -> None:
    make.county()
    rows = [["M1", "2026-03-01", "电压", *curve(221.0)], ["M2", "2026-03-01", "电压", *curve(222.0)]]
    assert fate(carried(wide_file(tmp_path, rows), "curves")) == (2, 0, 0, 0)
    table = make.wide(rows)
    frame = pa.table({str(name): [row[place] for row in table[1:]] for place, name in enumerate(table[0])})
    pq.write_table(frame, tmp_path / "w.parquet")
    assert fate(carried(tmp_path / "w.parquet", "curves")) == (0, 0, 2, 0)
    assert fate(carried(make.workbook(tmp_path / "w.xlsx", {"S": table}), "curves")) == (0, 0, 2, 0)


def test_a_dry_run_leaves_the_lake_alone(tmp_path: Path) -> None:
    make.county()
    run = carried(
        wide_file(tmp_path, [["M1", "2026-03-01", "电压", *curve()], ["M9", "2026-03-01", "电压", *curve()]]),
        "curves",
        trial=True,
    )
    assert (run.tally["new"], run.tally["refused"], lake().days("customer")) == (1, 1, [])
    assert fate(services.carry_out(run_id=run.pk, trial=False, by=MACHINE, at=NOW)) == (1, 0, 0, 1)


def test_small_blocks_and_broken_lines_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make.county(60)
    monkeypatch.setattr(curve_blocks, "BLOCK_BYTES", 7000)
    rows = [[f"M{n}", "2026-03-01", "电压", *curve(220 + n)] for n in range(1, 61)]
    text = make.csv(make.wide(rows, titles=("标题",)), end="\n").split("\n")
    text[10] = '"' + text[10]
    text[20] += ",,,9"
    text.insert(30, "")
    raw = "\n".join(text).encode("gb18030").split(b"\n")
    raw[40] = raw[40].replace(b"2026", b"\xff\xff2026")
    (tmp_path / "x.csv").write_bytes(b"\n".join(raw))
    run = carried(tmp_path / "x.csv", "curves")
    assert fate(run) == (57, 0, 0, 3)
    assert {row.line: row.code for row in selectors.refused_rows(run.pk)} == {
        11: "unclosed_quote",
        21: "column_count",
        41: "undecodable",
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("where", ["before", "after"])
def test_curves_killed_half_way_go_on_and_count_once(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.county(30)
    monkeypatch.setattr(keep_pieces, "WIDE_ROWS", 10)
    rows = [[f"M{n}", "2026-03-01", "电压", *curve(220 + n)] for n in range(1, 31)] + [
        ["M99", "2026-03-01", "电压", *curve()]
    ]
    run = make.started(wide_file(tmp_path, rows), "curves")
    put, count = Kept.put, iter(range(100))

    def killed(self: Kept, batch: object) -> None:
        turn = next(count)
        if turn == 2 and where == "before":
            raise KeyboardInterrupt  # the lake has the piece, the database doesn't
        put(self, batch)  # type: ignore[arg-type]
        if turn == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(Kept, "put", killed)
    with pytest.raises(KeyboardInterrupt):
        services.carry_out(run_id=run.pk, trial=False, by=MACHINE, at=NOW)
    monkeypatch.setattr(Kept, "put", put)
    done = services.carry_out(run_id=run.pk, by=MACHINE, at=NOW)
    assert done.state == "done" and fate(done) == (30, 0, 0, 1) and done.rows.count() == 1
