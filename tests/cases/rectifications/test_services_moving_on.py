"""What happens to a form when people move, stand in, when the verdict goes or comes again, and when its evidence is erased."""

from typing import Any

import pytest

from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import State as Stands
from longzhong.cases.rectifications import jobs, selectors, services
from longzhong.cases.rectifications.models import Form
from longzhong.cases.rectifications.rules import Order, Sign, State
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.models import Clock
from longzhong.kit import clock, outbox
from longzhong.register.org import services as org
from longzhong.register.org.rules.rows import StaffRow
from tests.cases.complaints.make import called_back, people, step, taken_to
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline
from tests.cases.rectifications.make import (
    AFTER,
    DAY,
    HOUR,
    TODAY,
    clocks,
    done,
    filled,
    head,
    keep,
    opened,
    part,
    parts,
    person,
    policy,
    rectifying,
    refusal,
    signers,
    signing,
    staff,
    states,
)

pytestmark = pytest.mark.django_db
VICE = StaffRow("vice", "何副所", "13800000041", "ST", "副所长", "crew")


def heard(at: Any = AFTER) -> None:
    """Everything told is heard at this moment, twice."""
    with clock.frozen(at):
        outbox.deliver_all(twice=True)


def owner(form: Form, place: int) -> int | None:
    return Clock.objects.get(matter=selectors.label(form.pk), name=f"sign:{part(form, place).pk}").owner_id


def verbs(form: Form) -> list[str]:
    return [one.verb for one in reversed(matters.steps(selectors.label(form.pk)))]


def test_a_stand_in_is_asked_at_once_with_the_clock(hotline: Hotline) -> None:
    keep(hotline, VICE)
    form = signing(hotline)
    assert owner(form, 1) == staff("head")
    away: dict[str, Any] = {"absent_id": staff("head"), "stand_in_id": staff("vice"), "from_on": TODAY}
    org.stand_in(to_on=TODAY + DAY, by=SYSTEM, at=AFTER, **away)
    heard()
    vice = person("vice", "crew", hotline.county.station)
    assert selectors.is_visible(vice, form.pk)
    assert list(selectors.to_sign(vice, selectors.board(vice), TODAY)) == [form]
    assert (part(form, 1).signer_id, owner(form, 1)) == (staff("vice"), staff("vice"))
    assert verbs(form).count("signer_changed") == 1, "heard twice, written once"
    services.sign(form_id=form.pk, opinion="同意", by=vice, at=AFTER)
    assert part(form, 1).for_staff_id == staff("head")


def test_an_absence_planned_for_later_changes_nothing_today(hotline: Hotline) -> None:
    keep(hotline, VICE)
    form = signing(hotline)
    later: dict[str, Any] = {"from_on": TODAY + DAY, "to_on": TODAY + 3 * DAY, "by": SYSTEM, "at": AFTER}
    org.stand_in(absent_id=staff("head"), stand_in_id=staff("vice"), **later)
    heard()
    assert part(form, 1).signer_id == staff("head")
    heard(AFTER + DAY)
    with clock.frozen(AFTER + DAY):
        jobs.refresh_signers()
    assert part(form, 1).signer_id == owner(form, 1) == staff("vice")


@pytest.mark.parametrize("by_load", [False, True], ids=["appointed", "loaded"])
def test_who_takes_the_post_today_is_asked_at_once(hotline: Hotline, *, by_load: bool) -> None:
    form, station = signing(hotline), hotline.county.station
    keep(hotline, StaffRow("new", "吕所长", "13800000042", "S2", "所长", "station"))
    if by_load:
        rows = [
            StaffRow("new", "吕所长", "13800000042", "ST", "所长", "station"),
            StaffRow("head", "王所长", "13800000003", "S2", "所长", "station"),
        ]
        org.keep_staff(rows=rows, by=SYSTEM, at=AFTER)
    else:
        move: dict[str, Any] = {"title": "所长", "role": "station", "from_on": TODAY, "by": SYSTEM, "at": AFTER}
        org.appoint(staff_id=staff("new"), unit_id=station, **move)
        org.appoint(staff_id=staff("head"), unit_id=hotline.county.other_station, **move)
    heard()
    assert (part(form, 1).signer_id, owner(form, 1)) == (staff("new"), staff("new"))


