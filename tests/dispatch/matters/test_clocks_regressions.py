"""How the clocks of other houses went wrong, each by its name, against the real engine in the database (issue 3, item 1)."""

from datetime import timedelta

import pytest

from longzhong.dispatch.matters import selectors, services
from longzhong.dispatch.matters.models import Clock
from longzhong.dispatch.matters.rules import Limit, Measure, NewClock, PauseReason, Verdict
from longzhong.register.policies.services import change_policy
from tests.dispatch.make import MORNING, SYSTEM, County, at
from tests.dispatch.matters.make import M, late_told, start, swept

WAIT = PauseReason.AWAIT_CUSTOMER


LONG_AFTER = at("2026-03-20 00:00")


def pause(county: County, when: str) -> None:
    services.pause_clocks(matter=M, names=None, reason=WAIT, note="等客户回家", by=county.zhang, at=at(when))


def promise(county: County, hours: float, when: str) -> Clock:
    new = NewClock(M, "reply", "答复", county.station, county.staff["zhang"], promise=Limit(hours, Measure.HOURS))
    return services.supersede_clock(new=new, reason="改期", by=county.head, at=at(when))


@pytest.mark.django_db
def test_pending_time_lost_on_change_of_promise(county: County) -> None:
    """Elsewhere the new limit counted from the old start with the pauses forgotten."""
    start(county)
    pause(county, "2026-03-02 10:00")
    services.resume_clocks(matter=M, names=None, note="", by=county.zhang, at=at("2026-03-02 15:00"))
    second = promise(county, 2, "2026-03-02 15:10")
    assert (second.started_at, second.due_at) == (MORNING, at("2026-03-02 16:00"))  # an hour was used before the pause
    third = promise(county, 6, "2026-03-02 15:20")
    assert (third.started_at, third.due_at) == (MORNING, at("2026-03-02 20:00"))  # again and again
    assert "等待客户配合" in "\n".join(selectors.clock_cards(M, at("2026-03-02 15:30"))[0].why)


@pytest.mark.django_db
def test_a_change_of_promise_while_pending_goes_on_pending(county: County) -> None:
    start(county)
    pause(county, "2026-03-02 10:00")
    second = promise(county, 2, "2026-03-02 11:00")
    assert (second.state, second.due_at, second.next_at) == ("paused", None, None)
    services.resume_clocks(matter=M, names=None, note="", by=county.zhang, at=at("2026-03-03 08:00"))
    second.refresh_from_db()
    assert second.due_at == at("2026-03-03 09:00")


@pytest.mark.django_db
def test_violated_while_pending(county: County) -> None:
    """Elsewhere a matter that waited for the customer was late, and escalated, in the middle of waiting."""
    start(county)
    pause(county, "2026-03-02 12:59")
    assert swept(LONG_AFTER) == services.Swept()
    assert late_told() == []
    (card,) = selectors.clock_cards(M, LONG_AFTER)
    assert (card.verdict, card.due_at) == (Verdict.OPEN, None)
    assert services.stop_clocks(matter=M, names=None, by=SYSTEM, at=LONG_AFTER) == {"reply": "met"}


@pytest.mark.django_db
def test_a_pause_after_the_deadline_doesnt_wash_the_clock_clean(county: County) -> None:
    start(county)
    assert swept(at("2026-03-02 13:01")).late == 1
    pause(county, "2026-03-02 13:30")
    second = promise(county, 100, "2026-03-02 14:00")
    assert Clock.objects.exclude(pk=second.pk).get().verdict == Verdict.LATE  # the old one keeps what it was
    services.resume_clocks(matter=M, names=None, note="", by=county.zhang, at=at("2026-03-02 15:00"))
    swept(at("2026-03-07 00:00"))
    assert late_told() == [(M, 1)]  # the new promise is broken too, yet the station was told of this line already
    assert services.stop_clocks(matter=M, names=None, by=SYSTEM, at=at("2026-03-07 00:00")) == {"reply": "late"}


@pytest.mark.django_db
def test_customers_note_not_starting_the_clock(county: County) -> None:
    """Elsewhere the customer had answered and the matter slept on, because only a handler's press woke it."""
    start(county)
    pause(county, "2026-03-02 10:00")
    (clock,) = services.hear_customer(matter=M, by=SYSTEM, at=at("2026-03-02 22:00"))
    clock.refresh_from_db()
    assert (clock.state, clock.due_at) == ("running", at("2026-03-03 01:00"))
    assert swept(at("2026-03-03 01:01")).late == 1
    assert services.hear_customer(matter=M, by=SYSTEM, at=at("2026-03-03 02:00")) == []


