"""How public opinion is shown: its colours and words."""

from longzhong.cases.media.models import Item
from longzhong.cases.media.rules import (
    GRADE_LABELS,
    PLATFORM_LABELS,
    STATE_LABELS,
    TOPIC_LABELS,
    Grade,
    Platform,
    State,
    Topic,
)
from longzhong.kit import web

TONES: dict[str, web.Tone] = {
    State.FOUND: "soon",
    State.GRADED: "soon",
    State.HANDLING: "info",
    State.DRAFTED: "soon",
    State.APPROVED: "info",
    State.ANSWERED: "info",
    State.CLOSED: "good",
    State.FALSE: "closed",
}
GRADE_TONES: dict[str, web.Tone] = {Grade.MINOR: "info", Grade.SERIOUS: "soon", Grade.MAJOR: "late"}


def state_badge(row: Item) -> web.Badge:
    return web.Badge(TONES[row.state], STATE_LABELS[State(row.state)])


def grade_badge(row: Item) -> web.Badge:
    """The decided grade; before that the one by the numbers, said to be so."""
    if row.grade:
        return web.Badge(GRADE_TONES[row.grade], GRADE_LABELS[Grade(row.grade)], "flame")
    return web.Badge("closed", f"建议{GRADE_LABELS[Grade(row.suggested)]}", "flame")


def platform_words(row: Item) -> str:
    return PLATFORM_LABELS[Platform(row.platform)]


def topic_words(row: Item) -> str:
    return TOPIC_LABELS[Topic(row.topic)]


def heat_words(row: Item) -> str:
    return f"评论 {row.comments}，转发 {row.reposts}"
