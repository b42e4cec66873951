"""Colours of alert states: each means one thing (INTERFACE, visual language)."""

from longzhong.cases.alerts.rules import DayProof, Level, State
from longzhong.kit.web.parts import Tone

STATE_TONES: dict[str, Tone] = {
    State.RAISED: "late",
    State.DISPATCHED: "info",
    State.VERIFYING: "info",
    State.UNPROVEN: "soon",
    State.VERIFIED: "good",
    State.DISMISSED: "closed",
}
LEVEL_TONES: dict[int, Tone] = {Level.RED: "late", Level.AMBER: "soon", Level.BLUE: "info"}
PROOF_TONES: dict[str, Tone] = {
    DayProof.CLEAN: "good",
    DayProof.ABNORMAL: "late",
    DayProof.UNDETERMINED: "closed",
    DayProof.LIGHT_LOAD: "closed",
}
