"""What is given: a bill of the marketing system, and the fields of a step."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class ArrearsRow:
    """One bill: by 户号 and the bill's own key (a month, "2026-01"); `paid_at` None: open. Amounts in fen."""

    account_code: str
    bill: str
    amount_fen: int
    due_on: date
    paid_at: datetime | None = None


@dataclass(frozen=True)
class Given:
    """The fields of a step; each verb reads its own. `moment` None: now."""

    reason: str = ""
    note: str = ""
    way: str = ""
    receipt: str = ""
    moment: datetime | None = None
