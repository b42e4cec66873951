"""What is said about an outage: a line for the desk's screen, and a sentence that the agent reads to the customer.

The commitment is to answer from what is known, with the expected time, and to promise nothing else (十项承诺第 2 条, F).
"""

from dataclasses import dataclass
from datetime import datetime

from longzhong.sensing.outages.rules.words import KIND_LABELS, STOP_LABELS, Kind, StopKind


@dataclass(frozen=True, kw_only=True)
class Told:
    """An outage as it stands for one area at a moment. `between`: the interval announced with the expected end (80 %)."""

    kind: Kind
    title: str
    reason: str
    starts_at: datetime
    expected_end_at: datetime | None
    restored_at: datetime | None
    is_running: bool
    is_confirmed: bool
    at: datetime
    between: tuple[datetime, datetime] | None = None

    @property
    def is_overdue(self) -> bool:
        """The power should be back by now."""
        return self.restored_at is None and self.expected_end_at is not None and self.expected_end_at <= self.at


def day_words(moment: datetime, at: datetime) -> str:
    """18:00 today, else 3月5日 18:00; both in the county's time."""
    local, now = moment.astimezone(at.tzinfo), at
    return f"{local:%H:%M}" if local.date() == now.date() else f"{local.month}月{local.day}日 {local:%H:%M}"


def span_words(start: datetime, end: datetime | None, at: datetime) -> str:
    """08:00–18:00; an open end says so."""
    if end is None:
        return f"{day_words(start, at)}起"
    local_end = end.astimezone(at.tzinfo)
    same = local_end.date() == start.astimezone(at.tzinfo).date()
    return f"{day_words(start, at)}–{local_end:%H:%M}" if same else f"{day_words(start, at)}–{day_words(end, at)}"


def line_words(told: Told) -> str:
    """ "计划停电 10kV西关线 08:00–18:00，预计18:00恢复"."""
    head = f"{KIND_LABELS[told.kind]} {told.title} {span_words(told.starts_at, told.restored_at or told.expected_end_at, told.at)}"
    if told.restored_at is not None:
        return f"{head}，已于{day_words(told.restored_at, told.at)}恢复"
    if not told.is_confirmed:
        return f"{head}，有人报告，待确认"
    if told.expected_end_at is None:
        return f"{head}，恢复时间待定"
    if told.is_overdue:
        return f"{head}，已过预计时间，尚未恢复"
    return f"{head}，预计{day_words(told.expected_end_at, told.at)}恢复"


def answer_words(told: Told) -> str:
    """The sentence for the customer; it never names a customer and promises only what the register knows."""
    if told.restored_at is not None:
        when = day_words(told.restored_at, told.at)
        return f"您所在的区域{when}已恢复供电。如果您家中仍然没电，请先查看表后开关，我也可以马上为您登记报修。"
    if not told.is_running:
        return _coming(told)
    if not told.is_confirmed:
        return f"已有客户反映您所在的区域（{told.title}）停电，我们正在核实，核实后尽快抢修。"
    return f"您所在的区域（{told.title}）{_why(told)}，{_until(told)}"


def _coming(told: Told) -> str:
    when = span_words(told.starts_at, told.expected_end_at, told.at)
    if told.starts_at <= told.at:
        return f"您所在的区域（{told.title}）安排了{when}的{KIND_LABELS[told.kind]}，现场是否已停电我们正在核实。"
    return f"您所在的区域（{told.title}）将于{when}{KIND_LABELS[told.kind]}，原因是{told.reason}，请提前做好准备。"


def _why(told: Told) -> str:
    if told.kind is Kind.FAULT:
        return (
            "发生故障停电，抢修人员正在处理" if told.reason == "原因待查" else f"因{told.reason}停电，抢修人员正在处理"
        )
    return f"正在{KIND_LABELS[told.kind]}，原因是{told.reason}"


def _until(told: Told) -> str:
    if told.expected_end_at is None:
        return "恢复时间还不能确定，有进展我们会及时更新。"
    when = day_words(told.expected_end_at, told.at)
    if told.is_overdue:
        return f"原预计{when}恢复，现在还没有送电，新的恢复时间我们正在核实。"
    return f"预计{when}{end_words(told.expected_end_at, told.between, told.at)}。"


def end_words(end: datetime, between: tuple[datetime, datetime] | None, at: datetime) -> str:
    """ "恢复供电", with an interval "前后恢复供电，多数在16:40–19:30之间"; an end as late as the interval's: "前恢复供电，…"."""
    if between is None:
        return "恢复供电"
    low, high = between
    return f"{'前' if end >= high else '前后'}恢复供电，多数在{span_words(low, high, at)}之间"


def stop_words(kind: StopKind, stopped_at: datetime) -> str:
    """ "欠费停电 3月2日 09:00起"; the moment in its own zone."""
    return f"{STOP_LABELS[kind]} {stopped_at.month}月{stopped_at.day}日 {stopped_at:%H:%M}起"


def stop_answer(kind: StopKind) -> str:
    """What the agent says to this customer, and to nobody else."""
    if kind is StopKind.ARREARS:
        return "您的用电户因欠费已停电，结清电费后会安排复电；如对电费有疑问，可以现在为您核实。"
    if kind is StopKind.ORDERLY:
        return "您的用电户按有序用电方案停电，恢复时间以方案通知为准。"
    return "您的用电户因用电问题已停电，处理办法请与供电所联系，我可以为您转接。"
