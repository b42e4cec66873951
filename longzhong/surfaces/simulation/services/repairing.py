"""A finished order changes the county's physics, and the register learns what was put in place."""

from datetime import datetime

from django.db import transaction

from longzhong.dispatch.workorders import selectors as workorders
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.network import services as network
from longzhong.surfaces.simulation.models import InjectedFault, Repair, Seed
from longzhong.surfaces.simulation.rules import rows as register
from longzhong.surfaces.simulation.rules.cures import cure_of
from longzhong.surfaces.simulation.rules.faults import Cure, FaultKind, bigger_transformer
from longzhong.surfaces.simulation.selectors.county import county_of


@transaction.atomic
def mend(*, order_id: int, by: Actor, at: datetime) -> Repair | None:
    """Let the work of a finished order act from the next day on; None where there is no demo county. Safe twice."""
    seed = Seed.objects.select_for_update().filter(pk=1).first()
    order = workorders.visible_to(by).filter(pk=order_id).select_related("area").first()
    if seed is None or order is None or order.area is None:
        return None
    cure = cure_of(order.kind, order.cause_found, order.fault)
    repair, new = Repair.objects.get_or_create(
        order_id=order_id,
        round=order.times_returned,
        defaults={"area_code": order.area.code, "cure": cure.value, "done_on": civil_day(order.finished_at or at)},
    )
    if new and cure is Cure.REPLACE_TRANSFORMER:
        _note_transformer(seed, order.area.code, by, at)
    return repair


def _note_transformer(seed: Seed, area_code: str, by: Actor, at: datetime) -> None:
    """The new rating in the network's records."""
    county = county_of(seed)
    area = county.areas.code.index(area_code)
    kva = bigger_transformer(int(county.areas.kva[area]), _present_load(area_code))
    network.keep_areas(rows=[register.area_row(county, area, kva)], by=by, at=at)


def _present_load(area_code: str) -> float:
    """The load rate that an injected load fault brought the area to; 1 without one."""
    kinds = (FaultKind.OVERLOAD.value, FaultKind.HEAVY_LOAD.value)
    row = InjectedFault.objects.filter(area_code=area_code, kind__in=kinds).first()
    return row.target if row else 1.0
