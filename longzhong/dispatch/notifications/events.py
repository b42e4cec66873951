"""What notices tell: one fact a step of a batch, never one a message."""

from dataclasses import dataclass
from datetime import datetime

from longzhong.kit.events import fact


@fact
@dataclass(frozen=True, kw_only=True)
class NoticeMoved:
    """A notice was made ready, approved, queued, started, finished, cancelled, or counted anew after late answers (`settle`)."""

    notice_id: int
    cause: str
    purpose: str
    unit_id: int
    verb: str
    state: str
    queued: int
    sent: int
    failed: int
    uncertain: int
    cancelled: int
    skipped: int
    at: datetime
