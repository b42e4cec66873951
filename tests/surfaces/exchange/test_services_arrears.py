"""欠费清单 from file to guard: GBK, doubled rows, months in every spelling, what is paid is paid."""

from datetime import date
from pathlib import Path

import pytest

from longzhong.cases.disconnections import selectors as guard
from longzhong.cases.disconnections.models import Arrears
from longzhong.kit.clock import day_start
from longzhong.surfaces.exchange import selectors
from longzhong.surfaces.exchange.engines import looks
from longzhong.surfaces.exchange.rules.reasons import Bad
from longzhong.surfaces.exchange.rules.recipes_arrears import bill, fen
from longzhong.surfaces.exchange.selectors.previews import preview
from tests.cases.hotline.make import MORNING, Hotline, hotline_county
from tests.surfaces.exchange import make
from tests.surfaces.exchange.make import carried, csv_file, fate

HEAD = ["用户编号", "户名", "应收年月", "欠费金额（元）", "缴费截止日期", "缴费时间", "手机号"]
ROWS: list[list[object]] = [
    ["欠费用户清单", "", "", "", "", "", ""],
    [*HEAD],
    ["4200000000001", "张惠芳", "202601", "128.50", "2026-02-10", "", "13800138001"],
    ["4200000000001", "张惠芳", "202601", "128.50", "2026-02-10", "", "13800138001"],
    ["4200000000001", "张惠芳", "2026年2月", "1066.07元", "2026/3/1", "--", "打不通"],
    ["4200000000002", "欧阳修远", "202601", "55.20", "2026-02-10", "", ""],
    ["4200000000002", "欧阳修远", "2026-01", "66.20", "2026-02-10", "", ""],
    ["4200000000003", "李秀兰", "202601", "0.00", "2026-02-10", "", ""],
    ["4200000000004", "襄阳轴承有限公司", "202601", "98000", "2026-02-10", "2026-02-09 16:30", ""],
    ["4299999999999", "无此户", "202601", "10", "2026-02-10", "", ""],
    ["4.2E+12", "丢了尾数", "202601", "10", "2026-02-10", "", ""],
    ["4200000000005", "单雄信", "", "10", "2026-02-10", "", ""],
    ["合计", "", "", "99433.27", "", "", ""],
]


@pytest.mark.parametrize(
    ("cell", "key"),
    [("202601", "2026-01"), ("2026-1", "2026-01"), ("2026年1月", "2026-01"), ("２０２６０１", "2026-01"), (202601, "2026-01"),
     ("202613", "202613"), ("ZD-2026-0007", "ZD-2026-0007"), ("", ""), ("--", "")],
)  # fmt: skip
def test_a_month_is_one_key_in_every_spelling(cell: object, key: str) -> None:
    assert bill(cell, "电费年月") == key  # type: ignore[arg-type]


def test_amounts_are_whole_fen() -> None:
    assert (fen("1,066.07元", "欠费金额"), fen(0.29, "欠费金额"), fen("", "欠费金额")) == (106607, 29, None)
    for cell in ("0", "-3", "12万"):
        with pytest.raises(Bad):
            fen(cell, "欠费金额")


@pytest.mark.django_db
def test_a_list_in_gbk_with_doubles_becomes_bills(tmp_path: Path) -> None:
    here = hotline_county()
    run = carried(csv_file(tmp_path, ROWS), "arrears", MORNING)
    assert run.layout["encoding"] == "gb18030"
    assert fate(run) == (4, 0, 1, 6), [(one.line, one.reason) for one in selectors.refused_rows(run.pk)]
    assert run.reasons == {
        "duplicate_in_file": 1, "out_of_range": 1, "account_unknown": 1, "digits_lost": 1, "missing": 1, "totals_row": 1,
    }  # fmt: skip
    stored = "".join(row.sealed + row.code for row in run.rows.all())
    assert "李秀兰" not in stored and "单雄信" not in stored, "refused rows are sealed"
    bills = Arrears.objects.filter(account=here.accounts[1]).order_by("bill")
    assert [(one.bill, one.amount_fen, one.due_on) for one in bills] == [
        ("2026-01", 12850, date(2026, 2, 10)), ("2026-02", 106607, date(2026, 3, 1)),
    ]  # fmt: skip
    paid = Arrears.objects.get(account=here.accounts[4]).paid_at
    assert paid is not None and (paid - day_start(date(2026, 2, 9))).total_seconds() == (16 * 60 + 30) * 60
    assert fate(carried(csv_file(tmp_path, ROWS), "arrears", MORNING)) == (0, 0, 5, 6), "the same file changes nothing"

    later = [HEAD, ["4200000000001", "张惠芳", "2026-1", "128.50", "2026-02-10", "2026-03-01", ""]]
    assert fate(carried(csv_file(tmp_path, later), "arrears", MORNING)) == (0, 1, 0, 0)
    debt = guard.owed(here.accounts[1])
    assert debt is not None and debt.fen == 106607
    older = [HEAD, ["4200000000001", "张惠芳", "2026-1", "128.50", "2026-02-10", "", ""]]
    assert fate(carried(csv_file(tmp_path, older), "arrears", MORNING)) == (0, 0, 1, 0), "paid stays paid"
    assert "欠费客户" in _arrears_page(here)


def _arrears_page(here: Hotline) -> str:
    answer = here.client("head", "station").get("/disconnections/arrears/")
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.django_db
def test_the_headers_alone_say_that_it_is_a_list_of_arrears(tmp_path: Path) -> None:
    hotline_county()
    path = csv_file(tmp_path, ROWS)
    assert looks.guess_recipe(path, tmp_path) == "arrears"
    shown = preview(make.started(path, "arrears", MORNING))
    assert shown.problem == ""
    assert "张惠芳" not in str(shown) and "13800138001" not in str(shown), "names and phones of a preview are masked"
