"""What the page of a form says at first sight: who sent it back and why, whose deadline runs, what hasn't begun."""

import pytest

from longzhong.cases.rectifications import selectors, services
from longzhong.kit import clock
from tests.cases.complaints.make import client as browser
from tests.cases.hotline.make import SYSTEM, Hotline
from tests.cases.rectifications.make import AFTER, HOUR, filled, rectifying, signers, signing

pytestmark = pytest.mark.django_db


def page(hotline: Hotline, form_id: int, code: str = "head", role: str = "station") -> str:
    with clock.frozen(AFTER + HOUR):
        return browser(hotline, code, role).get(f"/rectifications/{form_id}/").content.decode()


def test_nobody_works_on_a_measure_before_the_form_is_signed(hotline: Hotline) -> None:
    form = filled(hotline)
    shown = page(hotline, form.pk)
    assert "会签后开始" in shown and "整改中</span>" not in shown


def test_each_deadline_says_whose_it_is(hotline: Hotline) -> None:
    form = signing(hotline)
    shown = page(hotline, form.pk, "mark", "dept")
    assert "整改单会签 · 檀溪供电所 · 供电所长" in shown and "整改单会签 · 襄城营销部 · 专业部门" in shown


def test_a_measure_that_runs_is_named_by_its_number(hotline: Hotline) -> None:
    shown = page(hotline, rectifying(hotline).pk)
    assert "整改措施 · 第 1 项" in shown and "会签后开始" not in shown


def test_a_refusal_stands_first_until_it_is_mended(hotline: Hotline) -> None:
    form = signing(hotline)
    services.refuse(form_id=form.pk, reason="措施没有写谁来抽查", by=signers(hotline)[1], at=AFTER + HOUR)
    shown = page(hotline, form.pk)
    first = shown.index("会签退回：襄城营销部 · 专业部门 钱营销")
    assert first < shown.index("措施没有写谁来抽查") < shown.index("措施与佐证")
    signing(hotline, form, at=AFTER + HOUR)
    assert "会签退回" not in page(hotline, form.pk, "mark", "dept")


def test_an_unsigned_form_is_printed_with_room_for_what_is_done(hotline: Hotline) -> None:
    form = filled(hotline)
    assert "整改中" not in str(selectors.paper(SYSTEM, form.pk))
    assert "整改中" in str(selectors.paper(SYSTEM, rectifying(hotline, form).pk))
