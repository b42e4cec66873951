"""How states look."""

from longzhong.cases.disconnections.rules import STATE_LABELS, State
from longzhong.cases.disconnections.selectors import Disconnection
from longzhong.kit.web.parts import Badge, Tone

STATE_TONES: dict[State, Tone] = {
    State.PROPOSED: "soon",
    State.CONTACTED: "info",
    State.NOTICED: "info",
    State.ASKED: "soon",
    State.APPROVED: "info",
    State.WARNED: "soon",
    State.EXECUTED: "late",
    State.RECONNECTING: "late",
    State.RECONNECTED: "soon",
    State.CLOSED: "good",
    State.CANCELLED: "closed",
}


def state_badge(row: Disconnection) -> Badge:
    return Badge(STATE_TONES[State(row.state)], STATE_LABELS[State(row.state)])
