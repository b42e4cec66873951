"""The county's people at work: they take the same services as a person in the browser, as themselves."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from longzhong.dispatch.workorders import selectors as orders
from longzhong.dispatch.workorders import services as workorders
from longzhong.dispatch.workorders.rules import FAULTS, LIVE
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org
from longzhong.surfaces.simulation.rules import cures
from longzhong.surfaces.simulation.rules.chance import uniforms
from longzhong.surfaces.simulation.rules.crews import Standing, Temper, Verb, is_hasty, next_verb, temper_of
from longzhong.surfaces.simulation.rules.faults import removed, work_done
from longzhong.surfaces.simulation.selectors.worlds import World
from longzhong.surfaces.simulation.services.persons import person

WATCHER = Actor.machine("simulation.crews")
LEFT_FOR_A_PERSON = timedelta(days=9)
NEAR_DEGREES = 0.0012
_WHERE = 41


@dataclass(frozen=True, slots=True)
class Round:
    """One look of everybody at their orders: whose cell is left to a person, and until when."""

    world: World
    own_cell: str
    last_night: datetime


def work(*, look: Round, at: datetime) -> int:
    """Everybody does what is due at this moment; returns how many steps were taken."""
    rows = (
        orders.visible_to(WATCHER).filter(state__in=LIVE, kind__in=FAULTS).select_related("grid", "area").order_by("id")
    )
    return sum(_act(look, order, at) for order in rows)


def _act(look: Round, order: Any, at: datetime) -> bool:
    if order.grid and order.grid.code == look.own_cell and order.opened_at > look.last_night - LEFT_FOR_A_PERSON:
        return False
    temper = temper_of(look.world.county.seed, order.pk, order.priority)
    since = _since(order, temper)
    verb = next_verb(Standing(order.state, since, order.times_returned, order.fault, order.kind), temper, at)
    if verb is None:
        return False
    try:
        return _do(look, order, verb, temper, at)
    except Refused:
        return False  # somebody was faster, or it isn't theirs any more


def _since(order: Any, temper: Temper) -> datetime:
    """When the present step could begin, from the order's own moments."""
    start: datetime = order.finished_at or order.opened_at
    hours = {"accepted": temper.accept_h, "arrived": temper.accept_h + temper.arrive_h}.get(order.state, 0.0)
    return start + timedelta(hours=hours)


def _do(look: Round, order: Any, verb: Verb, temper: Temper, at: datetime) -> bool:
    day = civil_day(at)
    if verb in (Verb.TAKE, Verb.PROJECT, Verb.MILESTONE, Verb.DECIDE):
        return _lead(order, verb, at)
    if order.owner_id is None:
        return False
    by = person(order.owner_id, "grid", order.unit_id, order.grid_id)
    if verb is Verb.ACCEPT:
        workorders.accept(order_id=order.pk, by=by, at=at)
    elif verb is Verb.ARRIVE:
        lot = uniforms(look.world.county.seed, order.pk, day.toordinal(), _WHERE, 2).tolist()
        lat, lon = (
            near + NEAR_DEGREES * (x - 0.5) for near, x in zip((order.area.lat, order.area.lon), lot, strict=True)
        )
        there = workorders.Position(lat, lon, 12.0)
        workorders.arrive(order_id=order.pk, position=there, by=by, at=at)
    else:
        workorders.finish(order_id=order.pk, outcome=_outcome(look, order, temper, at), photos=(), by=by, at=at)
    return True


def _lead(order: Any, verb: Verb, at: datetime) -> bool:
    """What a station head or the crew does: take from the pool, decide the unproven, turn into a project and follow it."""
    day = civil_day(at)
    if verb is Verb.TAKE:
        hands = org.staff_with_role(order.unit_id, "crew", day) or org.staff_with_role(order.unit_id, "grid", day)
        if not hands:
            return False
        workorders.take(order_id=order.pk, by=person(hands[order.pk % len(hands)], "crew", order.unit_id), at=at)
        return True
    heads = org.head_of(order.unit_id, day)
    if not heads:
        return False
    head = person(heads[0], "station", order.unit_id)
    if verb is Verb.DECIDE:
        workorders.decide(order_id=order.pk, works=True, reason="现场复测正常，负荷回落，同意办结。", by=head, at=at)
    elif verb is Verb.PROJECT:
        workorders.make_project(order_id=order.pk, reason="运维手段不能根治，转低电压工程。", by=head, at=at)
    else:
        return _reach(order, head, at)
    return True


def _reach(order: Any, head: Actor, at: datetime) -> bool:
    """The next milestone, if it is due about now."""
    milestone = order.milestones.filter(done_at=None).order_by("position").first()
    if milestone is None or milestone.due_on - timedelta(days=4) > civil_day(at):
        return False
    workorders.reach_milestone(order_id=order.pk, code=milestone.code, note="按期完成。", by=head, at=at)
    return True


def _outcome(look: Round, order: Any, temper: Temper, at: datetime) -> workorders.Outcome:
    """The right cause after a close look, the usual wrong one after a hasty one."""
    county = look.world.county
    area = county.areas.code.index(order.area.code)
    tomorrow = civil_day(at) + timedelta(days=1)
    done = work_done(look.world.repairs, tomorrow)
    active = [
        one for one in look.world.faults if one.area == area and one.from_day < tomorrow and not removed(one, done)
    ]
    right = cures.right_cause(active, [one.cure for one in done.get(area, ())], order.fault, order.kind)
    hasty = is_hasty(temper, order.times_returned)
    cause = cures.WRONG_CAUSE.get(order.fault, "none") if hasty else right
    return workorders.Outcome(cause, cures.WORK_WORDS[cause], "演示县模拟人员，未拍照。")
