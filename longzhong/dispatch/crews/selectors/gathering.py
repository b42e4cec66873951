"""What a plan is made from: the live repairs that fall to a unit's crews, and the crews of the moment."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from longzhong.dispatch.crews.models import Crew, CrewShift, JobNote, Stop
from longzhong.dispatch.crews.rules import SKILL_OF_FAULT, CrewNow, Job, Limits, Road, Skill
from longzhong.dispatch.crews.selectors.doors import (
    RoadOf,
    crews_on_shift,
    limits,
    members_on,
    notes,
    planning_unit,
    roads,
)
from longzhong.dispatch.workorders import selectors as orders
from longzhong.dispatch.workorders.rules import Kind, State, clock_key
from longzhong.dispatch.workorders.selectors import WorkOrder
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.org import selectors as org
from longzhong.register.policies import selectors as policies

ON_WAY = (State.ACCEPTED, State.ARRIVED, State.DIAGNOSED)
TO_PLAN = (State.NEW, State.DISPATCHED, State.RETURNED, *ON_WAY)
LEAST_WORK = 10
_PLANNER = Actor.machine("crews.plan")


@dataclass(frozen=True)
class Gathered:
    """`begun`: what each crew has accepted or is at, in the order of doing; `orders`: all rows by id; `was`: order → crew so
    far.
    """

    crews: tuple[CrewNow, ...]
    jobs: tuple[Job, ...]
    begun: Mapping[int, tuple[Job, ...]]
    orders: Mapping[int, WorkOrder]
    due: Mapping[int, datetime]
    was: Mapping[int, int]
    locked: frozenset[int]
    confirmed: Mapping[int, datetime]
    limits: Limits


@dataclass(frozen=True)
class _Known:
    at: datetime
    roads: Mapping[int, RoadOf]
    notes: Mapping[int, JobNote]
    due: Mapping[int, datetime]
    owner_crew: Mapping[int, int]
    locked: Mapping[int, int]
    was: Mapping[int, int]
    limits: Limits


def gather(unit_id: int, at: datetime) -> Gathered:
    """Everything for one planning of a unit's crews."""
    day = civil_day(at)
    rows = {row.pk: row for row in _orders(unit_id, day)}
    crews = list(crews_on_shift(unit_id, at))
    members = members_on([crew.pk for crew in crews], day)
    owners = {staff: crew for crew, people in members.items() for staff, _leads in people}
    past = list(
        Stop.objects.filter(plan__unit=unit_id, plan__current=True).values_list(
            "order_id", "crew_id", "locked", "confirmed_at"
        )
    )
    held = _Known(
        at=at, roads=roads([row.area_id for row in rows.values() if row.area_id]), notes=notes(list(rows)),
        due={pk: _due(row, day) for pk, row in rows.items()}, owner_crew=owners,
        locked={order: crew for order, crew, locked, _confirmed in past if locked and crew in members},
        was={order: crew for order, crew, _locked, _confirmed in past}, limits=limits(unit_id, day),
    )  # fmt: skip
    mine = {pk: row for pk, row in rows.items() if row.state not in ON_WAY or row.owner_id in owners}
    made = {pk: _job(row, held) for pk, row in mine.items()}
    begun = {crew.pk: _begun(crew.pk, mine, made, owners, at) for crew in crews}
    moving = {job.id for jobs in begun.values() for job in jobs}
    return Gathered(
        crews=tuple(_crew(crew, held) for crew in crews), jobs=tuple(made[pk] for pk in sorted(made) if pk not in moving),
        begun=begun, orders=mine, due=held.due, was=held.was, locked=frozenset(held.locked),
        confirmed={order: confirmed for order, _crew, _locked, confirmed in past if confirmed}, limits=held.limits,
    )  # fmt: skip


def _orders(unit_id: int, day: date) -> list[WorkOrder]:
    """Live repairs of the units below whose nearest crews are this unit's."""
    below = org.descendants(unit_id, day)
    rows = (
        orders.visible_to(_PLANNER).filter(kind=Kind.REPAIR, unit__in=below, state__in=TO_PLAN).select_related("area")
    )
    found = list(rows.order_by("id"))
    homes = {unit: planning_unit(unit, day) for unit in {row.unit_id for row in found}}
    return [row for row in found if homes[row.unit_id] == unit_id]


def _due(order: WorkOrder, day: date) -> datetime:
    key = clock_key(Kind.REPAIR, "", "arrive", order.limits)
    value = policies.value(key, unit_id=order.unit_id, day=day)
    return order.opened_at + timedelta(minutes=float(value) if isinstance(value, int | float) else 90)


def _job(order: WorkOrder, known: _Known) -> Job:
    area, note = order.area, known.notes.get(order.pk)
    road = known.roads.get(order.area_id or 0, RoadOf(Road.ROAD, 0, relayed=False))
    given = known.owner_crew.get(order.owner_id or 0) if order.state != State.NEW else None
    work = note.work_min if note and note.work_min else known.limits.work_min
    if order.state in (State.ARRIVED, State.DIAGNOSED):
        spent = (known.at - (order.arrived_at or known.at)).total_seconds() / 60
        left = (order.expected_at - known.at).total_seconds() / 60 if order.expected_at else work - spent
        work = max(LEAST_WORK, round(left))
    skill = (note.skill if note else "") or SKILL_OF_FAULT.get(order.fault, Skill.LOW_VOLTAGE)
    return Job(
        order.pk, area.lat if area else None, area.lon if area else None, work,
        round((known.due[order.pk] - known.at).total_seconds() / 60), note.points if note else 0, skill, road.road, road.walk_min,
        known.was.get(order.pk), given or known.locked.get(order.pk),
    )  # fmt: skip


def _begun(
    crew_id: int, rows: Mapping[int, WorkOrder], made: Mapping[int, Job], owners: Mapping[int, int], at: datetime
) -> tuple[Job, ...]:
    """On site first, then what was accepted first; only what has a place."""
    mine = [
        row
        for row in rows.values()
        if row.state in ON_WAY and owners.get(row.owner_id or 0) == crew_id and made[row.pk].lat is not None
    ]
    mine.sort(key=lambda row: (row.state == State.ACCEPTED, row.accepted_at or at, row.pk))
    return tuple(replace(made[row.pk], due=None) if row.state != State.ACCEPTED else made[row.pk] for row in mine)


def _crew(crew: Crew, known: _Known) -> CrewNow:
    ends = (
        CrewShift.objects.filter(crew=crew.pk, starts_at__lte=known.at, ends_at__gt=known.at)
        .order_by("-ends_at")
        .values_list("ends_at", flat=True)
    )
    until = round((ends[0] - known.at).total_seconds() / 60) + known.limits.after_shift_min
    return CrewNow(crew.pk, crew.lat, crew.lon, until, frozenset(crew.skills), crew.road)
