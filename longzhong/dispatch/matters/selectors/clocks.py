"""Clocks as the rules see them, and as a page shows them with their why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from longzhong.dispatch.matters.models import Clock, Escalation
from longzhong.dispatch.matters.rules.counting import Limit, Measure, Pause, Run
from longzhong.dispatch.matters.rules.ladder import MarkKind, marks, outstanding
from longzhong.dispatch.matters.rules.verdicts import LIVE, ClockState, Verdict, verdict_at
from longzhong.dispatch.matters.rules.words import Basis, countdown, explanation, limit_words, moment_words
from longzhong.kit.web.parts import Tone
from longzhong.register.org import selectors as org
from longzhong.register.org.rules.calendar import Calendar
from longzhong.register.org.rules.hours import Hours


@dataclass(frozen=True)
class ClockCard:
    """A clock with its deadline, its verdict so far and its reasons in words."""

    id: int
    name: str
    label: str
    state: str
    verdict: str
    limit: str
    started_at: datetime
    due_at: datetime | None
    due: str
    countdown: str
    tone: Tone
    why: tuple[str, ...]
    level: int

    @property
    def is_live(self) -> bool:
        return self.state in LIVE


def run_of(clock: Clock) -> Run:
    """The rules' view of a clock row."""
    limit = Limit(clock.value, Measure(clock.measure), Hours.parse(clock.office_hours))
    rows = sorted(clock.pauses.all(), key=lambda row: (row.from_at, row.to_at is None)) if clock.pk else ()
    return Run(limit, clock.started_at, tuple(Pause(row.from_at, row.to_at, row.reason) for row in rows))


def line_of(clock: Clock) -> int:
    """The id of the first clock of its line."""
    return clock.lineage or clock.pk


def due_marks(clock: Clock, run: Run, calendar: Calendar, at: datetime) -> tuple[tuple[str, int, datetime], ...]:
    """What is still to be told of a clock, in order of time: (kind, level, moment)."""
    line = clock.lineage or clock.pk
    told = list(Escalation.objects.filter(lineage=line).values_list("clock_id", "kind", "level")) if line else []
    warned = {level for clock_id, kind, level in told if clock_id == clock.pk and kind == MarkKind.WARN}
    reached = {level for _clock, kind, level in told if kind == MarkKind.LATE}
    known = marks(run, calendar, clock.warn_at, clock.late_at)
    return tuple((mark.kind, mark.level, mark.at) for mark in outstanding(known, warned, reached, at))


def next_mark_at(clock: Clock, run: Run, calendar: Calendar, at: datetime) -> datetime | None:
    """When something is to be told of a running clock next."""
    if clock.state != ClockState.RUNNING:
        return None
    return next((moment for _kind, _level, moment in due_marks(clock, run, calendar, at)), None)


def clock_cards(matter: str, at: datetime) -> list[ClockCard]:
    """All clocks of a matter, live ones first by deadline, each with its why; five queries."""
    calendar = org.calendar().assuming()
    rows = list(Clock.objects.filter(matter=matter).prefetch_related("pauses", "escalations").order_by("id"))
    levels = _levels(rows)
    cards = [_card(row, calendar, at, levels.get(line_of(row), 0)) for row in rows]
    return sorted(
        cards, key=lambda card: (not card.is_live, card.due_at is None, card.due_at or card.started_at, card.id)
    )


def next_deadline(matter: str) -> tuple[str, datetime] | None:
    """Name and deadline of the running clock that is due first."""
    rows = Clock.objects.filter(matter=matter, state=ClockState.RUNNING, due_at__isnull=False)
    first = rows.order_by("due_at", "id").first()
    return (first.name, first.due_at) if first and first.due_at else None


def live_policies(matter: str) -> list[tuple[str, str]]:
    """Name and policy key of a matter's live clocks."""
    rows = Clock.objects.filter(matter=matter, state__in=LIVE).order_by("id")
    return list(rows.values_list("name", "policy_key"))


def started_at(matter: str, name: str) -> datetime | None:
    """The original start of a live clock."""
    return Clock.objects.filter(matter=matter, name=name, state__in=LIVE).values_list("started_at", flat=True).first()


def _levels(rows: Sequence[Clock]) -> dict[int, int]:
    reached: dict[int, int] = {}
    for row in rows:
        for told in row.escalations.all():
            if told.kind == MarkKind.LATE:
                reached[line_of(row)] = max(reached.get(line_of(row), 0), told.level)
    return reached


def _card(row: Clock, calendar: Calendar, at: datetime, level: int) -> ClockCard:
    run = run_of(row)
    live = row.state in LIVE
    verdict = verdict_at(run, calendar, at) if live else Verdict(row.verdict)
    basis = Basis(row.policy_key, row.policy_edition, row.label, row.policy_source, row.policy_confidence)
    until = at if live else row.ended_at or at
    return ClockCard(
        id=row.pk, name=row.name, label=row.label, state=row.state, verdict=verdict, limit=limit_words(run.limit),
        started_at=row.started_at, due_at=row.due_at, due=moment_words(row.due_at) if row.due_at else "—",
        countdown=countdown(row.due_at, at) if live else _ending(row, verdict), tone=_tone(row, verdict, at),
        why=explanation(run, basis, calendar, until), level=level,
    )  # fmt: skip


def _ending(row: Clock, verdict: Verdict) -> str:
    if row.state == ClockState.SUPERSEDED:
        return "超时后变更" if verdict is Verdict.LATE else "已变更"
    return "超时完成" if verdict is Verdict.LATE else "按时完成"


def _tone(row: Clock, verdict: Verdict, at: datetime) -> Tone:
    if verdict is Verdict.LATE:
        return "late"
    if row.state not in LIVE:
        return "good" if verdict is Verdict.MET else "closed"
    if row.due_at is None or row.state == ClockState.PAUSED:
        return "closed"
    soon = (row.due_at - row.started_at) * (1 - max(row.warn_at, default=1.0))
    return "soon" if row.due_at - at <= soon else "info"


def late_matters(matters: Collection[str], names: Collection[str], at: datetime) -> set[str]:
    """Those of these matters with a clock of these names that ended late, or runs and is past its due moment."""
    is_late = Q(verdict=Verdict.LATE) | Q(state=ClockState.RUNNING, due_at__lt=at)
    rows = Clock.objects.filter(is_late, matter__in=list(matters), name__in=list(names))
    return set(rows.values_list("matter", flat=True))
