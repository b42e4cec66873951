"""Clocks that governance adds to the hotline's own: professional review and decision; and how long evidence is kept."""

from dataclasses import dataclass

from longzhong.cases.complaints.rules.grades import MAJOR_ONES
from longzhong.cases.complaints.rules.machine import State

REVIEW, DECIDE = "review", "decide"
CLOCK_LABELS = {REVIEW: "专业审核", DECIDE: "属实核定"}
POLICIES = {REVIEW: "complaint.review_wd", DECIDE: "complaint.decide_wd"}
RUNS = {State.REPLIED: REVIEW, State.REVIEWED: DECIDE}
"""In which state which clock of our own runs."""


@dataclass(frozen=True)
class Keeping:
    """Retention in years; policies `complaint.<field>`."""

    evidence_y_minor: float = 3
    evidence_y_major: float = 5


def years(grade: str, keeping: Keeping) -> int:
    """For how many years the evidence of a complaint of this grade is kept after its end."""
    return int(keeping.evidence_y_major if grade in MAJOR_ONES else keeping.evidence_y_minor)
