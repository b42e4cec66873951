"""Facts of matters: time is running out, time is up."""

from dataclasses import dataclass
from datetime import datetime

from longzhong.kit.events import fact


@fact
@dataclass(frozen=True, kw_only=True)
class ClockWarned:
    """A clock passed a warning mark; who works on it should know."""

    clock_id: int
    matter: str
    name: str
    level: int
    unit_id: int
    owner_id: int | None
    due_at: datetime
    at: datetime

    @property
    def alarm(self) -> int:
        """What a list shows of it: 1, before any escalation."""
        return 1


@fact
@dataclass(frozen=True, kw_only=True)
class ClockLate:
    """A line of clocks reached an escalation level; `told_unit_id` and `staff_ids` oversee from now on, the owner stays."""

    clock_id: int
    matter: str
    name: str
    level: int
    unit_id: int
    owner_id: int | None
    told_unit_id: int | None
    staff_ids: tuple[int, ...]
    due_at: datetime
    at: datetime

    @property
    def alarm(self) -> int:
        """What a list shows of it: one above its level; a warning is 1."""
        return 1 + self.level


Alarm = ClockWarned | ClockLate
"""What a clock tells; whoever repeats it on their noun's row hears both."""
