"""The picker of devices, and beside it what a plan would do: counted anew at every tick, before anything is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from longzhong.kit import web
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org
from longzhong.sensing.outages import selectors
from longzhong.sensing.outages.pages.forms import asked_moment, picked
from longzhong.sensing.outages.rules import DEVICE_LABELS, Device, Devices, Kind, Span, customer_hours
from longzhong.sensing.outages.selectors import Draft, NamedDevice, Overlap, PlanCheck


@dataclass(frozen=True)
class Choice:
    """A line of the picker; `may_keep`: it can stay supplied from elsewhere."""

    device: NamedDevice
    kind: str
    off: bool
    may_keep: bool


@dataclass(frozen=True)
class Asked:
    """What the form says so far; `without`: the plan that is being changed."""

    text: str
    devices: Devices
    kind: Kind
    starts_at: datetime | None
    ends_at: datetime | None
    without: int | None = None

    @classmethod
    def read(cls, data: Any, without: int | None = None, kind: Kind | None = None) -> "Asked":
        known = {one.value: one for one in Kind}
        named = kind or known.get(data.get("kind", ""), Kind.FAULT)
        times = asked_moment(data.get("starts_at", "")), asked_moment(data.get("ends_at", ""))
        return cls(data.get("find", ""), picked(data), named, *times, without)


@dataclass(frozen=True)
class ImpactPart:
    """The picker with what was ticked, what was found, and what a plan with it would do."""

    text: str
    chosen: list[Choice]
    found: list[Choice]
    is_nothing: bool
    check: PlanCheck | None = None
    is_plan: bool = False
    has_times: bool = False
    stations: str = ""
    hours: float = 0
    refusal: str = ""

    @property
    def known(self) -> tuple[Overlap, ...]:
        """What is out, or planned at that time, already."""
        return self.check.others + self.check.clashes if self.check else ()


def part_of(who: web.Actor, asked: Asked, now: datetime) -> ImpactPart:
    """The picker as it is drawn; devices that the actor may not see are refused in a line, not in an error page."""
    matches = selectors.device_search(who, asked.text)
    nothing = bool(asked.text.strip()) and not matches
    try:
        chosen = selectors.named(who, asked.devices)
    except Refused as refusal:
        return ImpactPart(asked.text, [], [_choice(one) for one in matches], nothing, refusal=refusal.message)
    known = {one.key for one in chosen}
    found = [_choice(one) for one in matches if one.key not in known]
    lines = [_choice(one, off=not one.kept) for one in chosen]
    if not asked.devices.pairs:
        return ImpactPart(asked.text, lines, found, nothing)
    return _judged(asked, lines, found, nothing, now)


def _judged(asked: Asked, lines: list[Choice], found: list[Choice], nothing: bool, now: datetime) -> ImpactPart:
    span = Span(asked.starts_at or now, asked.ends_at if asked.starts_at else None)
    check = selectors.check_plan(Draft(asked.kind, asked.devices, span, without=asked.without), now)
    whole = asked.starts_at is not None and asked.ends_at is not None and asked.ends_at > asked.starts_at
    hours = customer_hours(check.impact.accounts, asked.starts_at, asked.ends_at) if whole else 0  # type: ignore[arg-type]
    return ImpactPart(
        asked.text, lines, found, nothing, check, asked.kind is not Kind.FAULT, asked.starts_at is not None,
        _stations(check.impact.units), hours,
    )  # fmt: skip


def _choice(one: NamedDevice, *, off: bool = False) -> Choice:
    return Choice(one, DEVICE_LABELS[one.kind], off, one.kind is Device.SECTION)


def _stations(units: Mapping[int, int]) -> str:
    """檀溪所 12 个台区、隆中所 3 个台区."""
    names = org.unit_names(units)
    return "、".join(_("%(unit)s %(n)s 个台区") % {"unit": names.get(unit, ""), "n": n} for unit, n in units.items())