@pytest.mark.parametrize("who", ["head", "crew"], ids=["giver", "taker"])
def test_a_delegation_goes_with_the_post(hotline: Hotline, who: str) -> None:
    """The giver's successor didn't delegate; the taker is no colleague any more."""
    form = signing(hotline)
    given: dict[str, Any] = {"staff_id": staff("crew"), "from_on": TODAY, "to_on": TODAY + 9 * DAY}
    services.delegate(form_id=form.pk, by=head(hotline), at=AFTER, **given)
    crew = person("crew", "crew", hotline.county.station)
    assert selectors.is_delegated(part(form, 1), TODAY)
    move: dict[str, Any] = {"title": "调入", "role": "crew", "from_on": TODAY + DAY, "by": SYSTEM, "at": AFTER}
    org.appoint(staff_id=staff(who), unit_id=hotline.county.other_station, **move)
    assert selectors.is_delegated(part(form, 1), TODAY), "today they are still there"
    sign: dict[str, Any] = {"form_id": form.pk, "by": crew, "at": AFTER + DAY}
    assert refusal(services.sign, **sign) == "not_your_part"
    with clock.frozen(AFTER + DAY):
        jobs.refresh_signers()
    assert part(form, 1).delegate_id is None and "delegation_ended" in verbs(form)
    assert not selectors.is_visible(crew, form.pk)


def test_a_delegation_of_somebody_who_is_complained_about_by_now_is_none(hotline: Hotline) -> None:
    form = signing(hotline)
    given: dict[str, Any] = {"staff_id": staff("crew"), "from_on": TODAY, "to_on": TODAY + 9 * DAY}
    services.delegate(form_id=form.pk, by=head(hotline), at=AFTER, **given)
    Complaint.objects.filter(pk=form.complaint_id).update(about_staff_id=staff("head"))
    crew = person("crew", "crew", hotline.county.station)
    assert refusal(services.sign, form_id=form.pk, by=crew, at=AFTER) == "not_your_part"


def test_the_inbox_lists_nothing_in_the_place_of_the_accused(hotline: Hotline) -> None:
    """What the stand-in or delegate of somebody who was named since would be refused isn't asked of them."""
    keep(hotline, VICE)
    form = signing(hotline)
    given: dict[str, Any] = {"staff_id": staff("crew"), "from_on": TODAY, "to_on": TODAY + 9 * DAY}
    services.delegate(form_id=form.pk, by=head(hotline), at=AFTER, **given)
    away: dict[str, Any] = {"from_on": TODAY, "to_on": TODAY + 9 * DAY, "by": SYSTEM, "at": AFTER}
    org.stand_in(absent_id=staff("head"), stand_in_id=staff("vice"), **away)
    heard()
    both = [person(one, "crew", hotline.county.station) for one in ("vice", "crew")]
    assert [list(selectors.to_sign(one, selectors.board(one), TODAY)) for one in both] == [[form], [form]]
    Complaint.objects.filter(pk=form.complaint_id).update(about_staff_id=staff("head"))
    assert [list(selectors.to_sign(one, selectors.board(one), TODAY)) for one in both] == [[], []]
    assert [refusal(services.sign, form_id=form.pk, by=one, at=AFTER) for one in both] == ["not_your_part"] * 2


def test_a_delegation_outlives_the_absence_of_who_gave_it(hotline: Hotline) -> None:
    keep(hotline, VICE)
    form = signing(hotline)
    given: dict[str, Any] = {"staff_id": staff("crew"), "from_on": TODAY, "to_on": TODAY + 9 * DAY}
    services.delegate(form_id=form.pk, by=head(hotline), at=AFTER, **given)
    away: dict[str, Any] = {"from_on": TODAY, "to_on": TODAY + 9 * DAY, "by": SYSTEM, "at": AFTER}
    org.stand_in(absent_id=staff("head"), stand_in_id=staff("vice"), **away)
    heard()
    assert selectors.is_delegated(part(form, 1), TODAY + DAY)
    services.sign(form_id=form.pk, by=person("crew", "crew", hotline.county.station), at=AFTER + DAY)
    assert (part(form, 1).is_deputy, part(form, 1).for_staff_id) == (True, staff("head"))


def test_a_void_complaint_takes_its_form_away(hotline: Hotline) -> None:
    form = opened(hotline)
    step(form.complaint, "void", people(hotline).office, MORNING + 5 * HOUR, reason="重复录入，不是投诉")
    heard()
    form.refresh_from_db()
    assert (form.state, clocks(form), form.due_at) == (State.SUPERSEDED, set(), None)


