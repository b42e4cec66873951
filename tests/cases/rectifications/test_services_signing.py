"""Countersigning: in order and in parallel, refused, delegated, by stand-ins, by whoever holds the post today."""

from datetime import timedelta
from typing import Any

import pytest

from longzhong.cases.rectifications import selectors, services
from longzhong.cases.rectifications.models import Form
from longzhong.cases.rectifications.rules import Given, Order, Part, Sign, State
from longzhong.kit.actor import Actor
from longzhong.register.org import services as org
from longzhong.register.org.rules.rows import StaffRow
from tests.cases.complaints.make import people
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline
from tests.cases.rectifications.make import (
    AFTER,
    DAY,
    HOUR,
    TODAY,
    clocks,
    filled,
    head,
    keep,
    opened,
    part,
    parts,
    person,
    policy,
    refusal,
    signers,
    signing,
    staff,
    states,
)

pytestmark = pytest.mark.django_db
HOUSE = Actor.machine("tests")
L, W, G, D, X = Sign.LATER, Sign.WAITING, Sign.SIGNED, Sign.DROPPED, Sign.REFUSED


def sign(form: Form, by: Actor, at: Any = AFTER, **given: Any) -> None:
    services.sign(form_id=form.pk, by=by, at=at, **given)


def test_in_parallel_everybody_is_asked_at_once_with_a_clock_each(hotline: Hotline) -> None:
    form = signing(hotline)
    assert states(form) == [W, W, W]
    assert clocks(form) == {"sign"}
    assert part(form, 1).due_at is not None
    assert part(form, 1).signer_id == hotline.head.staff_id
    for place, who in enumerate(reversed(signers(hotline))):
        sign(form, who, AFTER + place * HOUR, opinion="措施可行")
    form.refresh_from_db()
    assert (form.state, states(form)) == (State.RECTIFYING, [G, G, G])
    assert clocks(form) == {"measure"}
    assert form.revisit_on == TODAY + 15 * DAY


def test_in_order_each_waits_for_the_one_before(hotline: Hotline) -> None:
    form, (first, second, third) = signing(hotline, order=Order.ORDERED), signers(hotline)
    assert states(form) == [W, L, L]
    assert refusal(services.sign, form_id=form.pk, by=second, at=AFTER) == "not_your_part"
    assert refusal(services.sign, form_id=form.pk, part_id=part(form, 2).pk, by=second, at=AFTER) == "part_closed"
    sign(form, first)
    assert states(form) == [G, W, L]
    sign(form, second, AFTER + DAY)
    assert part(form, 3).waiting_at == AFTER + DAY
    sign(form, third, AFTER + DAY)
    form.refresh_from_db()
    assert form.state == State.RECTIFYING


def test_the_way_of_signing_is_the_policys_unless_it_is_chosen(hotline: Hotline) -> None:
    policy(hotline, "rectification.order", "ordered")
    form = filled(hotline)
    services.submit(form_id=form.pk, parts=parts(hotline), by=head(hotline), at=AFTER)
    assert states(form) == [W, L, L]


def test_a_refusal_sends_it_back_and_everybody_signs_again(hotline: Hotline) -> None:
    form, (first, second, third) = signing(hotline), signers(hotline)
    sign(form, first)
    assert refusal(services.refuse, form_id=form.pk, reason=" ", by=second, at=AFTER) == "reason_missing"
    services.refuse(form_id=form.pk, reason="措施没有期限", by=second, at=AFTER)
    assert states(form) == [G, X, D]
    assert (form.state, clocks(form)) == (State.DRAFTING, {"submit"})
    assert refusal(services.sign, form_id=form.pk, by=third, at=AFTER) == "wrong_state"
    signing(hotline, form)
    assert states(form) == [W, W, W]
    services.refuse(form_id=form.pk, reason="仍未写明复训内容", by=third, at=AFTER + HOUR)
    signing(hotline, form)
    for who in (first, second, third):
        sign(form, who, AFTER + DAY)
    form.refresh_from_db()
    assert (form.state, form.signing_round) == (State.RECTIFYING, 3)
    assert len(selectors.form_card(first, form.pk, AFTER).before) == 6


