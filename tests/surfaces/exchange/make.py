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


UNITS = [
    ["某公司组织机构一览表", "", "", ""],
    ["*单位编码（必填）", "单位名称", "单位类型", "上级单位编码"],
    ["42060201", "隆中供电所", "供电所", "420602"],
    ["420602", "襄城供电公司", "县公司", "4206"],
    ["4206", "襄阳供电公司", "地市公司", ""],
    ["合计", "3", "", ""],
    ["", "", "", ""],
]


AREAS = [
    [
        "台区编号",
        "台区名称",
        "额定容量(kVA)",
        "线路编号",
        "线路名称",
        "变电站编号",
        "变电站名称",
        "网格编码",
        "城乡类别",
    ],
    ["T1", "一号台区", "315kVA", "F1", "隆线", "B1", "隆中变", "G1", "城区"],
    ["T2", "二号台区", "200", "F1", "隆线", "B1", "隆中变", "G1", "农村"],
    ["T3", "三号台区", "4.21E+11", "F1", "隆线", "B1", "隆中变", "G1", ""],
    ["T4", "四号台区", "100", "F1", "龙线", "B1", "隆中变", "G1", ""],
    ["T5", "五号台区", "100", "F1", "隆线", "B1", "隆中变", "G9", ""],
    ["4.2E+11", "六号台区", "100", "F1", "隆线", "B1", "隆中变", "G1", ""],
    ["T1", "一号台区", "315kVA", "F1", "隆线", "B1", "隆中变", "G1", "城区"],
    ["T2", "另一个名字", "200", "F1", "隆线", "B1", "隆中变", "G1", "农村"],
]


ACCOUNTS = [
    ["户号", "户名", "用电类别", "台区编号", "乡镇", "小区", "楼栋", "门牌", "联系电话", "立户日期"],
    ["0042000001", "张飞", "居民", "T1", "隆中街道", "古隆中", "3栋", "501室", "13800001111", "2020-01-31"],
    ["0042000002", "关羽", "居民", "T1", "隆中街道", "古隆中", "3栋", "502室", "", "2026-02-30"],
    ["4.2E+09", "赵云", "居民", "T1", "", "", "", "", "", ""],
    ["0042000004", "", "居民", "T1", "", "", "", "", "", ""],
    ["0042000005", "马超", "外星", "T1", "", "", "", "", "", ""],
]


def csv_file(tmp_path: Path, rows: list[list[str]], name: str = "导出.csv") -> Path:
    return save(tmp_path / name, csv(rows))
