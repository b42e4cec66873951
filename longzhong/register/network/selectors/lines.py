"""Feeders: tracing up to the substation, down to every area behind a piece of line, and the tree of one feeder."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.network.models import Area, Feeder, MeterArea, Section
from longzhong.register.network.rules import SECTION_KIND_NAMES, End, MeterKind, SectionKind, below, walk_up
from longzhong.register.network.selectors.areas import KEEPERS, visible_to


@dataclass(frozen=True)
class Passed:
    """One piece of line on the way."""

    id: int
    code: str
    name: str
    kind: SectionKind

    @property
    def kind_name(self) -> str:
        return SECTION_KIND_NAMES[self.kind]


@dataclass(frozen=True)
class SupplyPath:
    """From an area up: the pieces of line (nearest first), the feeder, the substation; `end`: how the walk ended."""

    area_id: int
    area: str
    sections: tuple[Passed, ...]
    feeder_id: int | None
    feeder: str
    substation_id: int | None
    substation: str
    end: End

    @property
    def complete(self) -> bool:
        return self.end is End.ROOT and self.substation_id is not None


@dataclass(frozen=True)
class Downstream:
    """Everything behind a piece of line or a whole feeder, whoever may see it: for outages the impact must be whole."""

    section_ids: tuple[int, ...]
    area_ids: tuple[int, ...]
    customer_meters: int
    kva: float


@dataclass(frozen=True)
class FeederLine:
    id: int
    code: str
    name: str
    kv: float
    substation: str
    sections: int
    areas: int
    kva: float


@dataclass(frozen=True)
class TreeNode:
    """A line of the tree: a piece of line with the areas that hang on it; `depth` counts from the substation."""

    section: Passed
    depth: int
    areas: tuple[Area, ...]


@dataclass(frozen=True)
class FeederTree:
    line: FeederLine
    nodes: tuple[TreeNode, ...]
    unreached: int


def visible_feeders(actor: Actor) -> QuerySet[Feeder]:
    """The door: feeders with a visible area; keepers of the register see all."""
    if actor.has(*KEEPERS):
        return Feeder.objects.all()
    return Feeder.objects.filter(pk__in=visible_to(actor).values("section__feeder"))


def trace_up(area_id: int) -> SupplyPath:
    area = Area.objects.select_related("section").filter(pk=area_id).first()
    if area is None:
        raise Refused("not_found", _("没有这个台区。"), area=area_id)
    if area.section is None:
        return SupplyPath(area.pk, area.name, (), None, "", None, "", End.MISSING)
    sections = _chain_rows(area.section)
    walk = walk_up(area.section.pk, {pk: one.upstream_id for pk, one in sections.items()})
    last = sections[walk.sections[-1]]
    feeder = Feeder.objects.select_related("substation").filter(pk=last.feeder_id or 0).first()
    home = feeder.substation if feeder else None
    return SupplyPath(
        area_id=area.pk,
        area=area.name,
        sections=tuple(_passed(sections[pk]) for pk in walk.sections),
        feeder_id=feeder.pk if feeder else None,
        feeder=feeder.name if feeder else "",
        substation_id=home.pk if home else None,
        substation=home.name if home else "",
        end=walk.end,
    )


def trace_up_meter(code: str, day: date | None = None) -> SupplyPath | None:
    """The supply path of a meter on a day; None if it hung nowhere."""
    rows = MeterArea.objects.on(day or clock.today()).filter(meter__code=code)
    area = rows.values_list("area_id", flat=True).first()
    return trace_up(area) if area is not None else None


def trace_down(*, feeder_id: int | None = None, section_id: int | None = None, day: date | None = None) -> Downstream:
    """What a feeder, or one of its sections, supplies."""
    upstream, starts = _behind(feeder_id, section_id)
    sections = below(starts, upstream)
    hanging = Area.objects.filter(section__in=sections)
    areas = tuple(hanging.order_by("id").values_list("id", flat=True))
    customers = MeterArea.objects.on(day or clock.today()).filter(area__in=areas, meter__kind=MeterKind.CUSTOMER)
    kva = hanging.aggregate(all=Sum("kva"))["all"] or 0.0
    return Downstream(tuple(sections), areas, customers.count(), kva)


def feeder_lines(rows: Iterable[Feeder]) -> list[FeederLine]:
    """Feeders with their counts; two queries for any number. Give rows with their substation selected."""
    held = list(rows)
    pks = [row.pk for row in held]
    sections = dict(
        Section.objects.filter(feeder__in=pks).values("feeder_id").annotate(n=Count("id")).values_list("feeder_id", "n")
    )
    hanging = (
        Area.objects.filter(section__feeder__in=pks)
        .values("section__feeder_id")
        .annotate(n=Count("id"), all=Sum("kva"))
    )
    areas = {row["section__feeder_id"]: (row["n"], row["all"]) for row in hanging.order_by("section__feeder_id")}
    return [
        FeederLine(
            row.pk, row.code, row.name, row.kv, row.substation.name if row.substation else "", sections.get(row.pk, 0),
            *areas.get(row.pk, (0, 0.0)),
        )
        for row in held
    ]  # fmt: skip


def feeder_tree(actor: Actor, feeder_id: int) -> FeederTree:
    """One feeder as a tree in reading order; areas that the actor may not see are left out."""
    feeder = visible_feeders(actor).select_related("substation").filter(pk=feeder_id).first()
    if feeder is None:
        raise Refused("not_found", _("没有这条线路，或不在您的管辖范围内。"), feeder=feeder_id)
    sections = {one.pk: one for one in Section.objects.filter(feeder=feeder).order_by("code", "id")}
    hanging: dict[int, list[Area]] = {}
    for area in visible_to(actor).filter(section__in=sections).order_by("code", "id"):
        hanging.setdefault(area.section_id or 0, []).append(area)
    nodes = _reading_order(sections, hanging)
    return FeederTree(feeder_lines([feeder])[0], tuple(nodes), len(sections) - len(nodes))


def _reading_order(sections: Mapping[int, Section], hanging: Mapping[int, list[Area]]) -> list[TreeNode]:
    """Every piece before those behind it; pieces in a circle are left out (the topology check names them)."""
    children: dict[int | None, list[Section]] = {}
    for one in sections.values():
        above = one.upstream_id if one.upstream_id in sections else None
        children.setdefault(above, []).append(one)
    nodes = []
    waiting = [(one, 0) for one in reversed(children.get(None, []))]
    while waiting:
        one, depth = waiting.pop()
        nodes.append(TreeNode(_passed(one), depth, tuple(hanging.get(one.pk, ()))))
        waiting.extend((child, depth + 1) for child in reversed(children.get(one.pk, [])))
    return nodes


def _chain_rows(section: Section) -> dict[int, Section]:
    """The section and those upstream of it: its feeder's rows at once, other feeders' rows as the way leads there."""
    found = {section.pk: section}
    here = section
    while True:
        found |= {one.pk: one for one in Section.objects.filter(feeder=here.feeder_id or -1)}
        walk = walk_up(section.pk, {pk: one.upstream_id for pk, one in found.items()})
        if walk.end is not End.MISSING:
            return found
        above = found[walk.sections[-1]].upstream_id
        here = Section.objects.get(pk=above or 0)
        found[here.pk] = here


def _behind(feeder_id: int | None, section_id: int | None) -> tuple[dict[int, int | None], Collection[int]]:
    """The upstream map to search, and where to begin."""
    if section_id is not None:
        feeder_id = Section.objects.filter(pk=section_id).values_list("feeder_id", flat=True).first()
    rows = Section.objects.filter(Q(feeder=feeder_id) | Q(upstream__feeder=feeder_id) | Q(feeder=None))
    upstream: dict[int, int | None] = dict(rows.values_list("id", "upstream_id"))
    if section_id is not None:
        return upstream, [section_id]
    return upstream, list(Section.objects.filter(feeder=feeder_id).values_list("id", flat=True))


def _passed(section: Section) -> Passed:
    return Passed(section.pk, section.code, section.name, SectionKind(section.kind))
