"""Measures proved, returned, reviewed; re-visits by interval; once more where it wasn't enough."""

from datetime import timedelta
from typing import Any

import pytest

from longzhong.cases.rectifications import selectors, services
from longzhong.cases.rectifications.events import Rectified
from longzhong.cases.rectifications.models import Form
from longzhong.cases.rectifications.rules import Proof, State, Visit
from longzhong.dispatch.matters.services import sweep
from longzhong.kit import outbox
from longzhong.kit.actor import Actor
from longzhong.kit.clock import day_start
from longzhong.kit.models import Fact
from tests.cases.complaints.make import people
from tests.cases.hotline.make import SYSTEM, Hotline
from tests.cases.rectifications.make import (
    AFTER,
    DAY,
    TODAY,
    clocks,
    done,
    filled,
    head,
    measure,
    opened,
    person,
    picture,
    proved,
    rectifying,
    refusal,
    signing,
    staff,
)

pytestmark = pytest.mark.django_db
HOUSE = Actor.machine("tests")


def again(hotline: Hotline, form: Form, at: Any) -> Form:
    outbox.deliver_all(twice=True)
    form.refresh_from_db()
    return form


def test_the_text_of_a_form_and_its_measures(hotline: Hotline) -> None:
    form, given = opened(hotline), {"by": head(hotline), "at": AFTER}
    services.edit(form_id=form.pk, facts="窗口 13800138001 已核实", cause="培训不到位", aim="零态度投诉", **given)
    texts = selectors.form_card(head(hotline), form.pk, AFTER).texts
    assert (texts.facts, texts.aim) == ("窗口 〔电话〕 已核实", "零态度投诉")
    assert refusal(services.edit, form_id=form.pk, facts=" ", cause="乙", aim="", **given) == "text_missing"
    one: dict[str, Any] = {"form_id": form.pk, "text": "复训", "owner_id": staff("zhang"), "due_on": TODAY, **given}
    assert refusal(services.add_measure, **{**one, "text": " "}) == "text_missing"
    assert refusal(services.add_measure, **{**one, "due_on": TODAY - DAY}) == "due_past"
    assert refusal(services.add_measure, **{**one, "owner_id": staff("other")}) == "no_such_staff"
    made = services.add_measure(**one)
    drop: dict[str, Any] = {"form_id": form.pk, "measure_id": made.pk, **given}
    assert refusal(services.drop_measure, reason="", **drop) == "reason_missing"
    services.drop_measure(reason="重复", **drop)
    assert refusal(services.drop_measure, reason="重复", **drop) == "measure_closed"
    assert selectors.form_card(head(hotline), form.pk, AFTER).measures == ()


def test_each_measure_has_a_clock_to_the_end_of_its_day(hotline: Hotline) -> None:
    form = rectifying(hotline)
    (clock,) = [one for one in selectors.form_card(SYSTEM, form.pk, AFTER).clocks if one.is_live]
    assert clock.due_at == day_start(TODAY + 11 * DAY)
    assert form.due_at == clock.due_at


def test_a_measure_is_proved_with_words_and_files_by_its_owner(hotline: Hotline) -> None:
    form = filled(hotline)
    services.add_measure(
        form_id=form.pk, text="更换排号机", owner_id=staff("zhang"), due_on=TODAY, by=head(hotline), at=AFTER
    )
    form = rectifying(hotline, form)
    mine, other = form.measures.order_by("number")
    given: dict[str, Any] = {"form_id": form.pk, "measure_id": other.pk, "at": AFTER}
    manager = hotline.manager
    assert refusal(services.prove, words="换好了", uploads=[], by=manager, **given) == "proof_missing"
    assert refusal(services.prove, words=" ", uploads=[picture()], by=manager, **given) == "reason_missing"
    assert refusal(services.prove, words="换好了", uploads=[picture()], by=people(hotline).dept, **given) == "not_yours"
    proved(hotline, other, by=manager)
    assert refusal(services.prove, words="换好了", uploads=[picture()], by=manager, **given) == "measure_closed"
    form.refresh_from_db()
    assert form.state == State.RECTIFYING
    proved(hotline, mine)
    line = selectors.form_card(manager, form.pk, AFTER).measures[1]
    assert (line.row.state, line.proof, len(line.files)) == (Proof.PROVED, "26 人参加复训，考试全部合格", 1)
    form.refresh_from_db()
    assert form.state == State.DONE


def test_all_proved_is_told_once_and_plans_the_review(hotline: Hotline) -> None:
    form = done(hotline)
    assert (form.state, form.review_on) == (State.DONE, TODAY + 31 * DAY)
    assert Fact.objects.filter(name=Rectified.__name__).count() == 1
    assert services.plan_review(form_id=form.pk, by=HOUSE, at=AFTER) is False
    assert clocks(form) == set()


def test_weak_proof_is_returned_by_somebody_else_with_a_new_day(hotline: Hotline) -> None:
    form, dept = done(hotline), people(hotline).dept
    made = measure(form)
    given: dict[str, Any] = {"form_id": form.pk, "measure_id": made.pk, "at": AFTER + DAY}
    back: dict[str, Any] = {**given, "due_on": TODAY + 5 * DAY}
    assert refusal(services.return_proof, reason="照片看不出培训", by=head(hotline), **back) == "not_allowed"
    assert refusal(services.return_proof, reason=" ", by=dept, **back) == "reason_missing"
    assert refusal(services.return_proof, reason="看不清", due_on=TODAY, by=dept, **given) == "due_past"
    services.return_proof(reason="照片看不出培训内容", by=dept, **back)
    form.refresh_from_db()
    made.refresh_from_db()
    assert (form.state, form.done_at, form.review_on) == (State.RECTIFYING, None, None)
    assert (made.state, made.times_returned, clocks(form)) == (Proof.RETURNED, 1, {"measure"})
    assert refusal(services.return_proof, reason="看不清", by=dept, **back) == "measure_closed"
    proved(hotline, made, AFTER + 2 * DAY)
    assert again(hotline, form, AFTER).review_on == TODAY + 32 * DAY


