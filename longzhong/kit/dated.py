"""Relations with a from and a to: who managed what, under whom, on that day.

Half open: a row holds on `from_on` and no more on `to_on`; `to_on` NULL means until further notice.
"""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q


class DatedQuerySet(models.QuerySet[Any]):
    def on(self, day: date) -> Self:
        """The rows that hold on a day."""
        return self.filter(on_day(day))


class Dated(models.Model):
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True


def on_day(day: date, prefix: str = "") -> Q:
    """The condition that a dated row (reached by `prefix`, e.g. "posts__") holds on a day."""
    return Q(**{f"{prefix}from_on__lte": day}) & (
        Q(**{f"{prefix}to_on__gt": day}) | Q(**{f"{prefix}to_on__isnull": True})
    )


def no_overlap(name: str, *columns: str, condition: Q | None = None) -> ExclusionConstraint:
    """At most one row for the same values of integer columns on any day.

    Integers are compared as one-element ranges, so that the server needs no extension.
    """
    same = [(_point(column), "&&") for column in columns]
    days = Func(F("from_on"), F("to_on"), function="daterange")
    return ExclusionConstraint(name=name, expressions=[*same, (days, "&&")], condition=condition)


def _point(column: str) -> Func:
    return Func(F(column), F(column), function="int8range", template="%(function)s(%(expressions)s, '[]')")
