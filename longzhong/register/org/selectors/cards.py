"""What the pages of a unit, a cell and the responsibility map show."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.org.models import (
    Duty,
    GridCell,
    GridManager,
    GridPairing,
    GridUnit,
    Post,
    Responsibility,
    StandIn,
    UnitPlace,
)
from longzhong.register.org.rules.grids import COUNTERPART_NAMES, CounterpartKind
from longzhong.register.org.rules.profile import Profile
from longzhong.register.org.rules.roles import ROLE_NAMES, Role
from longzhong.register.org.rules.tree import UnitKind, acting, ids_of
from longzhong.register.org.selectors.grids import visible_grids
from longzhong.register.org.selectors.people import staff_names, stand_ins
from longzhong.register.org.selectors.units import UnitNode, chains, profiles, unit_names, visible_units

DUTY_AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class Head:
    """Staff and grid cells of a unit and all below it."""

    staff: int = 0
    cells: int = 0


@dataclass(frozen=True)
class StaffLine:
    staff_id: int
    code: str
    name: str
    title: str
    role: str
    acting: str


@dataclass(frozen=True)
class PlaceLine:
    """Where a unit stood, stands or will stand."""

    parent: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True)
class DutyEntry:
    staff: str
    starts_at: datetime
    ends_at: datetime
    now: bool


@dataclass(frozen=True)
class ShareLine:
    """A row of the 1+1+1 map."""

    category: str
    code: str
    unit: str
    unit_id: int
    lead: str
    department: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True)
class UnitCard:
    node: UnitNode
    above: tuple[tuple[int, str], ...]
    places: tuple[PlaceLine, ...]
    staff: tuple[StaffLine, ...]
    duty: tuple[DutyEntry, ...]
    shares: tuple[ShareLine, ...]
    head: Head
    profile: Profile | None


@dataclass(frozen=True)
class PastLine:
    """A dated fact about a cell: its kind, who or what, and the days."""

    kind: str
    name: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True)
class GridCard:
    id: int
    code: str
    name: str
    history: tuple[PastLine, ...]


def heads(day: date) -> dict[int, Head]:
    """Staff and cells below every unit of a day; three queries for a whole province."""
    staff: Counter[int] = Counter()
    cells: Counter[int] = Counter()
    posts = dict(Post.objects.on(day).values_list("unit").annotate(n=Count("id")))
    homes = dict(GridUnit.objects.on(day).values_list("unit").annotate(n=Count("id")))
    for unit_id, path in UnitPlace.objects.on(day).values_list("unit_id", "path"):
        for above in ids_of(path):
            staff[above] += posts.get(unit_id, 0)
            cells[above] += homes.get(unit_id, 0)
    return {unit: Head(staff[unit], cells[unit]) for unit in staff.keys() | cells.keys()}


def unit_card(actor: Actor, unit_id: int, at: datetime, day: date) -> UnitCard:
    """A unit on a day, duty from the moment on; Refused not_found outside the actor's units or the day's tree."""
    unit = visible_units(actor).filter(pk=unit_id).first()
    place = UnitPlace.objects.on(day).filter(unit=unit_id).first()
    if unit is None or place is None:
        raise Refused("not_found", _("当日没有这个单位，或不在您的管辖范围内。"))
    above = ids_of(place.path)[:-1]
    names = unit_names(above)
    node = UnitNode(
        unit.id,
        unit.code,
        unit.name,
        unit.short_name,
        UnitKind(unit.kind),
        place.parent_id,
        place.path,
        0,
        unit.lat,
        unit.lon,
    )
    return UnitCard(
        node=node,
        above=tuple((one, names[one]) for one in above),
        places=_places(unit_id),
        staff=_staff(unit_id, day),
        duty=_duty(unit_id, at),
        shares=tuple(shares(Responsibility.objects.on(day).filter(unit__in=[*above, unit_id]))),
        head=heads(day).get(unit_id, Head()),
        profile=profiles([unit_id], day).get(unit_id),
    )


def shares_of(actor: Actor, day: date) -> list[ShareLine]:
    """The rows of the 1+1+1 map of a day that concern the actor's units (rows drawn above them too)."""
    rows = Responsibility.objects.on(day)
    if not actor.system:
        above = {one for path in chains(actor.units(), day).values() for one in path}
        rows = rows.filter(unit__in=above)
    return shares(rows)


