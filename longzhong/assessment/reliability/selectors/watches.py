"""Frequent outage: which areas were off too often, the list, and one watch with the outages behind it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from longzhong.assessment.reliability.models import Watch
from longzhong.assessment.reliability.rules import LIVE, READERS, Interruption, Limits
from longzhong.assessment.reliability.selectors.figures import interruptions
from longzhong.kit.actor import Actor, within
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.policies import selectors as policies

NOUN = "reliability.watch"
WATCH = Actor.machine("reliability")


@dataclass(frozen=True)
class Often:
    """An area that was off at least once in its window: the interruptions that began there, in order."""

    area_id: int
    felt: tuple[Interruption, ...]
    limits: Limits

    @property
    def times(self) -> int:
        return len(self.felt)


def visible_to(actor: Actor) -> QuerySet[Watch]:
    """The door: organisation × grid × role, of the area as it lay then or lies now."""
    now = within(actor, unit="area__unit_id", grid="area__grid_id", roles=READERS)
    return Watch.objects.filter(within(actor, roles=READERS) | now)


def board(actor: Actor) -> QuerySet[Watch]:
    """Watches, red ones first."""
    return visible_to(actor).select_related("area", "unit", "grid").order_by("level", "-times", "-last_at", "id")


def watch_of(actor: Actor, watch_id: int) -> Watch:
    """One watch; Refused not_found."""
    row = board(actor).filter(pk=watch_id).first()
    if row is None:
        raise Refused("not_found", _("没有这条频繁停电预警，或不在您的管辖范围内。"), watch=watch_id)
    return row


def counts(actor: Actor) -> dict[tuple[str, int], int]:
    """How many stand in each state and level."""
    rows = visible_to(actor).order_by().values_list("state", "level").annotate(n=Count("id"))
    return {(state, level): n for state, level, n in rows}


def most_urgent(actor: Actor, limit: int = 3) -> list[Watch]:
    """The live watches that are most urgent, for a short list elsewhere."""
    return list(board(actor).filter(state__in=LIVE)[:limit])


def live_areas(area_ids: Collection[int] | None = None) -> dict[int, int]:
    """Area → times, of live watches; for the seasonal list."""
    rows = Watch.objects.filter(state__in=LIVE)
    if area_ids is not None:
        rows = rows.filter(area__in=area_ids)
    return dict(rows.values_list("area_id", "times"))


def often_off(now: datetime) -> list[Often]:
    """Every area with an interruption in the window of its station, whoever asks; for the machine."""
    day = civil_day(now)
    widest = policies.limits(Limits, "outage", day=day).frequent_window_d
    felt = interruptions(now - timedelta(days=max(widest, 366)), now, now, None)
    units = {one.unit_id for one in felt if one.unit_id is not None}
    limits = policies.limits_of_units(Limits, "outage", unit_ids=units, day=day)
    whole, found = Limits(), defaultdict(list)
    for one in felt:
        own = limits.get(one.unit_id or 0, whole)
        if one.start >= now - timedelta(days=own.frequent_window_d):
            found[one.area_id].append(one)
    return [
        Often(area_id, tuple(ones), limits.get(ones[-1].unit_id or 0, whole)) for area_id, ones in sorted(found.items())
    ]


def felt_since(area_id: int, since: datetime, now: datetime) -> list[Interruption]:
    """An area's interruptions that began after a moment."""
    return [one for one in interruptions(since, now, now, None) if one.area_id == area_id and one.start > since]


def felt_by(row: Watch, now: datetime) -> list[Interruption]:
    """The interruptions behind a watch, the latest first: of the window before it was last seen, and since."""
    limits = policies.limits(Limits, "outage", unit_id=row.unit_id, day=civil_day(row.last_at))
    since = min(row.raised_at, row.last_at) - timedelta(days=limits.frequent_window_d)
    return [one for one in reversed(interruptions(since, now, now, None)) if one.area_id == row.area_id]


def label(watch_id: int) -> str:
    return f"{NOUN}:{watch_id}"


def is_visible(actor: Actor, watch_id: int) -> bool:
    return visible_to(actor).filter(pk=watch_id).exists()
