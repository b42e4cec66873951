"""`longzhong curves judge FILE --json`: without Django, on wide files and on lake files."""

import csv
import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from longzhong.sensing.curves.engines.lake import Lake
from longzhong.sensing.curves.management.judge import run
from tests.sensing.curves.make import NAN, Curve, area_day, day
from tests.sensing.curves.tables import area_table, customer_table

STARTS = [f"{n // 4:02d}:{n % 4 * 15:02d}" for n in range(96)]
LOW = day(221, (190, 70, 76))
KEYS = ["meter", "day", "phase", "kind", "verdict", "slots", "conf", "poss", "worst", "first", "last"]


def wide(rows: list[tuple[str, str, str, str, Curve]], header: list[str] | None = None, *, title: str = "") -> str:
    text = io.StringIO()
    text.write(title)
    writer = csv.writer(text)
    writer.writerow(header or ["meter", "day", "quantity", "phase", *STARTS])
    for *words, values in rows:
        writer.writerow([*words, *("" if np.isnan(v) else f"{v:.3f}" for v in values)])
    return text.getvalue()


def judged(path: Path, *options: str, code: int = 0) -> tuple[list[dict], str]:
    out, err = io.StringIO(), io.StringIO()
    assert run([str(path), "--json", *options], out, err) == code, err.getvalue()
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def by_kind(lines: list[dict], **where: str) -> dict[str, str]:
    return {line["kind"]: line["verdict"] for line in lines if all(line[key] == value for key, value in where.items())}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "curves.csv"


