"""A demolition's list brought on the project's own page: by its station, in GBK or Excel, twice, with rows that are refused."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from longzhong.cases.closures.models import Household, Project
from longzhong.kit import clock
from longzhong.surfaces.exchange.jobs import import_run
from longzhong.surfaces.exchange.models import Run
from tests.cases.closures.make import CODE, LATER, Hotline, a_project, key
from tests.surfaces.exchange import make
from tests.surfaces.exchange.make import fate

pytestmark = pytest.mark.django_db
HEAD = ["户 号", "户主姓名", "是否搬离", "下次联系日期"]


@pytest.fixture(autouse=True)
def an_hour_later(settings: Any, tmp_path: Path):  # type: ignore[no-untyped-def]
    settings.VAR = tmp_path
    with clock.frozen(LATER):
        yield


def upload(client: Client, project: Project, name: str, body: bytes) -> Any:
    file = SimpleUploadedFile(name, body)
    return client.post(f"/import/households/{project.pk}/", {"table": file, "client_key": key()})


def imported(client: Client, run: Run, verb: str = "import") -> Run:
    """Press the button of the wizard with the columns as they were understood; the worker comes by."""
    page = client.get(f"/import/{run.pk}/")
    assert page.status_code == 200
    roles = {f"role.{one.role}": one.place for one in page.context["page"].preview.choices if one.place is not None}
    assert client.post(f"/import/{run.pk}/columns/", {"sheet": "", **roles, "verb": verb}).status_code == 302
    import_run(run_id=run.pk)
    run.refresh_from_db()
    return run


def gbk(project: Project) -> bytes:
    rows = [
        ["檀溪棚改拆迁户名单", "", "", ""], HEAD, [CODE.format(1), "张某", "已搬离", "2026-03-09"],
        [CODE.format(2), "欧阳某", "否", ""], [CODE.format(1), "张某", "已搬离", "2026-03-09"],
        [CODE.format(1), "张某", "否", ""], ["4299999999999", "某某", "", ""], [CODE.format(5), "外所", "", ""],
        ["合计", "5", "", ""],
    ]  # fmt: skip
    return make.csv(rows).encode("gb18030")


@pytest.mark.proves("S0-22", page="exchange:households", service="longzhong.surfaces.exchange.services.take_upload")
def test_a_station_brings_the_offices_list_without_our_project_number(hotline: Hotline) -> None:
    project = a_project(hotline)
    head = hotline.client("head", "station")
    assert f"/import/households/{project.pk}/" in head.get(f"/closures/projects/{project.pk}/").content.decode()
    answer = upload(head, project, "拆迁户.csv", gbk(project))
    run = Run.objects.get()
    assert answer["Location"] == f"/import/{run.pk}/"
    assert Household.objects.count() == 0, "nothing is written before it is confirmed"
    tried = imported(head, run, "trial")
    assert (tried.state, tried.tally["new"], Household.objects.count()) == ("ready", 2, 0)
    done = imported(head, run)
    assert done.layout["encoding"] == "gb18030"
    assert fate(done) == (2, 0, 1, 4)
    assert done.reasons == {"duplicate_in_file": 1, "account_unknown": 1, "account_out_of_scope": 1, "totals_row": 1}
    rows = Household.objects.values_list("project", "account__code", "moved_away")
    assert set(rows) == {(project.pk, CODE.format(1), True), (project.pk, CODE.format(2), False)}
    page = head.get(f"/import/{run.pk}/").content.decode()
    assert "没有这个户号" in page and f"/closures/projects/{project.pk}/" in page, "refused rows, and a way back"
    workbook = head.get(f"/import/{run.pk}/refused.xlsx")
    assert b"".join(workbook.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    shown = head.get(f"/closures/projects/{project.pk}/").content.decode()
    assert "拆迁户.csv" in shown and "新列入 2 户" in shown and "拒收 4 行" in shown
    upload(head, project, "再来.csv", gbk(project))
    assert fate(imported(head, Run.objects.latest("id"))) == (0, 0, 3, 4)


def test_excel_with_a_project_column_takes_its_own_rows_only(hotline: Hotline, tmp_path: Path) -> None:
    project, other = a_project(hotline), a_project(hotline, "庞公旧改")
    rows = [["项目名称", *HEAD], [project.name, CODE.format(1), "张某", "是", ""], ["", CODE.format(2), "欧阳某", "", ""],
            [project.number, CODE.format(1), "张某", "是", ""], [other.number, CODE.format(3), "李某", "", ""]]  # fmt: skip
    book = make.workbook(tmp_path / "list.xlsx", {"名单": rows})
    office = hotline.client("office", "quality")
    upload(office, project, "名单.xlsx", book.read_bytes())
    run = imported(office, Run.objects.get())
    assert fate(run) == (2, 0, 1, 1) and run.reasons == {"elsewhere": 1}
    assert set(Household.objects.values_list("project", flat=True)) == {project.pk}


def test_who_may_bring_a_list_and_see_it(hotline: Hotline) -> None:
    project = a_project(hotline)
    page = f"/import/households/{project.pk}/"
    head = hotline.client("head", "station")
    upload(head, project, "拆迁户.csv", gbk(project))
    run = Run.objects.get()
    for code, role, answer in (
        ("wang", "desk", 403), ("zhang", "grid", 403), ("boss", "leader", 403), ("office", "quality", 200),
    ):  # fmt: skip
        client = hotline.client(code, role)
        assert client.get(page).status_code == answer, role
        assert client.get(f"/import/{run.pk}/").status_code == answer, role
        assert (page in client.get(f"/closures/projects/{project.pk}/").content.decode()) == (answer == 200)
    assert Client().get(page).status_code == 302
    assert head.get("/import/").status_code == 403, "other tables are the administrator's"
    project.state = "finished"
    project.save(update_fields=["state"])
    assert upload(head, project, "晚了.csv", gbk(project)).status_code in (403, 409)
    assert Run.objects.count() == 1
