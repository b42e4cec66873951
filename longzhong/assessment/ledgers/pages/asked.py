"""What an address of the ledgers asks for, and addresses that ask: span, kind, dimension, key, side, as of which day."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.assessment.ledgers.rules import (
    DIMENSION_LABELS,
    NAMES,
    Days,
    Dimension,
    Side,
    month_of,
    quarter_of,
    span_of,
    year_of,
)
from longzhong.cases.complaints.rules import KIND_LABELS, Kind
from longzhong.cases.complaints.rules.intervals import Interval
from longzhong.kit import clock, web

INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Asked:
    """One question: a kind of matter over a span, with verdicts as they stood at `as_of`."""

    days: Days
    kind: Kind
    as_of: datetime
    day: str

    @property
    def words(self) -> str:
        late = _("，台账截至 %(day)s") % {"day": self.day} if self.day else ""
        return f"{KIND_LABELS[self.kind]} · {self.days.words}{late}"

    @property
    def cut(self) -> str:
        """What a span that still runs is held against; "" for one that is over."""
        before, year = self.days.against(clock.civil_day(self.as_of))
        if (before, year) == (self.days.before, self.days.year_before):
            return ""
        text = _("统计期还没有结束：环比只比 %(before)s，同比只比 %(year)s。")
        return text % {"before": before.words, "year": year.words}

    def href(self, **more: str) -> str:
        """The list behind a number of this question."""
        return f"{reverse('ledgers:behind')}?{urlencode({**self._query(), **more})}"

    def a_year_before(self) -> "Asked":
        """The same question of the same span of the year before, as far as this one has come."""
        return replace(self, days=self.days.against(clock.civil_day(self.as_of))[1])

    def page(self, name: str, **more: str) -> str:
        """Another page with the same question."""
        return f"{reverse(name)}?{urlencode({**self._query(), **more})}"

    def _query(self) -> dict[str, str]:
        query = {"span": self.days.code, "kind": self.kind.value, "asof": self.day}
        return {key: value for key, value in query.items() if value}


def asked(request: HttpRequest) -> Asked:
    """The question of an address; what can't be read is this month's complaints as of now."""
    now, today = clock.now(), clock.today()
    kind = request.GET.get("kind", "")
    days = span_of(request.GET.get("span", ""), today)
    day = request.GET.get("asof", "")
    try:
        as_of = min(now, clock.day_start(date.fromisoformat(day) + timedelta(days=1)) - INSTANT) if day else now
    except (ValueError, OverflowError):
        day, as_of = "", now
    return Asked(days, Kind(kind) if kind in set(Kind) else Kind.COMPLAINT, as_of, day)


def side_of(request: HttpRequest) -> Side:
    side = request.GET.get("side", "")
    return Side(side) if side in set(Side) else Side.ALL


def dimensions(who: web.Actor) -> list[Dimension]:
    """What this reader may tell apart: people only for those who may see whom complaints are about."""
    return [one for one in DIMENSION_LABELS if one is not Dimension.STAFF or who.has(*NAMES)]


def keep_all(rows: object, _value: str) -> object:
    """For filters that choose the question rather than narrow the rows."""
    return rows


def span_choices(today: date) -> list[tuple[str, str]]:
    """The last twelve months, four quarters and three years."""
    months, quarters, years = [month_of(today)], [quarter_of(today)], [year_of(today)]
    for spans, count in ((months, 12), (quarters, 4), (years, 3)):
        while len(spans) < count:
            spans.append(spans[-1].before)
    return [(one.code, one.words) for one in (*months, *quarters, *years)]


def is_sure(found: Interval | None, nothing: float) -> bool:
    """Whether the interval leaves out that nothing changed."""
    return found is not None and not found.low <= nothing <= found.high


def percents(found: Interval | None) -> str:
    """ "23.6–57.1 %"; "–" where there is nothing to divide by."""
    return f"{found.low * 100:.1f}–{found.high * 100:.1f} %" if found else "–"


def filters() -> tuple[web.Filter, ...]:
    """The bar of every page of the ledgers."""
    kinds = [(key.value, label) for key, label in KIND_LABELS.items()]
    spans = span_choices(clock.today())
    return (
        web.Filter("span", _("统计期"), keep_all, choices=spans, first=spans[0][0]),
        web.Filter("kind", _("类型"), keep_all, choices=kinds, first=Kind.COMPLAINT.value),
        web.Filter("asof", _("台账截至"), keep_all, "day"),
    )
