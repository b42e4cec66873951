"""What a supervisor was told: warnings and escalations of the units that they oversee."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from longzhong.dispatch.matters.models import Clock, Escalation
from longzhong.dispatch.matters.rules.ladder import MarkKind
from longzhong.dispatch.matters.rules.nouns import noun_of
from longzhong.dispatch.matters.rules.verdicts import LIVE, ClockState
from longzhong.dispatch.matters.rules.words import countdown
from longzhong.kit.actor import Actor

OVERSEERS = ("station", "leader", "quality", "dept", "desk")


@dataclass(frozen=True)
class AlarmLine:
    """One thing that was told, and how its clock stands."""

    id: int
    kind: str
    level: int
    at: datetime
    matter: str
    title: str
    url: str
    label: str
    unit: str
    owner: str
    countdown: str
    is_live: bool


@dataclass(frozen=True)
class Bell:
    """What the bell in the top bar counts: deadlines of one's own that passed or near, and escalations of others' work."""

    late: int
    soon: int
    escalated: int

    @property
    def total(self) -> int:
        return self.late + self.soon + self.escalated


def visible_alarms(actor: Actor) -> QuerySet[Escalation]:
    """The door: warnings of one's own clocks; escalations told to one's units, and warnings of them to overseers."""
    rows = Escalation.objects.all()
    if actor.system:
        return rows
    own = Q(clock__owner=actor.staff_id) if actor.staff_id else Q(pk__in=())
    return rows.filter(own | Q(unit__in=actor.units(*OVERSEERS)))


def alarms(actor: Actor) -> QuerySet[Escalation]:
    """For a list page, the newest first."""
    return visible_alarms(actor).select_related("clock", "clock__unit", "clock__owner", "unit").order_by("-id")


def alarm_line(row: Escalation, at: datetime) -> AlarmLine:
    """A row of the list; titles and addresses come from the noun's owner."""
    noun, number = noun_of(row.clock.matter)
    live = row.clock.state in LIVE
    return AlarmLine(
        id=row.pk, kind=row.kind, level=row.level, at=row.at, matter=row.clock.matter, title=row.clock.title or noun.title(number),
        url=noun.url(number), label=row.clock.label, unit=str(row.clock.unit), owner=str(row.clock.owner or ""),
        countdown=countdown(row.clock.due_at, at) if live else "已结束", is_live=live,
    )  # fmt: skip


def bell(actor: Actor, at: datetime) -> Bell:
    """Two small queries for the top bar."""
    told = visible_alarms(actor).filter(kind=MarkKind.LATE, clock__state__in=LIVE)
    if actor.staff_id is None:
        return Bell(0, 0, told.values("lineage").distinct().count())
    warned = Exists(Escalation.objects.filter(clock=OuterRef("pk"), kind=MarkKind.WARN))
    mine = (
        Clock.objects.filter(owner=actor.staff_id, state=ClockState.RUNNING)
        .annotate(warned=warned)
        .aggregate(late=Count("id", filter=Q(due_at__lt=at)), soon=Count("id", filter=Q(due_at__gte=at, warned=True)))
    )
    others = told.exclude(clock__owner=actor.staff_id).values("lineage").distinct()
    return Bell(mine["late"], mine["soon"], others.count())
