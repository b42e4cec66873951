"""Reads of troubles; `visible_to` is the door. `open_for` is what the call desk asks."""

from longzhong.sensing.troubles.models import Signal, Trouble
from longzhong.sensing.troubles.selectors.boards import (
    Counts,
    Point,
    TroubleDetail,
    board,
    counts,
    neighbours,
    open_moves,
    points,
    probable,
    signal_rows,
    single,
    trouble_of,
)
from longzhong.sensing.troubles.selectors.doors import (
    PREFIX,
    explained,
    is_visible,
    label,
    may,
    open_for,
    title,
    visible_to,
)
from longzhong.sensing.troubles.selectors.telling import WORDS, told

__all__ = [
    "PREFIX",
    "WORDS",
    "Counts",
    "Point",
    "Signal",
    "Trouble",
    "TroubleDetail",
    "board",
    "counts",
    "explained",
    "is_visible",
    "label",
    "may",
    "neighbours",
    "open_for",
    "open_moves",
    "points",
    "probable",
    "signal_rows",
    "single",
    "title",
    "told",
    "trouble_of",
    "visible_to",
]
