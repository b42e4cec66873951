"""Early warning and escalation (预警与逐级升级): the marks on a clock's way.

Each mark is a fraction of the budget in counted time: below 1 a warning to who works on it, from 1 on an escalation to the next
unit level (供电所 → 区县公司 → 地市公司). A pause stops the marks with the clock. Escalation adds oversight and takes nobody's
ownership; a level reached is never reached again, whatever is edited: a clock that supersedes another goes on above the levels
of its line.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from longzhong.dispatch.matters.rules.counting import Days, Run, instant

UNIT_LEVELS = ("station", "county", "city")  # who is told at escalation level 1, 2, 3
UNIT_ORDER = ("team", "office", "department", "station", "county", "city", "province")
WARN_AT = (0.5, 0.8)  # default of policy clocks.warn_at
LATE_AT = (1.0, 1.5, 2.0)  # default of policy clocks.late_at


class MarkKind(StrEnum):
    WARN = "warn"
    LATE = "late"


@dataclass(frozen=True)
class Mark:
    """One moment on a clock's way; `level` counts from 1 within its kind."""

    kind: MarkKind
    level: int
    at: datetime


def marks(run: Run, calendar: Days, warn_at: Sequence[float], late_at: Sequence[float]) -> tuple[Mark, ...]:
    """All marks whose moment is known, in order of time."""
    found = []
    for kind, fractions in ((MarkKind.WARN, warn_at), (MarkKind.LATE, late_at)):
        for level, fraction in enumerate(sorted(fractions), start=1):
            if (at := instant(run, calendar, run.limit.budget * fraction)) is not None:
                found.append(Mark(kind, level, at))
    return tuple(sorted(found, key=lambda mark: (mark.at, mark.kind is MarkKind.LATE, mark.level)))


def outstanding(
    known: Sequence[Mark], warned: Collection[int], escalated: Collection[int], at: datetime
) -> tuple[Mark, ...]:
    """The marks still to come at `at`: warnings above those given by this clock, escalation levels not reached by its line.

    Once the deadline has passed, warnings are over.
    """
    given = max(warned, default=0)
    late = any(mark.kind is MarkKind.LATE and mark.at < at for mark in known)
    return tuple(
        mark
        for mark in known
        if (mark.level not in escalated if mark.kind is MarkKind.LATE else not late and mark.level > given)
    )


def overseer(level: int, chain: Sequence[tuple[int, str]]) -> int | None:
    """Which unit is told at an escalation level.

    `chain` is the matter's unit and those above it as (id, kind), nearest first. The first unit at or above the level's kind
    is told; a chain that ends below it tells its top; no chain, nobody.
    """
    if not chain:
        return None
    wanted = UNIT_ORDER.index(UNIT_LEVELS[min(level, len(UNIT_LEVELS)) - 1])
    for unit_id, kind in chain:
        if UNIT_ORDER.index(kind) >= wanted:
            return unit_id
    return chain[-1][0]
