"""The tree's words, and how its reviewed file is read (REFERENCE §1.1-1.6)."""

from longzhong.register.categories.rules.packs import Row, TreeError, parse_tree
from longzhong.register.categories.rules.words import (
    CODE,
    JOINT,
    LEVELS,
    LONGEST_CODE,
    TYPE_NAMES,
    CaseType,
    level_of,
    parent_code,
    type_of_code,
)

__all__ = [
    "CODE",
    "JOINT",
    "LEVELS",
    "LONGEST_CODE",
    "TYPE_NAMES",
    "CaseType",
    "Row",
    "TreeError",
    "level_of",
    "parent_code",
    "parse_tree",
    "type_of_code",
]
