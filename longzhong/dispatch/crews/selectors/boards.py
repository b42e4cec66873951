"""What pages show of crews: a unit's plan crew by crew, one crew's card, one's own stops."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from longzhong.dispatch.crews.models import (
    Access,
    Crew,
    CrewMember,
    CrewShift,
    JobNote,
    Plan,
    PlanNeed,
    Relay,
    Stop,
    Unplaced,
)
from longzhong.dispatch.crews.rules import KEEPERS
from longzhong.dispatch.crews.selectors.doors import (
    RoadOf,
    crew_of_staff,
    members_on,
    visible_access,
    visible_to,
)
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import OutlookCard
from longzhong.dispatch.workorders.selectors import label as order_label
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.org import selectors as org


@dataclass(frozen=True)
class StopLine:
    """A stop with what is known of its place, and when history expects its power back."""

    stop: Stop
    road: RoadOf | None
    reasons: tuple[str, ...]
    outlook: OutlookCard | None = None


@dataclass(frozen=True)
class CrewLine:
    """A crew of the moment: who, until when, and its visits in order."""

    crew: Crew
    people: tuple[str, ...]
    until: datetime | None
    stops: tuple[StopLine, ...]


@dataclass(frozen=True)
class Board:
    """A unit's crews and current plan; `asked_at`: a new plan was asked for and isn't made yet."""

    plan: Plan | None
    asked_at: datetime | None
    crews: tuple[CrewLine, ...]
    unplaced: tuple[Unplaced, ...]


def seen_crews(actor: Actor, at: datetime) -> list[Any]:
    """The actor's crews as boards read them: `until` a shift runs, `asked_at` a new plan of their unit was asked for."""
    shift = CrewShift.objects.filter(crew=OuterRef("pk"), starts_at__lte=at, ends_at__gt=at).order_by("-ends_at")
    late = Q(done_at=None) | Q(done_at__lt=F("asked_at"))
    need = PlanNeed.objects.filter(late, unit=OuterRef("unit"))
    rows = visible_to(actor).filter(ended=False).select_related("unit").order_by("number", "id")
    return list(
        rows.annotate(until=Subquery(shift.values("ends_at")[:1]), asked_at=Subquery(need.values("asked_at")[:1]))
    )


def units_with_crews(crews: Sequence[Crew]) -> list[tuple[int, str]]:
    """The units of these crews by name."""
    return sorted({(crew.unit_id, crew.unit.name) for crew in crews}, key=lambda one: (one[1], one[0]))


def board(unit_id: int, crews: Sequence[Any], at: datetime) -> Board:
    """The crew board of a unit out of `seen_crews`; four queries however many crews."""
    mine = [crew for crew in crews if crew.unit_id == unit_id]
    if not mine:
        return Board(None, None, (), ())
    lines = tuple(_lines(mine, at))
    rows = Unplaced.objects.filter(plan__unit=unit_id, plan__current=True)
    left = tuple(rows.select_related("plan", "order", "order__area").order_by("-points", "id"))
    plans = (*(one.plan for one in left), *(one.stop.plan for line in lines for one in line.stops))
    plan = next(iter(plans), None) or Plan.objects.filter(unit=unit_id, current=True).first()
    return Board(plan, mine[0].asked_at, lines, left)


def crew_line(crew: Crew, at: datetime) -> CrewLine:
    """One crew as on the board."""
    row: Any = crew  # dressed as `seen_crews` has them
    on = CrewShift.objects.filter(crew=crew.pk, starts_at__lte=at, ends_at__gt=at).order_by("-ends_at")
    row.until = on.values_list("ends_at", flat=True).first()
    return _lines([row], at)[0]


def my_crew(actor: Actor, at: datetime) -> CrewLine | None:
    """The crew that the actor belongs to today, with its stops."""
    crew_id = crew_of_staff(actor.staff_id, civil_day(at)) if actor.staff_id else None
    crew = Crew.objects.filter(pk=crew_id).select_related("unit").first() if crew_id else None
    return crew_line(crew, at) if crew else None


