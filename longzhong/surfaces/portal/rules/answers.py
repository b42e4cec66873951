"""The answer to 'is my power out and until when', in plain words. It names a kind, a reason and times; no device, no customer.

A pair of account and phone that isn't known, and one whose home has power, get the same words (`nothing_known`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from longzhong.sensing.outages.rules.telling import day_words, end_words, span_words
from longzhong.sensing.outages.rules.words import KIND_LABELS, Kind


@dataclass(frozen=True)
class Known:
    """An outage as the public may know it. `part`: only some of the buildings of a place.

    `expected_end_at` and `between` are what a person announced; an estimate that nobody adopted never comes here.
    """

    kind: Kind
    reason: str
    starts_at: datetime
    expected_end_at: datetime | None
    restored_at: datetime | None
    running: bool
    confirmed: bool
    overdue: bool
    part: bool = False
    between: tuple[datetime, datetime] | None = None


@dataclass(frozen=True)
class Answer:
    """`state`: out, unsure, coming, back or none; `advice`: what to do now."""

    state: str
    tone: str
    title: str
    lines: tuple[str, ...]
    advice: tuple[str, ...]
    starts_at: datetime | None = None
    expected_at: datetime | None = None


_REPORT = "您家情况如果和这里说的不一样，请点“报修”，或拨打 95598。"
_SAFE = "来电前请关掉电热、电焊等大功率电器；家里有制氧机等救命设备的，请马上拨打 95598 说明。"


def answer_for(known: Sequence[Known], at: datetime, *, of_place: bool = False) -> Answer:
    """One answer for all that is known: what is off now first, then what comes, then what came back; none: nothing known."""
    if not known:
        return nothing_here() if of_place else nothing_known()
    first = min(known, key=lambda one: (_rank(one), one.starts_at))
    rank = _rank(first)
    answer = (_out, _unsure, _coming, _back)[rank](first, at)
    later = [one for one in known if one is not first and _rank(one) == 2]
    more = tuple(
        f"另外，{span_words(one.starts_at, one.expected_end_at, at)} 还安排了{KIND_LABELS[one.kind]}。"
        for one in later[:3]
    )
    part = ("只影响其中一部分楼栋或组，不一定是您家。",) if first.part else ()
    return Answer(
        answer.state, answer.tone, answer.title, (*answer.lines, *part, *more), answer.advice, first.starts_at,
        first.expected_end_at,
    )  # fmt: skip


def nothing_known() -> Answer:
    """No outage is known, or the pair isn't known: the same words, so that nobody learns which."""
    return Answer(
        "none", "info", "没有查到停电信息",
        (
            "按您填的内容，现在没有查到正在进行或即将开始的停电。",
            "也可能是户号尾数与电话对不上：请核对电费单上的户号，和在供电所留的电话。",
        ),
        (
            "如果家里没电：先看表后开关（漏电保护）有没有跳闸，再看邻居家有没有电。",
            "邻居也没电，或看不出原因：请点“报修”，或拨打 95598。",
        ),
    )  # fmt: skip


def nothing_here() -> Answer:
    """No outage is known at a place that everybody may ask about."""
    return Answer(
        "none", "good", "没有查到停电信息", ("这里现在没有正在进行或马上要开始的停电。",),
        (
            "如果家里没电：先看表后开关（漏电保护）有没有跳闸，再看邻居家有没有电。",
            "邻居也没电，或看不出原因：请点“报修”，或拨打 95598。",
        ),
    )  # fmt: skip


def _rank(one: Known) -> int:
    if one.restored_at is not None:
        return 3
    if one.running:
        return 0 if one.confirmed else 1
    return 2


def _out(one: Known, at: datetime) -> Answer:
    if one.kind is Kind.FAULT:
        why = "抢修人员正在处理" if one.reason == "原因待查" else f"原因是{one.reason}，抢修人员正在处理"
        line = f"{day_words(one.starts_at, at)} 起发生故障停电，{why}。"
    else:
        line = f"{day_words(one.starts_at, at)} 起{KIND_LABELS[one.kind]}，原因是{one.reason}。"
    if one.expected_end_at is None:
        title, until = "您那里正在停电，恢复时间还不能确定", "有了准确时间会马上更新到这里。"
    elif one.overdue:
        title = "您那里还在停电，比预计的晚了"
        until = f"原来预计 {day_words(one.expected_end_at, at)} 恢复，现在还没有送电，新的时间正在核实。"
    else:
        when = day_words(one.expected_end_at, at)
        title = f"您那里正在停电，预计 {when} 恢复"
        until = f"预计 {when} {end_words(one.expected_end_at, one.between, at)}；如有变化会更新到这里。"
    return Answer("out", "late", title, (line, until), ("不用重复报修，我们已经知道。", _SAFE, _REPORT))


def _unsure(one: Known, at: datetime) -> Answer:
    line = f"{day_words(one.starts_at, at)} 起有客户反映您那里没电，正在派人核实。"
    return Answer("unsure", "soon", "有人反映您那里停电，正在核实", (line,), (_SAFE, _REPORT))


def _coming(one: Known, at: datetime) -> Answer:
    when = span_words(one.starts_at, one.expected_end_at, at)
    if one.starts_at <= at:
        line = f"{when} 安排了{KIND_LABELS[one.kind]}，现场是否已经停电正在核实。"
        return Answer("coming", "soon", "您那里到了计划停电的时间", (line,), (_SAFE, _REPORT))
    title = f"您那里现在没有停电；{when} 要{KIND_LABELS[one.kind]}"
    line = f"原因是{one.reason}。计划有变会更新到这里。"
    advice = "请提前给手机充电、备好照明和用水；有电梯的注意不要被困。"
    return Answer("coming", "soon", title, (line,), (advice, _REPORT))


def _back(one: Known, at: datetime) -> Answer:
    when = day_words(one.restored_at, at) if one.restored_at else ""
    advice = "家里还没电的：先看表后开关有没有跳闸，再点“报修”或拨打 95598。"
    return Answer("back", "good", f"您那里 {when} 已经恢复供电", ("这次停电已经结束。",), (advice,))
