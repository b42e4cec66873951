"""Crews, plans and what persons do with them: success and refusal."""

from datetime import timedelta

import pytest

from longzhong.dispatch.crews import jobs, selectors, services
from longzhong.dispatch.crews.models import Plan, PlanNeed, Stop, Unplaced
from longzhong.dispatch.crews.services import NewCrew, Note, Reach
from longzhong.dispatch.workorders import services as orders
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.kit import clock, outbox
from longzhong.kit.errors import Refused
from longzhong.kit.models import JournalEntry
from longzhong.register.policies.services import change_policy
from tests.dispatch.crews.make import BASE, a_crew, a_place, a_repair, hands, no_road
from tests.dispatch.make import MORNING, SYSTEM, County, a_county
from tests.dispatch.workorders.make import HERE

pytestmark = pytest.mark.django_db
KEY = "key-crews-0001"


@pytest.fixture
def county() -> County:
    made = a_county()
    hands(made)
    return made


def code(excinfo: pytest.ExceptionInfo[Refused]) -> str:
    return excinfo.value.code


def kept(county: County, **changed: object) -> NewCrew:
    held = {
        "number": "1",
        "name": "一班",
        "unit_id": county.station,
        "skills": ("low_voltage",),
        "road": "road",
        "lat": 32.0,
        "lon": 112.0,
    }
    return NewCrew(**{**held, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"name": " "}, "crew_incomplete"), ({"skills": ()}, "skill_unknown"), ({"skills": ("magic",)}, "skill_unknown"),
        ({"road": "air"}, "road_unknown"), ({"lat": 100.0}, "position_invalid"), ({"number": "A"}, "crew_number_taken"),
    ],
)  # fmt: skip
def test_a_crew_is_whole(county: County, changed: dict[str, object], why: str) -> None:
    services.keep_crew(crew=kept(county, number="A"), by=county.head, at=MORNING)
    with pytest.raises(Refused) as refused:
        services.keep_crew(crew=kept(county, **changed), by=county.head, at=MORNING)
    assert code(refused) == why


def test_the_head_keeps_crews_people_and_shifts(county: County) -> None:
    head, staff = county.head, county.staff
    crew = services.keep_crew(crew=kept(county), by=head, at=MORNING)
    assert services.keep_crew(crew=kept(county, name="改名"), crew_id=crew, by=head, at=MORNING) == crew
    services.set_members(crew_id=crew, staff_ids=[staff["qian"], staff["sun"]], by=head, at=MORNING)
    other = services.keep_crew(crew=kept(county, number="2"), by=head, at=MORNING)
    for people, why in (([staff["sun"]], "in_other_crew"), ([], "no_such_staff"), ([10**9], "no_such_staff")):
        with pytest.raises(Refused) as refused:
            services.set_members(crew_id=other, staff_ids=people, by=head, at=MORNING)
        assert code(refused) == why
    later = MORNING + timedelta(days=2)
    services.set_members(crew_id=crew, staff_ids=[staff["sun"]], by=head, at=later)
    assert selectors.crew_of_staff(staff["qian"], clock.civil_day(MORNING)) == crew, "the past stays"
    assert selectors.members_on([crew], clock.civil_day(later)) == {crew: [(staff["sun"], True)]}
    for actor in (county.zhang, county.actor("other", "station", units=(county.other_station,))):
        with pytest.raises(Refused) as refused:
            services.set_members(crew_id=crew, staff_ids=[staff["wu"]], by=actor, at=later)
        assert code(refused) in ("not_allowed", "not_found")
    with pytest.raises(Refused) as refused:
        services.keep_crew(crew=kept(county, number="9"), by=county.zhang, at=MORNING)
    assert code(refused) == "not_allowed"
    services.end_crew(crew_id=crew, by=head, at=later)
    assert selectors.crew_of_staff(staff["sun"], clock.civil_day(later)) is None


def test_shifts_dont_overlap_and_begun_ones_stay(county: County) -> None:
    crew = a_crew(county, "1", [county.staff["qian"]], shift=False)
    held = {"crew_id": crew, "by": county.head, "at": MORNING}
    first = services.add_shift(starts_at=MORNING, ends_at=MORNING + timedelta(hours=8), **held)
    later = services.add_shift(starts_at=MORNING + timedelta(hours=8), ends_at=MORNING + timedelta(hours=16), **held)
    for start, hours, why in ((4, 3, "shift_overlaps"), (20, 25, "shift_length"), (20, 0, "shift_length")):
        begin = MORNING + timedelta(hours=start)
        with pytest.raises(Refused) as refused:
            services.add_shift(starts_at=begin, ends_at=begin + timedelta(hours=hours), **held)
        assert code(refused) == why
    services.remove_shift(shift_id=later.pk, by=county.head, at=MORNING)
    for shift, why in ((first.pk, "shift_begun"), (later.pk, "not_found")):
        with pytest.raises(Refused) as refused:
            services.remove_shift(shift_id=shift, by=county.head, at=MORNING)
        assert code(refused) == why
    assert list(selectors.crews_on_shift(county.station, MORNING)) != []
    services.set_standby(crew_id=crew, standby=False, by=county.head, at=MORNING)
    assert list(selectors.crews_on_shift(county.station, MORNING)) == []
    assert selectors.readiness(county.station, MORNING) == "none"
    with pytest.raises(Refused) as refused:
        services.set_standby(crew_id=crew, standby=True, by=county.actor("zhang", "grid"), at=MORNING)
    assert code(refused) == "not_allowed"


