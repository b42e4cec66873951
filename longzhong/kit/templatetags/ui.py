"""Filters and tags of the component set: figures, moments and countdowns as INTERFACE.md writes them."""

import uuid
from datetime import date, datetime, timedelta
from math import isnan
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from longzhong.kit import clock
from longzhong.kit.web.parts import Badge

register = template.Library()

TONE_ICONS = {
    "late": "alert-circle",
    "soon": "clock-exclamation",
    "good": "circle-check",
    "info": "info-circle",
    "closed": "circle-minus",
    "red": "alert-circle",
    "amber": "clock-exclamation",
    "green": "circle-check",
    "blue": "info-circle",
    "grey": "circle-minus",
}
SOON = timedelta(hours=4)
FLAT = 1e-9


@register.filter
def stamp(value: Any) -> str:
    """2026-03-01 14:05 in Chinese civil time; dates without time."""
    if isinstance(value, datetime):
        return (
            value.astimezone(clock.CST).strftime("%Y-%m-%d %H:%M") if value.tzinfo else value.strftime("%Y-%m-%d %H:%M")
        )
    return value.isoformat() if isinstance(value, date) else ("" if value is None else str(value))


@register.filter
def figure(value: Any, decimals: int | str | None = None) -> str:
    """12,345 or 12.3; a dash for what isn't known."""
    if value is None or value == "" or (isinstance(value, float) and isnan(value)):
        return "–"
    if not isinstance(value, int | float):
        return str(value)
    places = (
        int(decimals) if decimals not in (None, "") else (0 if isinstance(value, int) or value == int(value) else 1)
    )
    return f"{value:,.{places}f}"


@register.filter
def share(value: Any) -> str:
    """0.934 as 93.4 %."""
    return "–" if value in (None, "") else f"{float(value) * 100:.1f} %"


@register.simple_tag
def figure_of(value: Any, decimals: int | None = None) -> str:
    """`figure` whose decimals may be None."""
    return figure(value, decimals)


@register.simple_tag
def share_of(value: Any) -> str:
    return share(value)


@register.simple_tag
def stamp_of(value: Any) -> str:
    return stamp(value) if isinstance(value, datetime | date) else ("" if value is None else str(value))


@register.filter
def span(value: timedelta | float | int) -> str:
    """A length of time in Chinese words: 3天2小时, 1小时20分, 35分."""
    seconds = int(value.total_seconds() if isinstance(value, timedelta) else value)
    days, rest = divmod(abs(seconds), 86400)
    hours, rest = divmod(rest, 3600)
    minutes = rest // 60
    if days:
        return _("%(d)d天%(h)d小时") % {"d": days, "h": hours} if hours else _("%(d)d天") % {"d": days}
    if hours:
        return _("%(h)d小时%(m)d分") % {"h": hours, "m": minutes} if minutes else _("%(h)d小时") % {"h": hours}
    return _("%(m)d分") % {"m": minutes}


@register.filter
def tone_icon(tone: str) -> str:
    return TONE_ICONS.get(tone, "circle-dot")


@register.simple_tag(takes_context=True)
def due_badge(context: template.Context, due: datetime | None, stopped: Any = None, soon: Any = None) -> Badge | None:
    """A deadline as a badge: 还剩 … (amber when near), 超时 …, or how it was met once the clock stopped."""
    if not isinstance(due, datetime):
        return None
    if isinstance(stopped, datetime):
        late = stopped > due
        return Badge("late", _("超时 %s") % span(stopped - due)) if late else Badge("good", _("按时"))
    left = due - _now(context)
    if left < timedelta(0):
        return Badge("late", _("超时 %s") % span(left))
    near = left <= (soon if isinstance(soon, timedelta) else SOON)
    return Badge("soon" if near else "info", _("还剩 %s") % span(left), "" if near else "clock")


@register.simple_tag
def icon(name: str, size: int | str = 20) -> SafeString:
    """One icon of the sprite; decoration only, the word stands beside it."""
    return format_html(
        '<svg class="lz-icon" width="{}" height="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        size,
        size,
        static("vendor/icons.svg"),
        name,
    )


@register.filter
def spark(values: Any) -> str:
    """A small trend as the points of an SVG polyline in a 96×28 box; "" if there are fewer than two values."""
    known = [float(value) for value in values or () if value is not None]
    if len(known) < 2:
        return ""
    low, high = min(known), max(known)
    height = (high - low) or 1.0
    step = 96 / (len(known) - 1)
    if high - low < FLAT:
        return " ".join(f"{index * step:.1f},14" for index in range(len(known)))
    return " ".join(f"{index * step:.1f},{26 - 24 * (value - low) / height:.1f}" for index, value in enumerate(known))


@register.filter
def spec(heads: str) -> list[dict[str, Any]]:
    """ "台区,#最低电压" as columns; # means a number, right-aligned."""
    return [{"label": head.strip().lstrip("#"), "number": head.strip().startswith("#")} for head in heads.split(",")]


@register.filter
def parts_of(value: Any, whole: Any) -> float:
    """value as a percentage of whole, 0..100, for widths."""
    try:
        return round(min(100.0, 100 * float(value) / float(whole)), 1) if float(whole) else 0.0
    except (TypeError, ValueError):
        return 0.0


@register.simple_tag
def client_key() -> str:
    """A unique key of one rendering of a form: a POST that comes twice is known by it."""
    return uuid.uuid4().hex


def _now(context: template.Context) -> datetime:
    shell = context.get("shell")
    now = getattr(shell, "now", None)
    return now if isinstance(now, datetime) else clock.now()
