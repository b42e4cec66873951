"""The unit tree (组织机构树): province → city → county → station → team, with departments and offices beside.

A unit's place is dated. Its path is the ids from the root down to itself, "/1/4/9/"; a prefix of a path is an
ancestor, so "all below" is a prefix search. The kinds that may stand under each other are a table.
REFERENCE §6.1, F (省—市—县—所—班组), ARCHITECTURE (dated relations).
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class UnitKind(StrEnum):
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    STATION = "station"
    TEAM = "team"
    DEPARTMENT = "department"
    OFFICE = "office"


UNIT_KIND_NAMES: dict[UnitKind, str] = {
    UnitKind.PROVINCE: "省公司",
    UnitKind.CITY: "市公司",
    UnitKind.COUNTY: "县公司",
    UnitKind.STATION: "供电所",
    UnitKind.TEAM: "班组",
    UnitKind.DEPARTMENT: "专业部门",
    UnitKind.OFFICE: "优服办",
}

_COMPANIES = frozenset({UnitKind.PROVINCE, UnitKind.CITY, UnitKind.COUNTY})

MAY_STAND_UNDER: dict[UnitKind, frozenset[UnitKind]] = {
    UnitKind.PROVINCE: frozenset(),
    UnitKind.CITY: frozenset({UnitKind.PROVINCE}),
    UnitKind.COUNTY: frozenset({UnitKind.PROVINCE, UnitKind.CITY}),
    UnitKind.STATION: frozenset({UnitKind.CITY, UnitKind.COUNTY}),
    UnitKind.TEAM: frozenset({UnitKind.CITY, UnitKind.COUNTY, UnitKind.STATION, UnitKind.DEPARTMENT}),
    UnitKind.DEPARTMENT: _COMPANIES,
    UnitKind.OFFICE: _COMPANIES | {UnitKind.DEPARTMENT},
}
"""Which kinds a unit of this kind may stand under. Any company may also be the root: a county may run this alone."""

ROOT_KINDS: frozenset[UnitKind] = _COMPANIES


def fits(kind: UnitKind, parent_kind: UnitKind | None) -> bool:
    """Whether a unit of `kind` may stand under `parent_kind` (None: be a root)."""
    if parent_kind is None:
        return kind in ROOT_KINDS
    return parent_kind in MAY_STAND_UNDER[kind]


def path_under(parent_path: str | None, unit_id: int) -> str:
    """The path of a unit under a parent's path; a root's path is "/id/"."""
    return f"{parent_path or '/'}{unit_id}/"


def ids_of(path: str) -> list[int]:
    """The unit ids of a path, root first."""
    return [int(part) for part in path.split("/") if part]


def is_within(path: str, ancestor_path: str) -> bool:
    """Whether `path` lies in the subtree of `ancestor_path` (a unit is within itself)."""
    return path.startswith(ancestor_path)


def in_tree_order(parents: Mapping[str, str | None]) -> list[str]:
    """The keys with every parent before its children; keys in a circle, or hanging on one, are left out.

    A parent that is not itself a key counts as present (it stands in the register already).
    """
    children: dict[str, list[str]] = {}
    ready: list[str] = []
    for key, parent in parents.items():
        if parent is None or parent not in parents:
            ready.append(key)
        else:
            children.setdefault(parent, []).append(key)
    order: list[str] = []
    while ready:
        key = ready.pop()
        order.append(key)
        ready.extend(children.get(key, ()))
    return order


def acting(staff_id: int, stand_ins: Mapping[int, int]) -> int | None:
    """Who acts for somebody: follows the stand-ins (代岗) of the day; None when they only point at each other."""
    seen = {staff_id}
    while staff_id in stand_ins:
        staff_id = stand_ins[staff_id]
        if staff_id in seen:
            return None
        seen.add(staff_id)
    return staff_id


def makes_circle(absent_id: int, stand_in_id: int, stand_ins: Iterable[tuple[int, int]]) -> bool:
    """Whether (absent, stand-in) together with the given pairs would leave nobody acting."""
    pairs = dict(stand_ins)
    pairs[absent_id] = stand_in_id
    return acting(absent_id, pairs) is None
