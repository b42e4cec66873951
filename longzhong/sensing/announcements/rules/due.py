"""Until when a written notice is served and an announcement posted.

《电力供应与使用条例》第 28 条 (REFERENCE §3.1, F): seven days before a planned outage, 24 hours before a temporary one to
important users; the same moment that the gate of plans asks for. Who is told late, by an exemption, or of a change is told within
hours (ours, U).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from longzhong.sensing.announcements.rules.words import Tale
from longzhong.sensing.outages.rules import Duties, Kind, gate


@dataclass(frozen=True)
class Limits:
    """Policies `announcements.*`: hours as the names say; how often nobody was there before a paper may be left at the door."""

    grace_h: float = 4
    recall_h: float = 24
    other_h: float = 24
    absent_tries: int = 2


def due_of(tale: Tale, kind: str, starts_at: datetime, at: datetime, duties: Duties, limits: Limits) -> datetime:
    """The gate's last moment; never sooner than the grace, never after the power goes off (unless that is past already).

    What replaces a paper that is out (a change, a cancellation) doesn't wait for the gate: the wrong one must go.
    """
    grace, recall = at + timedelta(hours=limits.grace_h), at + timedelta(hours=limits.recall_h)
    latest = gate(Kind(kind), starts_at, 1, at, duties).latest or starts_at - timedelta(hours=limits.other_h)
    due = max(latest, grace)
    if tale is not Tale.PLAN:
        due = min(due, recall)
    return min(due, starts_at) if starts_at > at else grace
