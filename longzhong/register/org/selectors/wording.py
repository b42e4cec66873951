"""What somebody types for a unit: its code, or part of its name or short name."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

UNIT_LABEL = "单位名称或编码"


def of_unit(path: str = "unit") -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
    """A list's filter by unit; `path` is the field that leads to it."""

    def narrowed(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        asked = text.strip()
        named = Q(**{f"{path}__name__icontains": asked}) | Q(**{f"{path}__short_name__icontains": asked})
        return rows.filter(Q(**{f"{path}__code": asked}) | named)

    return narrowed
