"""How figures, moments and deadlines are written (INTERFACE.md): 12,345 · 93.4 % · 2026-03-01 14:05 · 还剩 1小时20分."""

from datetime import date, datetime, timedelta
from math import isnan
from typing import Any

from django.utils.translation import gettext as _

from longzhong.kit import clock
from longzhong.kit.web.parts import Badge

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


def stamp(value: Any) -> str:
    """2026-03-01 14:05 in Chinese civil time; dates without time."""
    if isinstance(value, datetime):
        return (
            value.astimezone(clock.CST).strftime("%Y-%m-%d %H:%M") if value.tzinfo else value.strftime("%Y-%m-%d %H:%M")
        )
    return value.isoformat() if isinstance(value, date) else ("" if value is None else str(value))


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


def share(value: Any) -> str:
    """0.934 as 93.4 %."""
    return "–" if value in (None, "") else f"{float(value) * 100:.1f} %"


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


def due_badge(due: Any, now: datetime, stopped: Any = None, soon: Any = None) -> Badge | None:
    """A deadline as a badge: 还剩 … (amber when near), 超时 …, or how it was met once the clock stopped."""
    if not isinstance(due, datetime):
        return None
    if isinstance(stopped, datetime):
        late = stopped > due
        return Badge("late", _("超时 %s") % span(stopped - due)) if late else Badge("good", _("按时"))
    left = due - now
    if left < timedelta(0):
        return Badge("late", _("超时 %s") % span(left))
    near = left <= (soon if isinstance(soon, timedelta) else SOON)
    return Badge("soon" if near else "info", _("还剩 %s") % span(left), "" if near else "clock")