def shifts_of(crew_id: int, at: datetime) -> list[CrewShift]:
    """Shifts that aren't over, the next first."""
    return list(CrewShift.objects.filter(crew=crew_id, ends_at__gt=at).order_by("starts_at", "id")[:30])


def relays_of(order_ids: Collection[int]) -> list[Relay]:
    """What group leaders were asked to pass on, the newest first."""
    return list(
        Relay.objects.filter(order__in=order_ids).select_related("order", "area").order_by("-told_at", "-id")[:50]
    )


def access_rows(actor: Actor) -> QuerySet[Access]:
    """Places that are hard to reach, the hardest first."""
    return visible_access(actor).select_related("area", "area__unit").order_by("road", "-walk_min", "id")


def staff_choices(actor: Actor, day: date) -> list[tuple[int, str]]:
    """Who may be put into a crew: staff in a post of the actor's units."""
    rows = org.visible_staff(actor).order_by("code", "id")
    taken = {
        staff
        for people in members_on(list(visible_to(actor).values_list("id", flat=True)), day).values()
        for staff, _l in people
    }
    return [(row.pk, f"{row.name}（{row.code}）" + (" · 已在班组" if row.pk in taken else "")) for row in rows[:500]]


def _lines(crews: Sequence[Any], at: datetime) -> list[CrewLine]:
    people = _people([crew.pk for crew in crews], civil_day(at))
    stops = list(_stops([crew.pk for crew in crews]))
    foreseen = matters.outlooks([order_label(one.order_id) for one in stops], at)
    told = [(one.crew_id, _stop(one, foreseen.get(order_label(one.order_id)))) for one in stops]
    return [
        CrewLine(
            crew, people.get(crew.pk, ()), crew.until if crew.standby else None,
            tuple(line for crew_id, line in told if crew_id == crew.pk),
        )
        for crew in crews
    ]  # fmt: skip


def _people(crew_ids: Collection[int], day: date) -> dict[int, tuple[str, ...]]:
    """Crew → names of a day, the leader first; one query."""
    rows = CrewMember.objects.on(day).filter(crew__in=crew_ids).order_by("-leads", "id")
    found: dict[int, tuple[str, ...]] = {}
    for crew, name, leads in rows.values_list("crew_id", "staff__name", "leads"):
        found[crew] = (*found.get(crew, ()), name + ("（班长）" if leads else ""))
    return found


def _stops(crew_ids: Collection[int]) -> QuerySet[Any]:
    """Visits of current plans with how their places are reached and why they press; one query."""
    way = Access.objects.filter(area=OuterRef("order__area"))
    note = JobNote.objects.filter(order=OuterRef("order"))
    rows = Stop.objects.filter(plan__current=True, crew__in=crew_ids).annotate(
        road=Subquery(way.values("road")[:1]), walk_min=Subquery(way.values("walk_min")[:1]),
        relay=Subquery(way.values("relay_phone")[:1]), told=Subquery(note.values("reasons")[:1]),
    )  # fmt: skip
    return rows.select_related("order", "order__area", "plan", "crew").order_by("crew_id", "position", "id")


def _stop(stop: Any, outlook: OutlookCard | None) -> StopLine:
    road = RoadOf(stop.road, stop.walk_min, bool(stop.relay)) if stop.road else None
    return StopLine(stop, road, tuple(stop.told or ()), outlook)


def unit_choices(actor: Actor) -> list[tuple[int, str]]:
    """Units that may have crews of their own, among those that the actor keeps."""
    rows = org.visible_units(actor).filter(kind__in=("county", "station", "team")).order_by("code", "id")
    kept = actor.units(*KEEPERS)
    return [(row.pk, row.name) for row in rows if actor.system or row.pk in kept]
