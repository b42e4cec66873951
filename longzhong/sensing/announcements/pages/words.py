"""How states look."""

from longzhong.kit.web.parts import Badge, Tone
from longzhong.sensing.announcements.rules import STATE_LABELS, State
from longzhong.sensing.announcements.selectors import Errand

STATE_TONES: dict[State, Tone] = {
    State.OPEN: "soon", State.SERVED: "good", State.POSTED: "good", State.OUTDATED: "late", State.VOID: "closed",
    State.CANCELLED: "closed",
}  # fmt: skip


def state_badge(row: Errand) -> Badge:
    """The state; one that was handed over and holds no more is loud: it hangs somewhere."""
    return Badge(STATE_TONES[State(row.state)], STATE_LABELS[State(row.state)])
