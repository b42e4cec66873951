"""A clock explains itself (为什么是这个期限): the policy, what was counted and skipped, the pauses, in Chinese words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from longzhong.dispatch.matters.rules.counting import (
    BY_CALENDAR,
    BY_DAY,
    BY_OFFICE,
    DAY,
    Limit,
    Measure,
    Pause,
    Run,
    counted_from,
    due_at,
    elapsed,
    is_provisional,
)
from longzhong.dispatch.matters.rules.terms import PROMISE
from longzhong.dispatch.matters.rules.verdicts import PAUSE_LABELS, PauseReason
from longzhong.register.org.rules.calendar import Calendar
from longzhong.register.org.rules.hours import CST

MEASURE_WORDS = {
    Measure.MINUTES: "分钟",
    Measure.HOURS: "小时",
    Measure.DAYS: "天",
    Measure.WORKING_DAYS: "个工作日",
    Measure.WORKING_MINUTES: "工作分钟",
    Measure.WORKING_HOURS: "工作小时",
}
EDITIONS = {"": "通用", "SG": "国网版", "CSG": "南网版"}
UNCONFIRMED = frozenset({"M", "U", "T/F?"})


@dataclass(frozen=True)
class Basis:
    """The policy that a clock took at its start, as it was then."""

    key: str
    edition: str
    title: str
    source: str
    confidence: str


def limit_words(limit: Limit) -> str:
    """ "2 个工作日", "45 分钟"; a promise until some day, counted in minutes, as "8天14小时"."""
    if limit.measure is Measure.MINUTES and limit.budget >= DAY:
        return span_words(limit.budget)
    return f"{limit.value:g} {MEASURE_WORDS[limit.measure]}"


def moment_words(at: datetime) -> str:
    """ "2026-03-01 14:05"; midnight as 24:00 of the day that ends."""
    local = at.astimezone(CST)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return f"{local - DAY:%Y-%m-%d} 24:00"
    return f"{local:%Y-%m-%d %H:%M}"


def span_words(span: timedelta) -> str:
    """ "3天4小时", "1小时20分", "35分"; never below a minute's precision."""
    minutes = int(abs(span).total_seconds() // 60)
    days, rest = divmod(minutes, 1440)
    hours, minutes = divmod(rest, 60)
    if days:
        return f"{days}天{hours}小时" if hours else f"{days}天"
    if hours:
        return f"{hours}小时{minutes}分" if minutes else f"{hours}小时"
    return f"{minutes}分"


def countdown(due: datetime | None, at: datetime) -> str:
    """ "还剩 1小时20分" or "超时 35分"; a clock that stands still says so."""
    if due is None:
        return "已挂起"
    return f"还剩 {span_words(due - at)}" if at <= due else f"超时 {span_words(at - due)}"


def explanation(run: Run, basis: Basis, calendar: Calendar, at: datetime) -> tuple[str, ...]:
    """Why this deadline, line by line; `calendar` is `assuming()`."""
    due = due_at(run, calendar)
    lines = [_policy_line(run.limit, basis), _start_line(run)]
    lines += _day_lines(run, calendar, due or at)
    lines += [_pause_line(pause, at) for pause in run.pauses]
    left = run.limit.budget - elapsed(run, calendar, at)
    lines.append(f"到期：{moment_words(due)}。" if due else f"挂起中，还剩 {span_words(left)}；恢复后顺延。")
    if is_provisional(run, calendar, due):
        lines.append(f"国务院节假日安排只公布到 {calendar.known_until:%Y-%m-%d}，此后的日子为推定；公布后重新计算。")
    return tuple(lines)


def _policy_line(limit: Limit, basis: Basis) -> str:
    doubt = "，待确认" if basis.confidence in UNCONFIRMED else ""
    edition = EDITIONS.get(basis.edition, basis.edition)
    if basis.key == PROMISE:
        return f"依据：{basis.title}按约定，限 {limit_words(limit)}。"
    what = f"{basis.title or basis.key}（{basis.key}，{edition}{doubt}）"
    return f"依据：{what}，限 {limit_words(limit)}。来源：{basis.source or '—'}。"


def _start_line(run: Run) -> str:
    start = f"起算：{moment_words(run.started_at)}"
    if run.limit.measure in BY_DAY:
        first = counted_from(run).astimezone(CST)
        return f"{start}；当日不计入，自 {first:%m-%d} 起算，末日 24:00 截止（民法典第201、203条）。"
    if run.limit.measure in BY_OFFICE:
        return f"{start}；只计工作日 {run.limit.office} 。"
    return f"{start}；昼夜连续计时。"


def _day_lines(run: Run, calendar: Calendar, until: datetime) -> list[str]:
    if run.limit.measure not in BY_CALENDAR:
        return []
    first, last = counted_from(run).astimezone(CST).date(), (until - timedelta(microseconds=1)).astimezone(CST).date()
    marks = [calendar.mark(first + n * DAY) for n in range((last - first).days + 1)]
    counted = [mark.day for mark in marks if mark.working]
    made_up = [f"{mark.day:%m-%d}（{mark.reason}）" for mark in marks if mark.working and mark.day.weekday() >= 5]
    skipped: dict[str, list[date]] = {}
    for mark in marks:
        if not mark.working:
            skipped.setdefault(mark.reason, []).append(mark.day)
    lines = [
        f"计入 {len(counted)} 个工作日：{_days(counted)}" + (f"，其中 {'、'.join(made_up)}" if made_up else "") + "。"
    ]
    if skipped:
        lines.append("跳过：" + "；".join(f"{_days(days)} {reason}" for reason, days in skipped.items()) + "。")
    return lines


def _pause_line(pause: Pause, at: datetime) -> str:
    known = pause.reason in set(PauseReason)
    reason = PAUSE_LABELS[PauseReason(pause.reason)] if known else pause.reason
    end = f"至 {moment_words(pause.to_at)}" if pause.to_at else "至今"
    return f"挂起：{moment_words(pause.from_at)} {end}，{reason}，{span_words((pause.to_at or at) - pause.from_at)}不计时。"


def _days(days: Sequence[date]) -> str:
    """Days with runs drawn together: "03-09 至 03-11、03-13"."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return "、".join(f"{run[0]:%m-%d}" + (f" 至 {run[-1]:%m-%d}" if len(run) > 1 else "") for run in runs) or "无"
