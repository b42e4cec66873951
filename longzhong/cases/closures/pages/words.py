"""How closures are shown: their colours and words."""

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
    State.WISHED: "late", State.DOCUMENTS: "soon", State.READING: "info", State.SETTLING: "info", State.SETTLED: "info",
    State.CLOSED: "good", State.WITHDRAWN: "closed",
}  # fmt: skip
HOUSE_TONES: dict[str, web.Tone] = {
    House.LISTED: "soon", House.CONTACTED: "info", House.DOCUMENTS: "info", House.REMOVED: "info", House.SETTLED: "info",
    House.CLOSED: "good", House.TRANSFERRED: "good", House.REFUSED: "late", House.DROPPED: "closed",
}  # fmt: skip
FAULT_TONES: dict[str, web.Tone] = {Fault.RECORDED: "soon", Fault.CONFIRMED: "late", Fault.LIFTED: "closed"}


def state_badge(row: Closure) -> web.Badge:
    return web.Badge(TONES[row.state], STATE_LABELS[State(row.state)])


def house_badge(row: Household) -> web.Badge:
    return web.Badge(HOUSE_TONES[row.state], HOUSE_LABELS[House(row.state)])


def work_badge(row: Project) -> web.Badge:
    return web.Badge("info" if row.state == Work.OPEN else "closed", WORK_LABELS[Work(row.state)])


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
