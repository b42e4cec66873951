"""The rules of typical cases: the machine, the text, what may not stand in it, how alike two are."""

from longzhong.cases.lessons.rules.likeness import Alike, alike
from longzhong.cases.lessons.rules.machine import JUDGES, MACHINE, MAKERS, OFFICE, READERS, ROAD, STATE_LABELS, State
from longzhong.cases.lessons.rules.sanitising import personal
from longzhong.cases.lessons.rules.words import (
    MOST_TEXT,
    MOST_TITLE,
    PART_LABELS,
    PARTS,
    SOURCES,
    Given,
    Text,
    tags_of,
)

__all__ = [
    "JUDGES",
    "MACHINE",
    "MAKERS",
    "MOST_TEXT",
    "MOST_TITLE",
    "OFFICE",
    "PARTS",
    "PART_LABELS",
    "READERS",
    "ROAD",
    "SOURCES",
    "STATE_LABELS",
    "Alike",
    "Given",
    "State",
    "Text",
    "alike",
    "personal",
    "tags_of",
]
