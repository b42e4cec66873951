"""Meters: the door, and which area stood behind each meter on a day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from longzhong.kit import clock
from longzhong.kit.actor import Actor, within
from longzhong.kit.dated import on_day
from longzhong.kit.errors import Refused
from longzhong.register.network.models import AreaGrid, Meter, MeterArea
from longzhong.register.network.rules import PHASE_NAMES, MeterKind, Phase
from longzhong.register.org import selectors as org
from longzhong.register.org.rules import Role

KEEPERS = (Role.ADMIN, Role.QUALITY, Role.DEPT)
MANY = 5_000


class AreaRef(NamedTuple):
    """A meter on a day, and the area that it measured or hung on."""

    meter_id: int
    kind: str
    phase: str
    wiring: int
    ratio: int
    area_id: int
    kva: float
    connection: str
    unit_id: int | None
    grid_id: int | None


@dataclass(frozen=True)
class MeterCount:
    """Meters of an area: the area's own (总表), customers' (户表), and customers' without a known phase."""

    area: int = 0
    customer: int = 0
    no_phase: int = 0


@dataclass(frozen=True)
class MeterCard:
    """A meter and the area on which it hangs today ("" if nowhere)."""

    id: int
    code: str
    phase_name: str
    area: str


def visible_meters(actor: Actor, day: date) -> QuerySet[Meter]:
    """The door: meters that hang on a visible area on the day; keepers of the register see those that hang nowhere."""
    on = MeterArea.objects.on(day)
    seen = Q(pk__in=on.filter(within(actor, unit="area__unit_id", grid="area__grid_id")).values("meter"))
    if actor.system:
        return Meter.objects.all()
    if actor.has(*KEEPERS):
        seen |= ~Exists(on.filter(meter=OuterRef("pk"))) | Q(pk__in=on.filter(area__unit=None).values("meter"))
    return Meter.objects.filter(seen)


def meter_card(actor: Actor, meter_id: int) -> MeterCard:
    today = clock.today()
    row = visible_meters(actor, today).filter(pk=meter_id).first()
    if row is None:
        raise Refused("not_found", _("没有这块电表，或不在您的管辖范围内。"), meter=meter_id)
    area = MeterArea.objects.on(today).filter(meter=row).values_list("area__name", flat=True).first()
    return MeterCard(row.pk, row.code, PHASE_NAMES[Phase(row.phase)], area or "")


def meter_counts(area_ids: Collection[int], day: date) -> dict[int, MeterCount]:
    """How many meters hang on each area on a day; one query."""
    rows = MeterArea.objects.on(day).filter(area__in=area_ids).values("area_id")
    customer = Q(meter__kind=MeterKind.CUSTOMER)
    counted = rows.annotate(
        own=Count("id", filter=Q(meter__kind=MeterKind.AREA)),
        customers=Count("id", filter=customer),
        no_phase=Count("id", filter=customer & Q(meter__phase="")),
    ).order_by("area_id")
    return {row["area_id"]: MeterCount(row["own"], row["customers"], row["no_phase"]) for row in counted}


def areas_of_meters(codes: Iterable[str] | None, day: date) -> dict[str, AreaRef]:
    """The area behind each meter on a day (None: of all meters); meters that hung nowhere are missing.

    The station is that of the cell on that day; where the register doesn't reach back so far, today's.
    """
    wanted = None if codes is None else set(codes)
    rows = MeterArea.objects.on(day)
    if wanted is not None and len(wanted) <= MANY:
        rows = rows.filter(meter__code__in=wanted)
    cells = dict(AreaGrid.objects.on(day).values_list("area_id", "grid_id"))
    units = org.units_of_grids(set(cells.values()), day)
    found: dict[str, AreaRef] = {}
    columns = (
        "meter__code", "meter_id", "meter__kind", "meter__phase", "meter__wiring", "meter__ratio", "area_id", "area__kva",
        "area__connection", "area__unit_id", "area__grid_id",
    )  # fmt: skip
    for code, pk, kind, phase, wiring, ratio, area, kva, connection, unit, grid in rows.values_list(*columns):
        if wanted is None or code in wanted:
            cell = cells.get(area, grid)
            home = units.get(cell or 0, unit)
            found[code] = AreaRef(pk, kind, phase, wiring, ratio, area, kva, connection, home, cell)
    return found


def meters_of_area(area_id: int, day: date | None = None) -> list[tuple[str, AreaRef]]:
    """The meters that hung on an area on a day, the area's own first."""
    codes = Meter.objects.filter(on_day(day or clock.today(), "areas__"), areas__area=area_id)
    refs = areas_of_meters(codes.values_list("code", flat=True), day or clock.today())
    return sorted(refs.items(), key=lambda item: (item[1].kind != MeterKind.AREA, item[0]))
