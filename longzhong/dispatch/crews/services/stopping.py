"""What persons do with a plan: keep a stop where it is, give it to another crew, confirm it. Only a confirmed stop is an
order given.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.crews import selectors
from longzhong.dispatch.crews.models import Stop
from longzhong.dispatch.crews.rules import PLANNERS, Road
from longzhong.dispatch.crews.rules.words import ROAD_RANK
from longzhong.dispatch.crews.services.planning import ask_plan
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.workorders import services as orders
from longzhong.kit import journal
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused


@transaction.atomic
def lock_stop(*, stop_id: int, locked: bool, by: Actor, at: datetime) -> Stop:  # noqa: ARG001  every service says when
    """Whether new plans must leave this order with its crew."""
    stop = _open(stop_id, by)
    stop.locked = locked
    stop.save(update_fields=["locked"])
    return stop


@transaction.atomic
def move_stop(*, stop_id: int, crew_id: int, by: Actor, at: datetime) -> Stop:
    """Give an order to another crew of the plan and keep it there; the plan is made anew around it."""
    stop, crew = _open(stop_id, by), selectors.crew_of(by, crew_id)
    if stop.confirmed_at is not None:
        raise Refused("stop_confirmed", _("这一站已经派给班组；请在工单上改派。什么都没有改动。"))
    if crew.pk not in set(selectors.crews_on_shift(stop.plan.unit_id, at).values_list("id", flat=True)):
        raise Refused("crew_off", _("这个班组现在不当班，或不属于本计划；什么都没有改动。"), crew=crew_id)
    road = selectors.roads([stop.order.area_id or 0]).get(stop.order.area_id or 0)
    if road and ROAD_RANK[Road(crew.road)] < ROAD_RANK[Road(road.road)]:
        raise Refused("crew_cannot_reach", _("这个班组到不了那里（道路条件）；什么都没有改动。"), crew=crew_id)
    last = Stop.objects.filter(plan=stop.plan, crew=crew).order_by("-position").first()
    stop.crew, stop.locked, stop.position = crew, True, last.position + 1 if last else 1
    stop.save(update_fields=["crew", "locked", "position"])
    ask_plan(unit_id=stop.plan.unit_id, by=by, at=at)
    return stop


@transaction.atomic
def confirm_stop(*, stop_id: int, key: str, by: Actor, at: datetime) -> Stop:
    """Give the order to the crew's leader (工单派发): from now on it is theirs. A repeated POST does nothing again."""
    stop = _open(stop_id, by, confirmed=True)

    def act() -> str:
        if stop.confirmed_at is not None:
            raise Refused("stop_confirmed", _("这一站已经派给班组；请在工单上改派。什么都没有改动。"))
        people = selectors.members_on([stop.crew_id], civil_day(at)).get(stop.crew_id, [])
        if not people:
            raise Refused("crew_empty", _("这个班组今天没有成员，派不了单；什么都没有改动。"), crew=stop.crew_id)
        if stop.order.owner_id != people[0][0]:
            orders.assign(order_id=stop.order_id, owner_id=people[0][0], by=by, at=at)
        journal.record(
            by, "crew.confirm", selectors.order_label(stop.order_id), at=at, crew=stop.crew_id, plan=stop.plan_id
        )
        stop.confirmed_at, stop.locked = at, True
        stop.save(update_fields=["confirmed_at", "locked"])
        return "confirmed"

    matters.once(key=key, what=f"crews.stop:{stop.pk} confirm", act=act, by=by, at=at)
    stop.refresh_from_db()
    return stop


def _open(stop_id: int, by: Actor, *, confirmed: bool = False) -> Stop:
    """The stop, locked, of a plan that the actor may change; what has begun isn't planned any more."""
    stop = selectors.stop_of(by, stop_id)
    if not selectors.may_plan(by, PLANNERS, stop.plan.unit_id):
        raise Refused("not_allowed", _("您的岗位不能调整这个计划；什么都没有改动。"))
    Stop.objects.select_for_update().get(pk=stop.pk)
    stop.refresh_from_db(fields=["locked", "confirmed_at", "begun", "crew", "position"])
    if stop.begun and not confirmed:
        raise Refused("stop_begun", _("班组已经接单，不能再移动；请在工单上改派。什么都没有改动。"))
    return stop
