"""What appeals tell. Ids and codes only."""

from dataclasses import dataclass
from datetime import datetime

from longzhong.kit.events import fact


@fact
@dataclass(frozen=True, kw_only=True)
class AppealMoved:
    """An appeal was drafted (verb "draft") or took a step; `state` is where it stands since."""

    appeal_id: int
    complaint_id: int
    level: str
    verb: str
    state: str
    unit_id: int
    at: datetime