def test_one_object_a_line_with_every_kind(file):
    file.write_text(wide([("M1", "2026-10-01", "u", "A", LOW)]))
    lines, err = judged(file)
    assert err == ""
    assert [list(line) for line in lines] == [KEYS] * 8
    assert lines[0] == {
        "meter": "M1", "day": "2026-10-01", "phase": "A", "kind": "low_voltage", "verdict": "abnormal", "slots": 6,
        "conf": 6, "poss": 6, "worst": 190.0, "first": 70, "last": 75,
    }  # fmt: skip
    assert by_kind(lines) == {"low_voltage": "abnormal"} | dict.fromkeys(
        ("over_voltage", "gap", "flat", "spike", "negative", "zero", "multiplier"), "normal"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
@pytest.mark.parametrize(
    "header",
    [
        ["电表资产号", "数据日期", "数据项", "相别", *STARTS],
        ["表号", "日期", "数据类型", "相位", *STARTS[1:], "24:00"],
        ["计量点编号", "数据日", "量", "相", *[f"V{n}" for n in range(1, 97)]],
    ],
    ids=["start", "end", "numbered"],
)
def test_chinese_exports(file, header, encoding):
    file.write_bytes(wide([("M1", "2026/10/1", "电压", "A相", LOW)], header, title="台区电压曲线\n\n").encode(encoding))
    lines, _ = judged(file)
    assert (lines[0]["first"], lines[0]["verdict"], lines[0]["day"]) == (70, "abnormal", "2026-10-01")


def test_gaps_are_undetermined(file):
    file.write_text(wide([("M1", "2026-10-01", "u", "A", day(221, (NAN, 40, 50)))]))
    verdicts = by_kind(judged(file)[0])
    assert (verdicts["low_voltage"], verdicts["gap"]) == ("undetermined", "abnormal")


def test_days_of_a_file_join_over_midnight(file):
    rows = [
        ("M1", "2026-10-02", "u", "A", day(221, (190, 0, 2))),
        ("M1", "2026-10-01", "u", "A", day(221, (190, 92, 96))),
    ]
    file.write_text(wide(rows))
    lines, _ = judged(file)
    assert by_kind(lines, day="2026-10-01")["low_voltage"] == "normal"
    second = next(line for line in lines if line["day"] == "2026-10-02" and line["kind"] == "low_voltage")
    assert (second["verdict"], second["slots"], second["conf"]) == ("abnormal", 2, 6)


def test_wiring_is_seen_or_told(file):
    low = day(203, step=0.1)
    file.write_text(
        wide(
            [
                ("M1", "2026-10-01", "u", "A", low),
                ("M3", "2026-10-01", "u", "A", low),
                ("M3", "2026-10-01", "u", "B", low),
            ]
        )
    )
    assert by_kind(judged(file)[0], meter="M1")["low_voltage"] == "normal"
    assert by_kind(judged(file)[0], meter="M3", phase="B")["low_voltage"] == "abnormal"
    assert by_kind(judged(file, "--wiring", "3")[0], meter="M1")["low_voltage"] == "abnormal"


def area_rows(curves: dict[str, Curve]) -> list[tuple[str, str, str, str, Curve]]:
    return [("T1", "2026-10-01", name, "", values) for name, values in curves.items()]


def test_an_area_with_its_rated_power(file):
    file.write_text(wide(area_rows(area_day())))
    verdicts = by_kind(judged(file, "--kva", "45")[0], phase="")
    assert verdicts["heavy_load"] == "abnormal"
    assert verdicts["unbalance"] == "normal"
    without = by_kind(judged(file)[0], phase="")
    assert "heavy_load" not in without
    assert without["dead"] == "normal"


def test_power_alone_asks_no_voltage_rules(file):
    file.write_text(wide([("T1", "2026-10-01", "p", "", day(190)), ("T1", "2026-10-01", "q", "", day(20))]))
    lines, _ = judged(file, "--kva", "200")
    assert by_kind(lines)["heavy_load"] == "abnormal"
    assert {line["kind"] for line in lines} == {"heavy_load", "overload", "gap"}


def test_limits_can_be_changed(file):
    file.write_text(wide([("M1", "2026-10-01", "u", "A", day(221, (205, 40, 50)))]))
    assert by_kind(judged(file)[0])["low_voltage"] == "normal"
    assert by_kind(judged(file, "--limit", "low_volts_1p=207")[0])["low_voltage"] == "abnormal"
    assert "no such limit" in judged(file, "--limit", "height=3", code=2)[1]


def test_bad_rows_are_told_and_the_rest_is_judged(file):
    text = wide(
        [
            ("M1", "2026-10-01", "u", "A", LOW),
            ("M2", "2026-02-30", "u", "A", LOW),
            ("M3", "2026-10-01", "height", "A", LOW),
        ]
    )
    file.write_text(
        text + "M4,2026-10-01,u,A," + ",".join(["220V"] * 96) + "\n,2026-10-01,u,A," + ",".join(["220"] * 96) + "\n"
    )
    lines, err = judged(file)
    assert {line["meter"] for line in lines} == {"M1"}
    assert [line.split(":")[0] for line in err.splitlines()] == [f"line {n} refused" for n in (3, 4, 5, 6)]


@pytest.mark.parametrize(
    "content",
    [b"", b"meter,day,quantity\nM1,2026-10-01,u\n", b"\xff\xfe\x00\xd8", b"PAR1 not really"],
    ids=["empty", "narrow", "bytes", "parquet"],
)
def test_other_files_are_refused(file, content):
    file.write_bytes(content)
    assert judged(file, code=2)[1].startswith("longzhong curves judge:")


def test_lake_files(tmp_path):
    lake, on = Lake(tmp_path / "lake", durable=False), date(2026, 10, 1)
    lake.keep("customer", customer_table(on, {"M1": LOW, "M2": day(222)}), 1)
    lake.keep("area", area_table(on, {"T1": area_day()}), 1)
    customers, areas = (lake.current(kind, on) for kind in ("customer", "area"))
    assert customers is not None
    assert areas is not None
    assert by_kind(judged(customers.path)[0], meter="M1")["low_voltage"] == "abnormal"
    assert by_kind(judged(areas.path, "--kva", "45")[0], phase="")["heavy_load"] == "abnormal"
    assert len(judged(areas.path)[0]) == 3 * 8 + 5


def test_it_runs_without_django_and_without_settings(file):
    file.write_text(wide([("M1", "2026-10-01", "u", "A", LOW)]))
    program = (
        "import sys; from longzhong.sensing.curves.management.judge import main; "
        "code = main(sys.argv[1:]); sys.exit(code or 'django' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(file), "--json"],
        capture_output=True, text=True, check=False, env={"PATH": os.environ["PATH"], "PYTHONPATH": "."},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[0])["verdict"] == "abnormal"
