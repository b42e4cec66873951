"""Which value holds for a unit on a day.

The whole table (some hundred rows) is kept once a process as an immutable `Book`, and read again when its mark in the
database has changed; the mark is random and written in the transaction of every change, so a rolled-back or concurrent
change can't be mistaken for the present one. `book()` costs one small query; loops take a book once and ask it as often
as they like.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from django.db.models import QuerySet

from longzhong.register.org import selectors as org
from longzhong.register.policies.models import Policy, Stamp
from longzhong.register.policies.rules import Book, Explanation, Row, Value

LimitsType = TypeVar("LimitsType")

_kept: tuple[str, Book] | None = None


def book() -> Book:
    """The rule table as this transaction sees it."""
    global _kept
    mark = Stamp.objects.filter(pk=1).values_list("mark", flat=True).first() or ""
    if _kept is None or not mark or _kept[0] != mark:
        _kept = (mark, Book(_rows(Policy.objects.order_by("key", "from_on", "id"))))
    return _kept[1]


def value(key: str, *, unit_id: int | None = None, day: date) -> Value:
    """The value in force; `PolicyMissing` where none is."""
    return row(key, unit_id=unit_id, day=day).value


def row(key: str, *, unit_id: int | None = None, day: date) -> Row:
    """The line of the rule table in force, with measure and source: what a clock keeps as its snapshot."""
    return book().row(key, chain(unit_id, day), day)


def why(key: str, *, unit_id: int | None = None, day: date) -> Explanation:
    """Which value held for this unit on this day, and what became of every other candidate."""
    return book().explain(key, chain(unit_id, day), day)


def limits(kind: type[LimitsType], prefix: str, *, unit_id: int | None = None, day: date) -> LimitsType:
    """`kind()` with every field overlaid by the policy `<prefix>.<field>` in force."""
    return book().overlay(kind, prefix, chain(unit_id, day), day)


def limits_of_units(
    kind: type[LimitsType], prefix: str, *, unit_ids: Iterable[int], day: date
) -> dict[int, LimitsType]:
    """The same for many units with one reading of the table (scans)."""
    held, wanted = book(), set(unit_ids)
    chains = org.chains(wanted, day)
    return {one: held.overlay(kind, prefix, chains.get(one) or [one], day) for one in wanted}


def edition(*, unit_id: int | None = None, day: date) -> str:
    """SG or CSG: which company's rule book the unit follows."""
    return book().edition(chain(unit_id, day), day)


def chain(unit_id: int | None, day: date) -> Sequence[int]:
    """From the unit up; a unit that stood nowhere on the day still has its own values."""
    return () if unit_id is None else org.chain(unit_id, day) or [unit_id]


def _rows(policies: QuerySet[Policy]) -> list[Row]:
    return [
        Row(
            id=one.pk,
            key=one.key_id,
            value=one.value,
            measure=one.measure,
            source=one.source,
            confidence=one.confidence,
            edition=one.edition,
            unit_id=one.unit_id,
            from_on=one.from_on,
            to_on=one.to_on,
            reason=one.reason,
            by_name=one.by_name,
            at=one.at,
        )
        for one in policies
    ]