def test_where_the_policy_says_so_only_who_hasnt_signed_signs_again(hotline: Hotline) -> None:
    policy(hotline, "rectification.resign", "refuser")
    form, (first, second, third) = signing(hotline), signers(hotline)
    sign(form, first, opinion="同意整改")
    services.refuse(form_id=form.pk, reason="措施没有期限", by=second, at=AFTER)
    policy(hotline, "rectification.resign", "all")  # decided later: this form keeps what held when it was submitted
    signing(hotline, form, at=AFTER + HOUR)
    assert states(form) == [G, W, W]
    assert (part(form, 1).staff_id, part(form, 1).at) == (first.staff_id, AFTER)
    assert refusal(services.sign, form_id=form.pk, by=first, at=AFTER) == "signed_already"
    sign(form, third, AFTER + HOUR)
    sign(form, second, AFTER + HOUR)
    form.refresh_from_db()
    assert form.state == State.RECTIFYING


def test_whoever_refused_cant_be_left_out(hotline: Hotline) -> None:
    form = signing(hotline)
    services.refuse(form_id=form.pk, reason="措施没有期限", by=signers(hotline)[1], at=AFTER)
    left = [one for one in parts(hotline) if one.role != "dept"]
    assert refusal(services.submit, form_id=form.pk, parts=left, by=head(hotline), at=AFTER) == "refuser_missing"


def test_nobody_signs_for_two_parts(hotline: Hotline) -> None:
    form, first = signing(hotline), signers(hotline)[0]
    sign(form, first)
    other = part(form, 2).pk
    assert refusal(services.sign, form_id=form.pk, part_id=other, by=first, at=AFTER) == "signed_already"
    boss = person("boss", "leader", hotline.county.county, hotline.county.station)
    assert refusal(services.sign, form_id=form.pk, by=boss, at=AFTER) == "not_your_part"


def test_the_part_of_a_unit_that_has_nobody_is_signed_above_it(hotline: Hotline) -> None:
    form = filled(hotline)
    station = hotline.county.station
    both = [Part(station, "station"), Part(hotline.county.other_station, "station")]
    org.appoint(
        staff_id=staff("other"),
        unit_id=station,
        title="代所长",
        role="station",
        from_on=TODAY + DAY,
        by=SYSTEM,
        at=MORNING,
    )
    services.submit(form_id=form.pk, parts=both, by=head(hotline), at=AFTER + 2 * DAY)
    # 赵所长 has moved to ST, S2 has nobody: the leader of the company above signs there
    assert part(form, 2).signer_id == staff("boss")
    zhao = person("other", "station", station)
    sign(form, zhao, AFTER + 2 * DAY)
    assert part(form, 1).staff_id == staff("other")
    boss = person("boss", "leader", hotline.county.county)
    sign(form, boss, AFTER + 2 * DAY)
    form.refresh_from_db()
    assert form.state == State.RECTIFYING


def test_who_signed_as_a_delegate_has_signed_this_round(hotline: Hotline) -> None:
    keep(hotline, StaffRow("vice", "何副总", "13800000041", "CO", "分管领导", "leader"))
    boss = person("boss", "leader", hotline.county.county, hotline.county.station, hotline.county.other_station)
    form = filled(hotline)
    two = [Part(hotline.county.county, "leader"), Part(hotline.county.county, "quality")]
    services.submit(form_id=form.pk, parts=two, by=head(hotline), at=AFTER)
    services.delegate(
        form_id=form.pk, part_id=part(form, 1).pk, staff_id=staff("vice"), from_on=TODAY, to_on=TODAY, by=boss, at=AFTER
    )
    vice = person("vice", "leader", hotline.county.county)
    sign(form, vice)
    assert (part(form, 1).is_deputy, part(form, 1).for_staff_id) == (True, boss.staff_id)
    given: dict[str, Any] = {"form_id": form.pk, "by": vice, "at": AFTER}
    assert refusal(services.sign, **given) == "signed_already"


