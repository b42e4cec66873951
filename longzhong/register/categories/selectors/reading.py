"""The tree as others ask for it: plain nodes by id, code, type or another system's code. One query a question."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.dated import on_day
from longzhong.kit.errors import Refused
from longzhong.register.categories.models import Category, ExternalCode
from longzhong.register.categories.rules import JOINT, CaseType


@dataclass(frozen=True)
class Node:
    """A category for other apps. `live`: may be chosen today; `label`: "投诉 / 供电质量 / 频繁停电"."""

    id: int
    code: str
    name: str
    label: str
    type: CaseType
    level: int
    parent_id: int | None
    section: str
    source: str
    confidence: str
    hazard: bool
    attitude: bool
    from_on: date
    to_on: date | None
    live: bool
    children: tuple["Node", ...] = ()


def visible_to(actor: Actor) -> QuerySet[Category]:
    """The door: everybody who signs in reads the tree."""
    return Category.objects.all() if actor.system or actor.scopes else Category.objects.none()


def tree(*, day: date | None = None) -> tuple[Node, ...]:
    """The roots of what may be chosen on a day (today), each with its children."""
    nodes = [_node(row, day) for row in _rows(on_day(day or clock.today()))]
    below: dict[int | None, list[Node]] = {}
    for node in sorted(nodes, key=lambda one: -one.level):
        grown = replace(node, children=tuple(below.get(node.id, ())))
        below.setdefault(node.parent_id, []).append(grown)
    return tuple(below.get(None, ()))


def category(code: str) -> Node:
    """One node by its code, live or retired; `not_found` for a code that isn't there."""
    found = next((_node(row) for row in _rows(Q(code=code))), None)
    if found is None:
        raise Refused("not_found", _("没有这个分类：%(code)s。") % {"code": code}, category=code)
    return found


def by_ids(ids: Iterable[int]) -> dict[int, Node]:
    return {row.pk: _node(row) for row in _rows(Q(pk__in=set(ids)))}


def by_codes(codes: Iterable[str]) -> dict[str, Node]:
    return {row.code: _node(row) for row in _rows(Q(code__in=set(codes)))}


def labels(ids: Iterable[int]) -> dict[int, str]:
    """ "投诉 / 供电质量 / 频繁停电" of many, in one query."""
    return {one: node.label for one, node in by_ids(ids).items()}


def label_of(category_id: int) -> str:
    return labels([category_id]).get(category_id, "")


def leaves(type: str | None = None, *, day: date | None = None) -> list[Node]:
    """What a case may be filed under on a day (today): live categories without live ones below, in the tree's order."""
    when = on_day(day or clock.today())
    rows = _rows(when if type is None else when & Q(type=type))
    return [_node(row) for row in rows.exclude(Exists(Category.objects.filter(when, parent=OuterRef("pk"))))]


def of_external(system: str, code: str) -> Node | None:
    """The category that another system means; None where nobody has mapped the code."""
    found = ExternalCode.objects.filter(system=system.strip(), code=code.strip()).values_list("category_id", flat=True)
    return next((_node(row) for row in _rows(Q(pk__in=found))), None)


def attitude_ids() -> frozenset[int]:
    """The categories about the manner of staff, retired ones too: past cases count as well (S2-04)."""
    return frozenset(Category.objects.filter(attitude=True).values_list("id", flat=True))


def classes() -> dict[int, int]:
    """Every category → its class (the level below the type); types and classes are their own."""
    rows = Category.objects.values_list("id", "parent", "parent__parent")
    return {one: parent if parent and above else one for one, parent, above in rows}


def below(category_id: int) -> frozenset[int]:
    """A category with all that ever stood below it: the filter of lists."""
    rows = Category.objects.filter(Q(pk=category_id) | Q(parent=category_id) | Q(parent__parent=category_id))
    return frozenset(rows.values_list("id", flat=True))


def _rows(wanted: Q) -> QuerySet[Category]:
    return Category.objects.filter(wanted).select_related("parent__parent").order_by("position", "id")


def _node(row: Category, day: date | None = None) -> Node:
    today = day or clock.today()
    return Node(
        id=row.pk, code=row.code, name=row.name, label=_label(row), type=CaseType(row.type), level=row.level,
        parent_id=row.parent_id, section=row.section, source=row.source, confidence=row.confidence, hazard=row.hazard,
        attitude=row.attitude, from_on=row.from_on, to_on=row.to_on,
        live=row.from_on <= today and (row.to_on is None or row.to_on > today),
    )  # fmt: skip


def _label(row: Category) -> str:
    names, at = [row.name], row.parent
    while at is not None:
        names.append(at.name)
        at = at.parent
    return JOINT.join(reversed(names))
