"""The manager and the counterparts of single grid cells."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from longzhong.kit import journal
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused
from longzhong.register.org.models import Counterpart, GridManager, GridPairing
from longzhong.register.org.rules.grids import CounterpartKind
from longzhong.register.org.rules.roles import Role
from longzhong.register.org.services.dated_rows import Series
from longzhong.register.org.services.doors import locked_grid, locked_staff, not_past, nothing_to_change

MAPPERS = (Role.ADMIN, Role.QUALITY, Role.STATION, Role.LEADER)


@transaction.atomic
def assign_grid_manager(*, grid_id: int, staff_id: int, from_on: date, by: Actor, at: datetime) -> GridManager:
    """Give a cell its manager from a day on; the one before ends on that day."""
    need(by, *MAPPERS)
    not_past(day=from_on, at=at)
    grid = locked_grid(by=by, grid_id=grid_id, day=from_on)
    staff = locked_staff(by=by, staff_id=staff_id)
    series = Series(GridManager.objects.filter(grid=grid), from_on, "grid_id")
    before = series.now(grid_id)
    if before is not None and before.staff_id == staff_id:
        raise nothing_to_change()
    row = GridManager(grid=grid, staff=staff)
    series.begin(row)
    series.write(GridManager)
    journal.record(
        by, "org.assign_grid_manager", f"org.grid:{grid_id}", at=at, staff=staff_id,
        before=before.staff_id if before else None, from_on=str(from_on),
    )  # fmt: skip
    return row


@transaction.atomic
def pair_grid(
    *, grid_id: int, kind: CounterpartKind, code: str, name: str, from_on: date, by: Actor, at: datetime
) -> GridPairing:
    """Pair a cell with a social grid (one to one) or a party branch from a day on; its pairing before ends."""
    need(by, *MAPPERS)
    not_past(day=from_on, at=at)
    grid = locked_grid(by=by, grid_id=grid_id, day=from_on)
    if not code.strip():
        raise Refused("counterpart_code_missing", _("请填写对应网格或党支部的编码。"))
    away, _made = Counterpart.objects.select_for_update().get_or_create(
        kind=kind, code=code.strip(), defaults={"name": name.strip() or code.strip()}
    )
    series = Series(GridPairing.objects.filter(grid=grid), from_on, "grid_id", "kind")
    before = series.now(grid_id, kind.value)
    if before is not None and before.counterpart_id == away.id:
        raise nothing_to_change()
    held = GridPairing.objects.filter(counterpart=away).filter(Q(to_on=None) | Q(to_on__gt=from_on))
    other = held.exclude(grid=grid).select_related("grid").first()
    if kind == CounterpartKind.SOCIAL_GRID and other is not None:
        raise Refused(
            "social_grid_taken",
            _("%(away)s 在这之后已对应网格 %(grid)s；须先把那一对改掉。")
            % {"away": away.name, "grid": other.grid.name},
            grid_id=other.grid_id,
        )
    row = GridPairing(grid=grid, counterpart=away, kind=kind.value)
    series.begin(row)
    series.write(GridPairing)
    journal.record(by, "org.pair_grid", f"org.grid:{grid_id}", at=at, kind=kind.value, code=away.code)
    return row
