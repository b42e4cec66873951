"""A case from the dispatch to the customer's word: one owner at every moment, facts heard twice and in any order."""

from datetime import date, timedelta

import pytest

from longzhong.cases.hotline import selectors, services
from longzhong.cases.hotline.rules.machine import State
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.workorders import selectors as order_reads
from longzhong.dispatch.workorders import services as orders
from longzhong.kit import outbox
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.org import services as org_services
from longzhong.register.org.models import Post
from longzhong.register.org.rules.rows import GridRow, StaffRow
from tests.cases.hotline.acts import (
    accepted,
    clocks,
    closed,
    dispatched,
    do_work,
    minutes,
    order_of,
    refused,
    settle,
    verbs,
)
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline, a_case, at

pytestmark = pytest.mark.django_db


def test_dispatch_opens_the_order_and_the_case_stays_with_whoever_was_asked(hotline: Hotline) -> None:
    case = dispatched(hotline, account=3, code="repair.lv.single_out", text="村里没电")
    order = order_of(case)
    assert (case.state, case.owner_id, case.first_asked_id) == (State.DISPATCHED, *[hotline.county.staff["wang"]] * 2)
    assert (order.kind, order.cause) == ("repair", f"hotline.case:{case.pk}")
    assert clocks(case)["dispatch"] == ("stopped", "met")
    keys = dict(matters.live_policies(order_reads.label(case.order_id or 0)))
    assert keys["arrive"] == "repair.arrive_min_rural"
    assert services.follow_order(order_id=case.order_id or 0, by=SYSTEM, at=minutes(4)) is False


def test_an_important_customer_is_reached_sooner(hotline: Hotline) -> None:
    case = dispatched(hotline, account=4)
    keys = dict(matters.live_policies(order_reads.label(case.order_id or 0)))
    assert keys["arrive"] == "repair.arrive_min_important"


def test_the_order_goes_to_the_cells_manager_then_who_is_on_duty_then_the_head(hotline: Hotline) -> None:
    staff = hotline.county.staff
    assert order_of(dispatched(hotline)).owner_id == staff["zhang"]
    lone = dispatched(hotline, account=3, text="另一处没电")
    assert order_of(lone).owner_id == staff["head"]
    org_services.set_duty(
        staff_id=staff["crew"], unit_id=hotline.county.station, starts_at=MORNING - timedelta(hours=1),
        ends_at=MORNING + timedelta(hours=8), by=SYSTEM, at=MORNING,
    )  # fmt: skip
    on_duty = dispatched(hotline, account=3, text="第三处没电")
    assert order_of(on_duty).owner_id == staff["crew"]
    named = a_case(hotline, text="指名")
    services.dispatch(case_id=named.pk, owner_id=staff["crew"], kind="service", by=hotline.desk, at=minutes(5))
    assert (order_of(settle(named)).owner_id, order_of(named).kind) == (staff["crew"], "service")


def test_dispatch_refuses(hotline: Hotline) -> None:
    case = a_case(hotline)
    with refused("order_kind_unknown"):
        services.dispatch(case_id=case.pk, kind="area_fault", by=hotline.desk, at=minutes(3))
    with refused("no_such_staff"):
        services.dispatch(case_id=case.pk, owner_id=999_999, by=hotline.desk, at=minutes(3))
    with refused("not_found"):
        stranger = hotline.county.actor("other", "station", units=(hotline.county.other_station,))
        services.dispatch(case_id=case.pk, by=stranger, at=minutes(3))
    with refused("not_allowed"):
        services.dispatch(case_id=case.pk, by=hotline.county.actor("boss", "leader"), at=minutes(3))
    services.dispatch(case_id=case.pk, by=hotline.desk, at=minutes(3))
    with refused("wrong_state"):
        services.dispatch(case_id=case.pk, by=hotline.desk, at=minutes(3))


def test_acceptance_is_the_confirmed_hand_over(hotline: Hotline) -> None:
    case = accepted(hotline)
    assert (case.state, case.owner_id) == (State.HANDLING, hotline.county.staff["zhang"])
    assert case.first_asked_id == hotline.county.staff["wang"]
    step = next(one for one in matters.steps(selectors.label(case.pk)) if one.verb == "accept")
    assert (step.data["from_staff"], step.data["to_staff"]) == (
        hotline.county.staff["wang"],
        hotline.county.staff["zhang"],
    )
    assert "首问交接：王坐席 → 张惠芳" in selectors.told([step])[0]
    assert verbs(case).count("accept") == 1


