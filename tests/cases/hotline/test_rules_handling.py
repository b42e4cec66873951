"""The handling's rules, cell by cell."""

from datetime import datetime, timedelta
from itertools import product

import pytest

from longzhong.cases.hotline.rules.callbacks import (
    IN_VAIN,
    VERDICTS,
    CallLimits,
    apart,
    is_exhausted,
    is_work,
    may_call,
    next_opening,
    next_try,
    results_of,
)
from longzhong.cases.hotline.rules.chains import ChainLimits, after, chain_of
from longzhong.cases.hotline.rules.cues import cause_of
from longzhong.cases.hotline.rules.dispatching import order_kind, order_limits
from longzhong.cases.hotline.rules.firstfix import Moments, is_return, stage_times
from longzhong.cases.hotline.rules.following import steps_of
from longzhong.cases.hotline.rules.limits import BY_TYPE
from longzhong.cases.hotline.rules.machine import DONE, State
from longzhong.cases.hotline.rules.reviewing import needs_person
from longzhong.cases.hotline.rules.words import CallResult, CaseType, Channel, Grade, Helper, Purpose, RootCause, Site
from longzhong.dispatch.workorders.rules import State as Order
from tests.dispatch.make import at

LIMITS = CallLimits()


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-03-02 07:59", "2026-03-02 08:00"),
        ("2026-03-02 08:00", "2026-03-02 08:00"),
        ("2026-03-02 11:59", "2026-03-02 11:59"),
        ("2026-03-02 12:00", "2026-03-02 14:00"),
        ("2026-03-02 13:59", "2026-03-02 14:00"),
        ("2026-03-02 14:00", "2026-03-02 14:00"),
        ("2026-03-02 20:59", "2026-03-02 20:59"),
        ("2026-03-02 21:00", "2026-03-03 08:00"),
        ("2026-03-02 23:30", "2026-03-03 08:00"),
        ("2026-03-03 00:00", "2026-03-03 08:00"),
    ],
)
def test_hours_in_which_customers_may_be_called(moment: str, opening: str) -> None:
    assert next_opening(at(moment), LIMITS) == at(opening)
    assert may_call(at(moment), LIMITS) is (moment == opening)


def test_a_night_policy_without_a_noon_break() -> None:
    all_day = CallLimits(hours=(0, 24), quiet_h=(0, 0))
    assert all(may_call(at(f"2026-03-02 {hour:02}:00"), all_day) for hour in range(24))


def moments(*texts: str) -> list[datetime]:
    return [at(f"2026-03-{text}") for text in texts]


@pytest.mark.parametrize(
    ("vain", "counted", "enough"),
    [
        ((), 0, False),
        (("02 09:00", "02 09:05", "02 09:10"), 1, False),
        (("02 09:00", "02 11:00", "02 15:00"), 3, False),  # one day only
        (("02 09:00", "02 15:00", "03 09:00"), 3, True),
        (("02 09:00", "03 09:00"), 2, False),
        (("02 09:00", "02 10:59", "03 09:00"), 2, False),
        (("02 09:00", "02 11:00", "03 09:00"), 3, True),
        (("03 09:00", "02 15:00", "02 09:00"), 3, True),
    ],
)
def test_calls_in_vain_count_when_they_lie_apart(vain: tuple[str, ...], counted: int, enough: bool) -> None:
    assert len(apart(moments(*vain), LIMITS)) == counted
    assert is_exhausted(moments(*vain), LIMITS) is enough


def test_the_next_call_comes_after_a_pause_and_within_the_hours() -> None:
    now = at("2026-03-02 11:00")
    assert next_try([], now, LIMITS) == now
    assert next_try(moments("02 10:30"), now, LIMITS) == at("2026-03-02 14:00")
    assert next_try(moments("02 08:00"), now, LIMITS) == now
    assert next_try(moments("02 20:30"), at("2026-03-02 20:40"), LIMITS) == at("2026-03-03 08:00")


@pytest.mark.parametrize("purpose", Purpose)
def test_only_the_call_back_asks_for_a_verdict(purpose: Purpose) -> None:
    results = set(results_of(purpose))
    assert results >= IN_VAIN
    assert (results >= VERDICTS) is (purpose is Purpose.REVIEW)
    assert (CallResult.REACHED in results) is (purpose is not Purpose.REVIEW)


@pytest.mark.parametrize(("kind", "purpose"), list(product(CaseType, Purpose)))
def test_calls_that_belong_to_a_repair(kind: CaseType, purpose: Purpose) -> None:
    assert is_work(kind, purpose) is (kind is CaseType.REPAIR and purpose is not Purpose.REVIEW)


@pytest.mark.parametrize("channel", Channel)
def test_the_chain_ends_at_the_head_whatever_a_unit_writes(channel: Channel) -> None:
    for limits in (
        ChainLimits(),
        ChainLimits(electrician=(), village=("station", "village"), others=("nobody", "grid", "grid")),
    ):
        chain = chain_of(channel, limits)
        assert chain[-1] is Helper.STATION
        assert len(set(chain)) == len(chain)


