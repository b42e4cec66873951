"""When customers may be called, what each call is for, and when enough was tried (三通电话 §2.5, 回访 §2.6; S3-04, S3-14).

Nobody is called at noon or at night (callback.hours, callback.quiet_h; U) but in two cases: the three calls of a repair belong to
the work itself, and a customer may wish to be called when the light is back, whatever the hour. Calls in vain count when they lie
apart (callback.gap_min); a case is filed unreached after callback.attempts_n such calls on callback.days_n different days.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from longzhong.cases.hotline.rules.machine import State
from longzhong.cases.hotline.rules.words import CallResult, CaseType, Purpose
from longzhong.register.org.rules.hours import CST

WORK = (State.DISPATCHED, State.HANDLING, State.FOLLOWING)
WHEN: dict[Purpose, tuple[State, ...]] = {
    Purpose.ACCEPTED: (State.TAKEN, *WORK),
    Purpose.ON_THE_WAY: WORK,
    Purpose.REPAIRED: (*WORK, State.REPLIED, State.CALLING),
    Purpose.REVIEW: (State.CALLING,),
}
IN_VAIN = frozenset({CallResult.NO_ANSWER, CallResult.BUSY, CallResult.WRONG_NUMBER})
VERDICTS = frozenset({CallResult.SATISFIED, CallResult.FAIR, CallResult.DISSATISFIED, CallResult.DECLINED})
SPOKEN = (VERDICTS - {CallResult.DECLINED}) | {CallResult.REACHED}
CALLED_BACK = frozenset({"satisfied", "dissatisfied"})
"""The moves that a call-back's verdict takes."""
SCRIPTS = {
    Purpose.ACCEPTED: "您好，您反映的问题已由我负责处理。请确认地址和现象，我预计到达的时间是……",
    Purpose.ON_THE_WAY: "您好，我正在赶往现场，预计……分钟后到达，请保持电话畅通，不要靠近故障设备。",
    Purpose.REPAIRED: "您好，故障已经处理，请您看看家里用电是否正常。",
    Purpose.REVIEW: "您好，这里是供电公司。您反映的问题已经处理，请问现在用电正常吗？对处理结果满意、基本满意还是不满意？",
}


@dataclass(frozen=True)
class CallLimits:
    """Policies `callback.*`: hours of the day as [from, to), and how much is enough."""

    attempts_n: int = 3
    days_n: int = 2
    gap_min: int = 120
    hours: Sequence[float] = (8, 21)
    quiet_h: Sequence[float] = (12, 14)


def results_of(purpose: Purpose) -> tuple[CallResult, ...]:
    """What a call for this purpose can have led to: only the call-back asks for a verdict."""
    asked = VERDICTS if purpose is Purpose.REVIEW else frozenset({CallResult.REACHED})
    return tuple(result for result in CallResult if result in asked | IN_VAIN)


def may_call(at: datetime, limits: CallLimits) -> bool:
    """Whether a customer may be called at this moment."""
    return _from(at, limits) == at


def next_opening(at: datetime, limits: CallLimits) -> datetime:
    """The first moment from `at` on at which a customer may be called."""
    return _from(at, limits)


def is_work(type_: CaseType, purpose: Purpose) -> bool:
    """Whether a call is part of a repair that is going on, and so isn't bound to hours."""
    return type_ is CaseType.REPAIR and purpose is not Purpose.REVIEW


def apart(vain: Iterable[datetime], limits: CallLimits) -> tuple[datetime, ...]:
    """Those of the calls in vain that count: each at least `gap_min` after the one counted before."""
    counted: list[datetime] = []
    for at in sorted(vain):
        if not counted or at - counted[-1] >= timedelta(minutes=limits.gap_min):
            counted.append(at)
    return tuple(counted)


def is_exhausted(vain: Iterable[datetime], limits: CallLimits) -> bool:
    """Whether enough was tried, at different times of different days."""
    counted = apart(vain, limits)
    days = {at.astimezone(CST).date() for at in counted}
    return len(counted) >= limits.attempts_n and len(days) >= limits.days_n


def next_try(vain: Iterable[datetime], at: datetime, limits: CallLimits) -> datetime:
    """When to call next: not right after a call in vain, and within the hours."""
    last = max(vain, default=None)
    return _from(at if last is None else max(at, last + timedelta(minutes=limits.gap_min)), limits)


def _from(at: datetime, limits: CallLimits) -> datetime:
    here = at.astimezone(CST)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    hour = (here - midnight) / timedelta(hours=1)
    (opens, closes), (quiet, ends) = limits.hours, limits.quiet_h
    if hour < opens:
        return _from(midnight + timedelta(hours=opens), limits)
    if hour >= closes:
        return _from(midnight + timedelta(days=1, hours=opens), limits)
    return midnight + timedelta(hours=ends) if quiet <= hour < ends else at
