"""What a person gives with a step, whatever the door it came through: a page, a phone without signal, the API."""

from dataclasses import dataclass, field
from datetime import date, datetime

from longzhong.dispatch.workorders.rules.orders import Outcome, Position


@dataclass(frozen=True)
class Given:
    """Each verb reads what it needs (`Move.needs`); `code` is a milestone's or a pause reason's."""

    owner_id: int | None = None
    reason: str = ""
    position: Position = field(default_factory=Position)
    outcome: Outcome = field(default_factory=lambda: Outcome("", ""))
    claimed_at: datetime | None = None
    priority: int | None = None
    code: str = ""
    due_on: date | None = None
