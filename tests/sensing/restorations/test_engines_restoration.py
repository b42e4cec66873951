"""Tables as they come, columns that know the answer, trees without their learner, intervals that cover what they say."""

import json
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from longzhong.kit.clock import CST
from longzhong.sensing.restorations.engines.figures import errors, judged
from longzhong.sensing.restorations.engines.forecast import PRODUCTION, conformal, learn
from longzhong.sensing.restorations.engines.leaks import leaking
from longzhong.sensing.restorations.engines.maker import calendar, make_outages
from longzhong.sensing.restorations.engines.store import StoreError, load, save
from longzhong.sensing.restorations.engines.tables import TableError, column_of, known, moments, read_table
from longzhong.sensing.restorations.engines.trees import Plan, exported, learner
from longzhong.sensing.restorations.management.bench import main

when = partial(datetime, tzinfo=CST)
NAMES = ["cause", "weather", "site", "road", "crew", "customers", *calendar(when(2026, 1, 1))]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("2026-03-01 14:05", when(2026, 3, 1, 14, 5)),
        ("2026/3/1 4:05:30", when(2026, 3, 1, 4, 5, 30)),
        ("2026年3月1日 8时5分", when(2026, 3, 1, 8, 5)),
        ("2026-03-01T06:05:00Z", when(2026, 3, 1, 14, 5)),
        ("2026-03-01T06:05:00+00:00", when(2026, 3, 1, 14, 5)),
        ("20260301140500", when(2026, 3, 1, 14, 5)),
        ("20260301", when(2026, 3, 1)),
        ("1772345100", when(2026, 3, 1, 14, 5)),
        ("1772345100000", when(2026, 3, 1, 14, 5)),
        ("46082.5", when(2026, 3, 1, 12)),
        ("3/1/2026 2:05 PM", when(2026, 3, 1, 14, 5)),
        ("2026-02-30 10:00", None),
        ("明天", None),
        ("", None),
    ],
)
def test_moments_in_many_spellings(cell: str, said: datetime | None) -> None:
    assert moments([cell]) == [said]


def test_day_or_month_first_is_decided_for_the_column() -> None:
    assert moments(["03/02/2026 08:00", "25/02/2026 08:00"])[0] == when(2026, 2, 3, 8)
    assert moments(["03/02/2026 08:00", "02/25/2026 08:00"])[0] == when(2026, 3, 2, 8)


def test_tables_in_gbk_with_semicolons_and_missing_words(tmp_path: Path) -> None:
    path = tmp_path / "停电.csv"
    path.write_bytes(
        "停电开始时间;恢复时间;天气\n2026-03-01 8:00;2026-03-01 9:00;晴\n\n2026-03-02 8:00;无\n".encode("gb18030")
    )
    table = read_table(path)
    assert (table.rows, table.ragged) == (2, 1)
    assert table.columns["天气"] == ["晴", ""]
    assert column_of(table, ("restored", "恢复时间")) == "恢复时间"
    assert known(" N/A ") == ""
    with pytest.raises(TableError):
        column_of(table, ("start",))


def test_columns_that_know_the_answer_are_taken_away() -> None:
    held = make_outages(1, 400)
    at = np.array([(one - when(2023, 1, 1)).total_seconds() / 60 for one in held.starts])
    rng = np.random.default_rng(0)
    rows: list[dict[str, Any]] = []
    for place, row in enumerate(held.rows):
        took = float(held.minutes[place])
        travel = took * rng.uniform(0.2, 0.5)
        more = {
            "hours": took / 60 + 0.001, "log": float(np.log(took)), "ended": at[place] * 60 + took * 60,
            "class": "长" if took > 120 else "短",
            "number": f"T{place}", "travel": travel, "repair": took - travel, "empty": "", "same": 1,
        }  # fmt: skip
        rows.append({**row, **more})
    taken = leaking(rows, list(rows[0]), at, held.minutes)
    assert set(taken) >= {"hours", "log", "ended", "class", "number", "empty", "same"}
    assert {"travel", "repair"} & set(taken), "together they are the duration"
    assert not set(NAMES) & set(taken), "what is known before stays"


