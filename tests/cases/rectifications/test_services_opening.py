"""The form follows the verdict: opened once, superseded, opened again; owner, prefill, confidential customers."""

from typing import Any

import pytest

from longzhong.cases.complaints import services as complaints
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import Responsibility, Verdict
from longzhong.cases.complaints.rules import State as Stage
from longzhong.cases.rectifications import selectors, services
from longzhong.cases.rectifications.models import Form
from longzhong.cases.rectifications.rules import Sign, State
from longzhong.kit import outbox
from longzhong.kit.actor import Actor
from longzhong.register.org.rules.rows import StaffRow
from tests.cases.complaints.make import a_complaint, dismissed, dispatch_given, people, step, taken_to
from tests.cases.hotline.make import PLAIN, SYSTEM, Hotline
from tests.cases.rectifications.make import (
    AFTER,
    DAY,
    clocks,
    done,
    filled,
    head,
    keep,
    opened,
    person,
    rectifying,
    refusal,
    signing,
    staff,
    states,
)

pytestmark = pytest.mark.django_db
HOUSE = Actor.machine("tests")


def corrected(hotline: Hotline, form: Form, verdict: Verdict, appeal: int = 1, day: int = 1) -> Form:
    complaints.correct(
        complaint_id=form.complaint_id, verdict=verdict,
        responsibility=Responsibility.CUSTOMER if verdict == Verdict.DISMISSED else Responsibility.MARKETING,
        basis="复核录像后重新认定", appeal=f"appeals.appeal:{appeal}", by=people(hotline).office, at=AFTER + day * DAY,
    )  # fmt: skip
    outbox.deliver_all(twice=True)
    form.refresh_from_db()
    return form


def test_an_upheld_complaint_opens_one_form_filled_from_its_dossier(hotline: Hotline) -> None:
    form = opened(hotline)
    assert services.follow(complaint_id=form.complaint_id, by=HOUSE, at=AFTER) == form
    assert Form.objects.count() == 1
    assert (form.state, form.unit_id, form.owner_id) == (State.DRAFTING, hotline.county.station, hotline.head.staff_id)
    assert form.number is not None
    assert form.number.startswith("ZG20260302")
    assert clocks(form) == {"submit"}
    assert form.due_at is not None
    texts = selectors.form_card(head(hotline), form.pk, AFTER).texts
    assert texts.facts == "经调阅录像，窗口人员未使用文明用语"
    assert "回复事实清楚" in texts.cause
    assert (texts.unit_measures, texts.department_measures) == ("约谈当事人并安排培训", "全员开展礼仪培训")


def test_a_dismissed_complaint_has_no_form_until_an_appeal_upholds_it(hotline: Hotline) -> None:
    complaint = dismissed(hotline)
    outbox.deliver_all(twice=True)
    assert not Form.objects.exists()
    Complaint.objects.update(root_cause="attitude")  # an appeal names none, and a dismissed complaint has none
    complaints.correct(
        complaint_id=complaint.pk, verdict=Verdict.PARTLY, responsibility=Responsibility.MARKETING,
        basis="补充证据后认定部分属实", appeal="appeals.appeal:9", by=people(hotline).office, at=AFTER,
    )  # fmt: skip
    outbox.deliver_all(twice=True)
    assert Form.objects.get().complaint_id == complaint.pk


@pytest.mark.parametrize("taken", [opened, filled, signing, rectifying, done])
def test_an_appeal_that_dismisses_supersedes_the_form_wherever_it_stands(hotline: Hotline, taken: Any) -> None:
    form = corrected(hotline, taken(hotline), Verdict.DISMISSED, day=2)
    assert form.state == State.SUPERSEDED
    assert form.ended_at is not None
    assert (clocks(form), form.due_at) == (set(), None)
    assert not form.signatures.filter(state__in=[Sign.WAITING, Sign.LATER]).exists()
    assert refusal(services.edit, form_id=form.pk, facts="甲", cause="乙", aim="", by=head(hotline), at=AFTER) == (
        "wrong_state"
    )


def test_a_final_appeal_that_upholds_again_opens_the_same_form(hotline: Hotline) -> None:
    form = corrected(hotline, signing(hotline), Verdict.DISMISSED)
    form = corrected(hotline, form, Verdict.UPHELD, appeal=2, day=2)
    assert (form.state, form.ended_at, form.resign) == (State.DRAFTING, None, "")
    assert clocks(form) == {"submit"}
    assert form.measures.count() == 1
    signing(hotline, form, at=AFTER + 2 * DAY)
    assert states(form) == [Sign.WAITING] * 3


def test_whoever_is_complained_about_neither_owns_the_form_nor_takes_a_step(hotline: Hotline) -> None:
    accused, county = hotline.head, hotline.county
    complaint = a_complaint(hotline, about_staff_id=accused.staff_id)
    given = dispatch_given(hotline, complaint, unit_id=county.county, handler_id=staff("wang"))
    step(complaint, "dispatch", people(hotline).office, complaint.accepted_at, **given)
    form = Form.objects.get(complaint=taken_to(hotline, complaint, Stage.DECIDED))
    assert selectors.responsible(county.station, accused.staff_id, AFTER) == (county.county, staff("boss"))
    assert form.owner_id == staff("boss")
    assert form.unit_id == hotline.county.county
    boss = person("boss", "leader", hotline.county.county, hotline.county.station)
    whole = person("head", "leader", hotline.county.county)  # whatever role they hold
    given: dict[str, Any] = {"form_id": form.pk, "facts": "核查属实的情况", "cause": "管理不严", "aim": ""}
    assert refusal(services.edit, by=whole, at=AFTER, **given) == "own_complaint"
    services.edit(by=boss, at=AFTER, **given)
    assert selectors.form_card(whole, form.pk, AFTER).moves == ()
    measure = {"form_id": form.pk, "text": "整改", "due_on": AFTER.date(), "by": boss, "at": AFTER}
    assert refusal(services.add_measure, owner_id=accused.staff_id, **measure) == "person_accused"


def test_a_confidential_customer_is_retold_and_never_quoted(hotline: Hotline) -> None:
    words = "我是名仕家天下的张惠芳，营业厅的人态度恶劣，推来推去三次都没办成业务"
    form = opened(hotline, text=words, secrecy="confidential")
    for who in (head(hotline), people(hotline).office, SYSTEM):
        card = selectors.form_card(who, form.pk, AFTER)
        assert card.texts.said == "客户反映窗口服务质量问题，请核查当日录像"
        written = repr(selectors.paper(who, form.pk)) + repr(card.texts)
        assert not [one for one in (*PLAIN, "名仕家天下", "推来推去三次") if one in written]
    given: dict[str, Any] = {"form_id": form.pk, "cause": "管理不严", "aim": "", "by": head(hotline), "at": AFTER}
    assert refusal(services.edit, facts=f"客户说：{words}", **given) == "quotes_customer"
    services.edit(facts="窗口排队引导不到位，已核实", **given)


def test_the_accused_doesnt_even_see_a_confidential_form(hotline: Hotline) -> None:
    keep(hotline, StaffRow("clerk", "冯窗口", "13800000031", "ST", "营业员", "desk"))
    form = opened(hotline, secrecy="confidential", about_staff_id=staff("clerk"))
    clerk = person("clerk", "station", hotline.county.station)
    assert not selectors.is_visible(clerk, form.pk)
    assert refusal(services.edit, form_id=form.pk, facts="甲", cause="乙", aim="", by=clerk, at=AFTER) == "not_found"
