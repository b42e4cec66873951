"""What the address of an area's page asks for: the day, how many days, a meter, a day to compare with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, QueryDict

SPANS = (1, 7, 30)


@dataclass(frozen=True)
class Asked:
    """`latest` is the newest day with curves; `day` the last of the `span` days shown; `of` what is compared (repairs)."""

    day: date
    span: int
    meter: str
    compare: date | None
    of: str
    latest: date

    @property
    def days(self) -> list[date]:
        return [self.day - timedelta(days=back) for back in reversed(range(self.span))]

    @property
    def previous(self) -> str:
        return self.address(day=self.day - timedelta(days=1))

    @property
    def next(self) -> str:
        return self.address(day=self.day + timedelta(days=1)) if self.day < self.latest else ""

    def address(self, **changes: object) -> str:
        """The same page with something changed (None drops it)."""
        wanted: dict[str, object] = {name: getattr(self, name) for name in ("day", "span", "meter", "compare", "of")}
        wanted |= changes
        query = QueryDict(mutable=True)
        for key, value in wanted.items():
            if value not in (None, "", 1):
                query[key] = str(value)
        return f"?{query.urlencode()}"


def asked_of(request: HttpRequest, kept: Sequence[date], today: date) -> Asked:
    """Unknown or impossible wishes fall back to the newest day, one day, no meter."""
    latest = kept[-1] if kept else today
    span = request.GET.get("span", "")
    return Asked(
        day=min(_day(request.GET.get("day", "")) or latest, max(latest, today)),
        span=int(span) if span in {str(one) for one in SPANS} else 1,
        meter=request.GET.get("meter", "")[:40],
        compare=_day(request.GET.get("compare", "")),
        of=request.GET.get("of", "")[:12],
        latest=latest,
    )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None
