"""The form through its pages: the whole road by role, refusals, the boards, the panel on the complaint's page."""

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from longzhong.cases.rectifications import services
from longzhong.cases.rectifications.rules import State
from longzhong.kit import clock, outbox
from tests.cases.complaints.make import client as browser
from tests.cases.complaints.make import people
from tests.cases.hotline.make import SYSTEM, Hotline
from tests.cases.rectifications.make import (
    AFTER,
    DAY,
    TODAY,
    done,
    measure,
    opened,
    parts,
    proved,
    rectifying,
    signing,
    staff,
)
from tests.dispatch.matters.pictures import jpeg

pytestmark = pytest.mark.django_db


def step(client: Client, form: Any, verb: str, **fields: Any) -> int:
    given: dict[str, Any] = {"client_key": str(uuid.uuid4()), **fields}
    return client.post(f"/rectifications/{form.pk}/{verb}/", given).status_code


def read(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


@pytest.mark.proves("S4-16", page="rectifications:detail", service="longzhong.cases.rectifications.services.sign")
def test_a_form_is_filled_countersigned_proved_and_closed(hotline: Hotline) -> None:
    form = opened(hotline)
    chief, dept, office = (
        browser(hotline, code, role) for code, role in (("head", "station"), ("mark", "dept"), ("office", "quality"))
    )
    with clock.frozen(AFTER):
        page = read(chief, f"/rectifications/{form.pk}/")
        for words in (str(form.number), "填报中", "经调阅录像", "约谈当事人并安排培训", "还没有整改措施"):
            assert words in page
        texts = {"text": "已核实窗口服务不规范", "cause": "培训不到位", "aim": "零态度投诉"}
        assert step(chief, form, "edit", **texts) == 302
        assert step(chief, form, "add_measure", text="礼仪复训") == 200  # what was typed stays
        given = {"text": "礼仪复训", "staff": staff("head"), "due_on": TODAY + 5 * DAY}
        assert step(chief, form, "add_measure", **given) == 302
        chosen = {f"part{place}": f"{one.unit_id}:{one.role}" for place, one in enumerate(parts(hotline), 1)}
        assert step(chief, form, "submit", order="ordered", **chosen) == 302
        first, second, _third = form.signatures.order_by("position")
        assert "待我签" in read(chief, "/rectifications/")
        assert str(form.number) in read(chief, "/rectifications/?state=sign")
        assert str(form.number) not in read(dept, "/rectifications/?state=sign")
        assert step(chief, form, "sign", number=first.pk, reason="同意") == 302
        assert step(dept, form, "refuse", number=second.pk, reason="请补充监督人") == 302
        assert step(chief, form, "submit", order="parallel", **chosen) == 302
        for who, place in ((chief, 1), (dept, 2), (office, 3)):
            number = form.signatures.get(round=2, position=place).pk
            assert step(who, form, "sign", number=number) == 302
        form.refresh_from_db()
        assert form.state == State.RECTIFYING
        photo = SimpleUploadedFile("现场.jpg", jpeg(), content_type="image/jpeg")
        proof = {"number": measure(form).pk, "reason": "26 人参加复训", "papers": photo}
        assert step(chief, form, "prove", **proof) == 302
    outbox.deliver_all()
    with clock.frozen(AFTER + 40 * DAY):
        other = browser(hotline, "office2", "quality")
        assert step(other, form, "effective", reason="三十天无同类投诉") == 302
        page = read(dept, f"/rectifications/{form.pk}/")
    for words in (
        "已销号",
        "礼仪复训",
        "26 人参加复训",
        "现场.jpg",
        "以前各轮会签",
        "请补充监督人",
        "三十天无同类投诉",
    ):
        assert words in page


@pytest.mark.proves("S3-08", page="rectifications:detail", service="longzhong.cases.rectifications.services.revisit")
def test_the_station_is_reminded_to_look_again_and_says_what_it_found(hotline: Hotline) -> None:
    form, chief = rectifying(hotline), browser(hotline, "head", "station")
    with clock.frozen(AFTER):
        assert "下次回访" in read(chief, f"/rectifications/{form.pk}/")
        assert step(chief, form, "revisit", found="kept", reason="良好") == 409
    at = AFTER + 16 * DAY
    services.call_due(by=SYSTEM, at=at)
    with clock.frozen(at):
        page = read(chief, f"/rectifications/{form.pk}/")
        assert "整改回访" in page
        assert "登记整改回访" in page
        assert step(chief, form, "revisit", found="slipped", reason="又有排队投诉苗头") == 302
        assert "有反弹" in read(chief, f"/rectifications/{form.pk}/")


def test_grid_and_crew_see_only_forms_with_measures_of_their_own(hotline: Hotline) -> None:
    form = opened(hotline)
    zhang, crew = browser(hotline, "zhang", "grid"), browser(hotline, "crew", "crew")
    with clock.frozen(AFTER):
        assert zhang.get(f"/rectifications/{form.pk}/").status_code == 404
        services.add_measure(
            form_id=form.pk,
            text="更换排号机",
            owner_id=staff("zhang"),
            due_on=TODAY + DAY,
            by=people(hotline).head,
            at=AFTER,
        )
        assert "更换排号机" in read(zhang, f"/rectifications/{form.pk}/")
        assert str(form.number) in read(zhang, "/rectifications/?state=prove")
        assert step(zhang, form, "edit", text="甲", cause="乙") == 403
        assert crew.get(f"/rectifications/{form.pk}/").status_code == 404
        assert step(crew, form, "edit", text="甲", cause="乙") == 404


@pytest.mark.parametrize(
    ("code", "role", "buttons"),
    [("head", "station", True), ("boss", "leader", True), ("mark", "dept", False), ("wang", "desk", None)],
)
def test_who_sees_which_moves(hotline: Hotline, code: str, role: str, buttons: bool | None) -> None:
    form = opened(hotline)
    client = browser(hotline, code, role)
    with clock.frozen(AFTER):
        answer = client.get(f"/rectifications/{form.pk}/")
        if buttons is None:
            assert answer.status_code == 404
            return
        assert ("rectify-add_measure" in answer.content.decode()) is buttons
        assert (step(client, form, "edit", text="甲", cause="乙") == 302) is buttons


def test_the_boards_empty_and_full(hotline: Hotline) -> None:
    office = browser(hotline, "office", "quality")
    with clock.frozen(AFTER):
        assert "没有符合条件的整改单" in read(office, "/rectifications/")
        assert "没有待签的整改单" in read(office, "/rectifications/unsigned/")
        assert office.get("/rectifications/print/?state=all").status_code == 409
    form = signing(hotline)
    with clock.frozen(AFTER + 5 * DAY):
        for tab in ("sign", "overdue", "live", "signing", "all", "nonsense"):
            assert str(form.number) in read(office, f"/rectifications/?state={tab}"), tab
        for narrow in (f"number={form.number}", "month=2026-03", "unit=檀溪"):
            assert str(form.number) in read(office, f"/rectifications/?state=all&{narrow}")
        for narrow in ("number=ZG0", "month=2026-05", "unit=太平"):
            assert str(form.number) not in read(office, f"/rectifications/?state=all&{narrow}")
        assert "一般" in read(office, "/rectifications/?state=all")
        page = read(office, "/rectifications/unsigned/?late=1")
        for words in ("檀溪供电所 · 供电所长", "襄城营销部 · 专业部门", "王所长"):
            assert words in page
        sheet = office.get("/rectifications/?state=all&export=list")
        assert sheet["Content-Type"].startswith("application/vnd.openxml")


def test_the_complaints_page_shows_the_form(hotline: Hotline) -> None:
    form = rectifying(hotline)
    office = browser(hotline, "office", "quality")
    with clock.frozen(AFTER):
        page = read(office, f"/complaints/{form.complaint_id}/")
    for words in ("整改单", "整改中", "窗口人员礼仪复训并考试", f"/rectifications/{form.pk}/"):
        assert words in page


def test_a_returned_proof_goes_back_to_its_owner(hotline: Hotline) -> None:
    form, dept = done(hotline), browser(hotline, "mark", "dept")
    made = measure(form)
    with clock.frozen(AFTER + 2 * DAY):
        back = {"number": made.pk, "reason": "照片看不出培训", "due_on": TODAY + 9 * DAY}
        assert step(dept, form, "return_proof", **back) == 302
        assert "退回 1 次" in read(dept, f"/rectifications/{form.pk}/")
        chief = browser(hotline, "head", "station")
        assert step(chief, form, "not_effective", reason="不足") == 409  # not done any more
    proved(hotline, made, AFTER + 3 * DAY)
    with clock.frozen(AFTER + 3 * DAY):
        assert step(chief, form, "not_effective", reason="不足") == 403
        assert step(dept, form, "not_effective", reason="又有两件") == 302
        given = {"text": "更换窗口人员", "staff": staff("head"), "due_on": TODAY + 9 * DAY}
        assert step(chief, form, "add_measure", **given) == 302
        assert step(chief, form, "again") == 302
        assert "第 2 次整改" in read(chief, f"/rectifications/{form.pk}/")
