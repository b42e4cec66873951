"""The 1+1+1 map (S4-02): for a category and a unit, who leads, which department coordinates, who answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from longzhong.register.org.models import Responsibility
from longzhong.register.org.selectors.units import chain


@dataclass(frozen=True)
class Responsible:
    """Unit ids: the lead office (优服办), the professional department, and the responsible local unit."""

    lead_id: int
    department_id: int
    unit_id: int


def responsible(category: str, unit_id: int, day: date) -> Responsible | None:
    """The map's row of the nearest unit above (or the unit itself); None where nobody has drawn one."""
    return responsible_among((category,), unit_id, day)


def responsible_among(categories: Sequence[str], unit_id: int, day: date) -> Responsible | None:
    """The row of the first of these categories that has one, of the nearest unit above; two queries for any number."""
    above = chain(unit_id, day)
    rows = (
        Responsibility.objects.on(day).filter(category__code__in=categories, unit__in=above).select_related("category")
    )
    ranked = min(rows, key=lambda row: (categories.index(row.category.code), above.index(row.unit_id)), default=None)
    if ranked is None:
        return None
    return Responsible(ranked.lead_unit_id, ranked.department_unit_id, unit_id)
