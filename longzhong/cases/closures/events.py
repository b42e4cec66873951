"""What closures tell: a customer was asked twice for documents."""

from dataclasses import dataclass
from datetime import datetime

from longzhong.kit.events import fact


@fact
@dataclass(frozen=True, kw_only=True)
class ToldTwice:
    """A document was asked for that stood on no list handed over (二次告知): our fault until somebody lifts it."""

    fault_id: int
    telling_id: int
    paper: str
    unit_id: int
    staff_id: int
    closure_id: int | None
    case_id: int | None
    at: datetime
