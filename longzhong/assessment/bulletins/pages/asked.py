"""What an address asks for: a period, and which cases of it; and the address of the list behind a number."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as later

from longzhong.assessment.bulletins.rules import monday
from longzhong.assessment.bulletins.selectors import Asked
from longzhong.cases.hotline.rules.words import CAUSE_LABELS, CHANNEL_LABELS, TYPE_LABELS
from longzhong.kit import clock
from longzhong.kit.web import Tab

PERIODS = {"4": later("近4周"), "13": later("近一季"), "52": later("近一年")}
LONGEST_ID, LONGEST_WORD = 15, 12


def asked_period(request: HttpRequest) -> tuple[date, date]:
    """The days that ?first=&last= or ?weeks= names: whole weeks up to today, four by default."""
    today = clock.today()
    first, last = _day(request, "first"), _day(request, "last")
    if first and last and first <= last:
        return first, last
    weeks = request.GET.get("weeks", "")
    return monday(today) - timedelta(days=7 * (int(weeks if weeks in PERIODS else "4") - 1)), today


def asked(request: HttpRequest) -> Asked:
    """Which cases; what isn't known is left out."""
    first, last = asked_period(request)
    get = request.GET.get
    return Asked(
        first, last,
        type=get("type", "") if get("type") in set(TYPE_LABELS) else "",
        category_id=_number(get("category", "")),
        cause=get("cause", "") if get("cause") in set(CAUSE_LABELS) else "",
        channel=get("channel", "") if get("channel") in set(CHANNEL_LABELS) else "",
        unit_id=_number(get("unit", "")),
        attitude=bool(get("attitude")),
        word=get("word", "")[:LONGEST_WORD].replace("\0", ""),
    )  # fmt: skip


def told_href(period: tuple[date, date], **of: object) -> str:
    """The list behind a number of a period."""
    query = {"first": period[0], "last": period[1], **{key: value for key, value in of.items() if value}}
    return f"{reverse('bulletins:told')}?{urlencode(query)}"


def period_tabs(request: HttpRequest) -> list[Tab]:
    """The periods one may switch between."""
    chosen = request.GET.get("weeks", "4")
    return [Tab(str(label), f"?weeks={key}", None, key == chosen) for key, label in PERIODS.items()]


def _day(request: HttpRequest, key: str) -> date | None:
    try:
        return date.fromisoformat(request.GET.get(key, ""))
    except ValueError:
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= LONGEST_ID else None