def test_nobody_returns_what_they_proved_or_own(hotline: Hotline) -> None:
    form = filled(hotline)
    office = people(hotline).office
    services.add_measure(
        form_id=form.pk, text="更换排号机", owner_id=staff("zhang"), due_on=TODAY, by=head(hotline), at=AFTER
    )
    form = rectifying(hotline, form)
    made = form.measures.get(number=2)
    proved(hotline, made, AFTER, by=office)
    back: dict[str, Any] = {"form_id": form.pk, "measure_id": made.pk, "reason": "看不清", "due_on": TODAY, "at": AFTER}
    assert refusal(services.return_proof, by=office, **back) == "own_proof"
    services.return_proof(by=people(hotline).office2, **back)


def test_revisits_are_due_by_interval_until_the_form_ends(hotline: Hotline) -> None:
    form, chief = rectifying(hotline), head(hotline)
    given: dict[str, Any] = {"form_id": form.pk, "words": "走访三户，排队秩序好转", "by": chief}
    assert refusal(services.revisit, found="kept", at=AFTER, **given) == "no_revisit_due"
    assert services.call_due(by=HOUSE, at=AFTER + 14 * DAY) == 0
    assert services.call_due(by=HOUSE, at=AFTER + 15 * DAY) == 1
    assert services.call_due(by=HOUSE, at=AFTER + 15 * DAY) == 0
    assert clocks(form) == {"measure", "revisit"}
    late = AFTER + 17 * DAY
    assert refusal(services.revisit, found="due", at=late, **given) == "found_missing"
    services.revisit(found="kept", at=late, **given)
    form.refresh_from_db()
    assert form.revisit_on == late.date() + 15 * DAY
    assert services.call_due(by=HOUSE, at=late + 15 * DAY) == 1
    assert list(form.revisits.order_by("due_on").values_list("found", flat=True)) == [Visit.KEPT, Visit.DUE]


def test_the_effect_is_judged_from_its_day_by_somebody_else(hotline: Hotline) -> None:
    form, office = done(hotline), people(hotline).office2
    given: dict[str, Any] = {"form_id": form.pk, "verb": "effective", "words": "三十天无同类投诉"}
    assert refusal(services.judge, by=office, at=AFTER + 2 * DAY, **given) == "review_early"
    at = AFTER + 31 * DAY
    assert services.call_due(by=HOUSE, at=at) == 2  # the review, and a re-visit
    assert services.call_due(by=HOUSE, at=at) == 0
    assert clocks(form) == {"review", "revisit"}
    assert refusal(services.judge, by=head(hotline), at=at, **given) == "not_allowed"
    own = person("head", "quality", hotline.county.station)
    assert refusal(services.judge, by=own, at=at, **given) == "own_form"
    services.judge(by=office, at=at, **given)
    form.refresh_from_db()
    assert (form.state, form.ended_at, clocks(form)) == (State.CLOSED, at, set())
    assert form.revisits.get().found == Visit.DROPPED


def test_not_effective_is_rectified_again_with_new_measures(hotline: Hotline) -> None:
    form, dept = done(hotline), people(hotline).dept
    at = AFTER + 5 * DAY
    services.judge(form_id=form.pk, verb="not_effective", words="一周内又有两件", by=dept, at=at)
    form.refresh_from_db()
    assert (form.state, form.round, clocks(form)) == (State.NOT_EFFECTIVE, 2, {"submit"})
    given: dict[str, Any] = {"form_id": form.pk, "by": head(hotline), "at": at}
    assert refusal(services.again, **given) == "measures_missing"
    services.add_measure(text="更换窗口人员", owner_id=staff("head"), due_on=at.date() + 3 * DAY, **given)
    services.again(**given)
    form.refresh_from_db()
    assert (form.state, form.done_at, clocks(form)) == (State.RECTIFYING, None, {"measure"})
    proved(hotline, form.measures.get(number=2), at + DAY)
    assert again(hotline, form, at).review_on == at.date() + 31 * DAY
    services.judge(form_id=form.pk, verb="effective", words="无同类投诉", by=dept, at=at + 40 * DAY)
    assert Form.objects.get().state == State.CLOSED


def test_overdue_and_unsigned_are_watched(hotline: Hotline) -> None:
    form = signing(hotline)
    late = AFTER + 3 * DAY
    assert sweep(by=SYSTEM, at=late).late > 0
    office = people(hotline).office
    rows = selectors.visible_to(office)
    assert list(selectors.overdue(rows, late)) == [form]
    assert not selectors.overdue(rows, AFTER).exists()
    assert [one.due_at < late for one in selectors.unsigned(office) if one.due_at] == [True] * 3
    counted = selectors.counts(office, late, late.date())
    assert (counted["sign"], counted["overdue"], counted["prove"], counted["signing"]) == (1, 1, 0, 1)
    gone = person("other", "station", hotline.county.other_station)
    assert selectors.counts(gone, late, late.date())["sign"] == 0


def test_similar_complaints_since_are_counted(hotline: Hotline) -> None:
    form = done(hotline, at=AFTER)
    assert selectors.form_card(SYSTEM, form.pk, AFTER).similar == 0
    opened_at = form.done_at or AFTER
    Form.objects.filter(pk=form.pk).update(done_at=opened_at - timedelta(days=1))
    assert selectors.form_card(SYSTEM, form.pk, AFTER).similar == 1
