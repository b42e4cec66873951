"""Register tables from file to database: counted without a rest, the same twice, refused aloud."""

import csv
from pathlib import Path

import pytest

from longzhong.kit.errors import Refused
from longzhong.register.network import selectors as network
from longzhong.register.org import selectors as org_reads
from longzhong.register.org.models import Post
from longzhong.surfaces.exchange import selectors, services
from longzhong.surfaces.exchange.rules.recipes import RECIPES
from tests.register.org import make as org
from tests.surfaces.exchange import make
from tests.surfaces.exchange.make import ACCOUNTS, AREAS, MACHINE, NOW, UNITS, carried, csv_file, fate
from tests.surfaces.exchange.test_rules_cells import BLNS

FREE = {"town", "village", "estate", "building", "room", "contact", "title", "tag"}


pytestmark = pytest.mark.django_db


def test_a_unit_tree_in_any_order_with_title_totals_and_gbk(tmp_path: Path) -> None:
    run = carried(csv_file(tmp_path, UNITS), "units")
    assert fate(run) == (3, 0, 0, 1)
    assert run.reasons == {"totals_row": 1}
    assert run.layout["encoding"] == "gb18030" and run.layout["header_row"] == 2
    again = carried(csv_file(tmp_path, UNITS), "units")
    assert fate(again) == (0, 0, 3, 1)
    assert set(org_reads.unit_ids(["4206", "420602", "42060201"])) == {"4206", "420602", "42060201"}


def test_areas_bring_their_feeder_and_every_bad_row_is_named(tmp_path: Path) -> None:
    org.city()
    run = carried(csv_file(tmp_path, AREAS), "areas")
    assert fate(run) == (2, 0, 1, 5)
    assert run.reasons == {
        "out_of_range": 1,
        "reference_conflict": 1,
        "grid_unknown": 1,
        "digits_lost": 1,
        "duplicate_in_file": 1,
    }
    assert run.extra == {"substations": 1, "feeders": 1, "sections": 1}
    lines = {row.line: row for row in selectors.refused_rows(run.pk)}
    assert sorted(lines) == [4, 5, 6, 7, 9]
    assert "第 3 行" in lines[9].reason and lines[9].cells[1] == "另一个名字"
    again = carried(csv_file(tmp_path, AREAS), "areas")
    assert fate(again) == (0, 0, 3, 5) and again.extra == {}


def test_accounts_with_personal_data_sealed_in_what_is_refused(tmp_path: Path) -> None:
    make.county()
    run = carried(csv_file(tmp_path, ACCOUNTS), "accounts")
    assert fate(run) == (1, 0, 0, 4)
    assert run.reasons == {"impossible_date": 1, "digits_lost": 1, "missing": 1, "bad_choice": 1}
    stored = "".join(row.sealed + row.code for row in run.rows.all())
    assert "关羽" not in stored and "赵云" not in stored
    assert next(iter(selectors.refused_rows(run.pk))).cells[1] == "关羽"
    assert fate(carried(csv_file(tmp_path, ACCOUNTS), "accounts")) == (0, 0, 1, 4)


def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path: Path) -> None:
    make.county()
    path = csv_file(tmp_path, ACCOUNTS)
    run = carried(path, "accounts", trial=True)
    assert (run.state, run.read) == ("ready", 0)
    assert (run.tally["new"], run.tally["refused"]) == (1, 4)
    assert len(list(selectors.refused_rows(run.pk))) == 4
    done = services.carry_out(run_id=run.pk, trial=False, by=MACHINE, at=NOW)
    assert fate(done) == (1, 0, 0, 4) and done.rows.count() == 4


def test_a_workbook_with_merged_cells_phantom_rows_and_typed_cells(tmp_path: Path) -> None:
    make.county()
    rows: list[list[object]] = [
        ["表计台账", None, None, None],
        ["台区信息", "表计", None, None],
        ["台区编号", "表号", "相别", "安装日期"],
        ["T1", 88000001, "A相", NOW.replace(tzinfo=None)],
        [None, 88000002.0, "B相", 46000],
        [None, None, " ", None],
        ["合计", 2, None, None],
    ]
    path = make.workbook(
        tmp_path / "表.xlsx", {"说明": [["填写说明"]], "数据": rows}, {"数据": ["A1:D1", "B2:D2", "A4:A5"]}
    )
    run = carried(path, "meters")
    assert fate(run) == (2, 0, 0, 1) and run.layout["sheet"] == "数据"
    assert network.areas_of_meters(["88000001", "88000002"], NOW.date()).keys() == {"88000001", "88000002"}


def test_staff_get_their_posts_and_take_over_cells(tmp_path: Path) -> None:
    city = org.city()
    rows = [
        ["工号", "姓名", "手机", "单位编码", "岗位", "角色", "所管网格"],
        ["S9", "庞统", "13800001111", "42060201", "台区经理", "台区经理", "G1、G7"],
    ]
    run = carried(csv_file(tmp_path, rows), "staff")
    assert fate(run) == (1, 0, 0, 0) and run.extra == {"grid_managers": 1}
    assert [row.remark for row in selectors.refused_rows(run.pk)] == [True]
    staff = org_reads.staff_ids(["S9"])["S9"]
    assert org_reads.manager_of(city.grids["G1"], NOW.date()) == staff


