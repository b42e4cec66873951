"""How estate transfers are shown: their colours and words."""

from longzhong.cases.transfers.models import Defect, Transfer
from longzhong.cases.transfers.rules import DEFECT_LABELS, STATE_LABELS, DefectState, State
from longzhong.kit import web

TONES: dict[str, web.Tone] = {
    State.SURVEY: "soon",
    State.DEFECTS: "soon",
    State.RECTIFYING: "info",
    State.ACCEPTANCE: "soon",
    State.CONTRACT: "info",
    State.HANDED_OVER: "good",
    State.DISPUTED: "soon",
    State.STOPPED: "closed",
}
DEFECT_TONES: dict[str, web.Tone] = {
    DefectState.OPEN: "soon", DefectState.FIXED: "info", DefectState.VERIFIED: "good",
}  # fmt: skip


def state_badge(row: Transfer) -> web.Badge:
    return web.Badge(TONES[row.state], STATE_LABELS[State(row.state)])


def defect_badge(row: Defect, *, overdue: bool) -> web.Badge:
    return (
        web.Badge("late", "逾期未整改")
        if overdue
        else web.Badge(DEFECT_TONES[row.state], DEFECT_LABELS[DefectState(row.state)])
    )


def partner_words(row: Transfer) -> str:
    """Developer and property company, as far as they are known."""
    return " / ".join(filter(None, [row.developer, row.property_company])) or "—"
