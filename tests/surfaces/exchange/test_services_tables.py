"""Register tables from file to database: counted without a rest, the same twice, refused aloud, taken up after a kill."""

import csv
from pathlib import Path

import pytest
from django.db import connection

from longzhong.kit.errors import Refused
from longzhong.register.network import selectors as network
from longzhong.register.org import selectors as org_reads
from longzhong.register.org.models import Post
from longzhong.surfaces.exchange import selectors, services
from longzhong.surfaces.exchange.rules.recipes import RECIPES
from longzhong.surfaces.exchange.services import carry_tables
from longzhong.surfaces.exchange.services.sinks import Kept
from tests.register.org import make as org
from tests.surfaces.exchange import make
from tests.surfaces.exchange.make import MACHINE, NOW, carried, fate
from tests.surfaces.exchange.test_rules_cells import BLNS

FREE = {"town", "village", "estate", "building", "room", "contact", "title", "tag"}
pytestmark = pytest.mark.django_db

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
    return make.save(tmp_path / name, make.csv(rows))


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
