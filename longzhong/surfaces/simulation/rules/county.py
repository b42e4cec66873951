"""The plan of a demo county: what exists, before any fault. Plain tables; arrays where rows are many.

Indices point into the tables of the same county (an area's `section` is a row of `sections`).
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from longzhong.surfaces.simulation.rules.flow import Grid

URBAN, RURAL, REMOTE = 0, 1, 2
SITES = ("urban", "rural", "remote")
HOME, SHOP, WORKSHOP = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Size:
    """How large a county to make."""

    customers: int = 20_000
    areas: int = 250


@dataclass(frozen=True, slots=True)
class Street:
    """A street or township (街道/乡镇) with its communities and villages."""

    code: str
    name: str
    lat: float
    lon: float
    site: int
    villages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Station:
    """A power supply station (供电所) and the streets it serves."""

    code: str
    name: str
    lat: float
    lon: float
    streets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A grid cell (网格) of a station."""

    code: str
    name: str
    station: int
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Substation:
    code: str
    name: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Feeder:
    code: str
    name: str
    substation: int


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of a 10 kV feeder; upstream is the row of the section that feeds it (-1: the substation); ohms of the piece."""

    code: str
    name: str
    feeder: int
    upstream: int
    lat: float
    lon: float
    ohms: complex


@dataclass(frozen=True, slots=True)
class Areas:
    """Transformer areas; one row each. tap: share by which the transformer's no-load voltage is lowered (0.025 = -2.5 %)."""

    code: tuple[str, ...]
    name: tuple[str, ...]
    kva: np.ndarray
    dyn11: np.ndarray
    site: np.ndarray
    section: np.ndarray
    street: np.ndarray
    village: np.ndarray
    cell: np.ndarray
    lat: np.ndarray
    lon: np.ndarray
    dedicated: np.ndarray
    tap: np.ndarray

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True, slots=True)
class Customers:
    """Supply contracts; rows of area a are contiguous. wiring 1 or 3; row: first metered phase in Rows."""

    area: np.ndarray
    kind: np.ndarray
    wiring: np.ndarray
    row: np.ndarray

    def __len__(self) -> int:
        return len(self.area)


@dataclass(frozen=True, slots=True)
class Rows:
    """Metered phases: what they use. number: of the row in the whole county; scale: of a household profile or a
    business shape; cool: kW of air conditioners; pv: kWp on the roof; tan: Q/P of the load; the place in the network
    is in County.grid."""

    number: np.ndarray
    customer: np.ndarray
    area: np.ndarray
    kind: np.ndarray
    scale: np.ndarray
    cool: np.ndarray
    pv: np.ndarray
    tan: np.ndarray

    def __len__(self) -> int:
        return len(self.customer)


@dataclass(frozen=True, slots=True)
class County:
    """The whole plan. length (nodes) metres and wire (nodes) of the low-voltage branches; the bus has 0."""

    seed: int
    size: Size
    first_day: date
    streets: tuple[Street, ...]
    stations: tuple[Station, ...]
    cells: tuple[Cell, ...]
    substations: tuple[Substation, ...]
    feeders: tuple[Feeder, ...]
    sections: tuple[Section, ...]
    areas: Areas
    customers: Customers
    rows: Rows
    grid: Grid
    length: np.ndarray
    wire: np.ndarray
