"""How states, levels and confidence look."""

from longzhong.kit.web.parts import Badge, Tone
from longzhong.sensing.troubles.rules import (
    KIND_LABELS,
    LEVEL_LABELS,
    STATE_LABELS,
    Level,
    SignalKind,
    State,
    confidence_words,
    evidence_words,
)
from longzhong.sensing.troubles.selectors import Signal, Trouble

STATE_TONES: dict[State, Tone] = {
    State.OPEN: "soon", State.CONFIRMED: "late", State.DISMISSED: "closed", State.CLOSED: "closed",
}  # fmt: skip
LEVEL_TONES: dict[Level, Tone] = {
    Level.METER: "closed", Level.AREA: "info", Level.SECTION: "soon", Level.FEEDER: "late",
}  # fmt: skip


def state_badge(trouble: Trouble) -> Badge:
    return Badge(STATE_TONES[State(trouble.state)], STATE_LABELS[State(trouble.state)])


def level_badge(trouble: Trouble) -> Badge:
    return Badge(LEVEL_TONES[Level(trouble.level)], LEVEL_LABELS[Level(trouble.level)], "bolt")


def confidence(trouble: Trouble) -> str:
    """很可能 97 %."""
    return f"{confidence_words(trouble.confidence)} {100 * trouble.confidence:.0f} %"


def why(trouble: Trouble) -> list[str]:
    """The evidence, a sentence each."""
    return evidence_words(trouble.level, trouble.evidence)


def kind_words(signal: Signal) -> str:
    return KIND_LABELS[SignalKind(signal.kind)]
