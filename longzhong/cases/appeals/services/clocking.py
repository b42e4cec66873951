"""Clocks of an appeal: one until the panel concludes, one for each member until they vote. Who owns a clock hears its bell; a vote
that is late goes up from the company, not from the unit that appeals.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from longzhong.cases.appeals import selectors
from longzhong.cases.appeals.models import Appeal
from longzhong.cases.appeals.rules import LEVEL_LABELS, PANEL_CLOCK, VOTE_CLOCK, Level
from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day

HOUSE = Actor.machine("appeals")
VOTE_KEY = "complaint.appeal_vote_wd"
KEYS = {Level.FIRST: "complaint.appeal_decide_wd", Level.FINAL: "complaint.appeal_final_decide_wd"}


def await_panel(*, row: Appeal, at: datetime) -> None:
    """The panel's time runs from the submission; the appeal repeats its deadline (not yet saved)."""
    level = Level(row.level)
    new = _clock(row, PANEL_CLOCK, f"{LEVEL_LABELS[level]}评审", policy_key=KEYS[level], unit_id=row.complaint.unit_id)
    matters.start_clocks(clocks=[new], by=HOUSE, at=at)
    nearest = matter_reads.next_deadline(selectors.label(row.pk))
    row.due_at = nearest[1] if nearest else None


def await_votes(*, row: Appeal, members: Sequence[int], at: datetime) -> None:
    """Everybody seated owes a vote: it stands on their own list of what is due, and rings when time runs short."""
    company = selectors.company_of(row.complaint.unit_id, civil_day(at))
    new = [
        _clock(row, f"{VOTE_CLOCK}{one}", _("申诉评审投票"), policy_key=VOTE_KEY, unit_id=company, owner_id=one)
        for one in members
    ]
    matters.start_clocks(clocks=new, by=HOUSE, at=at)


def answer_for(*, row: Appeal, staff_id: int | None, at: datetime) -> None:
    """Who seated the panel answers for its deadline."""
    matters.give_clocks(matter=selectors.label(row.pk), names=(PANEL_CLOCK,), owner_id=staff_id, by=HOUSE, at=at)


def vote_came(*, row: Appeal, staff_id: int, at: datetime) -> dict[str, str]:
    """A member voted or left: they owe nothing any more; how their clock stood."""
    names = (f"{VOTE_CLOCK}{staff_id}",)
    stopped = matters.stop_clocks(matter=selectors.label(row.pk), names=names, by=HOUSE, at=at)
    return {name: str(verdict) for name, verdict in stopped.items()}


def _clock(
    row: Appeal, name: str, label: str, *, policy_key: str, unit_id: int, owner_id: int | None = None
) -> matters.NewClock:
    return matters.NewClock(
        matter=selectors.label(row.pk), name=name, label=label, unit_id=unit_id, owner_id=owner_id, policy_key=policy_key,
        title=f"申诉 {row.complaint.case.number}",
    )  # fmt: skip
