"""Clocks in the database: snapshots, pauses, superseding, stopping."""

from datetime import date

import pytest

from longzhong.dispatch.matters import selectors, services
from longzhong.dispatch.matters.models import Clock
from longzhong.dispatch.matters.rules import Limit, Measure, NewClock, PauseReason, Verdict
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org
from longzhong.register.org.services import publish_year
from longzhong.register.policies.services import change_policy
from tests.dispatch.make import MORNING, SYSTEM, County, at
from tests.dispatch.matters.make import M, start, swept, told


def by_policy(county: County, key: str = "orders.area_fault.normal.finish") -> NewClock:
    return NewClock(M, "finish", "完成", county.station, None, policy_key=key)


def wait(county: County, when: str) -> None:
    """Pause for the customer."""
    reason = PauseReason.AWAIT_CUSTOMER
    services.pause_clocks(matter=M, names=None, reason=reason, note="", by=county.zhang, at=at(when))


@pytest.mark.django_db
def test_a_clock_takes_the_policy_of_its_day_and_a_later_edition_never_touches_it(county: County) -> None:
    (clock,) = services.start_clocks(clocks=[by_policy(county)], by=SYSTEM, at=MORNING)
    assert (clock.value, clock.measure, clock.due_at) == (7, "wd", at("2026-03-12 00:00"))
    change_policy(
        key="orders.area_fault.normal.finish", value=2, unit_id=None, edition="", from_on=at("2026-03-03 00:00").date(),
        reason="压缩时限", by=SYSTEM, at=at("2026-03-02 10:00"),
    )  # fmt: skip
    services.stop_clocks(matter=M, names=None, by=SYSTEM, at=at("2026-03-11 23:00"))
    clock.refresh_from_db()
    assert (clock.value, clock.verdict) == (7, Verdict.MET)
    (later,) = services.start_clocks(clocks=[by_policy(county)], by=SYSTEM, at=at("2026-03-12 09:00"))
    assert later.value == 2
    why = "\n".join(selectors.clock_cards(M, at("2026-03-12 10:00"))[0].why)
    assert "orders.area_fault.normal.finish" in why
    assert "2 个工作日" in why
    assert "待确认" not in why  # somebody decided it


@pytest.mark.django_db
def test_why_this_deadline_names_policy_days_and_pauses(county: County) -> None:
    services.start_clocks(clocks=[by_policy(county)], by=SYSTEM, at=at("2026-02-11 09:00"))
    services.pause_clocks(
        matter=M, names=None, reason=PauseReason.AWAIT_OUTAGE, note="等停电", by=county.head, at=at("2026-02-12 00:00")
    )
    services.resume_clocks(matter=M, names=None, note="", by=county.head, at=at("2026-02-13 00:00"))
    (card,) = selectors.clock_cards(M, at("2026-02-13 08:00"))
    why = "\n".join(card.why)
    assert "计入 8 个工作日：02-12 至 02-14、02-24 至 02-28，其中 02-14" in why
    assert "跳过：" in why
    assert "春节" in why
    assert "挂起：2026-02-11 24:00 至 2026-02-12 24:00，等待停电计划，1天不计时。" in why
    assert card.due == "2026-02-28 24:00"
    assert "待确认" in why


@pytest.mark.django_db
def test_one_live_clock_of_a_name(county: County) -> None:
    start(county, 10)
    with pytest.raises(Refused, match="clock_running"):
        start(county, 10)
    with pytest.raises(Refused, match="clock_without_limit"):
        services.start_clocks(clocks=[NewClock(M, "x", "x", county.station)], by=SYSTEM, at=MORNING)


@pytest.mark.django_db
def test_pausing_needs_somebody_who_may_approve_the_reason(county: County) -> None:
    start(county, 10)
    with pytest.raises(Refused, match="not_allowed"):
        services.pause_clocks(
            matter=M, names=None, reason=PauseReason.AWAIT_MATERIAL, note="x", by=county.zhang, at=MORNING
        )
    services.pause_clocks(
        matter=M, names=None, reason=PauseReason.AWAIT_CUSTOMER, note="x", by=county.zhang, at=MORNING
    )
    with pytest.raises(Refused, match="no_clock_running"):
        services.pause_clocks(
            matter=M, names=None, reason=PauseReason.AWAIT_CUSTOMER, note="x", by=county.head, at=MORNING
        )
    assert swept(at("2027-01-01 00:00")).taken == 0  # nothing is told of a clock that stands still
    services.resume_clocks(matter=M, names=None, note="", by=county.zhang, at=at("2026-03-05 09:00"))
    assert Clock.objects.get().due_at == at("2026-03-05 19:00")
    with pytest.raises(Refused, match="no_clock_paused"):
        services.resume_clocks(matter=M, names=None, note="", by=county.zhang, at=MORNING)


