"""How states, moods, grades and alarms of cases look."""

from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.rules.machine import DONE, READERS, STATE_LABELS, State
from longzhong.cases.hotline.rules.words import (
    CHANNEL_LABELS,
    GRADE_LABELS,
    MOOD_LABELS,
    TYPE_LABELS,
    URGENCY_LABELS,
    CaseType,
    Channel,
    Grade,
    Mood,
    Urgency,
)
from longzhong.cases.hotline.selectors import clock_word
from longzhong.dispatch.workorders.rules import ALARM_LABELS, WARNED
from longzhong.kit.web.parts import Badge, Tone

WHO = (*READERS, "auditor")
STATE_TONES: dict[State, Tone] = {
    State.TAKEN: "soon",
    State.DISPATCHED: "soon",
    State.HANDLING: "info",
    State.FOLLOWING: "info",
    State.REPLIED: "info",
    State.CALLING: "info",
    State.CLOSED: "good",
    State.FINAL: "closed",
    State.VOID: "closed",
}
URGENCY_TONES: dict[Urgency, Tone] = {Urgency.URGENT: "late", Urgency.HIGH: "soon", Urgency.NORMAL: "closed"}


def state_badge(case: Case) -> Badge:
    return Badge(STATE_TONES[State(case.state)], STATE_LABELS[State(case.state)])


def urgency_badge(case: Case) -> Badge:
    return Badge(URGENCY_TONES[Urgency(case.urgency)], URGENCY_LABELS[Urgency(case.urgency)], "flag")


def alarm_badge(case: Case) -> Badge | str:
    """What the case's clocks have told; nothing told, nothing shown."""
    if not case.alarm or case.state in DONE:
        return ""
    return Badge("soon" if case.alarm == WARNED else "late", str(ALARM_LABELS[min(case.alarm, max(ALARM_LABELS))]))


def type_words(case: Case) -> str:
    return TYPE_LABELS[CaseType(case.type)]


def channel_words(case: Case) -> str:
    return CHANNEL_LABELS[Channel(case.channel)]


def due_words(case: Case) -> str:
    """Which clock is due."""
    return clock_word(case.due_clock) if case.due_clock else ""


def counted_words(case: Case) -> str:
    """来电 2 · 催办 1: what else happened to it."""
    parts = (
        (case.calls_count > 1, f"来电 {case.calls_count}"), (case.urges_count, f"催办 {case.urges_count}"),
        (case.times_returned, f"退回 {case.times_returned}"), (case.times_dissatisfied, f"不满意 {case.times_dissatisfied}"),
        (case.times_reopened, f"修后再报 {case.times_reopened}"),
    )  # fmt: skip
    return " · ".join(word for is_so, word in parts if is_so)


def grade_words(case: Case) -> str:
    return f"等级{GRADE_LABELS[Grade(case.grade)]} · 情绪{MOOD_LABELS[Mood(case.mood)]}"
