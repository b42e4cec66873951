"""Panels: what a higher app puts on the detail page of a lower noun ("hotline.case"), without the lower one knowing of it.

A higher app registers at start (its reactions module) a function of the actor and the id; None: nothing to say. Queries of a
panel count on the page it stands on: one or two, no more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """A fact of a panel: label and value, with an address where it leads somewhere."""

    label: str
    value: Any
    href: str = ""
    note: str = ""


@dataclass(frozen=True)
class Link:
    """A next step that the higher app offers: where to, in which words, with which icon."""

    label: str
    href: str
    icon: str = "chevron-right"


@dataclass(frozen=True)
class Panel:
    """A card with facts and links; smaller `order` stands further up."""

    title: str
    lines: tuple[Line, ...] = ()
    links: tuple[Link, ...] = ()
    note: str = ""
    order: int = 50


Source = Callable[[Any, int], Panel | None]
PANELS: dict[str, list[Source]] = {}


def register_panel(prefix: str, source: Source) -> None:
    """Let a panel stand on the detail page of a noun ("outages.outage"); registering twice changes nothing."""
    if source not in PANELS.setdefault(prefix, []):
        PANELS[prefix].append(source)


def panels_of(prefix: str, number: int, actor: Any) -> list[Panel]:
    """The panels for this actor, in their order."""
    found = [panel for source in PANELS.get(prefix, ()) if (panel := source(actor, number)) is not None]
    return sorted(found, key=lambda panel: panel.order)
