"""Plans: notice and exemption, other plans, change and postponement."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.models import Step
from longzhong.kit.actor import Actor, Scope
from longzhong.kit.errors import Refused
from longzhong.kit.models import Fact
from longzhong.register.org.rules import Role
from longzhong.sensing.outages import selectors, services
from longzhong.sensing.outages.models import Affected, Outage
from longzhong.sensing.outages.models import Scope as Device
from longzhong.sensing.outages.rules import Given, Kind, PlanChange, Span, State
from longzhong.sensing.outages.selectors import Draft
from tests.register.org.make import actor
from tests.register.policies.make import change as set_policy
from tests.register.policies.make import security
from tests.sensing.outages.make import MACHINE, NOW, Place, a_place, at

pytestmark = pytest.mark.django_db
TEN = at("03-02 10:00")
IN_TIME = ("03-09 08:00", "03-09 18:00")


def refused(code: str, act: Callable[[], object]) -> Refused:
    def standing() -> object:
        rows = list(Outage.objects.order_by("id").values())
        areas = list(Affected.objects.order_by("id").values_list("outage", "area"))
        return rows, areas, Device.objects.count(), Step.objects.count(), Fact.objects.count()

    before = standing()
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act()
    assert refusal.value.code == code
    assert standing() == before
    return refusal.value


def boss(place: Place, user_id: int = 901) -> Actor:
    return actor(Role.LEADER, place.unit("42"), user_id=user_id)


def asked(place: Place, **more: object) -> Outage:
    """A plan that waits for its exemption, asked for by the department."""
    outage = Outage.objects.get(pk=services.plan_outage(plan=new(place, **more), by=place.who("dept"), at=NOW))
    assert outage.state == State.ASKED
    return outage


def new(place: Place, starts: str = "03-04 08:00", ends: str = "03-04 18:00", **more: object) -> services.NewPlan:
    wanted = {
        "kind": Kind.PLANNED,
        "reason_code": "maintenance",
        "devices": place.off(feeders="F1"),
        "exemption": "抢险",
    }
    return services.NewPlan(starts_at=at(starts), ends_at=at(ends), **{**wanted, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "codes", "starts", "state"),
    [
        (Kind.PLANNED, "A1", "03-09 08:00", State.ANNOUNCED),
        (Kind.PLANNED, "A1", "03-08 08:00", "notice_too_short"),
        (Kind.TEMPORARY, "A3", "03-03 09:00", State.ANNOUNCED),
        (Kind.TEMPORARY, "A3", "03-03 08:00", "notice_too_short"),
        (Kind.TEMPORARY, "A1", "03-03 08:00", State.ANNOUNCED),
        (Kind.SHORTAGE, "A3", "03-02 10:00", State.ANNOUNCED),
    ],
    ids=["planned in time", "planned late", "important in time", "important late", "nobody important", "shortage"],
)
def test_the_gate_for_each_kind(place: Place, kind: Kind, codes: str, starts: str, state: str) -> None:
    reason = {Kind.SHORTAGE: "orderly"}.get(kind, "maintenance")
    ends = f"{starts[:6]}23:00"
    plan = new(place, starts, ends, kind=kind, reason_code=reason, devices=place.off(areas=codes), exemption="")
    if state == "notice_too_short":
        words = refused(
            "notice_too_short", lambda: services.plan_outage(plan=plan, by=place.who("dept"), at=NOW)
        ).message
        assert "提前" in words
        assert "什么都没有改动" in words
        return
    outage = Outage.objects.get(pk=services.plan_outage(plan=plan, by=place.who("dept"), at=NOW))
    assert (outage.state, outage.exemption) == (state, "")


def test_an_exemption_that_isnt_needed_isnt_kept(place: Place) -> None:
    outage = place.plan(*IN_TIME, feeders="F1", exemption="领导要求")
    assert (outage.state, outage.exemption, outage.asked_by_user) == (State.ANNOUNCED, "", None)


def test_a_stricter_policy_closes_the_gate(place: Place) -> None:
    units = place.net.city.units
    set_policy("outage.planned_notice_d", 10, by=security(*units.values()), unit_id=units["420602"])
    plan = new(place, *IN_TIME, exemption="")
    refused("notice_too_short", lambda: services.plan_outage(plan=plan, by=place.who("dept"), at=NOW))


def test_somebody_else_lets_it_through_and_only_then_the_desk_tells_of_it(place: Place) -> None:
    outage, a1 = asked(place, starts="03-03 08:00"), place.net.areas["A1"]
    assert (outage.exemption, outage.asked_by_user) == ("抢险", 900)
    assert selectors.known_at([a1], NOW) == {}, "not announced"
    refused("wrong_state", lambda: services.start(outage_id=outage.pk, by=MACHINE, at=at("03-04 08:00")))
    refused("own_request", lambda: services.approve(outage_id=outage.pk, by=place.who("dept"), at=TEN))
    refused("own_request", lambda: services.decline(outage_id=outage.pk, reason="改期", by=place.who("dept"), at=TEN))
    station = actor(Role.STATION, place.unit("42060201"), user_id=905)
    refused("not_allowed", lambda: services.approve(outage_id=outage.pk, by=station, at=TEN))
    below = actor(Role.LEADER, place.unit("42060201"), user_id=902)
    refused("not_allowed", lambda: services.approve(outage_id=outage.pk, by=below, at=TEN))
    away = actor(Role.LEADER, place.unit("420606"), user_id=903)
    refused("not_found", lambda: services.approve(outage_id=outage.pk, by=away, at=TEN))
    let = services.approve(outage_id=outage.pk, note="同意，做好客户沟通", by=boss(place), at=TEN)
    assert (let.state, let.approved_by_user, let.approved_at) == (State.ANNOUNCED, 901, TEN)
    assert selectors.known_at([a1], NOW)[a1][0].id == outage.pk
    refused("wrong_state", lambda: services.approve(outage_id=outage.pk, by=boss(place), at=TEN))
    texts = [entry.text for entry in matters.timeline(selectors.label(outage.pk))]
    assert "同意，做好客户沟通" in texts[0]
    assert "抢险" in texts[1]
    assert [fact.body["verb"] for fact in Fact.objects.filter(name="OutageMoved").order_by("id")] == ["plan", "approve"]


def test_another_department_may_approve_and_machines_never_their_own(place: Place) -> None:
    outage = asked(place)
    other = actor(Role.DEPT, place.unit("420602"), user_id=904)
    assert services.approve(outage_id=outage.pk, by=other, at=TEN).state == State.ANNOUNCED
    plan = new(place, "03-05 08:00", "03-05 18:00")
    pushed = services.plan_outage(plan=plan, by=MACHINE, at=NOW)
    refused("own_request", lambda: services.approve(outage_id=pushed, by=MACHINE, at=TEN))


def test_a_declined_plan_is_off_and_frees_its_time(place: Place) -> None:
    outage = asked(place)
    refused("reason_missing", lambda: services.decline(outage_id=outage.pk, reason=" ", by=boss(place), at=TEN))
    gone = services.decline(outage_id=outage.pk, reason="可以等到下周", by=boss(place), at=TEN)
    assert (gone.state, gone.closed_at) == (State.CANCELLED, TEN)
    assert asked(place).pk != outage.pk


def test_an_exemption_comes_too_late_for_a_plan_that_is_over(place: Place) -> None:
    outage = asked(place)
    refused("plan_over", lambda: services.approve(outage_id=outage.pk, by=boss(place), at=at("03-04 18:00")))
    assert services.cancel(outage_id=outage.pk, reason="过期", by=place.who("dept"), at=at("03-05 08:00")).closed_at


@pytest.mark.parametrize(
    ("starts", "ends", "devices", "meets"),
    [
        ("03-09 17:00", "03-09 20:00", {"sections": "S3"}, True),
        ("03-09 17:00", "03-09 20:00", {"areas": "A1"}, True),
        ("03-09 18:00", "03-09 20:00", {"feeders": "F1"}, False),
        ("03-09 06:00", "03-09 08:00", {"feeders": "F1"}, False),
        ("03-09 08:00", "03-09 18:00", {"areas": "A3"}, False),
        ("03-10 08:00", "03-10 18:00", {"sections": "S3"}, False),
    ],
)
def test_two_plans_of_one_time_and_place(
    place: Place, starts: str, ends: str, devices: dict[str, str], meets: bool
) -> None:
    held = place.plan(*IN_TIME, sections="S3")
    if meets:
        refusal = refused("plan_overlaps", lambda: place.plan(starts, ends, **devices))  # type: ignore[arg-type]
        assert refusal.facts == {"outage": held.pk, "number": held.number}
        assert str(held.number) in refusal.message
    else:
        assert place.plan(starts, ends, **devices).state == State.ANNOUNCED  # type: ignore[arg-type]


def test_a_plan_that_waits_holds_its_time_and_a_device_without_areas_too(place: Place) -> None:
    outage = asked(place)
    refused("plan_overlaps", lambda: place.plan("03-04 08:00", "03-04 09:00", areas="A2"))
    services.cancel(outage_id=outage.pk, reason="改期", by=place.who("dept"), at=TEN)
    place.plan(*IN_TIME, sections="S2", kept="S2 S3"[3:], areas="A1")
    refused("plan_overlaps", lambda: place.plan(*IN_TIME, sections="S2"))


def test_what_the_check_counts_before_anything_is_saved(place: Place) -> None:
    gone = place.fault(areas="A1", when=at("03-02 06:00"))
    services.restore(outage_id=gone.pk, by=MACHINE, at=NOW)
    near = place.plan("03-12 08:00", "03-12 18:00", areas="A2")
    same = place.plan("03-09 12:00", "03-09 13:00", areas="A3")
    out = place.fault(areas="A2", when=TEN)
    draft = Draft(Kind.PLANNED, place.off(feeders="F1"), Span(at(IN_TIME[0]), at(IN_TIME[1])))
    check = selectors.check_plan(draft, TEN)
    assert [one.id for one in check.clashes] == [same.pk]
    assert [one.id for one in check.others] == [out.pk]
    assert [one.id for one in check.mergeable] == [near.pk]
    assert (check.repeats.areas, check.repeats.accounts, check.repeats.most) == (3, 5, 3)
    assert (check.impact.households, check.impact.important, check.gate.short) == (4, 1, False)
    assert selectors.times_off([], NOW, selectors.duties(None, NOW)) == {}


def moved(outage: Outage, starts: str, ends: str, by: Actor, devices: object = None, reason: str = "天气") -> Outage:
    change = PlanChange(starts_at=at(starts), ends_at=at(ends), reason=reason, devices=devices)  # type: ignore[arg-type]
    return services.change_plan(outage_id=outage.pk, change=change, by=by, at=TEN)


def test_a_plan_changes_with_reason_and_count(place: Place) -> None:
    outage, dept = place.plan("03-10 08:00", "03-10 18:00", feeders="F1", by=place.who("dept")), place.who("dept")
    later = moved(outage, "03-11 07:00", "03-11 19:00", dept)
    assert (later.planned_start, later.expected_end_at, later.changes) == (at("03-11 07:00"), at("03-11 19:00"), 1)
    fewer = moved(outage, "03-11 07:00", "03-11 19:00", dept, place.off(sections="S3"), "缩小范围")
    assert (fewer.areas, fewer.accounts, fewer.title, fewer.changes) == (1, 2, "10kV隆中一线 3号杆", 2)
    text = matters.timeline(selectors.label(outage.pk))[1].text
    assert "计划 2026-03-10 08:00 至 2026-03-10 18:00 → 2026-03-11 07:00 至 2026-03-11 19:00" in text
    assert "天气" in text
    refused("plan_unchanged", lambda: moved(outage, "03-11 07:00", "03-11 19:00", dept))
    refused("reason_missing", lambda: moved(outage, "03-12 07:00", "03-12 19:00", dept, reason=""))
    refused("span_empty", lambda: moved(outage, "03-12 07:00", "03-12 07:00", dept))
    refused("plan_over", lambda: moved(outage, "03-02 07:00", "03-02 09:00", dept))
    refused("not_allowed", lambda: moved(outage, "03-12 07:00", "03-12 19:00", place.who("station", "42060201")))
    refused(
        "device_unknown", lambda: moved(outage, "03-12 07:00", "03-12 19:00", dept, services.Devices(feeders=(10**9,)))
    )


def test_what_comes_sooner_or_hits_others_needs_its_notice(place: Place) -> None:
    outage, dept = place.plan("03-09 08:00", "03-09 18:00", sections="S3"), place.who("dept")
    refused("notice_too_short", lambda: moved(outage, "03-08 08:00", "03-08 18:00", dept))
    assert moved(outage, "03-09 07:00", "03-09 18:00", dept).changes == 1, "the same day is early enough"
    exempt = place.plan("03-04 08:00", "03-04 18:00", areas="A2")
    refused("notice_too_short", lambda: moved(exempt, "03-04 08:00", "03-04 18:00", dept, place.off(areas="A2 A3")))
    assert moved(exempt, "03-04 09:00", "03-04 17:00", dept).changes == 1, "they were told; later is no worse"


def test_a_changed_plan_mustnt_meet_another_one(place: Place) -> None:
    place.plan("03-10 08:00", "03-10 18:00", areas="A1")
    outage = place.plan("03-11 08:00", "03-11 18:00", feeders="F1")
    refused("plan_overlaps", lambda: moved(outage, "03-10 12:00", "03-10 20:00", MACHINE))
    assert moved(outage, "03-11 10:00", "03-11 20:00", MACHINE).changes == 1, "it doesn't meet itself"


def test_the_same_work_later(place: Place) -> None:
    outage, dept = place.plan("03-04 08:00", "03-04 18:00", feeders="F1"), place.who("dept")
    step = {"outage_id": outage.pk, "by": dept, "at": TEN}
    later = services.postpone(starts_at=at("03-05 09:00"), reason="大风", **step)
    assert (later.planned_start, later.planned_end, later.changes) == (at("03-05 09:00"), at("03-05 19:00"), 1)
    own = services.postpone(starts_at=at("03-06 09:00"), ends_at=at("03-06 12:00"), reason="大风", **step)
    assert own.planned_end == at("03-06 12:00")
    refused("not_later", lambda: services.postpone(starts_at=at("03-06 09:00"), reason="改期", **step))
    refused("reason_missing", lambda: services.postpone(starts_at=at("03-07 09:00"), reason="", **step))
    refused("field_missing", lambda: services.take_step(verb="postpone", given=Given("x"), key="key-00000001", **step))
    refused(
        "field_missing", lambda: services.take_step(verb="change_plan", given=Given("x"), key="key-00000002", **step)
    )
    services.start(outage_id=outage.pk, by=MACHINE, at=at("03-06 09:00"))
    refused("wrong_state", lambda: services.postpone(starts_at=at("03-07 09:00"), reason="改期", **step))


@pytest.mark.django_db(transaction=True)
def test_two_who_plan_the_same_line_at_once_keep_one_plan() -> None:
    place, said = a_place(), list[str]()

    def plan() -> None:
        try:
            place.plan(
                *IN_TIME, feeders="F1", by=Actor(7, None, "规划", (Scope("dept", frozenset({place.unit("420602")})),))
            )
            said.append("kept")
        except Refused as refusal:
            said.append(refusal.code)
        finally:
            connection.close()

    planners = [threading.Thread(target=plan) for _ in range(3)]
    [one.start() for one in planners]
    [one.join(60) for one in planners]
    assert sorted(said) == ["kept", "plan_overlaps", "plan_overlaps"]