def test_a_role_is_read_from_the_title_of_the_post_or_the_row_is_refused(tmp_path: Path) -> None:
    city = org.city()
    rows = [
        ["工号", "姓名", "单位编码", "岗位", "角色", "所管网格"],
        ["S5", "黄忠", "42060201", "隆中供电所副所长", "", ""],
        ["S6", "魏延", "42060201", "驾驶员", "", "G1"],
        ["S7", "马良", "42060201", "", "", ""],
        ["S8", "庞统", "42060201", "所长兼台区经理", "", ""],
        ["S9", "廖化", "42060201", "驾驶员", "抢修", ""],
        ["S10", "姜维", "42069999", "网格员", "", ""],
    ]
    run = carried(csv_file(tmp_path, rows), "staff")
    assert fate(run) == (2, 0, 0, 4)
    assert run.reasons == {"role_missing": 3, "unit_unknown": 1}
    refused = {row.line: row for row in selectors.refused_rows(run.pk)}
    assert {line: row.code for line, row in refused.items()} == {
        3: "role_missing",
        4: "role_missing",
        5: "role_missing",
        7: "unit_unknown",
    }
    assert refused[3].cells[0] == "S6"
    assert "驾驶员" in refused[3].reason
    assert "抢修运维" in refused[3].reason
    roles = Post.objects.filter(staff__code__in=["S5", "S6", "S9"]).values_list("staff__code", "role")
    assert dict(roles) == {"S5": "station", "S9": "crew"}
    assert org_reads.manager_of(city.grids["G1"], NOW.date()) == city.staff["S1"], "a refused row manages nothing"
    assert fate(carried(csv_file(tmp_path, rows), "staff")) == (0, 0, 2, 4)


def test_cells_are_paired_with_social_grids_one_to_one(tmp_path: Path) -> None:
    org.city()
    rows = [
        ["网格编码", "网格名称", "供电所编码", "社会网格编码", "社会网格名称", "党支部编码", "党支部"],
        ["G3", "三号网格", "42060201", "SG3", "三号社会网格", "P3", "三支部"],
        ["G4", "四号网格", "42060201", "SG1", "已有主的社会网格", "", ""],
    ]
    run = carried(csv_file(tmp_path, rows), "grids")
    assert fate(run) == (1, 0, 0, 1) and run.reasons == {"social_grid_taken": 1}


def test_a_file_without_its_columns_is_refused_as_a_whole(tmp_path: Path) -> None:
    run = carried(make.save(tmp_path / "x.csv", "甲,乙\n1,2\n"), "accounts")
    assert (run.state, run.problem, fate(run)) == ("failed", "columns_missing", (0, 0, 0, 0))
    assert "户号" in selectors.problem_of(run)


def test_columns_can_be_chosen_by_hand_and_are_remembered(tmp_path: Path) -> None:
    make.county()
    path = make.save(tmp_path / "x.csv", "甲,乙,丙\nM77,T1,A\n")
    run = make.started(path, "meters")
    services.choose_columns(run_id=run.pk, sheet="", chosen={"code": [0], "area_code": [1]}, by=MACHINE, at=NOW)
    assert fate(services.carry_out(run_id=run.pk, trial=False, by=MACHINE, at=NOW)) == (1, 0, 0, 0)
    assert fate(carried(path, "meters")) == (0, 0, 1, 0)
    with pytest.raises(Refused) as refused:
        services.choose_columns(run_id=run.pk, sheet="", chosen={}, by=MACHINE, at=NOW)
    assert refused.value.code == "wrong_state"


@pytest.mark.parametrize("code", ["units", "staff", "grids", "areas", "accounts"])
def test_naughty_strings_in_every_text_field_are_kept_or_refused(code: str, tmp_path: Path) -> None:
    make.county()
    recipe = RECIPES[code]
    fixed = {
        "code": "K{n}", "kind": "供电所" if code == "units" else "", "parent_code": "420602",
        "unit_code": "42060201", "area_code": "T1", "grid_code": "G1",
    }  # fmt: skip
    titles = [one.title for one in recipe.columns]
    rows = [
        [
            fixed.get(one.role, "{text}" if one.role.endswith("name") or one.role in FREE else "")
            for one in recipe.columns
        ]
    ]
    made = [[cell.replace("{n}", str(n)).replace("{text}", text) for cell in rows[0]] for n, text in enumerate(BLNS)]
    path = tmp_path / "blns.csv"
    with path.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file:
        csv.writer(file).writerows([titles, *made])
    run = carried(path, code)
    assert run.state == "done" and sum(fate(run)) == run.read == len(BLNS)
    assert fate(carried(path, code))[:2] == (0, 0)
