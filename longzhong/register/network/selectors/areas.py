"""Areas: the door, the card, the lines of lists, and the search."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _

from longzhong.kit import clock
from longzhong.kit.actor import Actor, within
from longzhong.kit.errors import Refused
from longzhong.register.network.models import Area
from longzhong.register.network.rules import AREA_KIND_NAMES, SITE_NAMES, AreaKind, Connection, Site
from longzhong.register.network.selectors.meters import MeterCount, meter_counts
from longzhong.register.org import selectors as org
from longzhong.register.org.rules import Role

KEEPERS = (Role.ADMIN, Role.QUALITY, Role.DEPT)  # they also see what belongs to no unit yet


@dataclass(frozen=True)
class AreaLine:
    """An area as lists show it today, with the names around it."""

    id: int
    code: str
    name: str
    kva: float
    kind: AreaKind
    site: Site
    connection: Connection
    lat: float | None
    lon: float | None
    unit_id: int | None
    unit: str
    grid_id: int | None
    grid: str
    manager_id: int | None
    manager: str
    feeder_id: int | None
    feeder: str
    meters: MeterCount

    @property
    def kind_name(self) -> str:
        return AREA_KIND_NAMES[self.kind]

    @property
    def site_name(self) -> str:
        return SITE_NAMES[self.site]


@dataclass(frozen=True)
class AreaCard:
    """Everything that the head of an area's page says."""

    line: AreaLine
    section_id: int | None
    section: str
    substation: str


def visible_to(actor: Actor) -> QuerySet[Area]:
    """The door: areas of the actor's units and cells."""
    if actor.system:
        return Area.objects.all()
    unplaced = Q(unit=None) if actor.has(*KEEPERS) else Q(pk__in=())
    return Area.objects.filter(within(actor) | unplaced)


def areas(actor: Actor) -> QuerySet[Area]:
    """The areas of a list, with what its columns show and sort by."""
    short, name = NullIf("unit__short_name", Value("")), F("unit__name")
    named = visible_to(actor).annotate(unit_name=Coalesce(short, name, Value("")), grid_name=F("grid__name"))
    return named.select_related("section__feeder").order_by("code", "id")


def areas_named(actor: Actor, text: str) -> QuerySet[Area]:
    """Areas whose code or name holds every word of a text."""
    found = areas(actor)
    for word in text.split()[:5]:
        found = found.filter(Q(code__icontains=word) | Q(name__icontains=word))
    return found


def area_lines(rows: Iterable[Any], day: date | None = None) -> list[AreaLine]:
    """Areas with the names around them; four queries for any number. Give rows of `areas`."""
    held = list(rows)
    today = day or clock.today()
    cells = {row.grid_id for row in held if row.grid_id}
    managers = org.managers_of(cells, today)
    names = org.staff_names(set(managers.values()))
    counts = meter_counts([row.pk for row in held], today)
    return [
        AreaLine(
            id=row.pk,
            code=row.code,
            name=row.name,
            kva=row.kva,
            kind=AreaKind(row.kind),
            site=Site(row.site),
            connection=Connection(row.connection),
            lat=row.lat,
            lon=row.lon,
            unit_id=row.unit_id,
            unit=row.unit_name,
            grid_id=row.grid_id,
            grid=row.grid_name or "",
            manager_id=(manager := managers.get(row.grid_id or 0)),
            manager=names.get(manager or 0, ""),
            feeder_id=row.section.feeder_id if row.section else None,
            feeder=row.section.feeder.name if row.section and row.section.feeder else "",
            meters=counts.get(row.pk, MeterCount()),
        )
        for row in held
    ]


def area_card(actor: Actor, area_id: int) -> AreaCard:
    row = areas(actor).select_related("section__feeder__substation").filter(pk=area_id).first()
    if row is None:
        raise Refused("not_found", _("没有这个台区，或不在您的管辖范围内。"), area=area_id)
    feeder = row.section.feeder if row.section else None
    return AreaCard(
        line=area_lines([row])[0],
        section_id=row.section_id,
        section=row.section.name if row.section else "",
        substation=feeder.substation.name if feeder and feeder.substation else "",
    )


def search_areas(actor: Actor, text: str, limit: int = 20) -> list[AreaLine]:
    """Areas by code or part of the name, exact codes first (top search, pickers)."""
    words = text.split()
    if not words:
        return []
    lines = area_lines(areas_named(actor, text)[:limit])
    return sorted(lines, key=lambda line: (line.code != text.strip(), not line.name.startswith(words[0]), line.code))


def area_ids(codes: Collection[str]) -> dict[str, int]:
    """Area ids by code; unknown codes are missing."""
    return dict(Area.objects.filter(code__in=codes).values_list("code", "id"))


def area_names(ids: Collection[int]) -> dict[int, str]:
    """The names of areas by id."""
    return dict(Area.objects.filter(pk__in=ids).values_list("id", "name"))


def lock_area(area_id: int) -> None:
    """Hold an area's row until the end of the transaction: what is decided per area happens one after another."""
    Area.objects.select_for_update(of=("self",)).filter(pk=area_id).first()
