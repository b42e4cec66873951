"""What the address asks for: a month, and which number's list."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from longzhong.assessment.indicators.rules import BY_CODE, COLUMN_WORDS, KIND_WORDS
from longzhong.assessment.indicators.selectors import Behind
from longzhong.cases.alerts.rules import GROUPS
from longzhong.kit import clock


def asked_month(request: HttpRequest) -> date | None:
    """The first day of ?month=2026-03; None if it isn't one."""
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return None


def asked_number(request: HttpRequest) -> Behind:
    """?month, ?kind or ?indicator, ?column, ?unit; what isn't known is left out."""
    kind, code, unit = (request.GET.get(key, "") for key in ("kind", "indicator", "unit"))
    column = request.GET.get("column", "found")
    kinds = (kind,) if kind in KIND_WORDS else BY_CODE[code].kinds if code in BY_CODE else tuple(KIND_WORDS)
    return Behind(
        month=asked_month(request) or clock.today().replace(day=1),
        kinds=kinds,
        column=column if column in COLUMN_WORDS else "found",
        unit_id=int(unit) if unit.isdecimal() and len(unit) < 15 else None,
    )


def indicator_href(month: date, code: str) -> str:
    """What an indicator counted: the alert board where it has the same group, else the list behind the number."""
    if code in GROUPS:
        query = {"state": "all", "month": f"{month:%Y-%m}", "group": code}
        return f"{reverse('alerts:board')}?{urlencode(query)}"
    return behind_href(month, indicator=code)


def behind_href(month: date, **asked: object) -> str:
    """The list behind a number."""
    query = {key: value for key, value in asked.items() if value not in (None, "")}
    return f"{reverse('indicators:behind')}?{urlencode({'month': f'{month:%Y-%m}', **query})}"
