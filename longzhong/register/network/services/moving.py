"""One area to another grid cell, one meter to another area, from a day on."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit import journal
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.network.models import Area, Meter
from longzhong.register.network.selectors import visible_meters, visible_to
from longzhong.register.network.services.dated import Relation, Wish, carry_out, plan
from longzhong.register.network.services.keep_areas import IN_CELL
from longzhong.register.network.services.keep_meters import ON_AREA
from longzhong.register.network.services.settling import settle_areas
from longzhong.register.org import selectors as org
from longzhong.register.org.rules import Role

MOVERS = (Role.ADMIN, Role.STATION, Role.DEPT)


@transaction.atomic
def assign_area_grid(*, area_id: int, grid_id: int, from_on: date, by: Actor, at: datetime) -> Area:
    """Let an area belong to another grid cell (and so to its manager and station) from a day on."""
    need(by, *MOVERS)
    area = visible_to(by).select_for_update(of=("self",)).filter(pk=area_id).first()
    if area is None:
        raise Refused("area_not_found", _("没有这个台区，或不在您的管辖范围内。"), area=area_id)
    if not org.visible_grids(by, from_on).filter(pk=grid_id).exists():
        raise Refused("grid_not_found", _("没有这个网格，或不在您的管辖范围内。"), grid=grid_id)
    _move(IN_CELL, area.pk, grid_id, from_on, at)
    settle_areas(by=by, at=at, area_ids=[area.pk])
    journal.record(
        by, "network.assign_area_grid", f"network.area:{area.pk}", at=at, grid=grid_id, day=from_on.isoformat()
    )
    area.refresh_from_db()
    return area


@transaction.atomic
def move_meter(*, meter_id: int, area_id: int, from_on: date, by: Actor, at: datetime) -> Meter:
    """Let a meter hang on another area from a day on (户变关系调整)."""
    need(by, *MOVERS)
    meter = visible_meters(by, civil_day(at)).select_for_update(of=("self",)).filter(pk=meter_id).first()
    if meter is None:
        raise Refused("meter_not_found", _("没有这块电表，或不在您的管辖范围内。"), meter=meter_id)
    if not visible_to(by).filter(pk=area_id).exists():
        raise Refused("area_not_found", _("没有这个台区，或不在您的管辖范围内。"), area=area_id)
    _move(ON_AREA, meter.pk, area_id, from_on, at)
    journal.record(by, "network.move_meter", f"network.meter:{meter.pk}", at=at, area=area_id, day=from_on.isoformat())
    return meter


def _move(relation: Relation, owner_id: int, target_id: int, from_on: date, at: datetime) -> None:
    code = str(owner_id)
    steps = plan(relation=relation, wishes={code: Wish(owner_id, target_id, from_on)}, today=civil_day(at))
    if steps.backdated:
        raise Refused("move_backdated", _("这一天之后已经有别的调整；更早的日期不能再改。"), day=from_on.isoformat())
    if not steps.begins:
        raise Refused("move_changes_nothing", _("这一天它已经在那里；没有改动。"), day=from_on.isoformat())
    carry_out(relation=relation, steps=steps, ids={code: owner_id})
