"""Changing dated relations from a day on, many at once: the old row ends, the new one begins, history stays."""

from collections.abc import Hashable, Iterable
from datetime import date
from typing import Generic, TypeVar

from longzhong.kit.dated import Dated

Row = TypeVar("Row", bound=Dated)
CHUNK = 2000


class Series(Generic[Row]):
    """The rows of one relation that hold on `day` or are planned after it, by their key, and what becomes of them.

    A new row runs until the next planned one. A row that began on the very day is dropped instead of ended: it held
    on no day before.
    """

    def __init__(self, rows: Iterable[Row], day: date, *key: str) -> None:
        self.day = day
        self._key = key
        self._now: dict[Hashable, Row] = {}
        self._next: dict[Hashable, Row] = {}
        self._ended: list[Row] = []
        self._dropped: list[Row] = []
        self._added: list[Row] = []
        for row in rows:
            if row.to_on is not None and row.to_on <= day:
                continue
            name = self._name(row)
            if row.from_on <= day:
                self._now[name] = row
            elif name not in self._next or row.from_on < self._next[name].from_on:
                self._next[name] = row

    def now(self, *name: object) -> Row | None:
        """The row of a key on the day, changes of this series included."""
        return self._now.get(name)

    def later(self, *name: object) -> Row | None:
        """The next planned row of a key."""
        return self._next.get(name)

    def present(self) -> list[Row]:
        """All rows that hold on the day, changes of this series included."""
        return list(self._now.values())

    def everything(self) -> list[Row]:
        """Rows that hold on the day and the next planned ones."""
        return [*self._now.values(), *self._next.values()]

    def end(self, *name: object) -> None:
        """End the row of a key on the day."""
        row = self._now.pop(name, None)
        if row is None:
            return
        if row.pk is None:
            self._added.remove(row)
        elif row.from_on == self.day:
            self._dropped.append(row)
        else:
            row.to_on = self.day
            self._ended.append(row)

    def begin(self, row: Row) -> None:
        """Put a new row from the day on in place of the present one of its key."""
        name = self._name(row)
        self.end(*name)
        planned = self._next.get(name)
        row.from_on = self.day
        row.to_on = planned.from_on if planned else None
        self._now[name] = row
        self._added.append(row)

    def write(self, model: type[Row]) -> None:
        """Everything in at most three kinds of statements; ended before begun, for the exclusion constraints."""
        rows = model._default_manager
        if self._dropped:
            rows.filter(pk__in=[row.pk for row in self._dropped]).delete()
        if self._ended:
            rows.bulk_update(self._ended, ["to_on"], batch_size=CHUNK)
        if self._added:
            rows.bulk_create(self._added, batch_size=CHUNK)

    def _name(self, row: Row) -> tuple[object, ...]:
        return tuple(getattr(row, column) for column in self._key)
