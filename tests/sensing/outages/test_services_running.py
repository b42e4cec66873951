"""While an outage lasts: confirmed, started, delayed, restored in stages, given up."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.models import Step
from longzhong.kit import outbox
from longzhong.kit.errors import Refused
from longzhong.kit.models import Fact
from longzhong.register.network import services as network
from longzhong.sensing.outages import selectors, services
from longzhong.sensing.outages.models import Affected, Outage
from longzhong.sensing.outages.rules import Given, State
from tests.sensing.outages.make import MACHINE, NOW, Place, at

pytestmark = pytest.mark.django_db
TEN, NOON, SIX, HALF_SIX = at("03-02 10:00"), at("03-02 12:00"), at("03-02 18:00"), at("03-02 18:30")


def refused(code: str, outage: Outage, act: Callable[[], object]) -> None:
    """The refusal, and that nothing whatever has changed."""

    def standing() -> object:
        rows = Affected.objects.filter(outage=outage).order_by("id").values_list("area_id", "restored_at")
        return (
            Outage.objects.filter(pk=outage.pk).values().get(),
            list(rows),
            Step.objects.count(),
            Fact.objects.count(),
        )

    before = standing()
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act()
    assert refusal.value.code == code
    assert standing() == before


def test_a_reported_fault_is_confirmed_by_the_crew_not_by_the_desk(place: Place) -> None:
    outage = place.fault(sections="S3", by=place.who("desk"), confirmed=False)
    desk, crew = place.who("desk"), place.who("crew", "42060201")
    refused("not_allowed", outage, lambda: services.confirm(outage_id=outage.pk, by=desk, at=TEN))
    other = place.who("crew", "42060202")
    refused("not_found", outage, lambda: services.confirm(outage_id=outage.pk, by=other, at=TEN))
    assert services.confirm(outage_id=outage.pk, note="跌落熔断器断", by=crew, at=TEN).confirmed_at == TEN
    refused("wrong_state", outage, lambda: services.confirm(outage_id=outage.pk, by=crew, at=NOON))


def test_whoever_serves_an_area_acts_on_the_line_but_only_the_owner_cancels(place: Place) -> None:
    outage = place.plan(feeders="F1")
    station = place.who("station", "42060201")
    refused("not_allowed", outage, lambda: services.cancel(outage_id=outage.pk, reason="下雨", by=station, at=TEN))
    assert services.start(outage_id=outage.pk, by=station, at=at("03-03 08:05")).state == State.RUNNING
    other = place.plan("03-04 08:00", "03-04 18:00", feeders="F1")
    refused(
        "reason_missing", other, lambda: services.cancel(outage_id=other.pk, reason=" ", by=place.who("dept"), at=TEN)
    )
    cancelled = services.cancel(outage_id=other.pk, reason="暴雨", by=place.who("dept"), at=TEN)
    assert (cancelled.state, cancelled.closed_at) == (State.CANCELLED, TEN)
    refused("wrong_state", other, lambda: services.start(outage_id=other.pk, by=MACHINE, at=NOON))


def test_a_plan_starts_with_the_network_of_then(place: Place) -> None:
    """An area that moved to another station between plan and start is that station's; one that was taken off isn't in it."""
    outage = place.plan("03-04 08:00", "03-04 18:00", sections="S2")
    network.assign_area_grid(
        area_id=place.net.areas["A1"], grid_id=place.net.city.grids["G2"], from_on=date(2026, 3, 3), by=MACHINE, at=TEN
    )
    network.settle_areas(by=MACHINE, at=at("03-03 00:10"))
    row = Affected.objects.get(outage=outage, area=place.net.areas["A1"])
    assert row.unit_id == place.unit("42060201"), "announced as it was"
    for station in ("42060201", "42060202"):
        assert selectors.is_visible(place.who("station", station), outage.pk)
    started = services.start(outage_id=outage.pk, by=MACHINE, at=at("03-04 08:02"))
    row = Affected.objects.get(outage=outage, area=place.net.areas["A1"])
    assert (row.unit_id, started.areas, started.accounts) == (place.unit("42060202"), 3, 5)


def test_both_stations_of_a_moved_area_see_a_past_outage(place: Place) -> None:
    outage = place.fault(areas="A1")
    services.restore(outage_id=outage.pk, by=MACHINE, at=TEN)
    refused_to = place.who("desk", "42060202")
    assert not selectors.is_visible(refused_to, outage.pk)
    network.assign_area_grid(
        area_id=place.net.areas["A1"], grid_id=place.net.city.grids["G2"], from_on=date(2026, 3, 3), by=MACHINE, at=TEN
    )
    network.settle_areas(by=MACHINE, at=at("03-03 00:10"))
    assert selectors.is_visible(place.who("desk", "42060202"), outage.pk)
    assert selectors.is_visible(place.who("desk", "42060201"), outage.pk)


def test_times_of_start_follow_each_other(place: Place) -> None:
    outage = place.plan("03-02 08:00", feeders="F1")
    early = {"outage_id": outage.pk, "started_at": TEN + timedelta(minutes=1)}
    refused("time_out_of_order", outage, lambda: services.start(**early, by=MACHINE, at=TEN))
    started = services.start(outage_id=outage.pk, started_at=at("03-02 08:10"), by=MACHINE, at=TEN)
    assert started.started_at == at("03-02 08:10")
    before = {"outage_id": outage.pk, "restored_at": at("03-02 08:00")}
    refused("time_out_of_order", outage, lambda: services.restore(**before, by=MACHINE, at=TEN))
    ahead = {"outage_id": outage.pk, "restored_at": NOON}
    refused("time_out_of_order", outage, lambda: services.restore(**ahead, by=MACHINE, at=TEN))


def test_the_expected_end_moves_later_and_earlier_even_after_it_has_passed(place: Place) -> None:
    outage = place.plan("03-02 08:00", "03-02 18:00", feeders="F1")
    services.start(outage_id=outage.pk, by=MACHINE, at=TEN)
    change = {"outage_id": outage.pk, "by": place.who("dept")}
    late = services.change_expected(**change, expected_end_at=at("03-02 20:00"), reason="接地线未拆", at=HALF_SIX)
    assert (late.expected_end_at, late.delays, late.planned_end) == (at("03-02 20:00"), 1, SIX)
    soon = services.change_expected(**change, expected_end_at=at("03-02 19:30"), reason="提前完工", at=HALF_SIX)
    assert (soon.expected_end_at, soon.delays, soon.state) == (at("03-02 19:30"), 1, State.RUNNING)
    texts = [entry.text for entry in matters.timeline(selectors.label(outage.pk))]
    assert "预计恢复 2026-03-02 18:00 → 2026-03-02 20:00（延迟送电）；延迟公告晚于规定时间\n接地线未拆" in texts[1]
    assert "（延迟送电）" not in texts[0]
    same = {**change, "expected_end_at": at("03-02 19:30"), "reason": "改期", "at": HALF_SIX}
    refused("expected_unchanged", outage, lambda: services.change_expected(**same))
    past = {**change, "expected_end_at": SIX, "reason": "改期", "at": HALF_SIX}
    refused("expected_in_past", outage, lambda: services.change_expected(**past))
    mute = {**change, "expected_end_at": at("03-02 21:00"), "reason": "", "at": HALF_SIX}
    refused("reason_missing", outage, lambda: services.change_expected(**mute))


def test_a_fault_without_an_end_gets_one_and_that_is_no_delay(place: Place) -> None:
    outage = place.fault(feeders="F1", by=place.who("crew"))
    told = services.change_expected(outage_id=outage.pk, expected_end_at=NOON, reason="查明故障点", by=MACHINE, at=TEN)
    assert (told.expected_end_at, told.delays) == (NOON, 0)
    coming = place.plan("03-03 08:00", feeders="F1")
    before = {"outage_id": coming.pk, "expected_end_at": at("03-03 07:00"), "reason": "改期"}
    refused("expected_in_past", coming, lambda: services.change_expected(**before, by=MACHINE, at=TEN))


def test_power_comes_back_in_stages_and_each_area_keeps_its_moment(place: Place) -> None:
    outage, a1, a2, a3 = place.fault(feeders="F1"), *(place.net.areas[code] for code in ("A1", "A2", "A3"))
    part = services.restore(outage_id=outage.pk, area_ids=[a1], restored_at=at("03-02 09:40"), by=MACHINE, at=TEN)
    assert (part.state, part.restored_at, part.closed_at) == (State.PARTLY, None, None)
    assert selectors.areas_of_outage(outage.pk, still_out=True) == tuple(sorted((a2, a3)))
    again = {"outage_id": outage.pk, "area_ids": [a1], "by": MACHINE, "at": NOON}
    refused("already_restored", outage, lambda: services.restore(**again))
    both = services.restore(outage_id=outage.pk, area_ids=[a1, a2], by=MACHINE, at=NOON)
    assert both.state == State.PARTLY
    done = services.restore(outage_id=outage.pk, by=place.who("station", "42060202"), at=SIX)
    assert (done.state, done.restored_at, done.closed_at) == (State.RESTORED, SIX, SIX)
    moments = dict(Affected.objects.filter(outage=outage).values_list("area_id", "restored_at"))
    assert moments == {a1: at("03-02 09:40"), a2: NOON, a3: SIX}
    verbs = [step.verb for step in reversed(matters.steps(selectors.label(outage.pk)))]
    assert verbs == ["report", "restore_part", "restore_part", "restore"]


def test_restored_twice_is_safe(place: Place) -> None:
    outage = place.fault(feeders="F1")
    services.restore(outage_id=outage.pk, by=MACHINE, at=TEN)
    refused("already_restored", outage, lambda: services.restore(outage_id=outage.pk, by=MACHINE, at=NOON))
    some = {"outage_id": outage.pk, "area_ids": [place.net.areas["A1"]], "by": MACHINE, "at": NOON}
    refused("already_restored", outage, lambda: services.restore(**some))
    assert selectors.standing(outage.pk).restored_at == TEN
    assert not selectors.standing(outage.pk).is_live


def test_the_last_area_named_alone_ends_the_outage(place: Place) -> None:
    outage = place.fault(areas="A1")
    done = services.restore(outage_id=outage.pk, area_ids=[place.net.areas["A1"]], by=MACHINE, at=TEN)
    assert done.state == State.RESTORED


def test_what_cant_be_restored(place: Place) -> None:
    outage = place.fault(sections="S3 S4")
    strange = {"outage_id": outage.pk, "area_ids": [place.net.areas["A3"]], "by": MACHINE, "at": TEN}
    refused("area_not_affected", outage, lambda: services.restore(**strange))
    desk = {"outage_id": outage.pk, "by": place.who("desk"), "at": TEN}
    refused("not_allowed", outage, lambda: services.restore(**desk))
    reported = place.fault(areas="A3", confirmed=False)
    plan = place.plan(feeders="F1")
    refused("wrong_state", plan, lambda: services.restore(outage_id=plan.pk, by=MACHINE, at=TEN))
    refused("not_found", plan, lambda: services.restore(outage_id=10**9, by=MACHINE, at=TEN))
    assert services.restore(outage_id=reported.pk, by=MACHINE, at=TEN).state == State.RESTORED


def test_a_reported_fault_is_confirmed_before_it_comes_back_in_parts(place: Place) -> None:
    outage = place.fault(feeders="F1", confirmed=False)
    some = {"outage_id": outage.pk, "area_ids": [place.net.areas["A1"]], "by": MACHINE, "at": TEN}
    refused("wrong_state", outage, lambda: services.restore(**some))


def test_the_same_area_in_two_outages_comes_back_from_each(place: Place) -> None:
    plan = place.plan("03-02 08:00", sections="S3")
    services.start(outage_id=plan.pk, by=MACHINE, at=NOW)
    fault = place.fault(feeders="F1")
    a1 = place.net.areas["A1"]
    services.restore(outage_id=plan.pk, by=MACHINE, at=TEN)
    assert a1 in selectors.areas_out_at(NOON)
    services.restore(outage_id=fault.pk, by=MACHINE, at=NOON)
    assert a1 not in selectors.areas_out_at(NOON)
    assert a1 in selectors.areas_out_at(NOON - timedelta(minutes=1))


def test_a_false_report_leaves_the_statistics_but_keeps_its_timeline(place: Place) -> None:
    outage = place.fault(areas="A1", by=place.who("desk"), confirmed=False)
    gone = services.withdraw(outage_id=outage.pk, reason="客户表后开关跳闸", by=place.who("desk"), at=TEN)
    assert gone.state == State.WITHDRAWN
    assert selectors.areas_out_at(NOW + timedelta(minutes=5)) == frozenset()
    assert [step.verb for step in matters.steps(selectors.label(outage.pk))] == ["withdraw", "report"]


def test_a_step_once_for_a_client_key(place: Place) -> None:
    outage = place.fault(feeders="F1")
    step = {"outage_id": outage.pk, "given": Given(), "by": place.who("crew"), "at": TEN}
    for _ in range(2):
        assert services.take_step(verb="restore", key="same-key-1", **step) == "restore"
    refused("already_restored", outage, lambda: services.take_step(verb="restore", key="other-key-1", **step))
    refused("no_such_move", outage, lambda: services.take_step(verb="fly", key="other-key-2", **step))
    refused("field_missing", outage, lambda: services.take_step(verb="change_expected", key="other-key-3", **step))
    refused("field_missing", outage, lambda: services.take_step(verb="restore_part", key="other-key-4", **step))


def test_every_step_tells_a_fact_once(place: Place) -> None:
    outage = place.plan("03-02 08:00", feeders="F1")
    later = {"outage_id": outage.pk, "expected_end_at": SIX + timedelta(hours=1), "reason": "改期"}
    steps = (
        lambda: services.change_expected(**later, by=MACHINE, at=NOW),
        lambda: services.start(outage_id=outage.pk, by=MACHINE, at=TEN),
        lambda: services.restore(outage_id=outage.pk, area_ids=[place.net.areas["A1"]], by=MACHINE, at=NOON),
        lambda: services.restore(outage_id=outage.pk, by=MACHINE, at=SIX),
    )  # fmt: skip
    for step in steps:
        step()
    facts = [(fact.body["verb"], fact.body["state"]) for fact in Fact.objects.filter(name="OutageMoved").order_by("id")]
    assert facts == [
        ("plan", "asked"), ("approve", "announced"), ("change_expected", "announced"),
        ("start", "running"), ("restore_part", "partly"),
        ("restore", "restored"),
    ]  # fmt: skip
    outbox.deliver_all(twice=True)
    assert selectors.standing(outage.pk).state == State.RESTORED
