"""Rows in which units, staff and grid cells come from outside (exchange, simulation), and what became of them.

A load is counted without a rest: rows read = new + changed + unchanged + refused. A refused row changes nothing and
doesn't stop the others.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class UnitRow:
    """A unit and the one above it; an empty `parent_code` makes a root. Other empty fields leave what is known alone."""

    code: str
    name: str
    kind: str
    parent_code: str = ""
    short_name: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True)
class StaffRow:
    """A staff member and their main post; without `unit_code` the posts are left alone."""

    code: str
    name: str
    phone: str = ""
    unit_code: str = ""
    title: str = ""
    role: str = ""


@dataclass(frozen=True)
class GridRow:
    """A grid cell, its station, and where given its place, manager, social grid and party branch (empty: left alone)."""

    code: str
    name: str
    unit_code: str
    lat: float | None = None
    lon: float | None = None
    manager_code: str = ""
    social_code: str = ""
    social_name: str = ""
    branch_code: str = ""
    branch_name: str = ""


@dataclass(frozen=True)
class Share:
    """1+1+1 for a category below a unit: who leads (优服办) and which department coordinates."""

    category: str
    name: str
    unit_id: int
    lead_id: int
    department_id: int


@dataclass(frozen=True)
class RefusedRow:
    """Why the row at `index` of the load was not kept."""

    index: int
    code: str
    message: str


@dataclass(frozen=True)
class Kept:
    """What became of the rows of a load."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: tuple[RefusedRow, ...] = field(default=())

    @property
    def read(self) -> int:
        return self.new + self.changed + self.unchanged + len(self.refused)
