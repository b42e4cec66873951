"""Rows in which the network comes from outside (exchange, simulation). Empty references say "unknown", wrong ones
are refused.

A load is counted without a rest: rows read = new + changed + unchanged + refused (org.rules.rows.Kept).
"""

from dataclasses import dataclass
from datetime import date

from longzhong.register.network.rules.words import AreaKind, Connection, MeterKind, SectionKind, Site


@dataclass(frozen=True, slots=True)
class SubstationRow:
    code: str
    name: str
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class FeederRow:
    code: str
    name: str
    substation_code: str = ""
    kv: float = 10.0


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A piece of a feeder; `upstream_code` is the next piece towards the substation (it may stand in the same load)."""

    code: str
    name: str
    feeder_code: str = ""
    upstream_code: str = ""
    kind: str = SectionKind.SECTION
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A transformer area. With a grid cell its station follows from the cell; `unit_code` counts only without one.

    `grid_from_on`: since when it belongs to the cell; empty: since ever for the first cell, since today for another.
    """

    code: str
    name: str
    kva: float
    connection: str = Connection.YYN0
    site: str = Site.URBAN
    kind: str = AreaKind.PUBLIC
    section_code: str = ""
    grid_code: str = ""
    unit_code: str = ""
    lat: float | None = None
    lon: float | None = None
    grid_from_on: date | None = None


@dataclass(frozen=True, slots=True)
class MeterRow:
    """A meter; `area_from_on` as `grid_from_on` above. An empty `area_code` leaves the meter where it hangs."""

    code: str
    kind: str = MeterKind.CUSTOMER
    phase: str = ""
    wiring: int = 1
    ratio: int = 1
    area_code: str = ""
    area_from_on: date | None = None
