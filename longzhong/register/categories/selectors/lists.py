"""The tree as a list for its page: every category with its other systems' codes, retired ones too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from longzhong.kit.actor import Actor
from longzhong.kit.dated import on_day
from longzhong.kit.errors import Refused
from longzhong.register.categories.models import Category, ExternalCode
from longzhong.register.categories.selectors.reading import visible_to


@dataclass(frozen=True)
class Mapped:
    id: int
    system: str
    code: str
    by_name: str


def lines(actor: Actor) -> QuerySet[Category]:
    """All categories with their codes of other systems, in the tree's order (two queries)."""
    return (
        visible_to(actor).select_related("parent__parent").prefetch_related("external_codes").order_by("position", "id")
    )


def holding(rows: QuerySet[Category], text: str) -> QuerySet[Category]:
    """The rows whose name, code, or code of another system holds the text."""
    there = Q(name__icontains=text) | Q(code__icontains=text) | Q(section__icontains=text)
    return rows.filter(there | Q(pk__in=ExternalCode.objects.filter(code__icontains=text).values("category_id")))


def live_on(rows: QuerySet[Category], day: date, *, live: bool) -> QuerySet[Category]:
    return rows.filter(on_day(day)) if live else rows.exclude(on_day(day))


def row(actor: Actor, category_id: int) -> Category:
    """One category for its page; `not_found` if it isn't there."""
    found: Category | None = lines(actor).filter(pk=category_id).first()
    if found is None:
        raise Refused("not_found", _("没有这个分类。"), category=category_id)
    return found


def children(actor: Actor, category_id: int) -> list[Category]:
    return list(visible_to(actor).filter(parent=category_id).order_by("position", "id"))


def mapped(category_row: Any) -> Sequence[Mapped]:
    """The codes of other systems of a row from `lines`, without a further query."""
    codes = sorted(category_row.external_codes.all(), key=lambda one: (one.system, one.code))
    return [Mapped(one.pk, one.system, one.code, one.by_name) for one in codes]
