"""The zero-complaint record (零投诉年限, S0-11: 14 years).

It runs from the day after the last complaint about somebody, or from their first day in a post, to today. Only days in a post
count: who leaves and comes back keeps the days before, the gap isn't counted; who moves to another station keeps everything.
A complaint that was dismissed (不属实) or withdrawn doesn't break it; one that isn't decided yet does, until it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from longzhong.cases.nearmisses.rules.words import MarkKind, Standing


@dataclass(frozen=True)
class Span:
    """Days in a post, half open: on `from_on`, no more on `to_on` (None: until further notice)."""

    from_on: date
    to_on: date | None


@dataclass(frozen=True)
class Mark:
    """One line of the record as the rule needs it."""

    day: date
    kind: str
    standing: str


@dataclass(frozen=True)
class Streak:
    """`since`: the first day that counts; None for who never held a post. `days`: days in a post since then, today included;
    `gap_days`: days without a post in between. `broken_on`: the complaint before it. `in_service`: whether they hold a post today.
    `years`, `months`: the counted days as calendar years and months. `service_days`: all days ever in a post.
    """

    since: date | None
    days: int
    gap_days: int
    years: int
    months: int
    broken_on: date | None
    in_service: bool
    service_days: int

    @property
    def words(self) -> str:
        """14年3个月; days below a month."""
        if self.since is None:
            return "–"
        if not (self.years or self.months):
            return f"{self.days}天"
        return (f"{self.years}年" if self.years else "") + (f"{self.months}个月" if self.months else "")


def counts_against(mark: Mark) -> bool:
    """Whether a mark breaks the record."""
    return mark.kind == MarkKind.COMPLAINT and mark.standing in (Standing.OPEN, Standing.UPHELD)


def streak(posts: Iterable[Span], marks: Iterable[Mark], today: date) -> Streak:
    """The record as it stands at the end of `today`; posts and complaints after today are not looked at."""
    spans = _merged(posts, today)
    broken = max((mark.day for mark in marks if counts_against(mark) and mark.day <= today), default=None)
    service = sum((last - first).days for first, last in spans)
    in_service = bool(spans) and spans[-1][1] > today
    if not spans:
        return Streak(None, 0, 0, 0, 0, broken, in_service=False, service_days=0)
    first = spans[0][0] if broken is None else max(spans[0][0], broken + timedelta(days=1))
    parts = [(max(start, first), end) for start, end in spans if end > first]
    days = sum((end - start).days for start, end in parts)
    end = parts[-1][1] if parts else first
    gap = (end - parts[0][0]).days - days if parts else 0
    years, months = _calendar(end - timedelta(days=days), end)
    return Streak(parts[0][0] if parts else first, days, gap, years, months, broken, in_service, service)


def _merged(posts: Iterable[Span], today: date) -> Sequence[tuple[date, date]]:
    """Days in any post up to today as [first, day after the last), earliest first; posts that touch or overlap are one."""
    tomorrow = today + timedelta(days=1)
    found: list[tuple[date, date]] = []
    for span in sorted(posts, key=lambda one: one.from_on):
        end = min(span.to_on or tomorrow, tomorrow)
        if end <= span.from_on:
            continue
        if found and span.from_on <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((span.from_on, end))
    return found


def _calendar(first: date, end: date) -> tuple[int, int]:
    """Whole years and months from `first` to `end`."""
    months = (end.year - first.year) * 12 + end.month - first.month - (end.day < first.day)
    return divmod(max(0, months), 12)
