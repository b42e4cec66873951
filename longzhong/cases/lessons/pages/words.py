"""How cases are shown: colours of states."""

from longzhong.cases.lessons.models import Lesson
from longzhong.cases.lessons.rules import STATE_LABELS, State
from longzhong.kit import web

TONES: dict[str, web.Tone] = {
    State.DRAFT: "info",
    State.REVIEW: "soon",
    State.PUBLISHED: "good",
    State.RETIRED: "closed",
}


def state_badge(row: Lesson) -> web.Badge:
    return web.Badge(TONES[row.state], STATE_LABELS[State(row.state)])
