"""What a campaign is planned with, and against what it is measured."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Basis(StrEnum):
    """Against which days: the same ones of the year before (the same season), or as many just before."""

    BEFORE = "before"
    YEAR = "year"


BASIS_LABELS = {Basis.BEFORE: "整治前同样天数", Basis.YEAR: "上年同期"}


@dataclass(frozen=True)
class Plan:
    """What is to be put right (`category_ids`, with all below), where, from when to when (both included), by how much (percent)."""

    title: str
    category_ids: tuple[int, ...]
    unit_id: int
    starts_on: date
    ends_on: date
    basis: str
    target_pct: int
    aim: str = ""


@dataclass(frozen=True)
class Given:
    """What a person gave for a step; only what the step needs is read."""

    plan: Plan | None = None
    text: str = ""
    staff_id: int | None = None
    due_on: date | None = None
    number: int | None = None
    reason: str = ""


def baseline(starts_on: date, ends_on: date, basis: Basis) -> tuple[date, date]:
    """First and last day of the baseline."""
    if basis is Basis.YEAR:
        return _year_back(starts_on), _year_back(ends_on)
    days = (ends_on - starts_on).days + 1
    return starts_on - timedelta(days=days), starts_on - timedelta(days=1)


def length(first: date, last: date) -> int:
    """Days of a span, both ends included."""
    return (last - first).days + 1


def _year_back(day: date) -> date:
    leap = day.month == 2 and day.day == 29
    return date(day.year - 1, 2, 28) if leap else day.replace(year=day.year - 1)
