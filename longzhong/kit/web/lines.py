"""The body of a table drawn in Python: fifty rows of ten cells cost a tenth of what a template component a cell would."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from html import escape
from typing import Any

from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from longzhong.kit.clock import CST, civil_day
from longzhong.kit.web.columns import Cell
from longzhong.kit.web.parts import Badge
from longzhong.kit.web.words import TONE_ICONS, due_badge, figure, share, stamp

Line = tuple[str, Sequence[Cell]]


def drawn_lines(lines: Iterable[Line], now: datetime) -> SafeString:
    """`<tr>`s of (address, cells); everything that comes from data is escaped here."""
    return mark_safe("".join(_line(href, cells, now) for href, cells in lines))  # noqa: S308  escaped cell by cell


def drawn_badge(badge: Badge) -> str:
    """A badge as the component `c-badge` draws it."""
    icon = badge.icon or TONE_ICONS.get(badge.tone, "circle-dot")
    return f'<span class="lz-badge lz-tone-{badge.tone}">{drawn_icon(icon, 14)}{escape(str(badge.label))}</span>'


def drawn_icon(name: str, size: int | str) -> str:
    """One icon of the sprite; decoration only, the word stands beside it."""
    return (
        f'<svg class="lz-icon" width="{size}" height="{size}" aria-hidden="true" focusable="false">'
        f'<use href="{_sprite()}#{escape(name)}"/></svg>'
    )


@cache
def _sprite() -> str:
    """Where the icons lie; the same for a process's life."""
    return static("vendor/icons.svg")


def _line(href: str, cells: Sequence[Cell], now: datetime) -> str:
    to = f' data-href="{escape(href)}"' if href else ""
    return f"<tr{to}>{''.join(_cell(cell, cell.href or href, now) for cell in cells[:1])}" + (
        "".join(_cell(cell, cell.href, now, lead="") for cell in cells[1:]) + "</tr>"
    )


def _cell(cell: Cell, to: str, now: datetime, lead: str = " lz-lead") -> str:
    column = cell.column
    said_nothing = column.kind == "badge" and not cell.value and not cell.note  # a card on a phone needs no empty line
    phone = "" if column.phone and not said_nothing else " lz-no-phone"
    note = f'<small class="lz-cut" title="{(said := escape(str(cell.note)))}">{said}</small>' if cell.note else ""
    return (
        f'<td class="lz-k-{column.kind}{phone}{lead}" data-label="{escape(str(column.label))}">'
        f"{_value(cell, to, now)}{note}</td>"
    )


def _value(cell: Cell, to: str, now: datetime) -> str:
    kind, value = cell.column.kind, cell.value
    if kind == "countdown":
        return _countdown(value, now)
    if kind == "badge":
        drawn = drawn_badge(value) if value else ""
        return f'<a href="{escape(to)}">{drawn}</a>' if to and drawn else drawn
    text = escape(_text(cell))
    if to:
        return f'<a class="lz-cut" href="{escape(to)}" title="{text}">{text}</a>'
    return f'<span class="lz-cut" title="{text}">{text or "–"}</span>'


def _countdown(due: Any, now: datetime) -> str:
    """What `c-countdown` draws of a running deadline: the browser counts on by `data-due`."""
    badge = due_badge(due, now)
    if badge is None:
        return '<span class="lz-dim">–</span>'
    icon = drawn_icon(badge.icon or TONE_ICONS[badge.tone], 14)
    label = f'<time datetime="{due.astimezone(CST).isoformat()}" data-due>{escape(badge.label)}</time>'
    return f'<span class="lz-badge lz-tone-{badge.tone}" title="{stamp(due)}">{icon}{label}</span>'


def _text(cell: Cell) -> str:
    value: Any = cell.value
    if cell.column.kind == "number":
        return figure(value, cell.column.decimals)
    if cell.column.kind == "share":
        return share(value)
    if cell.column.kind == "day" and isinstance(value, datetime):
        value = civil_day(value)
    return stamp(value) if isinstance(value, datetime | date | timedelta) else "" if value is None else str(value)
