"""The words of a policy: editions (版本) and confidence (可信度). Source: REFERENCE, "Confidence codes"; appendix B."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

Value = bool | int | float | str | Sequence[int | float | str]

EVER = date(1990, 1, 1)  # "as long as anybody here remembers": the first day of a value without a known one
EDITION_KEY = "edition"


class Edition(StrEnum):
    """Which company's rule book a unit follows."""

    COMMON = ""
    STATE_GRID = "SG"
    SOUTHERN_GRID = "CSG"


EDITION_LABELS = {Edition.COMMON: "通用", Edition.STATE_GRID: "国网版", Edition.SOUTHERN_GRID: "南网版"}


class Confidence(StrEnum):
    """How sure the source is; L is a decision of the company itself."""

    FOUND = "F"
    SECONDARY = "F2"
    LOCAL = "L"
    EXAM_ITEM = "T/F?"
    MEMORY = "M"
    UNCERTAIN = "U"


CONFIDENCE_LABELS = {
    Confidence.FOUND: "原文",
    Confidence.SECONDARY: "转引",
    Confidence.LOCAL: "本单位确定",
    Confidence.EXAM_ITEM: "待确认",
    Confidence.MEMORY: "待确认",
    Confidence.UNCERTAIN: "待确认",
}

# What only the security administrator (安全管理员) changes: how the house is locked, and which rule book holds.
SECURITY_GROUPS = frozenset({"安全", "审计与个人信息", "版本"})
COMPANY_ONLY = frozenset({"安全", "审计与个人信息"})  # one value for everybody, never a unit's own


def confirmed(confidence: str) -> bool:
    """Whether a value may be shown without the badge 待确认."""
    return confidence in {Confidence.FOUND, Confidence.SECONDARY, Confidence.LOCAL}
