"""Fault repair (故障抢修): own limits, who is named, diagnosis, ownership, restoration, refusals of the crew, stage times."""

from datetime import datetime, timedelta

import pytest

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.models import Clock, Step
from longzhong.dispatch.workorders import selectors, services
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import CAUSES, Diagnosis, Kind, Outcome, Place, State
from longzhong.kit.errors import Refused
from tests.dispatch.make import MORNING, SYSTEM, County, at
from tests.dispatch.workorders.make import BROKEN, HERE, OUTCOMES, PROOF, in_state, opened, photo

TEN, ELEVEN, NOON = at("2026-03-02 10:00"), at("2026-03-02 11:00"), at("2026-03-02 12:00")
TOWN = {"arrive": "repair.arrive_min_urban"}


def clocks() -> dict[str, tuple[str, str, datetime | None]]:
    return {row.name: (row.policy_key, row.state, row.due_at) for row in Clock.objects.order_by("id")}


@pytest.mark.django_db
def test_a_repair_has_its_own_clocks_and_the_callers_limits(county: County) -> None:
    order = opened(county, kind="repair", limits=TOWN)
    assert clocks() == {
        "accept": ("orders.repair.accept", "running", MORNING + timedelta(minutes=5)),
        "arrive": ("repair.arrive_min_urban", "running", MORNING + timedelta(minutes=45)),
    }
    assert (order.limits, order.persistent, order.due_clock) == (TOWN, False, "accept")
    village = opened(county, kind="repair", cause="tests.cause:2")
    assert Clock.objects.get(matter=selectors.label(village.pk), name="arrive").policy_key == "repair.arrive_min_rural"


@pytest.mark.django_db
def test_restoration_runs_from_the_first_arrival_and_another_crew_wins_no_time(county: County) -> None:
    order = opened(county, kind="repair", limits={"restore": "orders.repair.restore"})
    services.accept(order_id=order.pk, by=county.zhang, at=MORNING)
    assert "restore" not in clocks()
    services.arrive(order_id=order.pk, position=HERE, by=county.zhang, at=TEN)
    assert clocks()["restore"] == ("orders.repair.restore", "running", at("2026-03-02 14:00"))
    services.assign(order_id=order.pk, owner_id=county.staff["li"], by=county.head, at=ELEVEN)
    li = county.actor("li", "grid")
    services.accept(order_id=order.pk, by=li, at=ELEVEN)
    services.arrive(order_id=order.pk, position=HERE, by=li, at=NOON)
    assert Clock.objects.get(name="restore").due_at == at("2026-03-02 14:00")
    order.refresh_from_db()
    assert (order.accepted_at, order.arrived_at) == (MORNING, TEN)  # the stages are those of the first time


@pytest.mark.django_db
def test_who_comes_again_has_the_time_of_the_rework_only(county: County) -> None:
    order = in_state(county, State.RETURNED, kind="repair")
    assert order.due_clock == "rework"
    services.accept(order_id=order.pk, by=county.zhang, at=TEN)
    services.arrive(order_id=order.pk, position=HERE, by=county.zhang, at=ELEVEN)
    assert list(Clock.objects.filter(state="running").values_list("name", flat=True)) == ["rework"]
    again = Outcome("joint", "重做接头")
    services.finish(order_id=order.pk, outcome=again, photos=[photo()], by=county.zhang, at=NOON)
    assert not Clock.objects.filter(state="running").exists()


@pytest.mark.django_db
def test_an_urgent_repair_keeps_its_own_limits(county: County) -> None:
    order = opened(county, kind="repair", limits=TOWN)
    services.change_priority(order_id=order.pk, priority=1, reason="杆基塌陷", by=county.head, at=TEN)
    assert clocks()["arrive"] == ("repair.arrive_min_urban", "running", MORNING + timedelta(minutes=45))
    assert not Clock.objects.filter(state="superseded").exists()


@pytest.mark.django_db
def test_somebody_named_has_the_order_and_keeps_it(county: County) -> None:
    given = {"kind": "repair", "cause": "tests.cause:1", "priority": 2, "by": SYSTEM, "at": MORNING}
    place = Place(county.station, county.grid)
    order_id = services.open_order(**given, place=place, owner_id=county.staff["li"])
    order = WorkOrder.objects.get(pk=order_id)
    assert (order.owner_id, order.by_cell, order.state) == (county.staff["li"], False, State.DISPATCHED)
    assert services.hand_over_leavers(by=SYSTEM, at=at("2026-03-03 00:30")) == 0
    assert services.open_order(**given, place=place, owner_id=county.staff["zhang"]) == order_id  # it lives already
    with pytest.raises(Refused, match="no_such_staff"):
        services.open_order(**{**given, "cause": "tests.cause:2"}, place=place, owner_id=10**9)
    with pytest.raises(Refused, match="no_such_clock"):
        services.open_order(**{**given, "cause": "tests.cause:2"}, place=place, limits={"finish": "x.y"})


