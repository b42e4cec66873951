"""Reads of bulletins; `visible_to` is the door."""

from longzhong.assessment.bulletins.selectors.counting import Counts, count, limits_of
from longzhong.assessment.bulletins.selectors.door import (
    NOUN,
    board,
    bulletin_of,
    editable,
    is_visible,
    label,
    title,
    visible_to,
)
from longzhong.assessment.bulletins.selectors.lines import BehindLine, Cell, Press, UnitRow, behind, presses, unit_rows
from longzhong.assessment.bulletins.selectors.sharing import (
    Department,
    departments,
    feed,
    new_count,
    places,
)
from longzhong.assessment.bulletins.selectors.stages import UnitStages, stages_by_unit
from longzhong.assessment.bulletins.selectors.voice import Asked, Voice, told, voice

__all__ = [
    "NOUN",
    "Asked",
    "BehindLine",
    "Cell",
    "Counts",
    "Department",
    "Press",
    "UnitRow",
    "UnitStages",
    "Voice",
    "behind",
    "board",
    "bulletin_of",
    "count",
    "departments",
    "editable",
    "feed",
    "is_visible",
    "label",
    "limits_of",
    "new_count",
    "places",
    "presses",
    "stages_by_unit",
    "title",
    "told",
    "unit_rows",
    "visible_to",
    "voice",
]
