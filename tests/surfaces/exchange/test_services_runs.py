"""Runs: taken up after a kill, one worker each, refused to whoever may not, refused rows in a workbook, another sheet."""

from pathlib import Path

import pytest
from django.db import connection

from longzhong.kit.errors import Refused
from longzhong.surfaces.exchange import services
from longzhong.surfaces.exchange.services import carry_tables
from longzhong.surfaces.exchange.services.sinks import Kept
from tests.register.org import make as org
from tests.surfaces.exchange import make
from tests.surfaces.exchange.make import ACCOUNTS, MACHINE, NOW, UNITS, carried, csv_file, fate

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_a_run_killed_half_way_goes_on_without_counting_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make.county()
    monkeypatch.setattr(carry_tables, "BATCH", 10)
    rows = [["表号", "台区编号"], *([f"N{n:03d}", "T1" if n % 7 else "T9"] for n in range(45)), ["N003", "T1"]]
    run = make.started(csv_file(tmp_path, rows), "meters")
    put, count = Kept.put, iter(range(100))

    def killed(self: Kept, batch: object) -> None:
        put(self, batch)  # type: ignore[arg-type]
        if next(count) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(Kept, "put", killed)
    with pytest.raises(KeyboardInterrupt):
        services.carry_out(run_id=run.pk, trial=False, by=MACHINE, at=NOW)
    monkeypatch.setattr(Kept, "put", put)
    run.refresh_from_db()
    assert run.state == "running" and run.read == 20
    done = services.carry_out(run_id=run.pk, by=MACHINE, at=NOW)
    assert done.state == "done" and fate(done) == (38, 0, 1, 7)
    assert done.rows.count() == 7


def test_two_workers_do_not_share_a_run(tmp_path: Path) -> None:
    run = make.started(csv_file(tmp_path, UNITS), "units")
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [0x4C5A_0000_0000 + run.pk])
    try:
        with pytest.raises(Refused) as refused:
            services.carry_out(run_id=run.pk, by=MACHINE, at=NOW)
        assert refused.value.code == "run_busy"
    finally:
        other.close()


def test_who_may_not_import_is_refused(tmp_path: Path) -> None:
    city = org.city()
    desk = org.actor(org.Role.DESK, city.units["420602"])
    for call in (lambda: make.started(csv_file(tmp_path, UNITS), "units", by=desk),):
        with pytest.raises(Refused) as refused:
            call()
        assert refused.value.code == "not_allowed"
    run = make.started(csv_file(tmp_path, UNITS), "units")
    with pytest.raises(Refused) as hidden:
        services.queue_run(run_id=run.pk, trial=True, by=desk, at=NOW)
    assert hidden.value.code == "not_found"
    with pytest.raises(Refused) as unknown:
        make.started(csv_file(tmp_path, UNITS), "aliens")
    assert unknown.value.code == "recipe_unknown"
    with pytest.raises(Refused) as unclear:
        services.take_upload(blocks=[b"a,b\n1,2\n"], name="x.csv", recipe="", by=MACHINE, at=NOW)
    assert unclear.value.code == "recipe_unclear"


def test_the_workbook_of_refused_rows_is_written_and_noted(tmp_path: Path) -> None:
    make.county()
    run = carried(csv_file(tmp_path, ACCOUNTS), "accounts")
    path = services.write_report(run_id=run.pk, path=tmp_path / "r.xlsx", by=MACHINE, at=NOW)
    book = __import__("openpyxl").load_workbook(path)
    rows = list(book["拒收"].iter_rows(values_only=True))
    assert rows[0][:4] == ("行号", "原因", "户号", "户名")
    assert [row[0] for row in rows[1:]] == [3, 4, 5, 6] and "2026-02-30" in rows[1][1]
    assert path.stat().st_mode & 0o077 == 0
    services.forget_old(by=MACHINE, at=NOW.replace(month=6))
    assert run.rows.count() == 0


def test_another_sheet_is_matched_anew(tmp_path: Path) -> None:
    make.county()
    sheets = {"一": [["表号", "台区编号"], ["N1", "T1"]], "二": [["台区编号", "表号"], ["T1", "N2"], ["T1", "N3"]]}
    run = make.started(make.workbook(tmp_path / "x.xlsx", sheets), "meters")
    chosen = {"code": [0], "area_code": [1]}
    services.choose_columns(run_id=run.pk, sheet="二", chosen=chosen, by=MACHINE, at=NOW)
    assert fate(services.carry_out(run_id=run.pk, trial=False, by=MACHINE, at=NOW)) == (2, 0, 0, 0)
    with pytest.raises(Refused) as refused:
        other = make.started(make.workbook(tmp_path / "x.xlsx", sheets), "meters")
        services.choose_columns(run_id=other.pk, sheet="三", chosen={}, by=MACHINE, at=NOW)
    assert refused.value.code == "no_sheet"
