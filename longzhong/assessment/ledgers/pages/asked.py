"""What an address of the ledgers asks for, and addresses that ask: span, kind, dimension, key, side, as of which day."""

from dataclasses import dataclass
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
from longzhong.kit import clock, web


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

    def href(self, **more: str) -> str:
        """The list behind a number of this question."""
        return f"{reverse('ledgers:behind')}?{urlencode({**self._query(), **more})}"

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
        as_of = min(now, clock.day_start(date.fromisoformat(day) + timedelta(days=1))) if day else now
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


def filters() -> tuple[web.Filter, ...]:
    """The bar of every page of the ledgers."""
    kinds = [(key.value, label) for key, label in KIND_LABELS.items()]
    spans = span_choices(clock.today())
    return (
        web.Filter("span", _("统计期"), keep_all, choices=spans, first=spans[0][0]),
        web.Filter("kind", _("类型"), keep_all, choices=kinds, first=Kind.COMPLAINT.value),
        web.Filter("asof", _("台账截至"), keep_all, "day"),
    )
