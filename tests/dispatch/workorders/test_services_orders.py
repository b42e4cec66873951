"""Opening, handing on, pausing, projects: what the table of moves can't say."""

import threading
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection, transaction

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters import services as matter_services
from longzhong.dispatch.matters.models import Clock, Step
from longzhong.dispatch.matters.rules import PauseReason
from longzhong.dispatch.workorders import reactions, selectors, services
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import Outcome, Position, State
from longzhong.kit import outbox
from longzhong.kit.errors import Refused
from longzhong.kit.models import Fact
from longzhong.register.org.services import assign_grid_manager, stand_in
from tests.dispatch.make import DAY, MORNING, SYSTEM, County, at
from tests.dispatch.workorders.make import DONE, HERE, PROOF, in_state, opened, photo

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
    assert Fact.objects.get().body["verb"] == "open"


@pytest.mark.django_db
def test_opening_is_idempotent_by_constraint(county: County) -> None:
    first = opened(county)
    assert opened(county).pk == first.pk
    assert Clock.objects.count() == 3
    assert Fact.objects.count() == 1
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
    assert services.reassign_open_orders(staff_id=county.staff["zhang"], by=SYSTEM, at=NOON) == 2
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


BAD_POSITIONS = [
    ("nothing", Position(), "position_missing"),
    ("off the earth", Position(132.0, 12.0), "position_invalid"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("position", "code"), [row[1:] for row in BAD_POSITIONS], ids=[row[0] for row in BAD_POSITIONS]
)
def test_arriving_needs_a_position_or_a_reason(county: County, position: Position, code: str) -> None:
    order = in_state(county, State.ACCEPTED)
    with pytest.raises(Refused, match=code):
        services.arrive(order_id=order.pk, position=position, by=county.zhang, at=NOON)
    services.arrive(order_id=order.pk, position=Position(reason="山沟无信号"), by=county.zhang, at=NOON)
    assert "山沟无信号" in matters.timeline(selectors.label(order.pk))[0].text


BAD_OUTCOMES = [
    (Outcome("guess", "x"), 1, "cause_unknown"),
    (Outcome("tap", " "), 1, "work_missing"),
    (Outcome("tap", "调档"), 0, "photo_missing"),
    (Outcome("tap", "调档", measured={"ua": 99999.0}), 1, "measured_invalid"),
    (Outcome("tap", "调档", measured={"secret": 1.0}), 1, "measured_invalid"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("outcome", "photos", "code"), BAD_OUTCOMES)
def test_finishing_needs_cause_work_and_photo(county: County, outcome: Outcome, photos: int, code: str) -> None:
    order = in_state(county, State.ARRIVED)
    with pytest.raises(Refused, match=code):
        services.finish(order_id=order.pk, outcome=outcome, photos=[photo()] * photos, by=county.zhang, at=NOON)
    order.refresh_from_db()
    assert order.state == State.ARRIVED


@pytest.mark.django_db
def test_finishing_keeps_words_photo_position_and_phone_time(county: County) -> None:
    order = in_state(county, State.ARRIVED)
    services.finish(order_id=order.pk, outcome=DONE, photos=[photo()], claimed_at=MORNING, by=county.zhang, at=NOON)
    entry = matters.timeline(selectors.label(order.pk), reader=county.head)[0]
    assert entry.title == "完成"
    assert "原因：三相负荷不平衡" in entry.text
    assert "A相电压 228.5 V" in entry.text
    assert "离线补传" in entry.text
    assert "调整 12 户相别" in entry.text
    assert len(entry.pictures) == 1
    order.refresh_from_db()
    assert (order.cause_found, order.finished_at) == ("unbalance", NOON)


@pytest.mark.django_db
def test_sent_back_comes_with_evidence_and_a_clock_for_the_second_attempt(county: County) -> None:
    order = in_state(county, State.RETURNED)
    assert (order.times_returned, order.due_clock) == (1, "rework")
    card = selectors.order_card(county.zhang, order.pk, NOON)
    assert card.evidence["days"] == PROOF["days"]
    assert [row.verb for row in card.moves] == ["accept"]
    assert [stage.state for stage in selectors.road(order)] == ["done", "bad", "todo", "todo", "todo", "todo"]


@pytest.mark.django_db
@pytest.mark.parametrize(("works", "state"), [(True, State.VERIFIED), (False, State.RETURNED)])
def test_a_person_decides_what_the_curves_cant_with_a_reason(county: County, works: bool, state: State) -> None:
    order = in_state(county, State.UNPROVEN)
    assert order.due_clock == "decide"
    with pytest.raises(Refused, match="reason_missing"):
        services.decide(order_id=order.pk, works=works, reason=" ", by=county.head, at=NOON)
    services.decide(order_id=order.pk, works=works, reason="现场复测", by=county.head, at=NOON)
    order.refresh_from_db()
    assert (order.state, order.times_returned) == (state, int(not works))


@pytest.mark.django_db
def test_persistent_low_voltage_has_a_limited_time(county: County) -> None:
    opened(county, persistent=True)
    assert Clock.objects.get(name="finish").policy_key == "orders.area_fault.persistent.finish"
    assert Clock.objects.get(name="finish").due_at == at("2026-03-18 00:00")


@pytest.mark.django_db
def test_orders_of_an_older_edition_keep_their_limited_time_when_the_priority_changes(county: County) -> None:
    order = opened(county, persistent=True)
    WorkOrder.objects.update(limits={})  # as they were before an order named its own limits
    import_module("longzhong.dispatch.workorders.migrations.0003_calls").name_the_persistent_limit(apps, None)
    services.change_priority(order_id=order.pk, priority=1, reason="重要客户", by=county.head, at=NOON)
    assert Clock.objects.get(name="finish").policy_key == "orders.area_fault.persistent.finish"
    assert Clock.objects.filter(name="accept").count() == 2  # the others go by the priority


@pytest.mark.django_db
def test_another_priority_supersedes_from_the_original_start(county: County) -> None:
    order = opened(county)
    services.change_priority(
        order_id=order.pk, priority=1, reason="重要客户", by=county.head, at=at("2026-03-02 10:00")
    )
    live = {row.name: (row.started_at, row.due_at) for row in Clock.objects.filter(state="running")}
    assert live["accept"] == (MORNING, at("2026-03-02 09:30"))  # half an hour from the original start: late at once
    assert live["finish"] == (MORNING, at("2026-03-05 00:00"))
    assert matter_services.sweep(by=SYSTEM, at=at("2026-03-02 10:01")).late == 3
    before = Step.objects.count()
    services.change_priority(order_id=order.pk, priority=1, by=SYSTEM, at=NOON)
    assert Step.objects.count() == before
    with pytest.raises(Refused, match="not_allowed"):
        services.change_priority(order_id=order.pk, priority=2, by=county.zhang, at=NOON)
    services.cancel(order_id=order.pk, reason="误报", by=county.head, at=NOON)
    with pytest.raises(Refused, match="order_closed"):
        services.change_priority(order_id=order.pk, priority=2, by=SYSTEM, at=NOON)


@pytest.mark.django_db
def test_a_pause_takes_the_order_off_the_due_list_and_back(county: County) -> None:
    order = opened(county)
    services.pause(order_id=order.pk, reason=PauseReason.AWAIT_OUTAGE, note="等 3 月 6 日停电", by=county.head, at=NOON)
    order.refresh_from_db()
    assert order.due_at is None
    services.resume(order_id=order.pk, note="", by=county.head, at=at("2026-03-06 18:00"))
    order.refresh_from_db()
    assert (order.due_clock, order.due_at) == (
        "accept",
        at("2026-03-09 09:30"),
    )  # one hour was left at noon, 30 minutes used after


@pytest.mark.django_db
def test_what_operation_cant_cure_becomes_a_project_with_milestones(county: County) -> None:
    order = in_state(county, State.RETURNED)
    with pytest.raises(Refused, match="milestone_past"):
        services.make_project(
            order_id=order.pk, reason="改造", due={"survey": date(2026, 3, 1)}, by=county.head, at=NOON
        )
    services.make_project(order_id=order.pk, reason="改造", due={"survey": date(2026, 3, 5)}, by=county.head, at=NOON)
    order.refresh_from_db()
    assert (order.state, order.due_clock, order.due_at) == (State.PROJECT, "milestone:survey", at("2026-03-06 00:00"))
    assert Clock.objects.filter(name="finish", state="running").get().policy_key == "orders.project.finish"
    assert not Clock.objects.filter(name="rework", state="running").exists()
    matter_services.sweep(by=SYSTEM, at=at("2026-03-06 08:00"))
    assert "里程碑“现场勘查”超时，告知 檀溪供电所 王所长" in matters.timeline(selectors.label(order.pk))[0].text
    with pytest.raises(Refused, match="milestones_open"):
        services.finish(order_id=order.pk, outcome=DONE, photos=[photo()], by=county.zhang, at=NOON)
    move = {"order_id": order.pk, "code": "design", "by": county.head, "at": at("2026-03-06 09:00")}
    services.move_milestone(**move, due_on=date(2026, 4, 30), reason="设计院排期")
    assert Clock.objects.get(name="milestone:design", state="running").due_at == at("2026-05-01 00:00")
    with pytest.raises(Refused, match="no_such_milestone"):
        services.reach_milestone(order_id=order.pk, code="roof", note="", by=county.head, at=NOON)
    for milestone in order.milestones.all():
        services.reach_milestone(
            order_id=order.pk, code=milestone.code, note="完成", by=county.zhang, at=at("2026-03-06 10:00")
        )
    card = selectors.order_card(county.head, order.pk, at("2026-03-06 10:00"))
    assert card.progress == (6, 6)
    assert [line.is_late for line in card.milestones] == [True] + [False] * 5
    services.finish(order_id=order.pk, outcome=DONE, photos=[photo()], by=county.zhang, at=at("2026-03-06 11:00"))
    order.refresh_from_db()
    assert order.state == State.FINISHED
    with pytest.raises(Refused, match="no_such_milestone"):
        services.move_milestone(**move, due_on=date(2026, 5, 30), reason="x")
    assert list(matters.broken_links()) == []


@pytest.mark.django_db
def test_a_step_that_dies_half_way_leaves_nothing(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    order = in_state(county, State.ARRIVED)
    before = (Step.objects.count(), Fact.objects.count(), Clock.objects.filter(state="running").count())

    def die(*_args: object, **_kwargs: object) -> None:
        raise SystemExit("killed")

    monkeypatch.setattr("longzhong.dispatch.workorders.services.moving.tell", die)
    with pytest.raises(SystemExit), transaction.atomic():
        services.finish(order_id=order.pk, outcome=DONE, photos=[photo()], by=county.zhang, at=NOON)
    assert (Step.objects.count(), Fact.objects.count(), Clock.objects.filter(state="running").count()) == before
    assert WorkOrder.objects.get().state == State.ARRIVED


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
    assert len(selectors.orders_of_cause("tests.cause:3")) == 1
    assert selectors.counts(county.actor("other", "station", units=(county.other_station,)), when).live == 0
    assert HERE.known
