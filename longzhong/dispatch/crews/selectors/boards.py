"""What pages show of crews: a unit's plan crew by crew, one crew's card, one's own stops."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from longzhong.dispatch.crews.models import Access, Crew, CrewShift, JobNote, Plan, PlanNeed, Relay, Stop, Unplaced
from longzhong.dispatch.crews.rules import KEEPERS
from longzhong.dispatch.crews.selectors.doors import (
    RoadOf,
    crew_of_staff,
    members_on,
    roads,
    visible_access,
    visible_to,
)
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.org import selectors as org


@dataclass(frozen=True)
class StopLine:
    """A stop with what is known of its place."""

    stop: Stop
    road: RoadOf | None
    reasons: tuple[str, ...]


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


def units_with_crews(actor: Actor) -> list[tuple[int, str]]:
    """Units whose crews the actor sees."""
    rows = visible_to(actor).filter(ended=False).order_by("unit__name", "unit_id").values_list("unit_id", "unit__name")
    return list(dict.fromkeys(rows))


def board(actor: Actor, unit_id: int, at: datetime) -> Board:
    """The crew board of a unit; eight queries however many crews."""
    crews = list(visible_to(actor).filter(unit=unit_id, ended=False).select_related("unit").order_by("number", "id"))
    plan = Plan.objects.filter(unit=unit_id, current=True).first() if crews else None
    need = PlanNeed.objects.filter(unit=unit_id).first()
    left = (
        Unplaced.objects.filter(plan=plan).select_related("order", "order__area").order_by("-points", "id")
        if plan
        else []
    )
    waiting = need is not None and (need.done_at is None or need.done_at < need.asked_at)
    return Board(plan, need.asked_at if need and waiting else None, tuple(_lines(crews, at)), tuple(left))


def crew_line(crew: Crew, at: datetime) -> CrewLine:
    """One crew as on the board."""
    return _lines([crew], at)[0]


def my_crew(actor: Actor, at: datetime) -> CrewLine | None:
    """The crew that the actor belongs to today, with its stops."""
    crew_id = crew_of_staff(actor.staff_id, civil_day(at)) if actor.staff_id else None
    crew = Crew.objects.filter(pk=crew_id).select_related("unit").first() if crew_id else None
    return crew_line(crew, at) if crew else None


def crew_rows(actor: Actor) -> QuerySet[Crew]:
    """Crews for the list."""
    return visible_to(actor).filter(ended=False).select_related("unit").order_by("number", "id")


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


def _lines(crews: Sequence[Crew], at: datetime) -> list[CrewLine]:
    ids = [crew.pk for crew in crews]
    people = members_on(ids, civil_day(at))
    names = org.staff_names([staff for mine in people.values() for staff, _leads in mine])
    on = dict(
        CrewShift.objects.filter(crew__in=ids, starts_at__lte=at, ends_at__gt=at).values_list("crew_id", "ends_at")
    )
    rows = Stop.objects.filter(plan__current=True, crew__in=ids).select_related("order", "order__area", "plan", "crew")
    stops = list(rows.order_by("crew_id", "position", "id"))
    ways = roads([one.order.area_id for one in stops if one.order.area_id])
    told = dict(JobNote.objects.filter(order__in=[one.order_id for one in stops]).values_list("order_id", "reasons"))
    return [
        CrewLine(
            crew,
            tuple(names.get(staff, "") + ("（班长）" if leads else "") for staff, leads in people.get(crew.pk, [])),
            on.get(crew.pk) if crew.standby else None,
            tuple(
                StopLine(one, ways.get(one.order.area_id or 0), tuple(told.get(one.order_id, ())))
                for one in stops
                if one.crew_id == crew.pk
            ),
        )
        for crew in crews
    ]


def unit_choices(actor: Actor) -> list[tuple[int, str]]:
    """Units that may have crews of their own, among those that the actor keeps."""
    rows = org.visible_units(actor).filter(kind__in=("county", "station", "team")).order_by("code", "id")
    kept = actor.units(*KEEPERS)
    return [(row.pk, row.name) for row in rows if actor.system or row.pk in kept]
