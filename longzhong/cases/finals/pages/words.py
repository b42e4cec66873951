"""How final answers are shown: their colours and words."""

from longzhong.cases.finals.models import FinalAnswer
from longzhong.cases.finals.rules import GROUND_LABELS, STATE_LABELS, Ground, State
from longzhong.kit import web

TONES: dict[str, web.Tone] = {
    State.DRAFT: "closed",
    State.SUBMITTED: "soon",
    State.APPROVED: "info",
    State.TOLD: "info",
    State.FILED: "good",
    State.REFUSED: "late",
    State.WITHDRAWN: "closed",
}


def state_badge(row: FinalAnswer) -> web.Badge:
    return web.Badge(TONES[row.state], STATE_LABELS[State(row.state)])


def grounds_words(row: FinalAnswer) -> str:
    return "；".join(GROUND_LABELS[Ground(one)] for one in row.grounds)
