"""The household list from a file: GBK, title rows, doubles, unknown accounts; counted without a rest."""

from pathlib import Path

import pytest

from longzhong.cases.closures.models import Household
from tests.cases.closures.make import CODE, Hotline, a_project
from tests.surfaces.exchange import make
from tests.surfaces.exchange.make import carried, fate

pytestmark = pytest.mark.django_db


def test_a_list_in_gbk_with_everything_that_goes_wrong(hotline: Hotline, tmp_path: Path) -> None:
    project = a_project(hotline)
    number = project.number or ""
    rows = [
        ["檀溪棚改拆迁户名单", "", "", "", ""],
        ["*项目编号(必填)", "户 号", "户主姓名", "是否搬离", "下次联系日期"],
        [number, CODE.format(1), "张某", "已搬离", "2026-03-09"],
        [project.name, CODE.format(2), "欧阳某", "否", ""],
        [number, CODE.format(1), "张某", "已搬离", "2026-03-09"],
        [number, CODE.format(3), "李某", "也许", ""],
        [number, "4.2E+12", "某某", "", ""],
        [number, "4299999999999", "某某", "", ""],
        ["CQ404", CODE.format(3), "李某", "", ""],
        ["", CODE.format(3), "李某", "", ""],
        [number, CODE.format(3), "李某", "√", "2026-02-30"],
        ["合计", "7", "", "", ""],
    ]
    run = carried(make.save(tmp_path / "拆迁户.csv", make.csv(rows)), "households")
    assert run.layout["encoding"] == "gb18030"
    assert fate(run) == (2, 0, 1, 7)
    assert run.reasons == {
        "bad_choice": 1, "digits_lost": 1, "account_unknown": 1, "project_unknown": 1, "missing": 1, "impossible_date": 1,
        "totals_row": 1,
    }  # fmt: skip
    assert set(Household.objects.values_list("account__code", "moved_away")) == {
        (CODE.format(1), True), (CODE.format(2), False)
    }  # fmt: skip
    assert fate(carried(make.save(tmp_path / "再来.csv", make.csv(rows)), "households")) == (0, 0, 3, 7)
