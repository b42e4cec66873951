"""The life of one clock (一个时限的一生): running, paused, stopped or superseded, and what it says in the end.

Met (按时) means stopped no later than the deadline; a clock that stands still with time left is not late. A change of priority or
category supersedes the clock: the old row keeps its verdict, the new limit runs from the original start with the same pauses, so
that no edit wins or loses time.
"""

from datetime import datetime
from enum import StrEnum

from longzhong.dispatch.matters.rules.counting import Days, Limit, Pause, Run, due_at
from longzhong.kit.errors import Refused


class ClockState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    SUPERSEDED = "superseded"


class Verdict(StrEnum):
    OPEN = "open"  # not yet known: time is left, or the clock stands still
    MET = "met"
    LATE = "late"


class PauseReason(StrEnum):
    """The approved reasons (批准的挂起原因)."""

    AWAIT_CUSTOMER = "await_customer"
    AWAIT_OUTAGE = "await_outage"
    AWAIT_MATERIAL = "await_material"
    FORCE_MAJEURE = "force_majeure"


LIVE = (ClockState.RUNNING, ClockState.PAUSED)
PAUSE_LABELS = {
    PauseReason.AWAIT_CUSTOMER: "等待客户配合",
    PauseReason.AWAIT_OUTAGE: "等待停电计划",
    PauseReason.AWAIT_MATERIAL: "等待物资到货",
    PauseReason.FORCE_MAJEURE: "恶劣天气等不可抗力",
}
APPROVERS = {  # who may approve which reason; the list is the approval
    PauseReason.AWAIT_CUSTOMER: ("grid", "crew", "desk", "station", "quality"),
    PauseReason.AWAIT_OUTAGE: ("station", "dept", "quality"),
    PauseReason.AWAIT_MATERIAL: ("station", "dept", "quality"),
    PauseReason.FORCE_MAJEURE: ("station", "leader", "quality"),
}


def verdict_at(run: Run, calendar: Days, at: datetime) -> Verdict:
    """Late once the deadline has passed, else open."""
    due = due_at(run, calendar)
    return Verdict.LATE if due is not None and at > due else Verdict.OPEN


def final_verdict(run: Run, calendar: Days, stopped_at: datetime) -> Verdict:
    """What a clock says when it stops."""
    return Verdict.LATE if verdict_at(run, calendar, stopped_at) is Verdict.LATE else Verdict.MET


def paused(run: Run, at: datetime, reason: str) -> Run:
    """The run with a pause opened."""
    if run.pauses and run.pauses[-1].to_at is None:
        raise Refused("clock_paused", "这个时限已经挂起，不能再挂起一次；什么都没有改动。")
    if at < run.started_at:
        raise Refused("pause_before_start", "挂起时间早于计时开始时间；什么都没有改动。")
    return Run(run.limit, run.started_at, (*run.pauses, Pause(at, None, reason)))


def resumed(run: Run, at: datetime) -> Run:
    """The run with its open pause closed."""
    if not run.pauses or run.pauses[-1].to_at is not None:
        raise Refused("clock_not_paused", "这个时限没有挂起，无需恢复；什么都没有改动。")
    last = run.pauses[-1]
    return Run(run.limit, run.started_at, (*run.pauses[:-1], Pause(last.from_at, max(at, last.from_at), last.reason)))


def relimited(run: Run, limit: Limit) -> Run:
    """The run under another limit: same original start, same pauses, hence no time lost and none won."""
    return Run(limit, run.started_at, run.pauses)
