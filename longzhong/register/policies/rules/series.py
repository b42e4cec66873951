"""A change follows what was and never rewrites it (变更不改历史).

A series is all rows of one key, edition and unit. A new row closes the one in force on its first day and runs until the
next planned one; a row that began on that very day is withdrawn (its span becomes empty, and it stays readable).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from longzhong.register.policies.rules.packs import Entry
from longzhong.register.policies.rules.words import Value


@dataclass(frozen=True)
class Held:
    """A row of a series as the table has it; `human` marks a change made by a person."""

    id: int
    value: Value
    measure: str
    source: str
    confidence: str
    from_on: date
    to_on: date | None
    human: bool = False

    @property
    def empty(self) -> bool:
        return self.to_on == self.from_on


@dataclass(frozen=True)
class Cut:
    """Where a new row fits: which rows end on its first day (or never begin), and until when it runs."""

    closes: tuple[int, ...]
    to_on: date | None


def cut_at(series: Sequence[Held], from_on: date) -> Cut:
    alive = [row for row in series if not row.empty]
    ending = [row.id for row in alive if row.from_on <= from_on and (row.to_on is None or row.to_on > from_on)]
    later = [row.from_on for row in alive if row.from_on > from_on]
    return Cut(tuple(ending), min(later, default=None))


@dataclass(frozen=True)
class Plan:
    """What a pack asks of one series: rows to open (each with its first day), or the reason for leaving it alone."""

    opens: tuple[tuple[date, Entry], ...] = ()
    kept_by_person: bool = False


def plan_series(entries: Sequence[Entry], held: Sequence[Held], today: date) -> Plan:
    """What is still to do for one series of a pack.

    An empty series takes the pack's whole history. Later, the pack only moves the present and the future, and nothing
    where a person has decided.
    """
    alive = [row for row in held if not row.empty]
    wanted = sorted(entries, key=lambda entry: entry.from_on)
    if not alive:
        return Plan(tuple((entry.from_on, entry) for entry in wanted))
    going = [row for row in alive if row.to_on is None or row.to_on > today]
    if any(row.human for row in going):
        return Plan(kept_by_person=True)
    now = next((row for row in going if row.from_on <= today), None)
    past = [entry for entry in wanted if entry.from_on <= today]
    opens = [(today, past[-1])] if past and not _same(past[-1], now) else []
    planned = {row.from_on: row for row in going if row.from_on > today}
    opens += [
        (entry.from_on, entry)
        for entry in wanted
        if entry.from_on > today and not _same(entry, planned.get(entry.from_on))
    ]
    return Plan(tuple(opens))


def _same(entry: Entry, row: Held | None) -> bool:
    if row is None:
        return False
    return (_plain(entry.value), entry.measure, entry.source, entry.confidence) == (
        _plain(row.value), row.measure, row.source, row.confidence,
    )  # fmt: skip


def _plain(value: Value) -> object:
    return list(value) if isinstance(value, (list, tuple)) else value