def test_the_chain_of_a_property_electrician() -> None:
    chain = chain_of(Channel.ELECTRICIAN, ChainLimits())
    assert chain == (Helper.ELECTRICIAN, Helper.GRID, Helper.DUTY, Helper.STATION)
    assert after(chain, [Helper.ELECTRICIAN, Helper.GRID]) == (Helper.DUTY, Helper.STATION)
    assert after(chain, chain) == ()
    assert ChainLimits(duty_min=7).minutes(Helper.DUTY) == 7


@pytest.mark.parametrize(
    ("closed", "days", "is_back"), [(None, 7, False), (0, 7, True), (7, 7, True), (7.01, 7, False), (-1, 7, False)]
)
def test_how_long_a_repair_has_to_hold(closed: float | None, days: float, is_back: bool) -> None:
    now = at("2026-03-20 09:00")
    ended = None if closed is None else now - timedelta(days=closed)
    assert is_return(ended, now, days) is is_back


def test_the_four_stages_of_a_repair() -> None:
    start = at("2026-03-02 09:00")
    at_minute = [start + timedelta(minutes=n) for n in (5, 30, 90, 3, 150)]
    whole = stage_times(Moments(start, *at_minute))
    assert {one.code: one.minutes for one in whole} == {"depart": 30, "repair": 60, "inform": 3, "call_back": 60}
    assert {one.minutes for one in stage_times(Moments(start))} == {None}


HELD = {Order.ACCEPTED, Order.ARRIVED, Order.DIAGNOSED, Order.CONTACTED, Order.REPORTED, Order.PROJECT, Order.RETURNED}
READY = {Order.FINISHED, Order.UNPROVEN, Order.VERIFIED}


@pytest.mark.parametrize(("order", "case", "away"), list(product(Order, State, (False, True))))
def test_what_an_orders_state_means_for_its_case(order: Order, case: State, away: bool) -> None:
    told = away and order not in HELD | READY | {Order.CANCELLED}
    meaning = (
        "held" if order in HELD else "ready" if order in READY else "gone" if order is Order.CANCELLED or told
        else "waiting" if order is Order.DISPATCHED else "pool"
    )  # fmt: skip
    table = {
        (State.TAKEN, "waiting"): ("dispatch",), (State.TAKEN, "held"): ("dispatch", "accept"),
        (State.TAKEN, "ready"): ("dispatch", "accept", "reply"), (State.DISPATCHED, "held"): ("accept",),
        (State.DISPATCHED, "ready"): ("accept", "reply"), (State.DISPATCHED, "gone"): ("refuse",),
        (State.HANDLING, "ready"): ("reply",), (State.HANDLING, "gone"): ("refuse",),
    }  # fmt: skip
    steps = steps_of(order, case, turned_away=away)
    assert steps == table.get((case, meaning), ())
    assert not (case in DONE and steps)


@pytest.mark.parametrize(
    ("kind", "grade", "hazard", "back"), list(product(CaseType, Grade, (False, True), (False, True)))
)
def test_who_looks_at_a_reply(kind: CaseType, grade: Grade, hazard: bool, back: bool) -> None:
    person = needs_person(kind, grade, hazard=hazard, came_back=back, types=("complaint", "report"))
    assert person is (kind in (CaseType.COMPLAINT, CaseType.REPORT) or grade is not Grade.GENERAL or hazard or back)


@pytest.mark.parametrize(("kind", "hazard"), list(product(CaseType, (False, True))))
def test_what_is_broken_or_dangerous_is_a_repair(kind: CaseType, hazard: bool) -> None:
    assert order_kind(kind, hazard=hazard) == ("repair" if kind is CaseType.REPAIR or hazard else "service")


@pytest.mark.parametrize(("site", "important"), list(product(Site, (False, True))))
def test_a_repairs_limits_by_site(site: Site, important: bool) -> None:
    near = "urban" if site is Site.URBAN else "rural"
    limits = order_limits("repair", site, important=important, planned=())
    arrive = "important" if important else site.value
    assert limits == {"arrive": f"repair.arrive_min_{arrive}", "restore": f"repair.restore_avg_h_{near}"}


def test_a_service_order_takes_over_the_cases_limits() -> None:
    complaint = order_limits("service", Site.URBAN, important=False, planned=BY_TYPE[CaseType.COMPLAINT])
    assert complaint == {"contact": "complaint.first_contact_h", "finish": "complaint.reply_wd"}
    enquiry = order_limits("service", Site.URBAN, important=False, planned=BY_TYPE[CaseType.ENQUIRY])
    assert enquiry == {"finish": "enquiry.reply_wd"}


@pytest.mark.parametrize(
    ("type_", "text", "cause"),
    [
        (CaseType.COMPLAINT, "营业员不耐烦还挂电话", RootCause.ATTITUDE),
        (CaseType.OPINION, "三天两头停电", RootCause.SUPPLY),
        (CaseType.REPORT, "工作人员前后说法不一", RootCause.KNOWLEDGE),
        (CaseType.COMPLAINT, "请尽快处理", None),
        (CaseType.REPAIR, "三天两头停电", None),
        (CaseType.ENQUIRY, "看不懂账单", None),
    ],
)
def test_the_likeliest_cause_where_somebody_is_blamed(type_: CaseType, text: str, cause: RootCause | None) -> None:
    assert cause_of(type_, text) is cause
