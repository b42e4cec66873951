"""How states and kinds look."""

from longzhong.kit.web.parts import Badge, Tone
from longzhong.sensing.outages.rules import KIND_LABELS, REASON_LABELS, STATE_LABELS, Kind, State
from longzhong.sensing.outages.selectors import Outage

STATE_TONES: dict[State, Tone] = {
    State.ASKED: "soon",
    State.REPORTED: "soon",
    State.ANNOUNCED: "info",
    State.RUNNING: "late",
    State.PARTLY: "soon",
    State.RESTORED: "good",
    State.CANCELLED: "closed",
    State.WITHDRAWN: "closed",
    State.MERGED: "closed",
}
KIND_TONES: dict[Kind, Tone] = {
    Kind.PLANNED: "info",
    Kind.TEMPORARY: "soon",
    Kind.FAULT: "late",
    Kind.SHORTAGE: "soon",
}


def state_badge(outage: Outage) -> Badge:
    return Badge(STATE_TONES[State(outage.state)], STATE_LABELS[State(outage.state)])


def kind_badge(outage: Outage) -> Badge:
    return Badge(KIND_TONES[Kind(outage.kind)], KIND_LABELS[Kind(outage.kind)], "bolt")


def reason_words(outage: Outage) -> str:
    """设备检修，更换3号杆开关."""
    label = REASON_LABELS.get(outage.reason_code, outage.reason_code)
    return "，".join(filter(None, [label, outage.reason]))
