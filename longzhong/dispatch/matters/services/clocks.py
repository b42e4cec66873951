"""Start, stop, pause, resume and supersede clocks; every change under the matter's lock."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import selectors
from longzhong.dispatch.matters.models import Clock, ClockPause
from longzhong.dispatch.matters.rules.counting import Limit, Measure, Run, due_at, is_provisional
from longzhong.dispatch.matters.rules.terms import LATE_KEY, OFFICE_KEY, PROMISE, WARN_KEY, NewClock, number
from longzhong.dispatch.matters.rules.verdicts import (
    APPROVERS,
    LIVE,
    ClockState,
    PauseReason,
    Verdict,
    final_verdict,
    paused,
    relimited,
    resumed,
    verdict_at,
)
from longzhong.dispatch.matters.services.steps import NewStep, add_step, lock_matter
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org
from longzhong.register.org.rules.calendar import Calendar
from longzhong.register.policies import selectors as policies


@transaction.atomic
def start_clocks(*, clocks: Sequence[NewClock], by: Actor, at: datetime) -> list[Clock]:  # noqa: ARG001  every service says who
    """Start clocks with the policies in force on this day; later editions never touch them. One live clock a name."""
    for matter in sorted({new.matter for new in clocks}):
        lock_matter(matter=matter)
    names = {(new.matter, new.name) for new in clocks}
    live = Clock.objects.filter(matter__in={new.matter for new in clocks}, state__in=LIVE)
    if taken := names & set(live.values_list("matter", "name")):
        raise Refused("clock_running", _("同名时限正在计时，没有重复启动。"), clocks=sorted(taken))
    calendar = org.calendar().assuming()
    drafts = _drafted(clocks, at)
    return Clock.objects.bulk_create([_settle(clock, selectors.run_of(clock), calendar, at) for clock in drafts])


@transaction.atomic
def stop_clocks(
    *,
    matter: str,
    names: Collection[str] | None,
    by: Actor,  # noqa: ARG001  every service says who
    at: datetime,
) -> dict[str, Verdict]:
    """Stop the live clocks of these names (None: all); says for each whether it was met or late."""
    lock_matter(matter=matter)
    calendar = org.calendar().assuming()
    verdicts = {}
    for clock in _live(matter, names):
        run = selectors.run_of(clock)
        if clock.state == ClockState.PAUSED:
            run = _close_pause(clock, run, at)
        clock.state, clock.ended_at, clock.next_at = ClockState.STOPPED, at, None
        clock.due_at, clock.verdict = due_at(run, calendar), final_verdict(run, calendar, at)
        clock.save(update_fields=["state", "ended_at", "next_at", "due_at", "verdict"])
        verdicts[clock.name] = Verdict(clock.verdict)
    return verdicts


@transaction.atomic
def pause_clocks(
    *, matter: str, names: Collection[str] | None, reason: PauseReason, note: str, by: Actor, at: datetime
) -> list[Clock]:
    """Pause running clocks for an approved reason, by somebody who may approve it."""
    need(by, *APPROVERS[reason])
    lock_matter(matter=matter)
    calendar = org.calendar().assuming()
    clocks = [clock for clock in _live(matter, names) if clock.state == ClockState.RUNNING]
    if not clocks:
        raise Refused("no_clock_running", _("没有正在计时的时限可以挂起；什么都没有改动。"), matter=matter)
    for clock in clocks:
        run = paused(selectors.run_of(clock), at, reason)
        ClockPause.objects.create(
            clock=clock, from_at=at, reason=reason, approved_by_user=by.user_id, approved_by_name=by.name
        )
        clock.state = ClockState.PAUSED
        _resettle(clock, run, calendar, at)
    step = NewStep("clock_paused", {"clocks": [clock.name for clock in clocks], "reason": reason}, {"note": note})
    add_step(matter=matter, step=step, by=by, at=at)
    return clocks


@transaction.atomic
def resume_clocks(
    *, matter: str, names: Collection[str] | None, note: str, by: Actor, at: datetime, only: PauseReason | None = None
) -> list[Clock]:
    """Let paused clocks run on; `only` picks those that wait for one reason."""
    lock_matter(matter=matter)
    calendar = org.calendar().assuming()
    clocks = [clock for clock in _live(matter, names) if clock.state == ClockState.PAUSED]
    clocks = [clock for clock in clocks if only is None or selectors.run_of(clock).pauses[-1].reason == only]
    if not clocks:
        raise Refused("no_clock_paused", _("没有挂起的时限可以恢复；什么都没有改动。"), matter=matter)
    for clock in clocks:
        run = _close_pause(clock, selectors.run_of(clock), at)
        clock.state = ClockState.RUNNING
        _resettle(clock, run, calendar, at)
    step = NewStep("clock_resumed", {"clocks": [clock.name for clock in clocks]}, {"note": note})
    add_step(matter=matter, step=step, by=by, at=at)
    return clocks


@transaction.atomic
def hear_customer(*, matter: str, by: Actor, at: datetime) -> list[Clock]:
    """The customer got in touch: whatever waited for them runs again from this moment; nothing waiting, nothing changed."""
    lock_matter(matter=matter)
    waits = ClockPause.objects.filter(clock__matter=matter, to_at=None, reason=PauseReason.AWAIT_CUSTOMER)
    if not waits.exists():
        return []
    return resume_clocks(matter=matter, names=None, note="", by=by, at=at, only=PauseReason.AWAIT_CUSTOMER)


@transaction.atomic
def supersede_clock(*, new: NewClock, reason: str, by: Actor, at: datetime) -> Clock:
    """Put another limit in a live clock's place (priority, category, promise changed).

    The old clock keeps the verdict it had; the new one runs from the original start with the same pauses, an open one included,
    and goes on above the escalation levels that the line has reached.
    """
    lock_matter(matter=new.matter)
    calendar = org.calendar().assuming()
    old = next(iter(_live(new.matter, (new.name,))), None)
    if old is None:
        raise Refused("clock_unknown", _("没有这个正在计时的时限；什么都没有改动。"), matter=new.matter, name=new.name)
    run, was = selectors.run_of(old), old.state
    old.verdict, old.state, old.ended_at, old.next_at = verdict_at(run, calendar, at), ClockState.SUPERSEDED, at, None
    old.save(update_fields=["verdict", "state", "ended_at", "next_at"])
    (clock,) = _drafted((new,), at)
    clock.started_at, clock.state, clock.predecessor, clock.lineage = old.started_at, was, old, selectors.line_of(old)
    Clock.objects.bulk_create([_settle(clock, relimited(run, selectors.run_of(clock).limit), calendar, at)])
    _copy_pauses(old, clock)
    data = {
        "clock": new.name,
        "was": [old.value, old.measure],
        "now": [clock.value, clock.measure],
        "old": old.pk,
        "new": clock.pk,
    }
    add_step(matter=new.matter, step=NewStep("clock_changed", data, {"reason": reason}), by=by, at=at)
    return clock


@transaction.atomic
def give_clocks(
    *,
    matter: str,
    owner_id: int | None,
    names: Collection[str] | None = None,
    by: Actor,  # noqa: ARG001  every service says who
    at: datetime,  # noqa: ARG001  and when
) -> int:
    """Name another owner on the live clocks of these names (None: on all); nothing else of them changes."""
    lock_matter(matter=matter)
    rows = Clock.objects.filter(matter=matter, state__in=LIVE)
    return (rows if names is None else rows.filter(name__in=names)).update(owner_id=owner_id)


@transaction.atomic
def title_clocks(*, matter: str, title: str, by: Actor, at: datetime) -> int:  # noqa: ARG001  every service says who, and when
    """Another title on all clocks of a matter, also those that have ended (the old one told too much); returns how many."""
    lock_matter(matter=matter)
    return Clock.objects.filter(matter=matter).update(title=title)


@transaction.atomic
def settle_provisional(*, by: Actor, at: datetime) -> int:  # noqa: ARG001  every service says who
    """Count provisional deadlines again after a holiday notice; returns how many moved."""
    calendar = org.calendar().assuming()
    moved = 0
    open_ones = Clock.objects.filter(provisional=True, state=ClockState.RUNNING).order_by("id")
    for clock in open_ones.select_for_update(skip_locked=True):
        before = clock.due_at
        _resettle(clock, selectors.run_of(clock), calendar, at)
        moved += clock.due_at != before
    return moved


def _drafted(clocks: Sequence[NewClock], at: datetime) -> list[Clock]:
    """New clocks with the snapshot of their policies of this day; not yet counted."""
    day, book = civil_day(at), policies.book()
    chains = org.chains({new.unit_id for new in clocks}, day)
    drafts = []
    for new in clocks:
        chain = chains.get(new.unit_id, [])
        row = book.row(new.policy_key, chain, day) if new.policy_key else None
        limit = new.promise or (Limit(number(row.value), Measure(row.measure)) if row else None)
        if limit is None:
            raise Refused("clock_without_limit", _("时限既没有制度参数也没有约定，没有启动。"), name=new.name)
        draft = Clock(
            matter=new.matter, name=new.name, label=new.label, title=new.title, unit_id=new.unit_id, owner_id=new.owner_id,
            started_at=at, state=ClockState.RUNNING, verdict=Verdict.OPEN, value=limit.value, measure=limit.measure,
            office_hours=str(book.row(OFFICE_KEY, chain, day).value), warn_at=book.row(WARN_KEY, chain, day).value,
            late_at=book.row(LATE_KEY, chain, day).value, policy_id=row.id if row else None,
            policy_key=row.key if row else PROMISE, policy_edition=row.edition if row else "",
            policy_source=row.source[:200] if row else "", policy_confidence=row.confidence if row else "",
        )  # fmt: skip
        drafts.append(draft)
    return drafts


def _settle(clock: Clock, run: Run, calendar: Calendar, at: datetime) -> Clock:
    clock.due_at = due_at(run, calendar)
    clock.provisional = is_provisional(run, calendar, clock.due_at)
    clock.next_at = selectors.next_mark_at(clock, run, calendar, at)
    return clock


def _resettle(clock: Clock, run: Run, calendar: Calendar, at: datetime) -> None:
    _settle(clock, run, calendar, at).save(update_fields=["state", "due_at", "provisional", "next_at"])


def _live(matter: str, names: Collection[str] | None) -> list[Clock]:
    rows = Clock.objects.select_for_update().filter(matter=matter, state__in=LIVE).order_by("id")
    return list((rows if names is None else rows.filter(name__in=names)).prefetch_related("pauses"))


def _close_pause(clock: Clock, run: Run, at: datetime) -> Run:
    closed = resumed(run, at)
    ClockPause.objects.filter(clock=clock, to_at=None).update(to_at=closed.pauses[-1].to_at)
    return closed


def _copy_pauses(old: Clock, new: Clock) -> None:
    rows = list(old.pauses.all())
    for row in rows:
        row.pk, row.clock = None, new
    ClockPause.objects.bulk_create(rows)
