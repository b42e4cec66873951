"""What rectifications tell. Ids and codes only."""

from dataclasses import dataclass
from datetime import datetime

from longzhong.kit.events import fact


@fact
@dataclass(frozen=True, kw_only=True)
class Rectified:
    """All measures of a complaint's form are proved; whether they were worth it is known after the review (S4-16)."""

    complaint_id: int
    form_id: int
    unit_id: int
    department_id: int | None
    round: int
    at: datetime
