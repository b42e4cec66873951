"""Planned outages near me: by town, place and day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from longzhong.kit import clock, web
from longzhong.surfaces.portal import selectors
from longzhong.surfaces.portal.pages.door import count, public
from longzhong.surfaces.portal.rules import AskKind, asked_words
from longzhong.surfaces.portal.selectors import PlanLine


@dataclass(frozen=True)
class PlansPage:
    words: str
    town: str
    day: date | None
    towns: list[str]
    plans: list[PlanLine]
    at: datetime
    asked: bool


@public()
@require_safe
def plans(request: HttpRequest) -> HttpResponseBase:
    """The list, narrowed as asked; the address keeps the question."""
    count(request, AskKind.LOOK)
    words, town = asked_words(request.GET.get("q", "")), asked_words(request.GET.get("town", ""))
    day, at = _day(request.GET.get("day", "")), clock.now()
    found = selectors.plan_lines(at, town=town, day=day, words=words)
    page = PlansPage(words, town, day, selectors.towns(), found, at, bool(words or town or day))
    return web.show(request, page, "portal/plans.html")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
