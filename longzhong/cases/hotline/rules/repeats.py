"""Repeat calls and urging (重复致电, 催办): when oversight rises, what an urge leads to, what we say to whom we only listen.

The same customer about the same matter, `repeat.min_calls` times within `repeat.window_d` days, is a repeat. From
`repeat.escalate_n` on every further call adds one level of oversight (供电所 → 区县 → 地市), each told once; the owner stays.
An urge within the limit is explained, one over the limit is dispatched, at most `urge.most_n` times (REFERENCE §2.6, U).
First-contact resolution (72 h) counts first contacts without another contact about the matter within `repeat.fcr_h` hours.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LEVELS = 3
LISTENING = (
    "这件事我们已经作出最终答复并报备，答复内容不变。您说的每一句我都会如实记下来，转给供电所和台区经理知晓；"
    "如果有新的情况或另外的用电问题，请告诉我，我马上为您单独受理。"
)


class UrgeReason(StrEnum):
    """Why a customer urges (催办原因, REFERENCE A.3 `oversee_reason`)."""

    OVERDUE = "overdue"
    NO_CONTACT = "no_contact"
    NOBODY_CAME = "nobody_came"
    NOT_SOLVED = "not_solved"
    PROMISE_BROKEN = "promise_broken"
    WORSE = "worse"
    PROGRESS = "progress"
    OTHER = "other"


URGE_LABELS = {
    UrgeReason.OVERDUE: "超过承诺时间未办结",
    UrgeReason.NO_CONTACT: "无人联系",
    UrgeReason.NOBODY_CAME: "无人到场",
    UrgeReason.NOT_SOLVED: "来人后未解决",
    UrgeReason.PROMISE_BROKEN: "答应的事没有兑现",
    UrgeReason.WORSE: "情况加重",
    UrgeReason.PROGRESS: "询问进度",
    UrgeReason.OTHER: "其他",
}


@dataclass(frozen=True)
class RepeatLimits:
    """Policies `repeat.*`."""

    window_d: int = 30
    min_calls: int = 2
    escalate_n: int = 3
    fcr_h: int = 72


@dataclass(frozen=True)
class UrgeLimits:
    """Policies `urge.*`: how many urges of one matter become work, and from which one on even within the limit."""

    most_n: int = 2
    dispatch_from_n: int = 2


def level_of(calls: int, limits: RepeatLimits) -> int:
    """The level of oversight that so many calls ask for; 0: none."""
    return max(0, min(LEVELS, calls - limits.escalate_n + 1))


def current_run(moments: list[datetime], at: datetime, limits: RepeatLimits) -> int:
    """Where the current run begins in moments sorted oldest first: calls not further apart than the window, up to `at`."""
    start, later = len(moments), at
    for index in range(len(moments) - 1, -1, -1):
        if later - moments[index] > timedelta(days=limits.window_d):
            break
        start, later = index, moments[index]
    return start


def is_dispatched(number: int, within_limit: bool, limits: UrgeLimits) -> bool:
    """Whether the urge of this number (from 1) is sent to the owner as work, or explained to the customer."""
    return number <= limits.most_n and (not within_limit or number >= limits.dispatch_from_n)


def urge_words(number: int, within_limit: bool, dispatched: bool) -> str:
    """What the agent tells the customer."""
    if dispatched and within_limit:
        return f"已是第 {number} 次催办：仍在承诺时限内，已再次派给责任人并告知所长。"
    if dispatched:
        return "已超过承诺时限：催办单已派给责任人并告知所长，请向客户致歉并说明下一步。"
    if within_limit:
        return "尚在承诺时限内：请向客户解释进度和承诺时间；已记录。"
    return f"已是第 {number} 次催办，前两次催办单仍在办：不再重复派单，已记录并提级告知。"
