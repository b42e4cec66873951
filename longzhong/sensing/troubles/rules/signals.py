"""What trouble-call analysis (停电研判) works with: signals that the power is off, the tree they hang on, and groups.

A signal is a customer's call, a meter's last gasp or missing data, or a feeder's event. Its area may be unknown or wrong; then
its position speaks. A group is one probable outage: the device that best explains its signals, those who stayed silent included.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """How far a trouble reaches, from one meter to a whole line."""

    METER = "meter"
    AREA = "area"
    SECTION = "section"
    FEEDER = "feeder"


@dataclass(frozen=True, slots=True)
class Heard:
    """`at` in seconds on any clock; `lat`, `lon` in degrees, None if unknown; `device`: a section or feeder that
    reports itself off, by code."""

    at: float
    meter: str | None = None
    area: str | None = None
    lat: float | None = None
    lon: float | None = None
    device: str | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """An area of the network: where it is (None: unknown), its customers, and its devices upward, nearest first, feeder last."""

    lat: float | None
    lon: float | None
    customers: int
    above: tuple[str, ...]


@dataclass(frozen=True)
class Topology:
    """Areas by code, the area of each known meter; `costs` of devices that are less likely to fail than others of their level."""

    areas: Mapping[str, Spot] = field(default_factory=dict)
    meters: Mapping[str, str] = field(default_factory=dict)
    costs: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Group:
    """One probable outage. `signals` are indexes into what was heard; `spoke` of `areas` were heard of; confidence 0..1."""

    level: Level
    device: str
    signals: tuple[int, ...]
    began_at: float
    areas: tuple[str, ...] = ()
    spoke: int = 0
    confidence: float = 0.3
