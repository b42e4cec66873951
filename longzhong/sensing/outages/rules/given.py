"""What is given: the devices of an outage, a new plan, a new report, a step's fields."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from longzhong.sensing.outages.rules.words import Device, Kind, StopKind


@dataclass(frozen=True, kw_only=True)
class Devices:
    """Ids of what is switched off. `kept`: sections that stay supplied from elsewhere with all behind them (转供)."""

    substations: tuple[int, ...] = ()
    feeders: tuple[int, ...] = ()
    sections: tuple[int, ...] = ()
    areas: tuple[int, ...] = ()
    kept: tuple[int, ...] = ()

    @property
    def pairs(self) -> tuple[tuple[Device, int], ...]:
        """What is off, each once, the widest first."""
        kinds = (
            (Device.SUBSTATION, self.substations), (Device.FEEDER, self.feeders), (Device.SECTION, self.sections),
            (Device.AREA, self.areas),
        )  # fmt: skip
        return tuple(dict.fromkeys((kind, number) for kind, numbers in kinds for number in numbers))


def devices_of(pairs: Sequence[tuple[str, int]], kept: Sequence[int] = ()) -> Devices:
    """Devices from (kind, id) pairs; each once, in order."""
    found: dict[str, dict[int, None]] = {kind.value: {} for kind in Device}
    for kind, number in pairs:
        found[Device(kind).value][number] = None
    return Devices(
        substations=tuple(found["substation"]), feeders=tuple(found["feeder"]), sections=tuple(found["section"]),
        areas=tuple(found["area"]), kept=tuple(dict.fromkeys(kept)),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class NewPlan:
    """A plan to switch off: planned, temporary or for shortage. `source` is the label of its cause ("" a person).

    `exemption`: why it is announced too late; without one such a plan is refused.
    """

    kind: Kind
    starts_at: datetime
    ends_at: datetime
    reason_code: str
    reason: str = ""
    devices: Devices = field(default_factory=Devices)
    place: str = ""
    unit_id: int | None = None
    source: str = ""
    exemption: str = ""


@dataclass(frozen=True, kw_only=True)
class NewReport:
    """A fault now. `started_at` None: this moment. `confirmed`: by who knows the line.

    `apart`: register it though another outage explains it.
    """

    reason_code: str = "unknown"
    reason: str = ""
    devices: Devices = field(default_factory=Devices)
    place: str = ""
    unit_id: int | None = None
    source: str = ""
    started_at: datetime | None = None
    expected_end_at: datetime | None = None
    confirmed: bool = False
    apart: bool = False


@dataclass(frozen=True)
class Given:
    """The fields of a step; each verb reads its own."""

    reason: str = ""
    moment: datetime | None = None
    area_ids: tuple[int, ...] = ()
    until: datetime | None = None
    other_id: int | None = None
    devices: Devices | None = None
    fault: "NewFault | None" = None


@dataclass(frozen=True, kw_only=True)
class PlanChange:
    """Other times, and other devices (None: as they are), of a plan that was announced."""

    starts_at: datetime
    ends_at: datetime
    reason: str
    devices: Devices | None = None


@dataclass(frozen=True, kw_only=True)
class NewFault:
    """Where and why: the pole's number as it is painted, the line (None: the outage's own), a cause of faults, a position."""

    pole: str
    cause: str
    feeder_id: int | None = None
    note: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, kw_only=True)
class PastOutage:
    """An outage that is over, from another system's table: it counts in statistics and is told to nobody."""

    kind: Kind
    reason_code: str
    started_at: datetime
    restored_at: datetime
    source: str
    reason: str = ""
    place: str = ""
    devices: Devices = field(default_factory=Devices)
    unit_id: int | None = None
    planned_start: datetime | None = None
    planned_end: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class NewStop:
    """One account is disconnected (or kept off) for a marketing reason; `source` is the label of the decision."""

    account_id: int
    kind: StopKind
    source: str
    stopped_at: datetime
