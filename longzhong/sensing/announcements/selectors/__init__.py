"""Reads of telling; `visible_to` is the door of errands, an outage's own door that of its tellings."""

from longzhong.sensing.announcements.models import Errand, Group, Proposal, Round
from longzhong.sensing.announcements.selectors.audiences import Reach, Spot
from longzhong.sensing.announcements.selectors.boards import (
    Counts,
    Line,
    board,
    counts,
    errands_of,
    late,
    lines,
    mine,
)
from longzhong.sensing.announcements.selectors.doors import (
    HOUSE,
    PREFIX,
    TELLING,
    errand_of,
    groups,
    is_visible,
    label,
    limits,
    may,
    open_proposal,
    outage_of,
    rounds,
    staff_choices,
    telling_label,
    telling_title,
    title,
    url,
    visible_to,
)
from longzhong.sensing.announcements.selectors.joint import CrewLine, Joint, RoundLine, joint_board
from longzhong.sensing.announcements.selectors.papers import paper_of
from longzhong.sensing.announcements.selectors.previewing import (
    PaperLine,
    Preview,
    SpotLine,
    check_tale,
    facts_of,
    open_channels,
    preview,
    tales_of,
)
from longzhong.sensing.announcements.selectors.rounding import is_said, is_told, now_of, recipients, said_of, to_fill
from longzhong.sensing.announcements.selectors.telling import TELLING_WORDS, WORDS, panel, told
from longzhong.sensing.outages.selectors import Outage

__all__ = [
    "HOUSE", "PREFIX", "TELLING", "TELLING_WORDS", "WORDS",
    "Counts", "CrewLine", "Errand", "Group", "Joint", "Line", "Outage", "PaperLine",
    "Preview", "Proposal", "Reach", "Round", "RoundLine", "Spot", "SpotLine",
    "board", "check_tale", "counts", "errand_of", "errands_of", "facts_of", "groups", "is_said", "is_told", "is_visible",
    "joint_board", "label", "late", "limits", "lines", "may", "mine", "now_of",
    "open_channels", "open_proposal", "outage_of", "panel", "paper_of",
    "preview", "recipients", "rounds", "said_of", "staff_choices", "tales_of", "telling_label", "telling_title", "title", "to_fill",
    "told", "url", "visible_to",
]  # fmt: skip