BAD_DIAGNOSES = [
    ("no place", Diagnosis(NOON, " ", "utility"), "place_missing"),
    ("no side", Diagnosis(NOON, "23 号杆", ""), "side_unknown"),
    ("a side of one's own", Diagnosis(NOON, "23 号杆", "neighbour"), "side_unknown"),
    ("until when isn't said", Diagnosis(None, "23 号杆", "utility"), "expected_missing"),
    ("nobody knows whose, until when isn't said", Diagnosis(None, "23 号杆", "unknown"), "expected_missing"),
    ("until a moment that is gone", Diagnosis(TEN, "23 号杆", "utility"), "expected_past"),
    ("the customer's, and no help", Diagnosis(None, "户内开关", "customer"), "service_missing"),
    ("the customer's, help of one's own", Diagnosis(None, "户内开关", "customer", "cash"), "service_missing"),
    ("ours, for money", Diagnosis(NOON, "23 号杆", "utility", "paid"), "service_not_due"),
    ("whose isn't known, for money", Diagnosis(NOON, "23 号杆", "unknown", "paid"), "service_not_due"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("diagnosis", "code"), [row[1:] for row in BAD_DIAGNOSES], ids=[row[0] for row in BAD_DIAGNOSES]
)
def test_a_diagnosis_says_where_whose_and_until_when(county: County, diagnosis: Diagnosis, code: str) -> None:
    order = in_state(county, State.ARRIVED, kind="repair")
    with pytest.raises(Refused, match=code):
        services.diagnose(order_id=order.pk, diagnosis=diagnosis, by=county.zhang, at=ELEVEN)
    order.refresh_from_db()
    assert (order.state, order.side, order.fault_place) == (State.ARRIVED, "", "")


@pytest.mark.django_db
@pytest.mark.parametrize("service", ["guided", "paid", "free"])
def test_the_customers_own_equipment_is_helped_with_in_three_ways(county: County, service: str) -> None:
    order = in_state(county, State.ARRIVED, kind="repair")
    own = Diagnosis(None, "户内漏电开关", "customer", service)
    services.diagnose(order_id=order.pk, diagnosis=own, by=county.zhang, at=ELEVEN)
    stands = selectors.standing(order.pk)
    assert (stands.side, stands.service, stands.expected_at) == ("customer", service, None)
    assert "服务方式" in matters.timeline(selectors.label(order.pk))[0].text


@pytest.mark.django_db
def test_a_diagnosis_said_again_refreshes_it_and_a_late_phone_is_judged_by_its_own_time(county: County) -> None:
    order = in_state(county, State.DIAGNOSED, kind="repair")
    later = Diagnosis(at("2026-03-02 10:30"), "23 号杆 A 相", "utility")
    services.diagnose(order_id=order.pk, diagnosis=later, claimed_at=TEN, by=county.zhang, at=ELEVEN)
    stands = selectors.standing(order.pk)
    assert (stands.expected_at, stands.fault_place) == (later.expected_at, "23 号杆 A 相")
    assert stands.diagnosed_at == TEN  # of the first time
    assert Step.objects.filter(verb="diagnose").count() == 2
    told = matters.timeline(selectors.label(order.pk))[0].text
    assert "故障点：23 号杆 A 相" in told
    assert "预计恢复供电 2026-03-02 10:30" in told
    assert "23 号杆" not in str(
        Step.objects.filter(verb="diagnose").values_list("data", flat=True)
    )  # words can be erased


@pytest.mark.django_db
@pytest.mark.parametrize("cause", sorted(CAUSES[Kind.REPAIR]))
def test_the_first_who_comes_may_mend_at_once(county: County, cause: str) -> None:
    order = in_state(county, State.ARRIVED, kind="repair")
    done = Outcome(cause, "处理完毕", "夜间无法拍照", restored_at=at("2026-03-02 10:40"))
    services.finish(order_id=order.pk, outcome=done, photos=[], by=county.zhang, at=ELEVEN)
    stands = selectors.standing(order.pk)
    assert (stands.state, stands.cause_found, stands.restored_at) == (State.FINISHED, cause, at("2026-03-02 10:40"))
    assert stands.finished_at == ELEVEN


RESTORED = [
    ("not said: now", None, None, ELEVEN),
    ("not said by a phone that sends late: when it was done", None, TEN, TEN),
    ("not said by a phone whose clock runs ahead: now", None, NOON, ELEVEN),
    ("said", at("2026-03-02 10:20"), None, at("2026-03-02 10:20")),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("said", "claimed", "kept"), [row[1:] for row in RESTORED], ids=[row[0] for row in RESTORED])
def test_when_the_power_came_back(
    county: County, said: datetime | None, claimed: datetime | None, kept: datetime
) -> None:
    order = in_state(county, State.ARRIVED, kind="repair")
    done = Outcome("fuse", "换熔丝", restored_at=said)
    services.finish(order_id=order.pk, outcome=done, photos=[photo()], claimed_at=claimed, by=county.zhang, at=ELEVEN)
    assert selectors.standing(order.pk).restored_at == kept


@pytest.mark.django_db
@pytest.mark.parametrize("when", [NOON, MORNING - timedelta(minutes=1)], ids=["in the future", "before the call"])
def test_power_came_back_between_the_order_and_now(county: County, when: datetime) -> None:
    order = in_state(county, State.ARRIVED, kind="repair")
    with pytest.raises(Refused, match="restored_invalid"):
        services.finish(
            order_id=order.pk, outcome=Outcome("fuse", "换熔丝", restored_at=when), photos=[photo()], by=county.zhang, at=ELEVEN
        )  # fmt: skip
    assert selectors.standing(order.pk).state == State.ARRIVED


@pytest.mark.django_db
def test_a_repair_takes_no_cause_of_another_kind(county: County) -> None:
    order = in_state(county, State.ARRIVED, kind="repair")
    with pytest.raises(Refused, match="cause_unknown"):
        services.finish(order_id=order.pk, outcome=Outcome("tap", "调档"), photos=[photo()], by=county.zhang, at=ELEVEN)


@pytest.mark.django_db
def test_an_order_sent_away_lies_in_the_pool_with_its_clocks_running(county: County) -> None:
    order = opened(county, kind="repair")
    due = Clock.objects.get(name="arrive").due_at
    with pytest.raises(Refused, match="ground_unknown"):
        services.decline(order_id=order.pk, ground="rain", reason="下雨", by=county.zhang, at=TEN)
    with pytest.raises(Refused, match="reason_missing"):
        services.decline(order_id=order.pk, ground="not_ours", reason=" ", by=county.zhang, at=TEN)
    services.decline(order_id=order.pk, ground="wrong_unit", reason="属太平供电所", by=county.zhang, at=TEN)
    order.refresh_from_db()
    assert (order.state, order.owner_id, order.by_cell) == (State.NEW, None, False)
    assert (Clock.objects.get(name="arrive").state, Clock.objects.get(name="arrive").due_at) == ("running", due)
    told = matters.timeline(selectors.label(order.pk))[0].text
    assert "理由：派错单位" in told
    assert "属太平供电所" in told


@pytest.mark.django_db
def test_where_an_order_stands_and_what_was_said(county: County) -> None:
    order = in_state(county, State.FINISHED, kind="repair")
    stands = selectors.standing(order.pk)
    assert (stands.kind, stands.cause, stands.owner_id) == ("repair", "tests.cause:1", county.staff["zhang"])
    assert (stands.accepted_at, stands.arrived_at, stands.diagnosed_at, stands.finished_at) == (TEN, TEN, TEN, TEN)
    assert (stands.restored_at, stands.cause_found, stands.side) == (at("2026-03-02 09:50"), "drop_fuse", "utility")
    assert stands.fault_place == BROKEN.fault_place
    assert selectors.reply_words(order.pk) == OUTCOMES["repair"].work_done
    assert selectors.reply_words(opened(county, kind="repair", cause="tests.cause:2").pk) == ""
    with pytest.raises(WorkOrder.DoesNotExist):
        selectors.standing(10**9)


@pytest.mark.django_db
def test_the_stages_of_many_repairs_cost_one_query(county: County, django_assert_num_queries: object) -> None:
    first = opened(county, kind="repair")
    who = {"order_id": first.pk, "by": county.zhang}
    services.accept(**who, at=at("2026-03-02 09:04"))
    services.arrive(**who, position=HERE, at=at("2026-03-02 09:40"))
    done = Outcome("fuse", "换熔丝", restored_at=at("2026-03-02 10:30"))
    services.finish(**who, outcome=done, photos=[photo()], at=at("2026-03-02 10:33"))
    second = opened(county, kind="repair", cause="tests.cause:2")
    with django_assert_num_queries(1):  # type: ignore[operator]
        times = selectors.stage_times([first.pk, second.pk, 10**9])
    assert set(times) == {first.pk, second.pk}
    minutes = [
        span and span.total_seconds() / 60
        for one in (times[first.pk], times[second.pk])
        for span in (one.to_accept, one.to_arrive, one.to_restore, one.to_report)
    ]
    assert minutes == [4, 36, 50, 3, None, None, None, None]


@pytest.mark.django_db
def test_the_customers_word_proves_or_sends_back(county: County) -> None:
    order = in_state(county, State.FINISHED, kind="repair")
    services.send_back(
        order_id=order.pk, evidence={"call_back": 7}, reason="厨房仍然没电", by=SYSTEM, at=at("2026-03-02 15:00")
    )
    told = matters.timeline(selectors.label(order.pk))[0].text
    assert "依据客户回访" in told
    assert "厨房仍然没电" in told
    order.refresh_from_db()
    assert (order.state, order.due_clock, order.times_returned) == (State.RETURNED, "rework", 1)
    assert [stage.label for stage in selectors.road(order)] == [
        "待派单", "退回重办", "已接单", "已到场", "已研判", "待客户确认", "已归档",
    ]  # fmt: skip
    with pytest.raises(Refused, match="wrong_state"):
        services.verify(order_id=order.pk, evidence=PROOF, by=SYSTEM, at=at("2026-03-02 15:01"))
