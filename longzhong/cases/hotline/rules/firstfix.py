"""First arrival must repair, and what is repaired holds (首到必修、修必修好, S4-22, §2.7 F); the stages of a repair (S4-23).

A case that is reopened, or told again as a new repair of the same account or meter, within hotline.reopen_days of its end counts
as a failure of the first fix. 抢修四句: 出发快捷, 抢修迅速, 信息畅通, 回访及时 are the times between the moments of one case.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta


def is_return(closed_at: datetime | None, at: datetime, days: float) -> bool:
    """Whether what is told at `at` falls into the time in which a repair has to hold."""
    return closed_at is not None and timedelta() <= at - closed_at <= timedelta(days=days)


@dataclass(frozen=True)
class Moments:
    """The moments of a case and its order, as far as they were reached."""

    opened_at: datetime
    accepted_at: datetime | None = None
    arrived_at: datetime | None = None
    finished_at: datetime | None = None
    told_at: datetime | None = None
    called_at: datetime | None = None


@dataclass(frozen=True)
class StageTime:
    """One of the four stages; `minutes` None while it isn't over."""

    code: str
    label: str
    note: str
    minutes: float | None


def stage_times(moments: Moments) -> tuple[StageTime, ...]:
    """How long each stage took."""
    rows = (
        ("depart", "出发快捷", "受理到到场", moments.opened_at, moments.arrived_at),
        ("repair", "抢修迅速", "到场到修复", moments.arrived_at, moments.finished_at),
        ("inform", "信息畅通", "受理到首次联系客户", moments.opened_at, moments.told_at),
        ("call_back", "回访及时", "修复到回访", moments.finished_at, moments.called_at),
    )
    return tuple(StageTime(code, label, note, _minutes(start, end)) for code, label, note, start, end in rows)


def _minutes(start: datetime | None, end: datetime | None) -> float | None:
    if start is None or end is None:
        return None
    return max((end - start) / timedelta(minutes=1), 0.0)
