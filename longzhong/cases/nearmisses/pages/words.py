"""How averted complaints look: badges, words, and where a label leads."""

from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline.rules.words import CAUSE_LABELS, MOOD_LABELS, Mood, RootCause
from longzhong.cases.nearmisses.models import NearMiss
from longzhong.cases.nearmisses.rules import STATE_LABELS, Standing, State, means_words
from longzhong.dispatch.matters.rules import noun_of
from longzhong.kit.errors import Refused
from longzhong.kit.web.parts import Badge, Tone

STATE_TONES: dict[str, Tone] = {State.RECORDED: "soon", State.CONFIRMED: "good", State.RETURNED: "late"}
STANDING_TONES: dict[str, Tone] = {
    Standing.OPEN: "soon",
    Standing.UPHELD: "late",
    Standing.DISMISSED: "closed",
    Standing.WITHDRAWN: "closed",
}


def state_badge(row: NearMiss) -> Badge:
    return Badge(STATE_TONES[row.state], STATE_LABELS[State(row.state)])


def reason_words(row: NearMiss) -> str:
    return CAUSE_LABELS[RootCause(row.reason)]


def how_words(row: NearMiss) -> str:
    return means_words(row.means)


def mood_words(row: NearMiss) -> str:
    """激动 → 一般."""
    return f"{MOOD_LABELS[Mood(row.mood_before)]} → {MOOD_LABELS[Mood(row.mood_after)]}"


def case_url(row: NearMiss) -> str:
    """The case's own page."""
    return label_url(hotline.label(row.case_id)) if row.case_id else ""


def label_url(label: str) -> str:
    """Where a label leads; "" for a noun that isn't shown."""
    try:
        noun, number = noun_of(label)
    except Refused:
        return ""
    return noun.url(number)
