"""Who acts, and what they may see: organisation × grid × role, decided in one place."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from longzhong.kit.errors import Refused


@dataclass(frozen=True)
class Scope:
    """One grant as it stands today: a role, over these units, and within them only these grid cells (None: all)."""

    role: str
    units: frozenset[int]
    grids: frozenset[int] | None = None


@dataclass(frozen=True)
class Actor:
    """A person (or a machine of ours) with the scopes that hold at this moment."""

    user_id: int | None
    staff_id: int | None
    name: str
    scopes: tuple[Scope, ...] = ()
    system: bool = False

    @classmethod
    def machine(cls, name: str) -> "Actor":
        """A job of the house: it sees everything and is named in the timeline."""
        return cls(user_id=None, staff_id=None, name=name, system=True)

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(scope.role for scope in self.scopes)

    def has(self, *roles: str) -> bool:
        """Whether the actor holds any of these roles anywhere (a machine holds all)."""
        return self.system or not self.roles.isdisjoint(roles)

    def units(self, *roles: str) -> frozenset[int]:
        """The units over which any of these roles (all roles if none is named) is held."""
        return frozenset(unit for scope in self.scopes if not roles or scope.role in roles for unit in scope.units)


def within(
    actor: Actor, unit: str = "unit_id", grid: str | None = "grid_id", roles: Collection[str] | None = None
) -> Q:
    """The rows that an actor's scopes cover; `unit` and `grid` name the row's columns.

    A scope that is narrowed to grid cells reaches only rows of those cells, and nothing where rows carry no grid.
    """
    if actor.system:
        return Q(pk__isnull=False)  # true for every row; an empty Q would vanish from `within(…) | other`
    covered = Q(pk__in=())
    for scope in actor.scopes:
        if roles is not None and scope.role not in roles:
            continue
        if scope.grids is None:
            covered |= Q(**{f"{unit}__in": scope.units})
        elif grid is not None:
            covered |= Q(**{f"{grid}__in": scope.grids})
    return covered


def need(actor: Actor, *roles: str) -> None:
    """Refuse an actor who holds none of these roles."""
    if not actor.has(*roles):
        raise Refused("not_allowed", _("您的岗位不能做这件事；什么都没有改动。"), roles=sorted(roles))