@pytest.mark.django_db
def test_the_customers_note_lets_the_clock_run_again(county: County) -> None:
    start(county, 10)
    services.pause_clocks(
        matter=M, names=None, reason=PauseReason.AWAIT_CUSTOMER, note="x", by=county.zhang, at=MORNING
    )
    assert len(services.hear_customer(matter=M, by=SYSTEM, at=at("2026-03-02 20:00"))) == 1
    assert Clock.objects.get().due_at == at("2026-03-03 06:00")
    assert services.hear_customer(matter=M, by=SYSTEM, at=at("2026-03-02 20:30")) == []


@pytest.mark.django_db
def test_superseding_keeps_start_pauses_verdict_and_levels(county: County) -> None:
    first = start(county, 10)
    wait(county, "2026-03-02 10:00")
    services.resume_clocks(matter=M, names=None, note="", by=county.zhang, at=at("2026-03-02 12:00"))
    assert swept(at("2026-03-02 22:00")).late == 1  # 09:00 + 10 h + 2 h = 21:00
    new = NewClock(M, "reply", "答复", county.station, None, promise=Limit(30, Measure.HOURS))
    second = services.supersede_clock(new=new, reason="改为一般", by=county.head, at=at("2026-03-02 22:30"))
    first.refresh_from_db()
    assert (first.state, first.verdict) == ("superseded", Verdict.LATE)
    assert (second.started_at, second.due_at, second.lineage) == (MORNING, at("2026-03-03 17:00"), first.pk)
    swept(at("2026-03-03 18:00"))
    assert [row for row in told() if row[0] == "late"] == [("late", 1)]  # reached once by the line, whoever edits
    swept(at("2026-03-04 09:00"))
    assert [row for row in told() if row[0] == "late"] == [("late", 1), ("late", 2)]
    with pytest.raises(Refused, match="clock_unknown"):
        services.supersede_clock(new=NewClock(M, "none", "", county.station), reason="", by=SYSTEM, at=MORNING)


@pytest.mark.django_db
def test_an_open_pause_goes_along_when_the_promise_changes(county: County) -> None:
    start(county, 10)
    wait(county, "2026-03-02 10:00")
    new = NewClock(M, "reply", "答复", county.station, None, promise=Limit(2, Measure.HOURS))
    second = services.supersede_clock(new=new, reason="", by=SYSTEM, at=at("2026-03-02 15:00"))
    assert (second.state, second.due_at) == ("paused", None)
    services.resume_clocks(matter=M, names=None, note="", by=county.zhang, at=at("2026-03-03 10:00"))
    second.refresh_from_db()
    assert second.due_at == at("2026-03-03 11:00")


@pytest.mark.django_db
def test_stopping_in_time_and_late(county: County) -> None:
    start(county, 10)
    assert services.stop_clocks(matter=M, names=["reply"], by=SYSTEM, at=at("2026-03-02 19:00")) == {"reply": "met"}
    start(county, 10)
    assert services.stop_clocks(matter=M, names=None, by=SYSTEM, at=at("2026-03-02 19:01")) == {"reply": "late"}
    assert services.stop_clocks(matter=M, names=None, by=SYSTEM, at=at("2026-03-02 19:02")) == {}
    assert swept(at("2026-03-20 00:00")).taken == 0


@pytest.mark.django_db
def test_a_published_holiday_notice_moves_provisional_deadlines(county: County) -> None:
    year = org.calendar().known_until.year
    new = by_policy(county)
    (clock,) = services.start_clocks(clocks=[new], by=SYSTEM, at=at(f"{year}-12-29 09:00"))
    assert clock.provisional
    assert "推定" in selectors.clock_cards(M, at(f"{year}-12-30 09:00"))[0].why[-1]
    off = {date(year + 1, 1, day): "元旦" for day in (1, 2, 3, 4)}
    publish_year(year=year + 1, off=off, make_ups=(), source="国办发明电", by=SYSTEM, at=at(f"{year}-12-30 09:00"))
    assert services.settle_provisional(by=SYSTEM, at=at(f"{year}-12-30 10:00")) == 1
    clock.refresh_from_db()
    assert not clock.provisional


@pytest.mark.django_db
def test_the_bell_counts_late_soon_and_escalated(county: County) -> None:
    start(county, 10)
    start(county, 100, matter="tests.thing:2")
    swept(at("2026-03-04 12:00"))
    assert selectors.bell(county.zhang, at("2026-03-04 12:00")) == selectors.Bell(late=1, soon=1, escalated=0)
    assert selectors.bell(county.head, at("2026-03-04 12:00")).escalated == 1
    assert (
        selectors.bell(county.actor("other", "station", units=(county.other_station,)), at("2026-03-04 12:00")).total
        == 0
    )
