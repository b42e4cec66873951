"""Members of the demo county's staff acting as themselves."""

from longzhong.kit.actor import Actor, Scope
from longzhong.register.org import selectors as org


def person(staff_id: int, role: str, unit_id: int, grid_id: int | None = None) -> Actor:
    """A member of staff in their unit and, if given, their cell."""
    names = org.staff_names([staff_id])
    grids = None if grid_id is None else frozenset({grid_id})
    return Actor(None, staff_id, names.get(staff_id, ""), (Scope(role, frozenset({unit_id}), grids),))