def test_a_declined_order_leaves_the_case_with_whoever_was_asked_first(hotline: Hotline) -> None:
    case = dispatched(hotline)
    order_id = case.order_id or 0
    orders.decline(order_id=order_id, ground="wrong_unit", reason="不在我的网格", by=hotline.manager, at=minutes(5))
    settle(case)
    assert (case.state, case.owner_id, case.order_id) == (State.TAKEN, hotline.county.staff["wang"], order_id)
    assert clocks(case)["dispatch"] == ("running", "open")
    step = next(one for one in matters.steps(selectors.label(case.pk)) if one.verb == "refuse")
    assert (step.data["ground"], step.words["reason"]) == ("wrong_unit", "不在我的网格")
    services.dispatch(case_id=case.pk, owner_id=hotline.county.staff["crew"], by=hotline.desk, at=minutes(8))
    settle(case)
    assert (case.state, case.order_id, order_of(case).owner_id) == (
        State.DISPATCHED,
        order_id,
        hotline.county.staff["crew"],
    )
    assert services.follow_order(order_id=order_id, by=SYSTEM, at=minutes(9)) is False
    assert verbs(case).count("refuse") == 1


def test_facts_out_of_order_lead_to_the_same_place(hotline: Hotline) -> None:
    """The order is finished before the case hears of anything: one look at the state of now is enough."""
    case = a_case(hotline)
    services.dispatch(case_id=case.pk, by=hotline.desk, at=minutes(3))
    case.refresh_from_db()
    orders.accept(order_id=case.order_id or 0, by=hotline.manager, at=minutes(5))
    do_work(case, hotline.manager, minutes(6))
    assert (case.state, case.owner_id) == (State.CALLING, hotline.county.staff["zhang"])
    assert verbs(case).count("reply") == 1


def test_an_order_taken_out_of_the_pool_by_itself_brings_the_case_along(hotline: Hotline) -> None:
    case = dispatched(hotline)
    orders.release(order_id=case.order_id or 0, reason="人手不足", by=hotline.head, at=minutes(5))
    settle(case)
    assert case.state == State.TAKEN
    orders.take(order_id=case.order_id or 0, by=hotline.county.actor("crew", "crew"), at=minutes(6))
    settle(case)
    assert (case.state, case.owner_id) == (State.HANDLING, hotline.county.staff["crew"])


def test_a_cancelled_order_gives_the_case_back_and_the_next_dispatch_opens_another(hotline: Hotline) -> None:
    case = accepted(hotline)
    was = case.order_id
    orders.cancel(order_id=was or 0, reason="派错", by=hotline.head, at=minutes(8))
    settle(case)
    assert (case.state, case.order_id, case.owner_id) == (State.TAKEN, None, hotline.county.staff["wang"])
    services.dispatch(case_id=case.pk, by=hotline.desk, at=minutes(9))
    assert settle(case).order_id not in (None, was)


def test_diagnosis_says_until_when_and_whose_it_is(hotline: Hotline) -> None:
    case = accepted(hotline)
    child = a_case(hotline, account=2, text="隔壁单元也停电了")
    services.join(case_id=child.pk, parent_id=case.pk, by=hotline.desk, at=minutes(7))
    settle(child)
    do_work(case, hotline.manager, minutes(10), side="customer", service="paid")
    assert case.side == "customer"
    child.refresh_from_db()
    assert (child.side, child.state) == ("customer", State.CALLING)


def test_two_claim_at_once_and_the_second_hears_who_has_it(hotline: Hotline) -> None:
    case = a_case(hotline)
    services.claim(case_id=case.pk, by=hotline.head, at=minutes(3))
    with pytest.raises(Refused, match="王所长") as second:
        services.claim(case_id=case.pk, by=hotline.county.zhang, at=minutes(3))
    assert second.value.code == "already_claimed"
    case.refresh_from_db()
    assert (case.owner_id, case.first_asked_id) == (hotline.county.staff["head"], hotline.county.staff["wang"])
    with refused("not_staff"):
        services.claim(case_id=case.pk, by=Actor(7, None, "外", hotline.head.scopes), at=minutes(3))


