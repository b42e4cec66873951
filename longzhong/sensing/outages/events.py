"""What outages tell."""

from dataclasses import dataclass
from datetime import datetime

from longzhong.kit.events import fact


@fact
@dataclass(frozen=True, kw_only=True)
class OutageMoved:
    """An outage was registered ("plan", "report") or took a step; who hears it reads the state of now.

    `unit_id` answers for the outage; its areas are `selectors.areas_of_outage(outage_id)`.
    """

    outage_id: int
    kind: str
    verb: str
    state: str
    unit_id: int
    at: datetime
