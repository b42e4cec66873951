"""What complaint governance tells. Ids and codes only: who complained is never in a fact."""

from dataclasses import dataclass
from datetime import datetime

from longzhong.kit.events import fact


@fact
@dataclass(frozen=True, kw_only=True)
class ComplaintMoved:
    """A governed matter was accepted (verb "accept") or took a step; `state` is where it stands since."""

    complaint_id: int
    case_id: int
    kind: str
    verb: str
    state: str
    grade: str
    category_id: int
    unit_id: int
    department_id: int | None
    handler_id: int | None
    about_staff_id: int | None
    at: datetime


@fact
@dataclass(frozen=True, kw_only=True)
class ComplaintDecided:
    """A verdict stands: the first one (`appeal` "") or as corrected by an appeal (its label); `verdict` is the one of now."""

    complaint_id: int
    case_id: int
    kind: str
    verdict: str
    responsibility: str
    appeal: str
    category_id: int
    unit_id: int
    department_id: int | None
    about_staff_id: int | None
    at: datetime


@fact
@dataclass(frozen=True, kw_only=True)
class ComplaintUpheld:
    """A complaint or report stands as upheld or partly upheld; training, ladder and exposure hear it (§1.7, S4-16)."""

    complaint_id: int
    case_id: int
    kind: str
    grade: str
    category_id: int
    root_cause: str
    unit_id: int
    department_id: int | None
    about_staff_id: int | None
    at: datetime
