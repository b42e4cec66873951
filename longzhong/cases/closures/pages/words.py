"""How closures are shown: their colours and words."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from longzhong.cases.closures.rules import (
    FAULT_LABELS,
    HOUSE_LABELS,
    PAPERS,
    STATE_LABELS,
    WORK_LABELS,
    Fault,
    House,
    State,
    Work,
)
from longzhong.cases.closures.selectors import Closure, Household, Project, ToldAgain
from longzhong.kit import web

TONES: dict[str, web.Tone] = {
    State.WISHED: "soon", State.DOCUMENTS: "info", State.READING: "info", State.SETTLING: "info", State.SETTLED: "info",
    State.CLOSED: "good", State.WITHDRAWN: "closed",
}  # fmt: skip
HOUSE_TONES: dict[str, web.Tone] = {
    House.LISTED: "soon", House.CONTACTED: "info", House.DOCUMENTS: "info", House.REMOVED: "info", House.SETTLED: "info",
    House.CLOSED: "good", House.TRANSFERRED: "good", House.REFUSED: "soon", House.DROPPED: "closed",
}  # fmt: skip
SHORT = {
    State.WISHED: _("口头意愿"), State.DOCUMENTS: _("收材料"), State.READING: _("待拆表"), State.SETTLING: _("待结清"),
    State.SETTLED: _("待办结"), State.CLOSED: _("已销户"), State.WITHDRAWN: _("已撤回"),
}  # fmt: skip
HOUSE_SHORT = {
    House.LISTED: _("未联系"), House.CONTACTED: _("已联系"), House.DOCUMENTS: _("办理中"), House.REMOVED: _("已拆表"),
    House.SETTLED: _("已结清"), House.CLOSED: _("已销户"), House.TRANSFERRED: _("已过户改类"), House.REFUSED: _("拒绝"),
    House.DROPPED: _("移出"),
}  # fmt: skip
"""Names of the tabs: short enough that all stand in one row."""
FAULT_TONES: dict[str, web.Tone] = {Fault.RECORDED: "soon", Fault.CONFIRMED: "late", Fault.LIFTED: "closed"}


def state_badge(row: Closure) -> web.Badge:
    return web.Badge(TONES[row.state], STATE_LABELS[State(row.state)])


def house_badge(row: Household) -> web.Badge:
    return web.Badge(HOUSE_TONES[row.state], HOUSE_LABELS[House(row.state)])


def work_badge(row: Project) -> web.Badge:
    return web.Badge("info" if row.state == Work.OPEN else "closed", WORK_LABELS[Work(row.state)])


def next_badge(next_on: date | None, day: date, *, is_live: bool = True) -> web.Badge:
    """When somebody is contacted next: late, today, later; nobody has said when; or it is over."""
    if next_on is None or not is_live:
        return web.Badge("soon", "还没约") if is_live else web.Badge("closed", "不用联系")
    late = (day - next_on).days
    words = f"{next_on:%m-%d}" + (f" 超 {late} 天" if late > 0 else " 今天" if late == 0 else "")
    return web.Badge("late" if late > 0 else "soon" if late == 0 else "info", words)


def of_staff(path: str) -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
    """Narrow to somebody by name or staff code."""

    def narrow(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        said = text.strip()
        return rows.filter(Q(**{f"{path}__name__icontains": said}) | Q(**{f"{path}__code": said}))

    return narrow


def fault_badge(row: ToldAgain) -> web.Badge:
    return web.Badge(FAULT_TONES[row.state], FAULT_LABELS[Fault(row.state)])


def short_paper(code: str) -> str:
    """The document without what stands in brackets."""
    return PAPERS.get(code, code).partition("（")[0]


def marks(row: Household) -> str:
    """What else is known of a household."""
    found = (
        "专变" if row.dedicated else "",
        "已搬离" if row.moved_away else "",
        row.get_transfer_display() if row.transfer else "",
    )
    return "、".join(filter(None, found))