def test_upheld_by_another_investigation_a_closed_form_is_owed_again(hotline: Hotline) -> None:
    """The customer was right to come back: the words of the new round, measures of its own, all sign again."""
    form = done(hotline)
    judge: dict[str, Any] = {"form_id": form.pk, "verb": "effective", "words": "复训有效", "by": people(hotline).dept2}
    services.judge(at=AFTER + 32 * DAY, **judge)
    complaint, when = form.complaint, AFTER + 33 * DAY
    taken_to(hotline, complaint, Stands.ANSWERED, at=when)
    called_back(hotline, complaint, when + HOUR, "dissatisfied")
    heard(when + HOUR)
    form.refresh_from_db()
    assert form.state == State.CLOSED, "nothing is decided yet"
    taken_to(hotline, complaint, Stands.DECIDED, at=when + 2 * HOUR)
    heard(when + 4 * HOUR)
    form.refresh_from_db()
    assert (form.state, form.round, form.ended_at) == (State.DRAFTING, 2, None)
    assert verbs(form).count("reopen") == 1
    hand: dict[str, Any] = {"form_id": form.pk, "by": head(hotline), "at": when + 5 * HOUR}
    again = {"parts": parts(hotline), "order": Order.PARALLEL, **hand}
    assert refusal(services.submit, **again) == "measures_missing", "the old measure was proved and didn't help"
    due = (when + 9 * DAY).date()
    services.add_measure(text="更换窗口值班负责人并公示", owner_id=head(hotline).staff_id or 0, due_on=due, **hand)
    services.submit(**again)
    form.refresh_from_db()
    assert form.state == State.SIGNING and part(form, 1).state == Sign.WAITING


def test_what_a_form_says_is_erased_with_the_complaints_evidence(hotline: Hotline) -> None:
    form = done(hotline)
    when = AFTER + 33 * DAY
    Complaint.objects.filter(pk=form.complaint_id).update(erased_at=when)
    assert services.erase_due(by=SYSTEM, at=when) == 0, "it is still worked on"
    judge: dict[str, Any] = {
        "verb": "effective",
        "words": "复训有效，再无投诉",
        "by": people(hotline).dept2,
        "at": when,
    }
    services.judge(form_id=form.pk, **judge)
    with clock.frozen(when):
        jobs.erase_forms()
    assert services.erase_due(by=SYSTEM, at=when) == 0, "once"
    card = selectors.form_card(SYSTEM, form.pk, when)
    texts = card.texts
    assert not any((texts.facts, texts.cause, texts.aim, texts.unit_measures, texts.department_measures, texts.review))
    assert [(one.text, one.proof, one.files) for one in card.measures] == [("", "", ())]
    assert {one.opinion for one in card.parts} == {""}
    assert all(not (set(one.words) - {"by"}) for one in card.steps)
    assert (card.form.state, card.form.erased_at) == (State.CLOSED, when)
    assert selectors.paper(SYSTEM, form.pk).number == form.number


def test_nothing_is_erased_before_the_complaint(hotline: Hotline) -> None:
    form = rectifying(hotline)
    assert complaints.complaint_of(SYSTEM, form.complaint_id).erased_at is None
    assert services.erase_due(by=SYSTEM, at=AFTER + 4000 * DAY) == 0


W, L, G = Sign.WAITING, Sign.LATER, Sign.SIGNED
ROUNDS = {
    ("all", Order.PARALLEL): ([W, W, W], [W, W, W]),
    ("all", Order.ORDERED): ([W, L, L], [W, L, L]),
    ("refuser", Order.PARALLEL): ([G, W, W], [G, G, W]),
    ("refuser", Order.ORDERED): ([G, W, L], [G, G, W]),
}


@pytest.mark.parametrize(("resign", "order"), list(ROUNDS))
def test_refused_twice_then_signed_by_whoever_is_asked(hotline: Hotline, resign: str, order: Order) -> None:
    """The department refuses, then the office; another edition of the policy in between changes nothing for this form."""
    row, (first, second, third) = filled(hotline), signers(hotline)
    policy(hotline, "rectification.resign", resign)
    form = signing(hotline, row, order=order)
    policy(hotline, "rectification.resign", "all" if resign == "refuser" else "refuser")
    services.sign(form_id=form.pk, by=first, at=AFTER)
    services.refuse(form_id=form.pk, reason="措施没有期限", by=second, at=AFTER)
    signing(hotline, form, order=order, at=AFTER + HOUR)
    assert states(form) == ROUNDS[resign, order][0]
    for who in (first, second)[states(form).count(G) :]:
        services.sign(form_id=form.pk, by=who, at=AFTER + HOUR)
    services.refuse(form_id=form.pk, reason="没有检查办法", by=third, at=AFTER + HOUR)
    signing(hotline, form, order=order, at=AFTER + 2 * HOUR)
    assert states(form) == ROUNDS[resign, order][1]
    for who in (first, second, third)[states(form).count(G) :]:
        services.sign(form_id=form.pk, by=who, at=AFTER + 2 * HOUR)
    form.refresh_from_db()
    assert (form.state, form.signing_round, states(form)) == (State.RECTIFYING, 3, [G, G, G])
    assert clocks(form) == {"measure"}
