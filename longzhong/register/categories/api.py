"""Read-only: the tree of matters."""

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema

from longzhong.register.categories import selectors

router = Router(tags=["categories"])


class CategoryOut(Schema):
    id: int
    code: str
    name: str
    label: str
    type: str
    level: int
    parent_id: int | None
    section: str
    source: str
    confidence: str
    hazard: bool
    attitude: bool
    children: list["CategoryOut"]


@router.get("", response=list[CategoryOut])
def categories(request: HttpRequest, day: date | None = None) -> list[selectors.Node]:  # noqa: ARG001
    """The tree as it may be chosen on a day (today)."""
    return list(selectors.tree(day=day))


@router.get("external/{system}/{code}", response={200: CategoryOut | None})
def external(request: HttpRequest, system: str, code: str) -> selectors.Node | None:  # noqa: ARG001
    """What another system's code means here; null where nobody has mapped it."""
    return selectors.of_external(system, code)
