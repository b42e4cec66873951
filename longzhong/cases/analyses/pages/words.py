"""How reports are shown: colours of states, the titles of parts."""

from collections.abc import Sequence

from longzhong.cases.analyses.models import Report
from longzhong.cases.analyses.rules import PART_LABELS, STATE_LABELS, Part, Parts, State
from longzhong.kit import web

TONES: dict[str, web.Tone] = {
    State.DRAFT: "info",
    State.SUBMITTED: "soon",
    State.APPROVED: "good",
    State.DROPPED: "closed",
}


def state_badge(row: Report) -> web.Badge:
    return web.Badge(TONES[row.state], STATE_LABELS[State(row.state)])


def sections(parts: Parts) -> list[tuple[str, list[str]]]:
    """Each part's numbered title with its paragraphs, in the order of the report."""
    return [
        (f"{place}、{PART_LABELS[part]}", parts.get(part.value, "").splitlines())
        for place, part in zip("一二三四五", Part, strict=True)
    ]


def part_words(parts: Sequence[Part]) -> str:
    return "、".join(PART_LABELS[one] for one in parts)
