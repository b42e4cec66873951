"""How the numbers of bulletins look; the columns of a case in their lists."""

from typing import Any

from longzhong.assessment.bulletins.models import Bulletin
from longzhong.assessment.bulletins.rules import FIGURES, STATE_LABELS, Figure, State, Tally
from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline.rules.machine import DONE
from longzhong.cases.hotline.rules.machine import STATE_LABELS as CASE_STATES
from longzhong.cases.hotline.rules.machine import State as CaseState
from longzhong.cases.hotline.rules.words import TYPE_LABELS, CaseType
from longzhong.dispatch.matters.rules import noun_of
from longzhong.kit.errors import Refused
from longzhong.kit.web import Badge, Column


def state_badge(row: Bulletin) -> Badge:
    return Badge("good" if row.state == State.ISSUED else "soon", STATE_LABELS[State(row.state)])


def tally_words(figure: Figure, tally: Tally) -> str:
    """12, or 93.4 % (57/61)."""
    if not FIGURES[figure].share:
        return str(tally.number)
    return f"{100 * tally.share:.1f}% ({tally.number}/{tally.base})" if tally.share is not None else "–"


def case_badge(case: Any) -> Badge:
    state = CaseState(case.state)
    return Badge("closed" if state in DONE else "info", CASE_STATES[state])


def case_href(case_id: int) -> str:
    """A case's own page."""
    try:
        noun, number = noun_of(hotline.label(case_id))
    except Refused:
        return ""
    return noun.url(number)


def case_columns(prefix: str = "") -> tuple[Column, ...]:
    """What a list tells of a case; `prefix` where the row holds it ("case.")."""

    def of(row: Any) -> Any:
        return getattr(row, prefix[:-1]) if prefix else row

    return (
        Column("number", "诉求", f"{prefix}number", "code", href=lambda row: case_href(of(row).pk)),
        Column("type", "类型", lambda row: TYPE_LABELS[CaseType(of(row).type)], note=f"{prefix}category.name"),
        Column("unit", "单位", f"{prefix}unit.short_name", note=f"{prefix}area.name"),
        Column("owner", "负责人", f"{prefix}owner.name"),
        Column("content", "内容", lambda row: of(row).content[:60], phone=False),
        Column("opened", "受理时间", f"{prefix}opened_at", "moment"),
        Column("state", "状态", lambda row: case_badge(of(row)), "badge"),
    )
