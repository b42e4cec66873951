"""Three levels of seals without contradiction (三级盖章, REFERENCE §1.7 F2): each unit, person and date; complete; in order. Pure.

Not before the decision appealed against, ascending (the same day is in order), none in the future, none after the submission.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from longzhong.cases.appeals.rules.words import Part

FLAWS = {
    "seal_missing": "责任单位、专业部门、县公司三级盖章须齐全；什么都没有改动。",
    "seal_twice": "同一级只能盖一次章；什么都没有改动。",
    "seal_same_person": "三级盖章须由三个不同的人经办；什么都没有改动。",
    "seal_before_decision": "盖章日期不能早于核定日期；什么都没有改动。",
    "seal_order": "盖章日期须按责任单位、专业部门、县公司的顺序先后；什么都没有改动。",
    "seal_in_future": "盖章日期不能晚于今天；什么都没有改动。",
    "seal_after_submission": "盖章日期不能晚于提交日期；什么都没有改动。",
}


@dataclass(frozen=True)
class Seal:
    """One seal on the paper: which level, whose unit, who put it, on which day."""

    part: Part
    unit_id: int
    staff_id: int
    on: date


def flaw(
    seals: Collection[Seal], *, decided_on: date, today: date, submitted_on: date | None = None, whole: bool = True
) -> str | None:
    """The code of what contradicts; None where nothing does. `whole`: all three are asked for (while drafting they aren't)."""
    parts = [one.part for one in seals]
    if len(set(parts)) != len(parts):
        return "seal_twice"
    if whole and set(parts) != set(Part):
        return "seal_missing"
    if len({one.staff_id for one in seals}) != len(parts):
        return "seal_same_person"
    days = [one.on for one in sorted(seals, key=lambda one: list(Part).index(one.part))]
    checks = {
        "seal_before_decision": any(day < decided_on for day in days),
        "seal_order": any(later < earlier for earlier, later in pairwise(days)),
        "seal_in_future": any(day > today for day in days),
        "seal_after_submission": submitted_on is not None and any(day > submitted_on for day in days),
    }
    return next((code for code, broken in checks.items() if broken), None)
