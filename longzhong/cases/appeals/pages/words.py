"""How appeals are shown: their colours and words."""

from longzhong.cases.appeals import selectors
from longzhong.cases.appeals.models import Appeal
from longzhong.cases.appeals.rules import CHOICE_LABELS, LEVEL_LABELS, STATE_LABELS, Choice, Level, State
from longzhong.kit import web

TONES: dict[str, web.Tone] = {
    State.DRAFT: "closed",
    State.SUBMITTED: "soon",
    State.SITTING: "info",
    State.ALLOWED: "good",
    State.PARTLY: "good",
    State.REFUSED: "late",
    State.WITHDRAWN: "closed",
    State.LAPSED: "closed",
}


def state_badge(row: Appeal) -> web.Badge:
    return web.Badge(TONES[row.state], STATE_LABELS[State(row.state)])


def level_words(row: Appeal) -> str:
    return LEVEL_LABELS[Level(row.level)]


def grounds_words(row: Appeal) -> str:
    return selectors.grounds_words(row)


def asked_words(row: Appeal) -> str:
    return selectors.asked_words(row)


def was_words(row: Appeal) -> str:
    return f"{row.get_was_verdict_display()} {row.get_was_responsibility_display()}".strip()


def result_words(row: Appeal) -> str:
    return f"{row.get_result_verdict_display()} {row.get_result_responsibility_display()}".strip()


def choice_words(choice: Choice) -> str:
    return CHOICE_LABELS[choice]
