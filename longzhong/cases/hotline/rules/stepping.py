"""What a person gives with a step on a case, whatever the door it came through."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class StepGiven:
    """Each verb reads what it needs: `staff_id` an owner, `code` a ground, purpose, pause reason or paper, `items` of a list,
    `number` a parent, a promise, a try or an urge.
    """

    staff_id: int | None = None
    reason: str = ""
    code: str = ""
    result: str = ""
    number: int | None = None
    due_at: datetime | None = None
    wish: str = ""
    root_cause: str = ""
    items: tuple[str, ...] = ()