def test_part_unclear_until_it_is_named(hotline: Hotline) -> None:
    form, who = filled(hotline), people(hotline)
    county = hotline.county.county
    services.submit(
        form_id=form.pk, parts=[Part(county, "leader"), Part(hotline.county.city, "leader")], by=head(hotline), at=AFTER
    )
    org.stand_in(
        absent_id=staff("chief"), stand_in_id=staff("boss"), from_on=TODAY, to_on=TODAY + DAY, by=SYSTEM, at=AFTER
    )
    assert refusal(services.sign, form_id=form.pk, by=who.leader, at=AFTER) == "part_unclear"
    sign(form, who.leader, part_id=part(form, 2).pk)
    assert (part(form, 2).is_deputy, part(form, 2).for_staff_id) == (True, staff("chief"))


def test_a_stand_in_signs_for_who_is_away_and_only_on_those_days(hotline: Hotline) -> None:
    keep(hotline, StaffRow("vice", "何副所", "13800000041", "ST", "副所长", "crew"))
    form = signing(hotline)
    org.stand_in(
        absent_id=staff("head"), stand_in_id=staff("vice"), from_on=TODAY, to_on=TODAY + DAY, by=SYSTEM, at=AFTER
    )
    vice = person("vice", "crew", hotline.county.station)
    assert refusal(services.sign, form_id=form.pk, by=vice, at=AFTER) == "not_found"  # not yet asked
    assert services.refresh_signers(by=HOUSE, at=AFTER) == 1
    assert services.refresh_signers(by=HOUSE, at=AFTER) == 0
    assert refusal(services.sign, form_id=form.pk, by=head(hotline), at=AFTER) == "not_your_part"  # away today
    assert refusal(services.sign, form_id=form.pk, by=vice, at=AFTER + 2 * DAY) == "not_your_part"  # back again
    late: dict[str, Any] = {
        "form_id": form.pk,
        "staff_id": staff("zhang"),
        "from_on": TODAY,
        "to_on": TODAY,
        "by": vice,
        "at": AFTER,
    }
    assert refusal(services.delegate, **late) == "only_holder_delegates"
    sign(form, vice)
    assert (part(form, 1).is_deputy, part(form, 1).for_staff_id) == (True, staff("head"))


def test_a_delegate_signs_on_the_days_of_the_delegation(hotline: Hotline) -> None:
    form, who = signing(hotline), people(hotline)
    given: dict[str, Any] = {
        "form_id": form.pk,
        "from_on": TODAY + DAY,
        "to_on": TODAY + 2 * DAY,
        "by": who.dept,
        "at": AFTER,
    }
    assert refusal(services.delegate, staff_id=who.dept.staff_id, **given) == "no_such_staff"
    assert refusal(services.delegate, staff_id=staff("zhang"), **given) == "no_such_staff"
    early = {**given, "from_on": TODAY + 3 * DAY}
    assert refusal(services.delegate, staff_id=staff("mark2"), **early) == "dates_wrong"
    services.delegate(staff_id=staff("crew"), **{**given, "by": head(hotline)})
    crew = person("crew", "crew", hotline.county.station)
    assert selectors.is_visible(crew, form.pk)
    assert refusal(services.sign, form_id=form.pk, by=crew, at=AFTER) == "not_your_part"
    assert refusal(services.sign, form_id=form.pk, by=crew, at=AFTER + 3 * DAY) == "not_your_part"
    sign(form, crew, AFTER + 2 * DAY)
    assert (part(form, 1).is_deputy, part(form, 1).for_staff_id) == (True, head(hotline).staff_id)


