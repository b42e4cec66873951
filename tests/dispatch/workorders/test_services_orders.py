"""Opening and handing on: what the table of moves can't say."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters import services as matter_services
from longzhong.dispatch.matters.models import Clock, Step
from longzhong.dispatch.workorders import reactions, selectors, services
from longzhong.dispatch.workorders.rules import State
from longzhong.kit import outbox
from longzhong.kit.errors import Refused
from longzhong.kit.models import Fact
from longzhong.register.org.models import GridManager
from longzhong.register.org.services import assign_grid_manager, stand_in
from tests.dispatch.make import DAY, MORNING, SYSTEM, County, at
from tests.dispatch.workorders.make import HERE, in_state, opened

NOON = at("2026-03-02 12:00")


@pytest.mark.django_db
def test_an_order_goes_to_the_manager_of_the_cell_with_its_clocks(county: County) -> None:
    order = opened(county)
    assert (order.state, order.owner_id, order.unit_id) == (State.DISPATCHED, county.staff["zhang"], county.station)
    assert order.number == f"GD20260302{order.pk:06d}"
    clocks = {row.name: (row.value, row.measure, row.due_at, row.policy_key) for row in Clock.objects.all()}
    assert clocks == {
        "accept": (4, "wh", at("2026-03-02 14:30") + timedelta(minutes=30), "orders.area_fault.normal.accept"),
        "arrive": (2, "wd", at("2026-03-05 00:00"), "orders.area_fault.normal.arrive"),
        "finish": (7, "wd", at("2026-03-12 00:00"), "orders.area_fault.normal.finish"),
    }
    assert (order.due_clock, order.due_at) == ("accept", at("2026-03-02 15:00"))
    assert Fact.objects.get(name="OrderMoved").body["verb"] == "open"


@pytest.mark.django_db
def test_opening_is_idempotent_by_constraint(county: County) -> None:
    first = opened(county)
    assert opened(county).pk == first.pk
    assert Clock.objects.count() == 3
    assert Fact.objects.filter(name="OrderMoved").count() == 1
    services.cancel(order_id=first.pk, reason="误报", by=SYSTEM, at=NOON)
    assert opened(county, at=NOON).pk != first.pk  # the old one lives no more


@pytest.mark.django_db(transaction=True)
def test_two_openers_at_once_open_one(county: County) -> None:
    gate, found = threading.Barrier(4), []

    def work() -> None:
        try:
            gate.wait(10)
            found.append(opened(county).pk)
        finally:
            connection.close()

    _run(work, 4)
    assert len(set(found)) == 1
    assert Clock.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_people_take_one_order_and_one_gets_it(county: County) -> None:
    order = opened(county, grid=county.empty_grid)
    gate, results = threading.Barrier(2), []
    people = iter([county.actor("zhang", "grid"), county.actor("li", "grid")])

    def work() -> None:
        person = next(people)
        try:
            gate.wait(10)
            results.append(services.take(order_id=order.pk, by=person, at=NOON).owner_id)
        except Refused as refusal:
            results.append(refusal.code)
        finally:
            connection.close()

    _run(work, 2)
    assert "wrong_state" in results
    order.refresh_from_db()
    assert order.owner_id in results
    assert Step.objects.filter(verb="take").count() == 1


def _run(work: object, count: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]  # type: ignore[arg-type]
    [thread.start() for thread in threads]
    [thread.join(60) for thread in threads]


@pytest.mark.django_db
def test_without_a_manager_the_order_lies_in_the_pool_and_escalates(county: County) -> None:
    order = opened(county, grid=county.empty_grid)
    assert (order.state, order.owner_id) == (State.NEW, None)
    matter_services.sweep(by=SYSTEM, at=at("2026-03-02 15:01"))
    outbox.deliver_all(twice=True)
    order.refresh_from_db()
    assert order.alarm == 2
    assert selectors.counts(county.head, at("2026-03-02 15:01")).unassigned == 1
    services.take(order_id=order.pk, by=county.li, at=at("2026-03-02 15:05"))
    order.refresh_from_db()
    assert (order.state, order.owner_id, order.alarm) == (State.ACCEPTED, county.staff["li"], 2)
    assert Clock.objects.get(name="accept").verdict == "late"
    reactions.services.note_alarm(matter="alerts.alert:1", alarm=4, by=SYSTEM, at=NOON)  # not ours


@pytest.mark.django_db
def test_a_stand_in_gets_the_order(county: County) -> None:
    week = {"from_on": date(2026, 3, 2), "to_on": date(2026, 3, 9)}
    stand_in(absent_id=county.staff["zhang"], stand_in_id=county.staff["li"], **week, by=SYSTEM, at=MORNING)
    assert opened(county).owner_id == county.staff["li"]


@pytest.mark.django_db
def test_a_moved_manager_leaves_the_orders_with_unit_and_clocks(county: County) -> None:
    waiting, begun = opened(county), opened(county, cause="tests.cause:2")
    services.accept(order_id=begun.pk, by=county.zhang, at=NOON)
    due = dict(Clock.objects.filter(state="running").values_list("id", "due_at"))
    assign_grid_manager(grid_id=county.grid, staff_id=county.staff["li"], from_on=date(2026, 3, 3), by=SYSTEM, at=NOON)
    assert services.hand_over_leavers(by=SYSTEM, at=at("2026-03-03 00:30")) == 2
    assert services.hand_over_leavers(by=SYSTEM, at=at("2026-03-03 00:31")) == 0
    for order in (waiting, begun):
        order.refresh_from_db()
        assert (order.owner_id, order.state, order.unit_id) == (county.staff["li"], State.DISPATCHED, county.station)
    assert dict(Clock.objects.filter(state="running").values_list("id", "due_at")) == due
    assert set(Clock.objects.filter(state="running").values_list("owner_id", flat=True)) == {county.staff["li"]}
    assert "原负责人调离" in matters.timeline(selectors.label(begun.pk))[0].text


@pytest.mark.django_db
def test_what_was_given_by_name_stays_with_them(county: County) -> None:
    order = opened(county)
    services.assign(order_id=order.pk, owner_id=county.staff["li"], by=county.head, at=NOON)
    assert services.hand_over_leavers(by=SYSTEM, at=at("2026-03-03 00:30")) == 0
    order.refresh_from_db()
    assert order.owner_id == county.staff["li"]


@pytest.mark.django_db
def test_a_stand_in_gives_back_what_they_havent_begun(county: County) -> None:
    week = {"from_on": date(2026, 3, 2), "to_on": date(2026, 3, 4)}
    stand_in(absent_id=county.staff["zhang"], stand_in_id=county.staff["li"], **week, by=SYSTEM, at=MORNING)
    assign_grid_manager(grid_id=county.empty_grid, staff_id=county.staff["li"], from_on=DAY, by=SYSTEM, at=MORNING)
    waiting, begun = opened(county), opened(county, cause="tests.cause:2")
    services.accept(order_id=begun.pk, by=county.actor("li", "grid"), at=NOON)
    assert services.hand_over_leavers(by=SYSTEM, at=at("2026-03-04 00:30")) == 1
    waiting.refresh_from_db()
    begun.refresh_from_db()
    assert (waiting.owner_id, begun.owner_id) == (county.staff["zhang"], county.staff["li"])


@pytest.mark.django_db
def test_a_leavers_orders_without_an_heir_go_to_the_pool(county: County) -> None:
    order, waiting = in_state(county, State.ARRIVED), in_state(county, State.FINISHED, cause="tests.cause:2")
    GridManager.objects.filter(grid=county.grid, to_on=None).update(to_on=date(2026, 3, 3))
    assert services.hand_over_leavers(by=SYSTEM, at=at("2026-03-03 00:30")) == 2
    order.refresh_from_db()
    waiting.refresh_from_db()
    assert (order.state, order.owner_id) == (State.NEW, None)
    assert (waiting.state, waiting.owner_id) == (State.FINISHED, None)


@pytest.mark.django_db
def test_an_offer_changes_the_owner_when_accepted_and_nothing_else(county: County) -> None:
    order = in_state(county, State.ARRIVED)
    with pytest.raises(Refused, match="not_yours"):
        services.offer(order_id=order.pk, to_staff_id=county.staff["li"], by=county.actor("li", "grid"), at=NOON)
    with pytest.raises(Refused, match="no_such_staff"):
        services.offer(order_id=order.pk, to_staff_id=0, by=county.zhang, at=NOON)
    services.offer(order_id=order.pk, to_staff_id=county.staff["li"], by=county.zhang, at=NOON)
    order.refresh_from_db()
    assert order.owner_id == county.staff["zhang"]
    assert selectors.is_visible(county.li, order.pk)  # who is asked may look
    services.accept_offer(order_id=order.pk, by=county.li, at=NOON)
    order.refresh_from_db()
    assert (order.owner_id, order.state) == (county.staff["li"], State.ARRIVED)
    services.offer(order_id=order.pk, to_staff_id=county.staff["zhang"], by=county.li, at=NOON)
    services.decline_offer(order_id=order.pk, by=county.zhang, at=NOON)
    services.offer(order_id=order.pk, to_staff_id=county.staff["zhang"], by=county.li, at=NOON)
    services.assign(order_id=order.pk, owner_id=county.staff["zhang"], by=county.head, at=NOON)  # withdraws the offer
    assert matters.open_offer(selectors.label(order.pk)) is None


@pytest.mark.django_db
def test_assigning_needs_somebody_else_who_is_there(county: County) -> None:
    order = opened(county)
    with pytest.raises(Refused, match="same_owner"):
        services.assign(order_id=order.pk, owner_id=county.staff["zhang"], by=county.head, at=NOON)
    with pytest.raises(Refused, match="no_such_staff"):
        services.assign(order_id=order.pk, owner_id=county.staff["chief"], by=county.head, at=NOON)
    nobody = county.actor("li", "grid")
    pool = opened(county, cause="tests.cause:2", grid=county.empty_grid)
    with pytest.raises(Refused, match="not_staff"):
        services.take(order_id=pool.pk, by=type(nobody)(5, None, "x", nobody.scopes), at=NOON)


@pytest.mark.django_db
def test_tiles_and_people(county: County) -> None:
    opened(county)
    opened(county, cause="tests.cause:2", grid=county.empty_grid)
    when = at("2026-03-03 10:00")
    counts = selectors.counts(county.head, when)
    assert (counts.live, counts.late, counts.unassigned) == (2, 2, 1)
    assert (counts.by_state["new"], counts.by_state["dispatched"]) == (1, 1)
    people = [(line.name, line.live, line.late) for line in selectors.by_person(county.head, when)]
    assert people == [("张惠芳", 1, 1), ("未分派", 1, 1)]
    assert [order.state for order in selectors.hands_on(county.zhang)] == ["dispatched"]
    assert [order.state for order in selectors.hands_on(county.li)] == ["new"]
    in_state(county, State.FINISHED, cause="tests.cause:3")
    assert len(selectors.done_by(county.zhang)) == 1
    assert selectors.counts(county.actor("other", "station", units=(county.other_station,)), when).live == 0
    assert HERE.known
