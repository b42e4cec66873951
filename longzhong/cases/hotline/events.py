"""What the hotline tells: a call came, a case took a step, a customer was called back."""

from dataclasses import dataclass
from datetime import datetime

from longzhong.kit.events import fact


@fact
@dataclass(frozen=True, kw_only=True)
class CallTaken:
    """Somebody turned to us; `case_id` if it belongs to a case already. Who it was is read through the hotline's door."""

    call_id: int
    channel: str
    outcome: str
    case_id: int | None
    account_id: int | None
    area_id: int | None
    unit_id: int
    at: datetime


@fact
@dataclass(frozen=True, kw_only=True)
class CaseMoved:
    """A case was opened (verb "open") or took a step; `state` is where it stands since."""

    case_id: int
    verb: str
    state: str
    type: str
    category_id: int
    account_id: int | None
    area_id: int | None
    unit_id: int
    grid_id: int | None
    owner_id: int
    about_staff_id: int | None
    at: datetime
