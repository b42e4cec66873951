"""Making plans: asked for by a person or by an order that moved, made by a job, kept with its reasons. A plan gives nobody an
order.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from longzhong.dispatch.crews import selectors
from longzhong.dispatch.crews.engines.solving import solve
from longzhong.dispatch.crews.models import JobNote, Plan, PlanNeed, Stop, Unplaced
from longzhong.dispatch.crews.rules import PLANNERS, Pace, Planned, Skill, Visit, begun
from longzhong.dispatch.crews.selectors.gathering import Gathered, gather
from longzhong.dispatch.crews.selectors.words import why_words
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused

PLAN_LOCK = 0x4C5A_4352  # advisory lock of (this, unit): one plan of a unit is kept at a time


@dataclass(frozen=True)
class Note:
    """What a higher floor concluded about an order."""

    points: int
    reasons: tuple[str, ...] = ()
    work_min: int | None = None
    skill: str = ""


@transaction.atomic
def note_job(*, order_id: int, note: Note, by: Actor, at: datetime) -> None:
    """Keep how sensitive an order's outage is, why, and how long its work takes; the last word holds."""
    if not by.system:
        raise Refused("not_allowed", _("只有系统可以登记研判结论；什么都没有改动。"))
    if note.skill and note.skill not in set(Skill):
        raise Refused("skill_unknown", _("请从清单里选择至少一项技能；什么都没有改动。"), skill=note.skill)
    row = JobNote.objects.filter(order=order_id).first() or JobNote(order_id=order_id)
    row.points, row.reasons, row.at = note.points, list(note.reasons), at
    row.work_min, row.skill = note.work_min, note.skill or row.skill
    JobNote.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["order"],
        update_fields=["points", "reasons", "work_min", "skill", "at"],
    ) if row.pk is None else row.save(update_fields=["points", "reasons", "work_min", "skill", "at"])


@transaction.atomic
def ask_plan(*, unit_id: int, by: Actor, at: datetime) -> None:
    """Ask for a new plan of a unit's crews; a job makes it within seconds."""
    if not selectors.may_plan(by, PLANNERS, unit_id):
        raise Refused("not_allowed", _("您的岗位不能重排这个单位的计划；什么都没有改动。"), unit=unit_id)
    PlanNeed.objects.bulk_create(
        [PlanNeed(unit_id=unit_id, asked_at=at, done_at=None)],
        update_conflicts=True,
        unique_fields=["unit"],
        update_fields=["asked_at"],
    )


def hear_order(*, unit_id: int, by: Actor, at: datetime) -> None:
    """A repair of this unit moved: the plan of whoever's crews take it is to be made anew. Safe to hear twice."""
    home = selectors.planning_unit(unit_id, civil_day(at))
    if home is not None:
        ask_plan(unit_id=home, by=by, at=at)


def replan_due(*, by: Actor, at: datetime) -> int:
    """Make all plans that were asked for since they were last made; returns how many."""
    needs = list(PlanNeed.objects.filter(Q(done_at=None) | Q(done_at__lt=F("asked_at"))).order_by("asked_at", "id"))
    for need in needs:
        replan(unit_id=need.unit_id, by=by, at=at)
        PlanNeed.objects.filter(pk=need.pk, asked_at=need.asked_at).update(done_at=max(at, need.asked_at))
    return len(needs)


def replan(*, unit_id: int, by: Actor, at: datetime) -> Plan:
    """A new plan in the old one's place. Not one transaction: solving takes seconds; only what is kept is."""
    if not selectors.may_plan(by, PLANNERS, unit_id):
        raise Refused("not_allowed", _("您的岗位不能重排这个单位的计划；什么都没有改动。"), unit=unit_id)
    held, started = gather(unit_id, at), time.perf_counter()
    pace = Pace(held.limits.speed_road_kmh, held.limits.speed_rough_kmh, held.limits.detour)
    freed, going = [], []
    for crew in held.crews:
        first = held.begun.get(crew.id, ())
        placed = crew
        if first and held.orders[first[0].id].arrived_at is not None:  # on site already: no way there, no walk
            placed = type(crew)(**{**vars(crew), "lat": first[0].lat, "lon": first[0].lon})
            first = (type(first[0])(**{**vars(first[0]), "walking": 0}), *first[1:])
        now, visits = begun(placed, first, pace)
        freed.append(now)
        going += visits
    found = solve(held.jobs, freed, held.limits)
    return _keep(unit_id, held, found, going, round(time.perf_counter() - started, 3), by, at)


@transaction.atomic
def _keep(
    unit_id: int, held: Gathered, found: Planned, going: Sequence[Visit], seconds: float, by: Actor, at: datetime
) -> Plan:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [PLAN_LOCK, unit_id])
    visits = [*going, *found.visits]
    changes = sum(held.was.get(one.job, one.crew) != one.crew for one in visits)
    Plan.objects.filter(unit=unit_id, current=True).update(current=False)
    plan = Plan(unit_id=unit_id, made_at=at, made_by=by.name, engine=found.engine, seconds=seconds,
                jobs=len(held.orders), changes=changes)  # fmt: skip
    Plan.objects.bulk_create([plan])
    moving, places = {one.job for one in going}, dict.fromkeys((one.crew for one in visits), 0)
    jobs = {job.id: job for job in (*held.jobs, *(one for mine in held.begun.values() for one in mine))}
    stops = []
    for one in visits:
        places[one.crew] += 1
        stops.append(Stop(
            plan=plan, crew_id=one.crew, order_id=one.job, position=places[one.crew], arrive_at=at + timedelta(minutes=one.arrive),
            leave_at=at + timedelta(minutes=one.leave), metres=one.metres, late_min=one.late, due_at=held.due.get(one.job),
            points=jobs[one.job].points, locked=one.job in held.locked, begun=one.job in moving,
            confirmed_at=held.confirmed.get(one.job) if jobs[one.job].pinned == one.crew else None,
            why=why_words(jobs[one.job], one, held),
        ))  # fmt: skip
    Stop.objects.bulk_create(stops)
    Unplaced.objects.bulk_create(
        [
            Unplaced(plan=plan, order_id=one.job, reason=one.reason, points=jobs[one.job].points)
            for one in found.unplaced
        ]
    )
    return plan
