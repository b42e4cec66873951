"""What alerts tell."""

from dataclasses import dataclass
from datetime import date, datetime

from longzhong.kit.events import fact


@fact
@dataclass(frozen=True, kw_only=True)
class AlertMoved:
    """An alert was raised, dispatched, awaited proof, was verified, sent back, held or dismissed."""

    alert_id: int
    area_id: int
    unit_id: int
    kind: str
    raised_on: date
    verb: str
    state: str
    at: datetime
