"""What follows for telling when an outage takes a step: what is taken back, which papers fall, what is suggested next.

A machine suggests only; nothing public goes out without a person. Facts come unordered and twice: the suggestion reads how the
outage stands now, and what is taken back was made before the step.
"""

from dataclasses import dataclass
from datetime import datetime

from longzhong.sensing.announcements.rules.words import Tale
from longzhong.sensing.outages.rules import OUT, PLANS, Kind, State


@dataclass(frozen=True)
class Turn:
    """`takes_back`: messages that aren't out; `voids`: errands that wait; `outdates`: papers that were served or posted."""

    takes_back: bool = False
    voids: bool = False
    outdates: bool = False


@dataclass(frozen=True)
class Now:
    """How the outage stands, and what was told of it before: whether anything, and the end that was told last."""

    kind: str
    state: str
    expected_end: datetime | None
    planned_end: datetime | None
    told: bool
    told_end: datetime | None


_NONE, _ALL = Turn(), Turn(takes_back=True, voids=True, outdates=True)
TURNS = {
    "plan": _NONE, "approve": _NONE, "confirm": _NONE, "report": _NONE, "absorb": _NONE, "impact_changed": _NONE,
    "change_plan": _ALL, "postpone": _ALL, "cancel": _ALL, "decline": _ALL, "withdraw": _ALL, "merge": _ALL,
    "change_expected": Turn(takes_back=True), "restore_part": Turn(takes_back=True),
    "restore": Turn(takes_back=True, voids=True),
}  # fmt: skip
"""Steps that aren't here change nothing of what people were told."""
SAID = {
    "plan": Tale.PLAN, "approve": Tale.PLAN, "change_plan": Tale.CHANGE, "postpone": Tale.POSTPONE, "cancel": Tale.CANCELLED,
    "withdraw": Tale.CANCELLED, "confirm": Tale.FAULT, "report": Tale.FAULT, "restore": Tale.RESTORED,
}  # fmt: skip
AFTER_TELLING = (Tale.RESTORED, Tale.CANCELLED, Tale.CHANGE, Tale.POSTPONE)
"""Suggested only to those who were told something; a plan nobody heard of is told as a plan."""

_RUNS = (State.RUNNING, State.PARTLY)
FITS: dict[Tale, tuple[tuple[Kind, ...], tuple[State, ...]]] = {
    Tale.PLAN: (PLANS, (State.ANNOUNCED,)),
    Tale.CHANGE: (PLANS, (State.ANNOUNCED,)),
    Tale.POSTPONE: (PLANS, (State.ANNOUNCED,)),
    Tale.DELAY: (tuple(Kind), _RUNS),
    Tale.FAULT: ((Kind.FAULT,), _RUNS),
    Tale.RESTORED: (tuple(Kind), (State.PARTLY, State.RESTORED)),
    Tale.CANCELLED: (tuple(Kind), (State.CANCELLED, State.WITHDRAWN)),
}


def fits(tale: Tale, kind: str, state: str) -> bool:
    """Whether this may be told of an outage as it stands; what nobody has confirmed isn't told."""
    kinds, states = FITS[tale]
    return kind in kinds and state in states


def turn_of(verb: str, state: str) -> Turn:
    """What falls; an end that moves before the outage begins makes the papers wrong as well."""
    if verb == "change_expected" and state == State.ANNOUNCED:
        return _ALL
    return TURNS[verb]


def suggestion(verb: str, now: Now) -> Tale | None:
    """What a person might tell next; None: nothing."""
    tale = SAID.get(verb) or _by_state(verb, now)
    if tale in (Tale.CHANGE, Tale.POSTPONE) and not now.told:
        tale = Tale.PLAN
    if tale is None or not fits(tale, now.kind, now.state) or (tale in AFTER_TELLING and not now.told):
        return None
    return tale


def _by_state(verb: str, now: Now) -> Tale | None:
    """For steps of which the word depends on how the outage stands: its end moved, its areas changed, some are back."""
    if verb in ("decline", "merge"):
        return None
    if now.state == State.ANNOUNCED:
        return Tale.CHANGE
    if now.state not in OUT:
        return None
    if verb == "change_expected" and _is_later(now):
        return Tale.DELAY
    return Tale.FAULT if now.kind == Kind.FAULT else None


def _is_later(now: Now) -> bool:
    before = now.told_end or (now.planned_end if now.kind != Kind.FAULT else None)
    return before is not None and now.expected_end is not None and now.expected_end > before