def test_trees_answer_as_their_learner() -> None:
    rng = np.random.default_rng(3)
    known_rows = rng.normal(size=(800, 5))
    known_rows[rng.random((800, 5)) < 0.1] = np.nan
    logs = np.nan_to_num(known_rows[:, 0]) * 2 + np.isnan(known_rows[:, 1]) + rng.normal(size=800)
    for plan in (Plan(), Plan(quantile=0.9, trees=40)):
        model = learner(plan, 800, 0).fit(known_rows, logs)
        asked = rng.normal(size=(300, 5))
        asked[rng.random((300, 5)) < 0.2] = np.nan
        np.testing.assert_allclose(exported(model).ask(asked), model.predict(asked), atol=1e-9)


def test_the_conformal_room_counts_for_few_scores() -> None:
    assert conformal(np.arange(9.0)) == 8, "of nine scores a tenth beyond means beyond all"
    assert conformal(np.arange(99.0)) == 89


def test_forecasts_beat_the_median_cover_and_explain(tmp_path: Path) -> None:
    held = make_outages(11, 2600)
    model = learn(held.rows[:2000], held.minutes[:2000], NAMES, PRODUCTION)
    low, middle, high = model.minutes(held.rows[2000:])
    truth = held.minutes[2000:]
    figures = judged(low, middle, high, truth)
    perfect, _mean = errors(held.perfect[2000:], truth)
    plain, _mean = errors(np.full(600, np.median(held.minutes[:2000])), truth)
    assert figures["median_abs_error_min"] < 1.15 * perfect < plain
    assert 0.72 <= figures["coverage"] <= 0.88, "650 rows calibrate, 600 are asked: three deviations"
    assert (low <= middle).all()
    assert (middle <= high).all()
    cable = {**held.rows[0], "cause": "cable", "weather": "fine", "road": "foot"}
    reasons = model.reasons(cable)
    assert {name for name, _value, _times in reasons[:2]} == {"cause", "road"}
    assert all(times > 1 for _name, _value, times in reasons[:2])
    name, digest = save(model, tmp_path, "m")
    again = load(tmp_path / name, digest)
    np.testing.assert_allclose(
        np.array(again.minutes(held.rows[:50])), np.array(model.minutes(held.rows[:50])), rtol=1e-12
    )
    with pytest.raises(StoreError):
        load(tmp_path / name, "0" * 64)


def test_few_rows_fall_back_to_the_median() -> None:
    held = make_outages(5, 40)
    low, middle, high = learn(held.rows, held.minutes, NAMES).minutes(held.rows[:2])
    assert middle[0] == middle[1] == pytest.approx(float(np.expm1(np.median(np.log1p(held.minutes)))))
    assert low[0] < middle[0] < high[0]


def test_the_bench_takes_an_outside_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    held = make_outages(2, 300)
    lines = ["start,restored,原因,weather,duration_h,客户数,送电确认"]
    for at, row, took in zip(held.starts, held.rows, held.minutes, strict=True):
        end = at + timedelta(minutes=float(took))
        lines.append(
            f"{at:%Y/%m/%d %H:%M},{end:%Y-%m-%d %H:%M:%S},{row['cause']},{row['weather'] or ''},{took / 60:.4f},"
            f"{row['customers']:.0f},"
            f"{end + timedelta(minutes=3):%Y-%m-%d %H:%M:%S}"
        )
    lines += ["2026-01-01 10:00,,x,y,1,2,", "bad,2026-01-01,x,y,1,2,", "2026-01-02 10:00,2026-01-02 09:00,x,y,1,2,"]
    path = tmp_path / "out.csv"
    path.write_bytes("\r\n".join(lines).encode("gbk"))
    assert main(["--file", str(path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (said["rows_used"], said["rows_refused"], said["rows_asked"]) == (300, 3, 60)
    assert set(said["dropped_columns"]) == {"duration_h", "送电确认"}
    assert said["median_abs_error_min"] < said["baseline"]["median_of_all"]["median_abs_error_min"]
    assert set(said["refused"]) == {"没有恢复时间", "没有开始时间", "恢复不晚于开始"}
    path.write_text("start,restored\n2026-01-01,2026-01-02\n")
    assert main(["--file", str(path)]) == 2
    assert main(["--file", str(tmp_path / "none.csv")]) == 2
