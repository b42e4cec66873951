"""The doors of crews and plans, and who belongs to which crew."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from longzhong.dispatch.crews.models import Access, Crew, CrewMember, CrewShift, JobNote, Stop
from longzhong.dispatch.crews.rules import READERS, Limits
from longzhong.dispatch.workorders import selectors as orders
from longzhong.kit.actor import Actor, within
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.network import selectors as network
from longzhong.register.org import selectors as org
from longzhong.register.policies import selectors as policies


@dataclass(frozen=True)
class RoadOf:
    """How an area is reached, and whether a group leader relays."""

    road: str
    walk_min: int
    relayed: bool


def visible_to(actor: Actor) -> QuerySet[Crew]:
    """Crews of the actor's units, and the crew that the actor belongs to."""
    if actor.system:
        return Crew.objects.all()
    own = Q(pk__in=())
    if actor.staff_id is not None:
        own = Q(Exists(CrewMember.objects.filter(crew=OuterRef("pk"), staff=actor.staff_id, to_on=None)))
    return Crew.objects.filter(within(actor, grid=None, roles=READERS) | own)


def visible_stops(actor: Actor) -> QuerySet[Stop]:
    """Stops of current plans of the crews that the actor sees."""
    return Stop.objects.filter(plan__current=True, crew__in=visible_to(actor))


def visible_access(actor: Actor) -> QuerySet[Access]:
    """How the areas are reached that the actor sees."""
    return Access.objects.filter(area__in=network.visible_to(actor))


def crew_of(actor: Actor, crew_id: int) -> Crew:
    row = visible_to(actor).filter(pk=crew_id).select_related("unit").first()
    if row is None:
        raise Refused("not_found", _("没有这个班组，或不在您的管辖范围内。"), crew=crew_id)
    return row


def stop_of(actor: Actor, stop_id: int) -> Stop:
    row = visible_stops(actor).filter(pk=stop_id).select_related("crew", "order", "order__area", "plan").first()
    if row is None:
        raise Refused("not_found", _("没有这一站，或计划已经更新；请刷新后再看。"), stop=stop_id)
    return row


def crews_on_shift(unit_id: int, at: datetime) -> QuerySet[Crew]:
    """Crews of this very unit that work at the moment."""
    shift = CrewShift.objects.filter(crew=OuterRef("pk"), starts_at__lte=at, ends_at__gt=at)
    return Crew.objects.filter(Exists(shift), unit=unit_id, standby=True, ended=False).order_by("id")


def members_on(crew_ids: Collection[int], day: date) -> dict[int, list[tuple[int, bool]]]:
    """Crew → (staff, leads) of a day, the leader first; one query."""
    rows = CrewMember.objects.on(day).filter(crew__in=crew_ids).order_by("-leads", "id")
    found: dict[int, list[tuple[int, bool]]] = {}
    for crew, staff, leads in rows.values_list("crew_id", "staff_id", "leads"):
        found.setdefault(crew, []).append((staff, leads))
    return found


def crew_of_staff(staff_id: int, day: date) -> int | None:
    """The crew that somebody belongs to on a day."""
    row: int | None = CrewMember.objects.on(day).filter(staff=staff_id).values_list("crew_id", flat=True).first()
    return row


def planning_unit(unit_id: int, day: date) -> int | None:
    """Whose crews take a unit's orders: its own, else those of the nearest unit above that has any."""
    chain = org.chain(unit_id, day)
    having = set(Crew.objects.filter(unit__in=chain, ended=False).values_list("unit_id", flat=True))
    return next((unit for unit in chain if unit in having), None)


def roads(area_ids: Collection[int]) -> dict[int, RoadOf]:
    """How areas are reached that somebody has said something of; the others have a road."""
    rows = Access.objects.filter(area__in=area_ids)
    return {row.area_id: RoadOf(row.road, row.walk_min, bool(row.relay_phone)) for row in rows}


def readiness(unit_id: int, at: datetime) -> str:
    """Crews for a unit's next order: "ready" somebody is free, "busy" all have begun something, "none" nobody works."""
    home = planning_unit(unit_id, civil_day(at))
    on = set(crews_on_shift(home, at).values_list("id", flat=True)) if home else set()
    if not on:
        return "none"
    busy = set(Stop.objects.filter(plan__current=True, begun=True, crew__in=on).values_list("crew_id", flat=True))
    return "busy" if busy >= on else "ready"


def notes(order_ids: Collection[int]) -> dict[int, JobNote]:
    return {row.order_id: row for row in JobNote.objects.filter(order__in=order_ids)}


def limits(unit_id: int | None, day: date) -> Limits:
    return policies.limits(Limits, "crews", unit_id=unit_id, day=day)


def may_plan(actor: Actor, roles: Collection[str], unit_id: int) -> bool:
    """Whether the actor holds one of the roles over the unit."""
    return actor.system or unit_id in actor.units(*roles)


def order_label(order_id: int) -> str:
    return orders.label(order_id)
