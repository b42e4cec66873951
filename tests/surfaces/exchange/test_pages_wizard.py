"""The wizard through the browser's eyes: upload, columns, dry run, background job, result, workbook of refused rows."""

from pathlib import Path

import pytest
from django.test import Client

from longzhong.kit import clock
from longzhong.surfaces.exchange import jobs
from longzhong.surfaces.exchange.models import Mapping, Run
from tests.register.org import make as org
from tests.surfaces.exchange import make

pytestmark = pytest.mark.django_db
METERS = [["表号", "台区编号", "相别"], ["N1", "T1", "A相"], ["N2", "T9", "B相"], ["N3", "T1", "丁"]]


@pytest.fixture(autouse=True)
def at_nine() -> object:
    with clock.frozen(make.NOW):
        yield


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def meters(tmp_path: Path) -> Path:
    return make.save(tmp_path / "表计.csv", make.csv(METERS))


def columns(**changed: str) -> dict[str, str]:
    return {"sheet": "", "role.code": "0", "role.area_code": "1", "role.phase": "2", **changed}


def test_from_the_file_to_its_result(tmp_path: Path) -> None:
    client = make.admin_client(make.county())
    address = make.upload(client, meters(tmp_path))
    shown = text(client, address)
    assert "GB18030" in shown and "表计" in shown and "列的对应" in shown
    assert client.post(f"{address}columns/", columns(verb="trial")).status_code == 302
    assert "正在排队" in text(client, f"{address}progress/")
    run = Run.objects.get()
    jobs.import_run(run_id=run.pk)
    assert client.get(f"{address}progress/").headers["HX-Refresh"] == "true"
    assert "还没有写入任何数据" in text(client, address) and "台区 T9 不存在" in text(client, address)
    assert client.post(f"{address}columns/", columns(verb="import")).status_code == 302
    jobs.import_run(run_id=run.pk)
    shown = text(client, address)
    assert "下载拒收清单" in shown and "不认识：丁" in shown
    run.refresh_from_db()
    assert make.fate(run) == (1, 0, 0, 2)
    book = client.get(f"{address}refused.xlsx")
    assert b"".join(book.streaming_content)[:2] == b"PK"  # type: ignore[arg-type]
    assert "表计.csv" in text(client, "/import/")


def test_a_mapping_by_hand_is_kept_for_the_next_file(tmp_path: Path) -> None:
    client = make.admin_client(make.county())
    path = make.save(tmp_path / "x.csv", "甲,乙\nN7,T1\n")
    address = make.upload(client, path, "meters")
    assert "缺少必需的列" in text(client, address)
    client.post(f"{address}columns/", {"sheet": "", "role.code": "0", "role.area_code": "1", "verb": "look"})
    assert "缺少必需的列" not in text(client, address)
    assert Mapping.objects.count() == 1
    again = make.upload(client, path, "meters")
    assert "缺少必需的列" not in text(client, again)


def test_personal_data_is_masked_in_the_preview(tmp_path: Path) -> None:
    client = make.admin_client(make.county())
    rows = [["户号", "户名", "联系电话", "台区编号"], ["0042", "诸葛孔明", "13800001111", "T1"]]
    shown = text(client, make.upload(client, make.save(tmp_path / "户.csv", make.csv(rows))))
    assert "诸**" in shown and "诸葛孔明" not in shown and "13800001111" not in shown


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    client = make.admin_client(make.county())
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7")
    address = make.upload(client, tmp_path / "x.pdf", "meters")
    assert "认不出文件格式" in text(client, address)
    with (tmp_path / "x.pdf").open("rb") as file:
        assert "认不出内容" in client.post("/import/", {"table": file, "recipe": ""}).content.decode()
    assert "必填" in client.post("/import/", {}).content.decode()


def test_curves_show_their_form(tmp_path: Path) -> None:
    client = make.admin_client(make.county())
    rows = make.wide([["M1", "2026-03-01", "电压", *make.curve()]], "ends", ("负荷曲线",))
    shown = text(client, make.upload(client, make.save(tmp_path / "c.csv", make.csv(rows))))
    assert "宽表（每行 96 点）" in shown and "曲线" in shown


def test_an_import_that_stands_still_can_be_queued_again(tmp_path: Path) -> None:
    client = make.admin_client(make.county())
    address = make.upload(client, meters(tmp_path))
    Run.objects.update(state="running")
    assert client.post(f"{address}again/").status_code == 302
    assert Run.objects.get().state == "queued"


def test_only_the_system_administrator_imports(tmp_path: Path) -> None:
    city = make.county()
    run = make.started(meters(tmp_path), "meters")
    desk = make.admin_client(city, "desk", "desk.one")
    for address in ("/import/", f"/import/{run.pk}/", f"/import/{run.pk}/refused.xlsx", f"/import/{run.pk}/progress/"):
        assert desk.get(address).status_code == 403
    admin = make.admin_client(city)
    assert admin.get("/import/999999/").status_code == 404
    assert admin.get("/import/999999/refused.xlsx").status_code == 404


def test_the_list_of_runs_costs_few_queries(tmp_path: Path, django_assert_max_num_queries: object) -> None:
    client = make.admin_client(make.county())
    for _ in range(55):
        make.started(meters(tmp_path), "meters")
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        client.get("/import/")


@pytest.mark.proves("S0-12", page="exchange:run", service="longzhong.surfaces.exchange.services.carry_out")
def test_grid_cells_come_in_with_their_social_grids(tmp_path: Path) -> None:
    city = make.county()
    client = make.admin_client(city)
    rows = [
        ["网格编码", "网格名称", "供电所编码", "社会网格编码", "社会网格名称"],
        ["G3", "三号网格", "42060201", "SG3", "三号社会网格"],
    ]
    address = make.upload(client, make.save(tmp_path / "g.csv", make.csv(rows)))
    client.post(
        f"{address}columns/",
        {
            "sheet": "",
            **{f"role.{r}": str(n) for n, r in enumerate(("code", "name", "unit_code", "social_code", "social_name"))},
            "verb": "import",
        },
    )
    jobs.import_run(run_id=Run.objects.get().pk)
    assert "新增" in text(client, address)
    assert {
        line.social_grid
        for line in org.selectors.grid_rows(org.selectors.visible_grids(make.MACHINE, org.DAY), org.DAY)
    } >= {"三号社会网格"}
