"""Made-up awkward exports, as the source systems of power-supply companies really write them."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from django.test import Client
from openpyxl import Workbook

from longzhong.kit.actor import Actor
from longzhong.register.access.services import Mandate, create_user, grant
from longzhong.register.network.rules import AreaRow, MeterRow
from longzhong.register.network.services import keep_areas, keep_meters
from longzhong.surfaces.exchange import services
from longzhong.surfaces.exchange.gateways import files
from longzhong.surfaces.exchange.models import Run
from tests.register.org import make as org

MACHINE = Actor.machine("test")
NOW = org.NOW

STARTS = tuple(f"{m // 60:02d}:{m % 60:02d}" for m in range(0, 1440, 15))
ENDS = tuple(f"{m // 60:02d}:{m % 60:02d}" for m in range(15, 1441, 15))
NUMBERS = tuple(f"V{n}" for n in range(1, 97))
STYLES = {"starts": STARTS, "ends": ENDS, "numbers": NUMBERS}
HEAD = ("表号", "数据日期", "数据项")


def csv(rows: Iterable[Sequence[object]], delimiter: str = ",", end: str = "\r\n") -> str:
    return "".join(delimiter.join("" if cell is None else str(cell) for cell in row) + end for row in rows)


def curve(value: float = 220.0, **changed: object) -> list[object]:
    """96 cells of one value; `s3="--"` changes slot 3."""
    cells: list[object] = [value] * 96
    for name, cell in changed.items():
        cells[int(name[1:])] = cell
    return cells


def wide(rows: Sequence[Sequence[object]], style: str = "starts", titles: Sequence[str] = ()) -> list[list[object]]:
    """The collection system's wide form with title rows above it."""
    width = len(HEAD) + 96
    above = [[title, *[""] * (width - 1)] for title in titles]
    return [*above, [*HEAD, *STYLES[style]], *map(list, rows)]


def save(path: Path, text: str, encoding: str = "gb18030") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def workbook(
    path: Path, sheets: dict[str, Sequence[Sequence[object]]], merges: dict[str, Sequence[str]] | None = None
) -> Path:
    """An XLSX with merged cells (`{"sheet": ["A1:C1"]}`)."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for merge in (merges or {}).get(name, ()):
            sheet.merge_cells(merge)
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(buffer.getvalue())
    return path


def county(meters: int = 3) -> org.City:
    """A city with one area, its meter T1-M (ratio 80), and single-phase meters M1, M2… on phases A, B, C in turn."""
    city = org.city()
    keep_areas(rows=[AreaRow("T1", "一号台区", 315.0, grid_code="G1")], by=MACHINE, at=NOW)
    rows = [MeterRow("T1-M", "area", "ABC", 3, 80, "T1"), MeterRow("M3P", "customer", "ABC", 3, 1, "T1")]
    rows += [MeterRow(f"M{n}", "customer", "ABC"[(n - 1) % 3], 1, 1, "T1") for n in range(1, meters + 1)]
    keep_meters(rows=rows, by=MACHINE, at=NOW)
    return city


def started(path: Path, recipe: str, at: datetime = NOW, by: Actor = MACHINE, source: str = "upload") -> Run:
    stored = files.store(files.blocks_of(path), path.name)
    return services.start_run(recipe=recipe, stored=stored, source=source, by=by, at=at)


def carried(path: Path, recipe: str, at: datetime = NOW, *, trial: bool = False) -> Run:
    """The file imported, start to end."""
    return services.carry_out(run_id=started(path, recipe, at).pk, trial=trial, by=MACHINE, at=at)


def fate(run: Run) -> tuple[int, int, int, int]:
    """new, changed, unchanged, refused: together all rows that were read."""
    assert run.read == run.new + run.changed + run.unchanged + run.refused
    assert run.refused == sum(run.reasons.values())
    return run.new, run.changed, run.unchanged, run.refused


PASSWORD = "Wolong-2026-Spine"


def admin_client(city: org.City, role: str = "admin", login: str = "kongming.admin") -> Client:
    """A browser of the system administrator of the whole city."""
    user = create_user(
        login=login,
        password=PASSWORD,
        staff_id=city.staff["S4" if role == "admin" else "S3"],
        must_change=False,
        by=MACHINE,
        at=NOW,
    )
    mandate = Mandate(user.pk, role, city.units["4206"], org.DAY, None, ())
    grant(mandate=mandate, reason="岗位", by=MACHINE, at=NOW)
    client = Client()
    answer = client.post("/login/", {"login": user.login, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


def upload(client: Client, path: Path, recipe: str = "") -> str:
    """Send a file through the wizard; the address of its run."""
    with path.open("rb") as file:
        answer = client.post("/import/", {"table": file, "recipe": recipe})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])