def shares(rows: QuerySet[Responsibility]) -> list[ShareLine]:
    wanted = rows.select_related("category", "unit", "lead_unit", "department_unit")
    return [
        ShareLine(
            row.category.name,
            row.category.code,
            str(row.unit),
            row.unit_id,
            str(row.lead_unit),
            str(row.department_unit),
            row.from_on,
            row.to_on,
        )
        for row in wanted.order_by("category__code", "unit__code", "id")
    ]


def grid_card(actor: Actor, grid_id: int, day: date) -> GridCard:
    """A cell with everything that was, is or will be said of it."""
    cell = visible_grids(actor, day).filter(pk=grid_id).first()
    if cell is None:
        raise Refused("not_found", _("没有这个网格，或不在您的管辖范围内。"))
    return GridCard(
        cell.id, cell.code, cell.name, tuple(sorted(_past(cell), key=lambda one: one.from_on, reverse=True))
    )


def _past(cell: GridCell) -> Iterable[PastLine]:
    for home in GridUnit.objects.filter(grid=cell).select_related("unit"):
        yield PastLine(_("供电所"), str(home.unit), home.from_on, home.to_on)
    for manager in GridManager.objects.filter(grid=cell).select_related("staff"):
        yield PastLine(_("台区经理"), manager.staff.name, manager.from_on, manager.to_on)
    for pair in GridPairing.objects.filter(grid=cell).select_related("counterpart"):
        kind = COUNTERPART_NAMES[CounterpartKind(pair.kind)]
        yield PastLine(kind, f"{pair.counterpart.name}（{pair.counterpart.code}）", pair.from_on, pair.to_on)


def _places(unit_id: int) -> tuple[PlaceLine, ...]:
    """Changes of the unit's own parent; days on which only something above it moved are joined."""
    lines: list[PlaceLine] = []
    for row in UnitPlace.objects.filter(unit=unit_id).select_related("parent").order_by("from_on", "id"):
        parent = str(row.parent) if row.parent else _("最上级")
        if lines and lines[-1].parent == parent and lines[-1].to_on == row.from_on:
            lines[-1] = PlaceLine(parent, lines[-1].from_on, row.to_on)
        else:
            lines.append(PlaceLine(parent, row.from_on, row.to_on))
    return tuple(reversed(lines))


def _staff(unit_id: int, day: date) -> tuple[StaffLine, ...]:
    posts = list(Post.objects.on(day).filter(unit=unit_id).select_related("staff").order_by("staff__code", "id"))
    acts = _acting_names({post.staff_id for post in posts}, stand_ins(day))
    return tuple(
        StaffLine(
            post.staff_id,
            post.staff.code,
            post.staff.name,
            post.title,
            ROLE_NAMES[Role(post.role)],
            acts.get(post.staff_id, ""),
        )
        for post in posts
    )


def _acting_names(staff: set[int], away: Mapping[int, int]) -> dict[int, str]:
    """Who acts for those of them who are away."""
    acts = {one: acting(one, away) for one in staff if one in away}
    names = staff_names({one for one in acts.values() if one})
    return {one: names.get(act or 0, _("无人代岗")) for one, act in acts.items()}


def _duty(unit_id: int, at: datetime) -> tuple[DutyEntry, ...]:
    rows = Duty.objects.filter(unit=unit_id, ends_at__gt=at, starts_at__lt=at + DUTY_AHEAD).select_related("staff")
    return tuple(
        DutyEntry(row.staff.name, row.starts_at, row.ends_at, row.starts_at <= at)
        for row in rows.order_by("starts_at", "id")
    )


def stand_ins_of(staff_id: int, at: datetime) -> list[PastLine]:
    """Who stands in for somebody, and for whom they stand in, from today on."""
    day = civil_day(at)
    lines = []
    rows = StandIn.objects.filter(Q(absent=staff_id) | Q(stand_in=staff_id)).exclude(to_on__lte=day)
    for row in rows.select_related("absent", "stand_in").order_by("from_on", "id"):
        kind = _("由此人代岗") if row.absent_id == staff_id else _("代此人的岗")
        other = row.stand_in if row.absent_id == staff_id else row.absent
        lines.append(PastLine(kind, other.name, row.from_on, row.to_on))
    return lines
