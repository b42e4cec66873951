"""Defects of an estate's installation (缺陷): open, put right, verified; overdue after its day. What they let a transfer do."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum


class DefectState(StrEnum):
    OPEN = "open"
    FIXED = "fixed"
    VERIFIED = "verified"


DEFECT_LABELS = {DefectState.OPEN: "待整改", DefectState.FIXED: "待复核", DefectState.VERIFIED: "已复核"}
FROM = {"fix": DefectState.OPEN, "verify": DefectState.FIXED, "unfix": DefectState.FIXED}
TO = {"fix": DefectState.FIXED, "verify": DefectState.VERIFIED, "unfix": DefectState.OPEN}


def all_verified(states: Iterable[str]) -> bool:
    """Whether nothing is left to be put right; none at all is also nothing."""
    return all(state == DefectState.VERIFIED for state in states)


def is_overdue(state: str, due_on: date, day: date) -> bool:
    """Not put right by the end of its day; waiting for our own check isn't the owner's delay."""
    return state == DefectState.OPEN and day > due_on
