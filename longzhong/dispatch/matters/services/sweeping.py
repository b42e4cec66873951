"""Sweep the clocks: tell what is due, oldest first; several workers share the work, and a killed one leaves nothing half done.

A worker takes rows that nobody else holds and never waits for anybody, so that it can't dead-lock with a person's action. What
can't be told is put off with its reason, so that it doesn't keep others from their turn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from longzhong.dispatch.matters import selectors
from longzhong.dispatch.matters.events import ClockLate, ClockWarned
from longzhong.dispatch.matters.models import ChainHead, Clock, Escalation
from longzhong.dispatch.matters.rules.counting import due_at
from longzhong.dispatch.matters.rules.ladder import MarkKind, overseer
from longzhong.dispatch.matters.rules.verdicts import ClockState, Verdict
from longzhong.dispatch.matters.services.steps import NewStep, add_step
from longzhong.kit import outbox
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org
from longzhong.register.org.rules.calendar import Calendar

FIRST_PUT_OFF = timedelta(minutes=5)
LONGEST_PUT_OFF = timedelta(days=1)
BATCH = 100

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Swept:
    """What one sweep did; `taken` below the limit means that nothing more was due and free."""

    taken: int = 0
    warned: int = 0
    late: int = 0
    failed: int = 0


@transaction.atomic
def sweep(*, by: Actor, at: datetime, limit: int = BATCH) -> Swept:
    """Tell every mark that was passed before `at`, of up to `limit` clocks."""
    due = Clock.objects.filter(next_at__lt=at, state=ClockState.RUNNING).order_by("next_at", "id")
    rows = list(due.select_for_update(skip_locked=True, of=("self",)).prefetch_related("pauses")[:limit])
    free = _lock_free({row.matter for row in rows})
    now = _begin(rows, by, at)
    done = Swept(taken=len(rows))
    for row in rows:
        if row.matter not in free:
            continue
        try:
            with transaction.atomic():
                warned, late = _tell(row, now)
        except Exception as error:  # noqa: BLE001  whatever stops one clock must not stop the others
            _put_off(row, error, at)
            done = replace(done, failed=done.failed + 1)
        else:
            done = replace(done, warned=done.warned + warned, late=done.late + late)
    return done


@dataclass(frozen=True)
class _Round:
    """One sweep: who, when, and the organisation of this day, read once."""

    by: Actor
    at: datetime
    calendar: Calendar
    chains: Mapping[int, Sequence[int]]
    kinds: Mapping[int, str]
    heads: dict[int, list[int]] = field(default_factory=dict)

    def heads_of(self, unit_id: int) -> list[int]:
        if unit_id not in self.heads:
            self.heads[unit_id] = org.head_of(unit_id, civil_day(self.at))
        return self.heads[unit_id]

    def overseer(self, unit_id: int, level: int) -> int | None:
        chain = self.chains.get(unit_id, ())
        return overseer(level, [(unit, self.kinds[unit]) for unit in chain if unit in self.kinds])


@dataclass(frozen=True)
class _Told:
    """One mark that is being told."""

    clock: Clock
    kind: MarkKind
    level: int
    moment: datetime
    deadline: datetime


def _begin(rows: Sequence[Clock], by: Actor, at: datetime) -> _Round:
    day = civil_day(at)
    chains = org.chains({row.unit_id for row in rows}, day)
    units = {unit for chain in chains.values() for unit in chain}
    kinds = {node.id: node.kind.value for node in org.tree(day, only=units)} if units else {}
    return _Round(by, at, org.calendar().assuming(), chains, kinds)


def _lock_free(matters: set[str]) -> set[str]:
    heads = ChainHead.objects.select_for_update(skip_locked=True).filter(matter__in=matters).order_by("id")
    return set(heads.values_list("matter", flat=True))


def _tell(clock: Clock, now: _Round) -> tuple[int, int]:
    run = selectors.run_of(clock)
    open_marks = selectors.due_marks(clock, run, now.calendar, now.at)
    deadline = due_at(run, now.calendar) or now.at
    passed = _last_warning(
        [_Told(clock, MarkKind(kind), level, moment, deadline) for kind, level, moment in open_marks if moment < now.at]
    )
    for mark in passed:
        if mark.kind is MarkKind.LATE:
            _escalate(mark, now)
        else:
            _warn(mark, now)
    late = sum(mark.kind is MarkKind.LATE for mark in passed)
    clock.verdict = Verdict.LATE if deadline < now.at else Verdict.OPEN
    clock.next_at = next((moment for _kind, _level, moment in open_marks if moment >= now.at), None)
    clock.failures, clock.failure = 0, ""
    clock.save(update_fields=["verdict", "next_at", "failures", "failure"])
    return len(passed) - late, late


def _last_warning(passed: list[_Told]) -> list[_Told]:
    """Of several warnings passed at once only the last is told; escalations all are: each level oversees for itself."""
    warnings = [mark for mark in passed if mark.kind is MarkKind.WARN]
    return [mark for mark in passed if mark.kind is MarkKind.LATE or mark is warnings[-1]]


def _warn(mark: _Told, now: _Round) -> None:
    clock = mark.clock
    _note(mark, clock.unit_id, [clock.owner_id] if clock.owner_id else now.heads_of(clock.unit_id), now)
    outbox.tell(
        ClockWarned(
            clock_id=clock.pk, matter=clock.matter, name=clock.name, level=mark.level, unit_id=clock.unit_id,
            owner_id=clock.owner_id, due_at=mark.deadline, at=now.at,
        )
    )  # fmt: skip


def _escalate(mark: _Told, now: _Round) -> None:
    clock = mark.clock
    unit_id = now.overseer(clock.unit_id, mark.level)
    told = now.heads_of(unit_id) if unit_id else []
    _note(mark, unit_id, told, now)
    outbox.tell(
        ClockLate(
            clock_id=clock.pk, matter=clock.matter, name=clock.name, level=mark.level, unit_id=clock.unit_id,
            owner_id=clock.owner_id, told_unit_id=unit_id, staff_ids=tuple(told), due_at=mark.deadline, at=now.at,
        )
    )  # fmt: skip


def _note(mark: _Told, unit_id: int | None, told: list[int], now: _Round) -> None:
    clock = mark.clock
    Escalation.objects.create(
        clock=clock, lineage=selectors.line_of(clock), kind=mark.kind, level=mark.level, mark_at=mark.moment, at=now.at,
        unit_id=unit_id, staff_ids=told,
    )  # fmt: skip
    data = {
        "clock": clock.name, "clock_id": clock.pk, "level": mark.level, "unit": unit_id, "staff": told,
        "mark_at": mark.moment,
    }  # fmt: skip
    verb = "clock_late" if mark.kind is MarkKind.LATE else "clock_warned"
    add_step(matter=clock.matter, step=NewStep(verb, data), by=now.by, at=now.at)


def _put_off(clock: Clock, error: Exception, at: datetime) -> None:
    clock.failures += 1
    clock.failure = error.code if isinstance(error, Refused) else type(error).__name__
    clock.next_at = at + min(FIRST_PUT_OFF * 2 ** (clock.failures - 1), LONGEST_PUT_OFF)
    clock.save(update_fields=["failures", "failure", "next_at"])
    log.warning("sweep_put_off", clock=clock.pk, failures=clock.failures, reason=clock.failure)
