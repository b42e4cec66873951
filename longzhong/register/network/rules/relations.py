"""How a dated relation goes on (变更不改历史): an area changes its grid cell, a meter its area.

The first relation of which nobody said since when holds since ever. A new one ends the one in force on its first day
and runs until the next planned one; on the very day on which that began, it takes its place (the old one stays readable
with an empty span). A day before a change that has already taken place is refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from longzhong.register.network.rules.words import EVER


@dataclass(frozen=True, slots=True)
class Span:
    """One known relation of an owner."""

    id: int
    target: int
    from_on: date
    to_on: date | None

    def holds_on(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day < self.to_on)


@dataclass(frozen=True, slots=True)
class Begin:
    """From when to when the new relation holds (`from_on` None: nothing to do), and which one ends on its first day."""

    from_on: date | None = None
    to_on: date | None = None
    ends: int | None = None


def begin(known: Sequence[Span], target: int, from_on: date | None, today: date) -> Begin | None:
    """The next step, or None where it would come before a change that has taken place."""
    spans = [span for span in known if span.from_on != span.to_on]
    if not spans:
        return Begin(from_on or EVER)
    day = from_on or today
    now = next((span for span in spans if span.holds_on(day)), None)
    if now is not None and now.target == target:
        return Begin()
    later = min((span.from_on for span in spans if span.from_on > day), default=None)
    if later is not None and later <= today:
        return None
    return Begin(day, later, now.id if now else None)