def test_the_accused_is_no_delegate_and_no_signer(hotline: Hotline) -> None:
    form = signing(hotline, filled(hotline, opened(hotline, about_staff_id=hotline.county.staff["zhang"])))
    given: dict[str, Any] = {"form_id": form.pk, "from_on": TODAY, "to_on": TODAY, "by": head(hotline), "at": AFTER}
    assert refusal(services.delegate, staff_id=staff("zhang"), **given) == "person_accused"
    zhang = person("zhang", "station", hotline.county.station)
    assert refusal(services.sign, form_id=form.pk, by=zhang, at=AFTER) == "own_complaint"
    assert refusal(services.refuse, form_id=form.pk, reason="不同意", by=zhang, at=AFTER) == "own_complaint"


def test_who_left_doesnt_sign_and_the_present_holder_does(hotline: Hotline) -> None:
    form = signing(hotline)
    keep(hotline, StaffRow("newhead", "吕所长", "13800000042", "S2", "所长", "station"))
    station, day = hotline.county.station, TODAY + DAY
    move: dict[str, Any] = {"role": "station", "from_on": day, "by": SYSTEM, "at": AFTER}
    org.appoint(staff_id=staff("newhead"), unit_id=station, title="所长", **move)
    org.appoint(staff_id=staff("head"), unit_id=hotline.county.other_station, title="所长", **move)
    at = AFTER + DAY + timedelta(hours=1)
    gone = person("head", "station", hotline.county.other_station)
    assert refusal(services.sign, form_id=form.pk, by=gone, at=at) == "not_your_part"
    new = person("newhead", "station", station)
    sign(form, new, at)
    assert (part(form, 1).staff_id, part(form, 1).is_deputy) == (staff("newhead"), False)


def test_what_isnt_whole_isnt_submitted(hotline: Hotline) -> None:
    form, given = opened(hotline), {"by": head(hotline), "at": AFTER}
    assert refusal(services.submit, form_id=form.pk, parts=parts(hotline), **given) == "measures_missing"
    filled(hotline, form, due=1)
    assert refusal(services.submit, form_id=form.pk, parts=[], **given) == "parts_missing"
    twice = [parts(hotline)[0]] * 2
    assert refusal(services.submit, form_id=form.pk, parts=twice, **given) == "parts_wrong"
    late: dict[str, Any] = {**given, "at": AFTER + 2 * DAY}
    assert refusal(services.submit, form_id=form.pk, parts=parts(hotline), **late) == "due_past"
    Form.objects.update(cause_sealed="")
    assert refusal(services.submit, form_id=form.pk, parts=parts(hotline), **given) == "text_missing"
    nobody = person("other", "station", hotline.county.other_station)
    assert refusal(services.submit, form_id=form.pk, parts=parts(hotline), by=nobody, at=AFTER) == "not_found"
    dept = people(hotline).dept
    assert refusal(services.submit, form_id=form.pk, parts=parts(hotline), by=dept, at=AFTER) == "not_allowed"


def test_a_part_that_nobody_can_sign_is_refused(hotline: Hotline) -> None:
    form = filled(hotline)
    org.stand_in(
        absent_id=staff("chief"), stand_in_id=staff("li"), from_on=TODAY, to_on=TODAY + DAY, by=SYSTEM, at=AFTER
    )
    Form.objects.get().complaint.__class__.objects.update(about_staff=staff("li"))
    top = [Part(hotline.county.city, "leader")]
    assert refusal(services.submit, form_id=form.pk, parts=top, by=head(hotline), at=AFTER) == "nobody_signs"


def test_the_same_key_signs_once(hotline: Hotline) -> None:
    form, first = signing(hotline), signers(hotline)[0]
    for _twice in range(2):
        services.take_step(form_id=form.pk, verb="sign", given=Given(), key="sign-key-1", by=first, at=AFTER)
    assert states(form) == [G, W, W]
    who: dict[str, Any] = {"given": Given(), "by": first, "at": AFTER, "form_id": form.pk}
    assert refusal(services.take_step, verb="fly", key="sign-key-2", **who) == "no_such_move"
    assert refusal(services.take_step, verb="delegate", key="sign-key-3", **who) == "field_missing"