def test_a_village_without_a_road_has_somebody_who_relays(county: County) -> None:
    area = a_place("V1", 32.1, 112.2)
    for reach, why in ((Reach("foot", 60), "relay_missing"), (Reach("air"), "road_unknown")):
        with pytest.raises(Refused) as refused:
            services.set_access(area_id=area, reach=reach, by=county.head, at=MORNING)
        assert code(refused) == why
    row = services.set_access(
        area_id=area, reach=Reach("foot", 60, "郑组长", "13900001111"), by=county.head, at=MORNING
    )
    assert "13900001111" not in row.relay_phone
    services.set_access(area_id=area, reach=Reach("foot", 45), by=county.head, at=MORNING)
    assert services.reveal_relay(area_id=area, reason="通知停电", by=county.head, at=MORNING) == "郑组长 13900001111"
    assert JournalEntry.objects.filter(act="access.reveal").count() == 1
    with pytest.raises(Refused) as refused:
        services.reveal_relay(area_id=area, reason=" ", by=county.head, at=MORNING)
    assert code(refused) == "reveal_needs_reason"
    order = a_repair(county, 1, area)
    told = services.relay(order_id=order, text="班组中午到", by=county.head, at=MORNING)
    done = services.pass_on(relay_id=told.pk, by=county.head, at=MORNING + timedelta(minutes=9))
    assert (
        services.pass_on(relay_id=told.pk, by=county.head, at=MORNING + timedelta(hours=9)).passed_on_at
        == done.passed_on_at
    )
    plain = a_repair(county, 2, a_place("V2", 32.1, 112.3))
    for order_id, text, why in ((plain, "x", "no_relay"), (order, " ", "relay_text"), (10**9, "x", "not_found")):
        with pytest.raises(Refused) as refused:
            services.relay(order_id=order_id, text=text, by=county.head, at=MORNING)
        assert code(refused) == why
    with pytest.raises(Refused) as refused:
        services.pass_on(relay_id=10**9, by=county.head, at=MORNING)
    assert code(refused) == "not_found"


def quick(county: County) -> None:
    change_policy(
        key="crews.solve_s",
        value=1,
        unit_id=None,
        edition="",
        from_on=clock.civil_day(MORNING),
        reason="测试",
        by=SYSTEM,
        at=MORNING,
    )


