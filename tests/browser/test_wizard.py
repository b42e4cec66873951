"""The import wizard as the system administrator sees it: an awkward export comes in, is understood, tried, kept and refused."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from longzhong.kit import clock
from longzhong.register.network import selectors as network
from longzhong.register.org.rules import Role
from longzhong.surfaces.exchange import jobs
from longzhong.surfaces.exchange.models import Run
from tests.browser.looks import fits
from tests.browser.test_loop import sign_in
from tests.register.access.make import person
from tests.register.org.make import NOW, city
from tests.surfaces.exchange.make import csv, fate

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = ["台区编号", "台区名称", "配变大小", "线路编号", "线路名称", "变电站编号", "变电站名称", "网格编码", "备注"]
LINE = ["F1", "隆线", "B1", "隆中变", "G1", ""]
ROWS = [
    ["襄城供电公司公用变压器台账（导出时间 2026-03-01）", *[""] * 8],
    [""] * 9,
    HEAD,
    ["T1", "一号台区", "315kVA", *LINE],
    ["T2", "二号台区", "２００", *LINE],
    ["T3", "三号台区", "很大", *LINE],
    ["4.21E+11", "四号台区", "100", *LINE],
    ["T5", "五号台区", "100", "F1", "隆线", "B1", "隆中变", "G9", ""],
    ["T1", "一号台区", "315kVA", *LINE],
    ["合计", "6", *[""] * 7],
    [""] * 9,
]
FATE = {"读入": 7, "新增": 2, "更正": 0, "未变": 1, "拒收": 4}
REASONS = {6: "不是数字", 7: "科学计数法", 8: "G9", 10: "合计"}


@pytest.fixture(autouse=True)
def quick_and_apart(tmp_path: Path, settings: Any) -> None:
    settings.VAR = tmp_path


def counted(page: Page) -> dict[str, int]:
    """The tiles of a result."""
    tiles = {label: page.locator(".lz-tile").filter(has_text=label) for label in FATE}
    return {label: int(tile.locator(".lz-tile-value").inner_text().removesuffix("行")) for label, tile in tiles.items()}


def work() -> None:
    """The worker's turn."""
    jobs.import_run(run_id=Run.objects.get().pk)


def test_an_awkward_export_from_upload_to_the_list_of_refused_rows(
    live_server: Any, desk: Page, tmp_path: Path
) -> None:
    person(city(), "kongming", Role.ADMIN)
    export = tmp_path / "台区台账.csv"
    export.write_bytes(csv(ROWS).encode("gb18030"))
    with clock.frozen(NOW):
        sign_in(desk, live_server.url, "kongming")
        desk.get_by_role("navigation").locator(f'a[href="{reverse("exchange:runs")}"]').click()
        desk.get_by_label("文件", exact=True).set_input_files(export)
        desk.get_by_role("button", name="上传并核对").click()
        expect(desk.get_by_role("heading", level=1)).to_contain_text("台区台账.csv")
        expect(desk.locator("main")).to_contain_text("GB18030")
        expect(desk.locator("main")).to_contain_text("不导入的列：配变大小、备注")
        choose_the_rating(desk)
        try_it(desk)
        keep_it(desk)
        look_at_the_refused(desk, tmp_path)


def choose_the_rating(desk: Page) -> None:
    """The system doesn't know what 配变大小 means; the person does."""
    desk.get_by_label("容量").select_option(label="配变大小")
    desk.get_by_role("button", name="只更新核对").click()
    expect(desk.locator("main")).to_contain_text("不导入的列：备注")
    row = desk.get_by_role("row").filter(has=desk.get_by_label("容量"))
    expect(row).to_contain_text("315")
    fits(desk)


def try_it(desk: Page) -> None:
    """The dry run counts everything and writes nothing; the page hears of its end by itself."""
    desk.get_by_role("button", name="试算").click()
    expect(desk.locator("#run-progress")).to_contain_text("正在排队")
    work()
    expect(desk.locator("main")).to_contain_text("还没有写入任何数据")
    assert counted(desk) == FATE
    assert network.area_ids(["T1", "T2"]) == {}


def keep_it(desk: Page) -> None:
    desk.get_by_role("button", name="开始导入").click()
    expect(desk.locator("#run-progress")).to_be_visible()
    work()
    expect(desk.locator(".lz-head")).to_contain_text("已完成，有拒收")
    assert counted(desk) == FATE
    assert set(network.area_ids(["T1", "T2", "T3", "T5"])) == {"T1", "T2"}
    assert fate(Run.objects.get()) == (2, 0, 1, 4)
    for line, words in REASONS.items():
        cells = desk.get_by_role("row").filter(has=desk.get_by_role("cell", name=str(line), exact=True))
        expect(cells).to_contain_text(words)
    fits(desk)


def look_at_the_refused(desk: Page, folder: Path) -> None:
    """The workbook names every refused row as it stood in the file."""
    with desk.expect_download() as coming:
        desk.get_by_role("link", name="下载拒收清单").click()
    assert coming.value.suggested_filename.endswith(".xlsx")
    coming.value.save_as(folder / "refused.xlsx")
    sheet = load_workbook(folder / "refused.xlsx")["拒收"]
    head, *rows = sheet.iter_rows(values_only=True)
    assert head[:4] == ("行号", "原因", "台区编号", "台区名称")
    assert [row[0] for row in rows] == list(REASONS)
    assert [row[3] for row in rows[:3]] == ["三号台区", "四号台区", "五号台区"]
    for row in rows:
        assert REASONS[int(str(row[0]))] in str(row[1])
    desk.goto(desk.url.rsplit("/", 2)[0] + "/")
    expect(desk.get_by_role("row").filter(has_text="台区台账.csv")).to_contain_text("已完成，有拒收")
