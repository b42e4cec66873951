"""The watched inbox: once per content, not before a file stands still, taken up after a kill, safe with two workers."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from longzhong.surfaces.exchange import services
from longzhong.surfaces.exchange.gateways import inbox
from longzhong.surfaces.exchange.models import Run
from longzhong.surfaces.exchange.services import inbox as inbox_services
from tests.surfaces.exchange import make
from tests.surfaces.exchange.make import MACHINE, NOW, curve

pytestmark = pytest.mark.django_db


def export(name: str, value: float = 220.0, meter: str = "M1") -> Path:
    rows = make.wide([[meter, "2026-03-01", "电压", *curve(value)], ["M404", "2026-03-01", "电压", *curve(value)]])
    return make.save(inbox.root() / name, make.csv(rows))


def poll(times: int = 2) -> list[Run]:
    """Two looks: a file has to stand still between them."""
    return [run for _ in range(times) for run in services.take_inbox(by=MACHINE, at=NOW)]


def names(folder: str) -> list[str]:
    return sorted(path.name for path in (inbox.root() / folder).iterdir())


def test_the_nightly_export_is_imported_once_per_content() -> None:
    make.county()
    export("night.csv")
    assert poll(1) == []
    (run,) = poll(1)
    assert (run.state, run.source, make.fate(run)) == ("done", "inbox", (1, 0, 0, 1))
    export("the same again.csv")
    assert poll() == []
    assert Run.objects.count() == 1
    assert names("done") == [
        "night.csv",
        "night.csv.refused.xlsx",
        "night.csv.report.json",
        "the same again.csv",
        "the same again.csv.report.json",
    ]
    report = json.loads((inbox.root() / "done/night.csv.report.json").read_text())
    assert (report["read"], report["kept"], report["refused"]) == (2, 1, 1)
    export("night.csv", 221.0)
    (second,) = poll()
    assert make.fate(second) == (0, 1, 0, 1) and "night.2.csv" in names("done")


def test_half_written_files_are_left_alone() -> None:
    make.county()
    export("night.csv.part")
    growing = export("growing.csv")
    poll(1)
    with growing.open("ab") as file:
        file.write(b"\r\n")
    assert poll(1) == []
    assert [run.file_name for run in poll(1)] == ["growing.csv"]
    assert (inbox.root() / "night.csv.part").exists()


def test_a_file_that_is_no_table_goes_to_refused_with_its_reason() -> None:
    make.save(inbox.root() / "readme.csv", "甲,乙\n1,2\n")
    (inbox.root() / "x.pdf").write_bytes(b"%PDF-1.7")
    runs = poll()
    assert {run.file_name: (run.state, run.problem) for run in runs} == {
        "readme.csv": ("failed", "columns_missing"),
        "x.pdf": ("failed", "unknown_format"),
    }
    assert json.loads((inbox.root() / "refused/x.pdf.report.json").read_text())["message"]


def test_tables_of_the_register_are_recognised_by_their_columns() -> None:
    make.county()
    make.save(inbox.root() / "meters.csv", make.csv([["表号", "台区编号", "相别"], ["M50", "T1", "A"]]))
    (run,) = poll()
    assert (run.recipe, make.fate(run)) == ("meters", (1, 0, 0, 0))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("where", ["start_run", "carry_out", "settle_run"])
def test_killed_anywhere_the_next_look_goes_on(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make.county()
    export("night.csv")
    real = getattr(inbox_services, where)

    def killed(**kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(inbox_services, where, killed)
    with pytest.raises(KeyboardInterrupt):
        poll()
    monkeypatch.setattr(inbox_services, where, real)
    poll()
    run = Run.objects.get()
    assert (run.state, make.fate(run)) == ("done", (1, 0, 0, 1))
    assert "night.csv" in names("done") and not names(".claimed")


def test_a_second_worker_finds_nothing_to_do() -> None:
    make.county()
    export("night.csv")
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [inbox_services.INBOX_LOCK])
        try:
            assert poll(3) == []
        finally:
            cursor.execute("select pg_advisory_unlock_all()")
    other.close()
    assert len(poll()) == 1


def test_one_file_that_breaks_us_does_not_hold_up_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    make.county()
    export("a.csv", 220)
    export("b.csv", 221)
    real = inbox_services.carry_out

    def breaks(**kwargs: object) -> Run:
        if Run.objects.get(pk=kwargs["run_id"]).file_name == "a.csv":
            raise ZeroDivisionError
        return real(**kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(inbox_services, "carry_out", breaks)
    assert [run.file_name for run in poll()] == ["b.csv"]
    monkeypatch.setattr(inbox_services, "carry_out", real)
    assert [run.file_name for run in poll()] == ["a.csv"]
    services.forget_old(by=MACHINE, at=NOW + timedelta(days=60))