def test_plans_follow_orders_people_confirm_and_begun_work_stays(county: County) -> None:
    near, far = a_place("N1", BASE[0], BASE[1] + 0.02), a_place("F1", BASE[0], BASE[1] + 0.3)
    one = a_crew(county, "1", [county.staff["qian"], county.staff["sun"]])
    two = a_crew(
        county, "2", [county.staff["wu"]], skills=("low_voltage", "high_voltage"), place=(BASE[0], BASE[1] + 0.31)
    )
    first, second = a_repair(county, 1, near), a_repair(county, 2, far)
    pole, nowhere = a_repair(county, 3, far, fault="fallen_pole"), a_repair(county, 4, None)
    outbox.deliver_all()
    assert PlanNeed.objects.get().unit_id == county.station
    services.note_job(order_id=first, note=Note(55, ("重要用户 1 户 +25",), 30), by=SYSTEM, at=MORNING)
    assert services.replan_due(by=SYSTEM, at=MORNING) == 1
    assert services.replan_due(by=SYSTEM, at=MORNING) == 0
    stops = {stop.order_id: stop for stop in Stop.objects.filter(plan__current=True)}
    assert {order: stop.crew_id for order, stop in stops.items()} == {first: one, second: two, pole: two}
    assert stops[first].points == 55
    assert any("具备低压技能" in why for why in stops[first].why)
    assert {row.order_id: row.reason for row in Unplaced.objects.filter(plan__current=True)} == {nowhere: "no_position"}

    moved = services.move_stop(stop_id=stops[first].pk, crew_id=two, by=county.head, at=MORNING)
    assert moved.locked
    services.replan_due(by=SYSTEM, at=MORNING + timedelta(minutes=1))
    assert Stop.objects.get(plan__current=True, order=first).crew_id == two, "locked stays"
    mine = Stop.objects.get(plan__current=True, order=first)
    services.lock_stop(stop_id=mine.pk, locked=False, by=county.head, at=MORNING)
    services.confirm_stop(
        stop_id=Stop.objects.get(plan__current=True, order=second).pk, key=KEY, by=county.head, at=MORNING
    )
    confirmed = services.confirm_stop(
        stop_id=Stop.objects.get(plan__current=True, order=second).pk, key=KEY, by=county.head, at=MORNING
    )
    assert confirmed.confirmed_at == MORNING
    assert WorkOrder.objects.get(pk=second).owner_id == county.staff["wu"]

    wu = county.actor("wu", "crew")
    orders.accept(order_id=second, by=wu, at=MORNING + timedelta(minutes=3))
    orders.arrive(order_id=second, position=HERE, by=wu, at=MORNING + timedelta(minutes=5))
    plan = services.replan(unit_id=county.station, by=SYSTEM, at=MORNING + timedelta(minutes=10))
    begun = Stop.objects.get(plan=plan, order=second)
    assert (begun.begun, begun.position, begun.arrive_at) == (True, 1, MORNING + timedelta(minutes=10))
    assert selectors.readiness(county.station, MORNING) == "ready"
    assert Stop.objects.get(plan=plan, order=first).crew_id == one, "unlocked, it goes back to who is near"
    assert Plan.objects.filter(current=True).count() == 1
    with pytest.raises(Refused) as refused:
        services.move_stop(stop_id=begun.pk, crew_id=one, by=county.head, at=MORNING)
    assert code(refused) == "stop_begun"


def test_what_may_not_be_done_with_a_stop(county: County) -> None:
    village = a_place("V1", BASE[0], BASE[1] + 0.05)
    no_road(village, 30)
    plain = a_crew(county, "1", [county.staff["qian"]])
    walkers = a_crew(county, "2", [county.staff["wu"]], road="foot")
    order = a_repair(county, 1, village)
    services.replan(unit_id=county.station, by=SYSTEM, at=MORNING)
    stop = Stop.objects.get(order=order)
    assert stop.crew_id == walkers
    held = {"stop_id": stop.pk, "by": county.head, "at": MORNING}
    with pytest.raises(Refused) as refused:
        services.move_stop(crew_id=plain, **held)
    assert code(refused) == "crew_cannot_reach"
    off = a_crew(county, "3", [county.staff["sun"]], shift=False)
    with pytest.raises(Refused) as refused:
        services.move_stop(crew_id=off, **held)
    assert code(refused) == "crew_off"
    with pytest.raises(Refused) as refused:
        services.lock_stop(stop_id=stop.pk, locked=True, by=county.actor("zhang", "grid"), at=MORNING)
    assert code(refused) == "not_allowed"
    with pytest.raises(Refused) as refused:
        services.lock_stop(stop_id=10**9, locked=True, by=county.head, at=MORNING)
    assert code(refused) == "not_found"
    services.confirm_stop(key=KEY, **held)
    for act, why in (
        (lambda: services.confirm_stop(key="another-key-02", **held), "stop_confirmed"),
        (lambda: services.move_stop(crew_id=plain, **held), "stop_confirmed"),
        (lambda: services.ask_plan(unit_id=county.station, by=county.zhang, at=MORNING), "not_allowed"),
        (lambda: services.replan(unit_id=county.station, by=county.zhang, at=MORNING), "not_allowed"),
        (lambda: services.note_job(order_id=order, note=Note(1), by=county.head, at=MORNING), "not_allowed"),
        (
            lambda: services.note_job(order_id=order, note=Note(1, skill="magic"), by=SYSTEM, at=MORNING),
            "skill_unknown",
        ),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert code(refused) == why


def test_a_crew_without_people_is_given_nothing(county: County) -> None:
    crew = a_crew(county, "1", [county.staff["qian"]])
    a_repair(county, 1, a_place("N1", *BASE))
    with clock.frozen(MORNING):
        services.ask_plan(unit_id=county.station, by=county.head, at=MORNING)
        jobs.make_plans()
    services.set_members(crew_id=crew, staff_ids=[county.staff["qian"]], by=SYSTEM, at=MORNING)
    stop = Stop.objects.get(plan__current=True)
    stop.crew.members.all().delete()
    with pytest.raises(Refused) as refused:
        services.confirm_stop(stop_id=stop.pk, key=KEY, by=county.head, at=MORNING)
    assert code(refused) == "crew_empty"
