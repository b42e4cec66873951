"""How complaints are shown: the colours and words of states, grades, verdicts."""

from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import DONE, KIND_LABELS, STATE_LABELS, VERDICT_LABELS, Kind, State, Verdict
from longzhong.cases.complaints.rules.clocks import CLOCK_LABELS
from longzhong.cases.hotline.rules.words import GRADE_LABELS, Grade, Secrecy
from longzhong.cases.hotline.selectors import clock_word
from longzhong.dispatch.workorders.rules import ALARM_LABELS, WARNED
from longzhong.kit import web

TONES: dict[str, web.Tone] = {
    State.ACCEPTED: "soon",
    State.DISPATCHED: "soon",
    State.INVESTIGATING: "info",
    State.REPLIED: "info",
    State.REVIEWED: "info",
    State.DECIDED: "info",
    State.ANSWERED: "info",
    State.CLOSED: "good",
    State.WITHDRAWN: "closed",
    State.VOID: "closed",
}
GRADE_TONES: dict[str, web.Tone] = {
    Grade.GENERAL: "closed",
    Grade.IMPORTANT: "soon",
    Grade.MAJOR: "late",
    Grade.SPECIAL: "late",
}


def state_badge(row: Complaint) -> web.Badge:
    return web.Badge(TONES[row.state], STATE_LABELS[State(row.state)])


def grade_badge(row: Complaint) -> web.Badge:
    return web.Badge(GRADE_TONES[row.grade], GRADE_LABELS[Grade(row.grade)], "flag")


def alarm_badge(row: Complaint) -> web.Badge | str:
    """What its clocks have told; nothing told, nothing shown."""
    if not row.alarm or row.state in DONE:
        return ""
    return web.Badge("soon" if row.alarm == WARNED else "late", str(ALARM_LABELS[min(row.alarm, max(ALARM_LABELS))]))


def secrecy_badge(row: Complaint) -> web.Badge | str:
    return "" if row.secrecy == Secrecy.OPEN else web.Badge("soon", row.case.get_secrecy_display(), "lock")


def kind_words(row: Complaint) -> str:
    return KIND_LABELS[Kind(row.kind)]


def verdict_words(row: Complaint) -> str:
    """属实; after an appeal both: 属实 → 不属实（申诉后）."""
    if not row.verdict:
        return ""
    first, now = VERDICT_LABELS[Verdict(row.verdict)], VERDICT_LABELS[Verdict(row.final_verdict)]
    return f"{first} → {now}（申诉后）" if row.corrected_by else first


def due_words(row: Complaint) -> str:
    """Which clock is due: our own or the customer's case's."""
    if not row.due_clock:
        return ""
    return CLOCK_LABELS.get(row.due_clock) or clock_word(row.due_clock)