def test_a_hand_over_needs_both(hotline: Hotline) -> None:
    case, li = accepted(hotline), hotline.county.li
    with refused("not_yours"):
        services.offer(
            case_id=case.pk, to_staff_id=li.staff_id or 0, by=hotline.county.actor("crew", "crew"), at=minutes(8)
        )
    with refused("no_such_staff"):
        services.offer(case_id=case.pk, to_staff_id=999_999, by=hotline.manager, at=minutes(8))
    services.offer(case_id=case.pk, to_staff_id=li.staff_id or 0, by=hotline.manager, at=minutes(8))
    with refused("handover_open"):
        services.offer(case_id=case.pk, to_staff_id=hotline.head.staff_id or 0, by=hotline.head, at=minutes(8))
    case.refresh_from_db()
    assert case.owner_id == hotline.manager.staff_id
    assert selectors.is_visible(li, case.pk)
    services.decline_offer(case_id=case.pk, by=li, at=minutes(9))
    assert not selectors.is_visible(li, case.pk)
    services.offer(case_id=case.pk, to_staff_id=li.staff_id or 0, by=hotline.manager, at=minutes(10))
    services.accept_offer(case_id=case.pk, by=li, at=minutes(11))
    case.refresh_from_db()
    assert (case.owner_id, case.offered_to_id, case.state) == (li.staff_id, None, State.HANDLING)


def test_a_leavers_cases_go_to_who_answers_now(hotline: Hotline) -> None:
    case = accepted(hotline)
    later = at("2026-04-01 08:00")
    org_services.keep_staff(
        rows=[StaffRow("new", "刘新", "13800000077", "ST", "台区经理", "grid")], by=SYSTEM, at=later
    )
    cell = GridRow("G1", "檀溪一网格", "ST", manager_code="new")
    org_services.keep_grids(rows=[cell], from_on=date(2026, 4, 1), by=SYSTEM, at=later)
    assert services.hand_over_leavers(by=SYSTEM, at=later) == 0
    leave_post(hotline, "zhang", date(2026, 4, 1))
    leave_post(hotline, "wang", date(2026, 4, 1))
    untouched = a_case(hotline, text="另一件", when=MORNING)
    assert services.hand_over_leavers(by=SYSTEM, at=later) == 2
    case.refresh_from_db()
    untouched.refresh_from_db()
    assert case.owner.code == "new"
    assert untouched.owner.code == "new"
    assert services.hand_over_leavers(by=SYSTEM, at=later) == 0


def leave_post(hotline: Hotline, code: str, day: date) -> None:
    """Nobody's service ends a post yet: a load without the person does, one day."""
    Post.objects.filter(staff=hotline.county.staff[code], to_on=None).update(to_on=day)


def test_clocks_stand_still_and_run_on_when_the_customer_is_heard(hotline: Hotline) -> None:
    case = dispatched(hotline, code="complaint.service", text="态度不好")
    with refused("pause_reason_unknown"):
        services.pause(case_id=case.pk, reason="tired", words="x", by=hotline.desk, at=minutes(10))
    services.pause(case_id=case.pk, reason="await_customer", words="客户出差", by=hotline.desk, at=minutes(10))
    assert clocks(case)["answer"][0] == "paused"
    assert services.hear(case_id=case.pk, by=SYSTEM, at=minutes(60)) is True
    assert services.hear(case_id=case.pk, by=SYSTEM, at=minutes(60)) is False
    assert clocks(case)["answer"][0] == "running"
    services.pause(case_id=case.pk, reason="await_customer", words="客户出差", by=hotline.desk, at=minutes(70))
    services.resume(case_id=case.pk, words="回来了", by=hotline.desk, at=minutes(80))
    with refused("case_closed"):
        services.pause(
            case_id=closed(hotline, account=2).pk, reason="await_customer", words="x", by=hotline.desk, at=minutes(95)
        )


def test_alarms_of_clocks_are_repeated_on_the_case(hotline: Hotline) -> None:
    case = a_case(hotline)
    services.note_alarm(matter=selectors.label(case.pk), alarm=2, by=SYSTEM, at=minutes(9))
    services.note_alarm(matter=selectors.label(case.pk), alarm=1, by=SYSTEM, at=minutes(9))
    services.note_alarm(matter="workorders.order:1", alarm=3, by=SYSTEM, at=minutes(9))
    case.refresh_from_db()
    assert case.alarm == 2
    outbox.deliver_all(twice=True)
