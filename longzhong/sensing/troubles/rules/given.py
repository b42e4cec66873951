"""What is given to troubles: a signal as somebody pushes it, a report of a case, what a correction needs."""

from dataclasses import dataclass
from datetime import datetime

from longzhong.sensing.troubles.rules.words import SignalKind


@dataclass(frozen=True, kw_only=True)
class NewSignal:
    """The power is off somewhere. `source`: the sender's own label, unique with the kind, so telling it twice is safe.

    The area follows from the meter if it isn't said; `section_code` or `feeder_code` for a device's own event.
    """

    kind: SignalKind
    at: datetime
    source: str
    meter_code: str = ""
    area_id: int | None = None
    lat: float | None = None
    lon: float | None = None
    feeder_code: str = ""
    section_code: str = ""


@dataclass(frozen=True, kw_only=True)
class NoPower:
    """A case that a customer opened; only categories of `NO_POWER` are signals."""

    source: str
    category_id: int
    account_id: int | None
    area_id: int | None


@dataclass(frozen=True)
class Given:
    """What a step needs: signals by id, the other trouble's id, a reason."""

    signals: tuple[int, ...] = ()
    other: int | None = None
    reason: str = ""
