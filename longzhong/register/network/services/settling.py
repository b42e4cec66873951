"""Today's cell and station on the area itself, for scopes and lists: written when a relation or the day has changed."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.register.network.models import Area, AreaGrid
from longzhong.register.network.services.bulk import MANY, copy_update
from longzhong.register.org import selectors as org
from longzhong.register.org.rules import Role


@transaction.atomic
def settle_areas(
    *,
    by: Actor,
    at: datetime,
    area_ids: Collection[int] | None = None,
    grid_ids: Collection[int] | None = None,
) -> int:
    """Let areas (all, these, or those of these cells) show the cell and station of today; returns how many changed.

    An area whose cell belongs to no station today keeps the station that it had.
    """
    need(by, Role.ADMIN, Role.STATION, Role.DEPT)
    held = AreaGrid.objects.on(civil_day(at)).select_related("area").order_by("area_id")
    if area_ids is not None and len(area_ids) <= MANY:
        held = held.filter(area__in=area_ids)
    if grid_ids is not None:
        held = held.filter(grid__in=grid_ids)
    rows = list(held)
    units = org.units_of_grids({row.grid_id for row in rows}, civil_day(at))
    other = [
        (row.area_id, row.grid_id, units.get(row.grid_id, row.area.unit_id))
        for row in rows
        if (row.area.grid_id, row.area.unit_id) != (row.grid_id, units.get(row.grid_id, row.area.unit_id))
    ]
    copy_update(model=Area, columns=("grid", "unit"), rows=other)
    return len(other)