@pytest.mark.django_db
def test_the_customers_note_wakes_nothing_that_waits_for_something_else(county: County) -> None:
    start(county)
    services.pause_clocks(
        matter=M, names=None, reason=PauseReason.AWAIT_OUTAGE, note="等停电", by=county.head, at=at("2026-03-02 10:00")
    )
    assert services.hear_customer(matter=M, by=SYSTEM, at=at("2026-03-02 22:00")) == []
    assert Clock.objects.get().state == "paused"


CALENDAR = [
    ("lunch break", Limit(60, Measure.WORKING_MINUTES), "2026-03-02 11:30", "2026-03-02 14:30"),
    ("used up at noon sharp", Limit(30, Measure.WORKING_MINUTES), "2026-03-02 11:30", "2026-03-02 12:00"),
    ("Spring Festival, make-up Saturday before", Limit(2, Measure.WORKING_DAYS), "2026-02-12 10:00", "2026-02-15 00:00"),
    ("Spring Festival, make-up Saturday after", Limit(7, Measure.WORKING_DAYS), "2026-02-12 10:00", "2026-03-01 00:00"),
    ("working hours over Spring Festival", Limit(8, Measure.WORKING_HOURS), "2026-02-14 17:00", "2026-02-25 09:00"),
    ("minutes don't rest at Spring Festival", Limit(45, Measure.MINUTES), "2026-02-17 23:30", "2026-02-18 00:15"),
    ("year end, hours", Limit(2, Measure.HOURS), "2025-12-31 23:00", "2026-01-01 01:00"),
    ("year end, working days over New Year", Limit(2, Measure.WORKING_DAYS), "2025-12-30 10:00", "2026-01-05 00:00"),
    ("year end, calendar days", Limit(3, Measure.DAYS), "2025-12-30 10:00", "2026-01-03 00:00"),
    ("started after hours on a Friday", Limit(30, Measure.WORKING_MINUTES), "2026-03-06 20:00", "2026-03-09 09:00"),
    ("started before hours", Limit(30, Measure.WORKING_MINUTES), "2026-03-06 05:00", "2026-03-06 09:00"),
    ("started on a Sunday", Limit(1, Measure.WORKING_DAYS), "2026-03-08 10:00", "2026-03-10 00:00"),
    ("started in the lunch break", Limit(10, Measure.WORKING_MINUTES), "2026-03-02 12:40", "2026-03-02 14:10"),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("limit", "begin", "due"), [row[1:] for row in CALENDAR], ids=[row[0] for row in CALENDAR])
def test_the_calendar(county: County, limit: Limit, begin: str, due: str) -> None:
    clock = start(county, limit, at(begin))
    assert clock.due_at == at(due)
    assert not clock.provisional
    assert swept(at(due)).late == 0  # the last moment is in time
    assert swept(at(due) + timedelta(seconds=1)).late == 1


@pytest.mark.django_db
def test_the_shares_of_warning_and_escalation_are_policies_of_the_day_of_the_start(county: County) -> None:
    change = {"unit_id": None, "edition": "", "from_on": at("2026-03-02 00:00").date(), "reason": "试点", "by": SYSTEM}
    change_policy(key="clock.warn_at", value=[0.25, 0.9], at=at("2026-03-01 10:00"), **change)
    change_policy(key="clock.late_at", value=[1.0, 1.25, 3.0], at=at("2026-03-01 10:00"), **change)
    start(county)
    assert swept(at("2026-03-02 10:01")).warned == 1
    assert swept(at("2026-03-02 12:35")) == services.Swept()
    assert swept(at("2026-03-02 12:37")).warned == 1
    assert swept(at("2026-03-02 13:01")).late == 1
    assert swept(at("2026-03-02 14:01")).late == 1
    assert swept(at("2026-03-02 20:59")) == services.Swept()
    assert swept(at("2026-03-02 21:01")).late == 1


@pytest.mark.django_db
def test_an_edit_resets_nothing(county: County) -> None:
    """Elsewhere another owner, priority or promise began the clock anew."""
    start(county)
    assert swept(at("2026-03-02 13:01")).late == 1
    services.give_clocks(matter=M, owner_id=county.staff["li"], by=SYSTEM, at=at("2026-03-02 13:10"))
    for minute in (20, 30, 40):
        promise(county, 4, f"2026-03-02 13:{minute}")
    assert swept(at("2026-03-02 13:41")).late == 0
    assert {clock.started_at for clock in Clock.objects.all()} == {MORNING}
    assert swept(LONG_AFTER).late == 2
    assert late_told() == [(M, 1), (M, 2), (M, 3)]
