"""Which value holds (哪个取值生效, REFERENCE head: effective-dated rule table with edition and scope).

Of the rows in force on the day, the nearest unit up the chain wins; on one unit, the row of the unit's own edition wins
over the common one; then the company-wide row of the edition; then the common one. The edition of a unit is itself a
policy (`edition`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from longzhong.register.policies.rules.words import EDITION_KEY, Edition, Value, confirmed

LimitsType = TypeVar("LimitsType")


class PolicyMissing(LookupError):
    """No row of this key holds: the pack was not loaded, or the key is misspelt."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the rule table; `to_on` is the first day on which it holds no more."""

    id: int
    key: str
    value: Value
    measure: str
    source: str = ""
    confidence: str = "F"
    edition: str = ""
    unit_id: int | None = None
    from_on: date = date.min
    to_on: date | None = None
    reason: str = ""
    by_name: str = ""
    at: datetime | None = None

    def holds_on(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day < self.to_on)

    @property
    def withdrawn(self) -> bool:
        """Replaced before it ever held."""
        return self.to_on == self.from_on


class Standing(StrEnum):
    """What became of a candidate."""

    WON = "won"
    NEARER_UNIT = "nearer_unit"
    OWN_EDITION = "own_edition"
    OTHER_EDITION = "other_edition"
    OTHER_UNIT = "other_unit"
    NOT_YET = "not_yet"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Candidate:
    """A row that could have held, and why it did or did not."""

    row: Row
    standing: Standing


@dataclass(frozen=True)
class Explanation:
    """The answer to "which value held for this unit on this day, and why"; `won` is None where nothing held."""

    key: str
    day: date
    unit_id: int | None
    unit_edition: str
    won: Row | None
    candidates: tuple[Candidate, ...]

    @property
    def row(self) -> Row:
        if self.won is None:
            raise PolicyMissing(f"{self.key} on {self.day}")
        return self.won

    @property
    def value(self) -> Value:
        return self.row.value

    @property
    def measure(self) -> str:
        return self.row.measure

    @property
    def policy_id(self) -> int:
        return self.row.id

    @property
    def edition(self) -> str:
        return self.row.edition

    @property
    def source(self) -> str:
        return self.row.source

    @property
    def confidence(self) -> str:
        return self.row.confidence

    @property
    def confirmed(self) -> bool:
        return confirmed(self.row.confidence)


class Book:
    """All rows at one moment, immutable: hot loops take one and ask it without a query.

    A chain is the unit ids from the unit itself up to the root; () asks for the whole company.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows: dict[str, list[Row]] = {}
        for row in rows:
            self._rows.setdefault(row.key, []).append(row)

    def __contains__(self, key: str) -> bool:
        return key in self._rows

    def edition(self, chain: Sequence[int], day: date) -> str:
        """The edition that a unit follows ("" where none is set)."""
        row = self._best(EDITION_KEY, chain, Edition.COMMON, day)
        return str(row.value) if row else Edition.COMMON

    def find(self, key: str, chain: Sequence[int], day: date, edition: str | None = None) -> Row | None:
        """The row in force; with `edition`, as it would be under that edition."""
        return self._best(key, chain, self.edition(chain, day) if edition is None else edition, day)

    def running(self, key: str, day: date) -> list[Row]:
        """Every row of a key in force on a day, whoever's."""
        return [row for row in self._rows.get(key, ()) if row.holds_on(day)]

    def row(self, key: str, chain: Sequence[int], day: date) -> Row:
        if (row := self.find(key, chain, day)) is None:
            raise PolicyMissing(f"{key} on {day}")
        return row

    def overlay(self, kind: type[LimitsType], prefix: str, chain: Sequence[int], day: date) -> LimitsType:
        """A Limits dataclass whose defaults are replaced by the policies `<prefix>.<field>` in force."""
        edition = self.edition(chain, day)
        limits = kind()
        found: dict[str, Any] = {}
        for field in fields(limits):  # type: ignore[arg-type]
            if row := self._best(f"{prefix}.{field.name}", chain, edition, day):
                found[field.name] = _as(getattr(limits, field.name), row.value)
        return replace(limits, **found) if found else limits  # type: ignore[type-var]

    def explain(self, key: str, chain: Sequence[int], day: date) -> Explanation:
        """The winner, and what became of every other row of the key: first those in force, the nearest first."""
        edition = self.edition(chain, day) if key != EDITION_KEY else Edition.COMMON
        won = self._best(key, chain, edition, day)
        rows = sorted(
            self._rows.get(key, ()), key=lambda row: (not row.holds_on(day), *_rank(row, chain, edition), row.from_on)
        )
        return Explanation(
            key=key,
            day=day,
            unit_id=chain[0] if chain else None,
            unit_edition=self.edition(chain, day),
            won=won,
            candidates=tuple(Candidate(row, _standing(row, won, chain, edition, day)) for row in rows),
        )

    def _best(self, key: str, chain: Sequence[int], edition: str, day: date) -> Row | None:
        running = (row for row in self._rows.get(key, ()) if row.holds_on(day) and _applies(row, chain, edition))
        return min(running, key=lambda row: _rank(row, chain, edition), default=None)


def _applies(row: Row, chain: Sequence[int], edition: str) -> bool:
    return row.edition in ("", edition) and (row.unit_id is None or row.unit_id in chain)


def _rank(row: Row, chain: Sequence[int], edition: str) -> tuple[int, int]:
    """Lower is stronger: how far up the chain, then own edition before common."""
    steps = chain.index(row.unit_id) if row.unit_id in chain else len(chain)
    return steps, 0 if row.edition and row.edition == edition else 1


def _standing(row: Row, won: Row | None, chain: Sequence[int], edition: str, day: date) -> Standing:
    if won is not None and row.id == won.id:
        return Standing.WON
    if not row.holds_on(day):
        running = Standing.NOT_YET if row.from_on > day else Standing.ENDED
        return Standing.WITHDRAWN if row.withdrawn else running
    if row.unit_id is not None and row.unit_id not in chain:
        return Standing.OTHER_UNIT
    if row.edition not in ("", edition):
        return Standing.OTHER_EDITION
    return Standing.OWN_EDITION if won is not None and row.unit_id == won.unit_id else Standing.NEARER_UNIT


def _as(default: object, value: Value) -> object:
    """A policy's value in the type of the field that it replaces."""
    if isinstance(default, StrEnum):
        return type(default)(str(value))
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(default, int) and isinstance(value, float) and value.is_integer():
        return int(value)
    return tuple(value) if isinstance(value, list) else value
