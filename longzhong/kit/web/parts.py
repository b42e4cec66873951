"""The small things that pages are composed of, as plain values; each is drawn by the cotton component of its name."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Tone = Literal["late", "soon", "good", "info", "closed"]


@dataclass(frozen=True)
class Badge:
    """A state as colour, icon and word. late=red overdue, soon=amber due soon, good=green verified, info=blue, closed=grey."""

    tone: Tone
    label: str
    icon: str = ""


@dataclass(frozen=True)
class Tab:
    """One tab of a page; `count` is what its list holds."""

    label: str
    href: str
    count: int | None = None
    active: bool = False


@dataclass(frozen=True)
class Entry:
    """One line of a timeline: when, who, what, with evidence (label, address)."""

    at: datetime
    title: str
    who: str = ""
    text: str = ""
    tone: Tone | str = "info"
    icon: str = ""
    evidence: tuple[tuple[str, str], ...] = ()
    pictures: tuple[str, ...] = ()
    proof: str = ""


@dataclass(frozen=True)
class Stage:
    """One stage of a stepper: done, now, todo or bad."""

    label: str
    state: Literal["done", "now", "todo", "bad"]
    note: str = ""


@dataclass(frozen=True)
class Fact:
    """One row of a definition list."""

    label: str
    value: Any
    href: str = ""
    note: str = ""


@dataclass(frozen=True)
class MoveForm:
    """A next move as a button; with `form` (a Django form) or `ask` (what will happen) it opens a dialog first."""

    verb: str
    label: str
    action: str
    form: Any = None
    ask: str = ""
    tone: Literal["primary", "secondary", "danger"] = "secondary"
    icon: str = ""
    hidden: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Bar:
    """One bar of a ranking."""

    label: str
    value: float
    href: str = ""


@dataclass(frozen=True)
class StageCount:
    """One number of the funnel and the list that it counts."""

    label: str
    count: int
    note: str
    href: str
    icon: str = ""


@dataclass(frozen=True)
class Tile:
    """A key figure with unit, comparison and the list that it counts."""

    label: str
    value: float | None
    unit: str = ""
    href: str = ""
    tone: str = ""
    change: str = ""
    change_tone: str = ""
    against: str = ""
    note: str = ""
    trend: tuple[float, ...] = ()
    decimals: str = ""


@dataclass(frozen=True)
class Progress:
    """How far a long work is; `label` says what it is doing."""

    done: int
    total: int
    label: str = ""

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.total) if self.total else 0
