"""Filters and tags of the component set; how things are written stands in `kit.web.words`."""

import uuid
from datetime import datetime
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from longzhong.kit import clock
from longzhong.kit.web import words
from longzhong.kit.web.lines import drawn_icon, drawn_lines
from longzhong.kit.web.parts import Badge

register = template.Library()
FLAT = 1e-9

register.filter("stamp", words.stamp)
register.filter("figure", words.figure)
register.filter("share", words.share)
register.filter("span", words.span)


@register.filter
def tone_icon(tone: str) -> str:
    return words.TONE_ICONS.get(tone, "circle-dot")


@register.simple_tag(takes_context=True)
def due_badge(context: template.Context, due: datetime | None, stopped: Any = None, soon: Any = None) -> Badge | None:
    """A deadline as a badge: 还剩 … (amber when near), 超时 …, or how it was met once the clock stopped."""
    return words.due_badge(due, _now(context), stopped, soon)


@register.simple_tag(takes_context=True)
def lines_of(context: template.Context, listing: Any) -> SafeString:
    """The rows of a list."""
    return drawn_lines(listing.lines, _now(context))


@register.simple_tag
def icon(name: str, size: int | str = 20) -> SafeString:
    """One icon of the sprite; decoration only, the word stands beside it."""
    return mark_safe(drawn_icon(name, size))  # noqa: S308  the name is escaped, the rest is ours


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
