"""Lists of troubles and the numbers that open them; one trouble with all that its page says."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import StepCard
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move
from longzhong.sensing.troubles.models import Dark, Signal, Trouble
from longzhong.sensing.troubles.rules import BEHIND, MACHINE, Level, State
from longzhong.sensing.troubles.selectors.doors import label, may, visible_to

SEVERAL = Q(signals__gt=1) | ~Q(level=Level.METER)


@dataclass(frozen=True)
class Counts:
    """The numbers of the board's tabs."""

    probable: int
    single: int
    confirmed: int
    past: int


@dataclass(frozen=True)
class TroubleDetail:
    """A trouble, its timeline, and what this actor may do next."""

    trouble: Trouble
    steps: tuple[StepCard, ...]
    moves: tuple[Move, ...]


class Point(NamedTuple):
    """A signal or an area on the map."""

    name: str
    lat: float
    lon: float
    is_signal: bool


def board(actor: Actor) -> QuerySet[Trouble]:
    """All that the actor may see, the newest first."""
    return visible_to(actor).select_related("unit").order_by("-began_at", "-id")


def probable(rows: QuerySet[Trouble]) -> QuerySet[Trouble]:
    """Open ones with several signals, or of more than one customer."""
    return rows.filter(SEVERAL, state=State.OPEN)


def single(rows: QuerySet[Trouble]) -> QuerySet[Trouble]:
    """Open ones of one signal."""
    return rows.filter(~SEVERAL, state=State.OPEN)


def counts(actor: Actor) -> Counts:
    """One query."""
    found = visible_to(actor).aggregate(
        probable=Count("id", filter=Q(state=State.OPEN) & SEVERAL),
        single=Count("id", filter=Q(state=State.OPEN) & ~SEVERAL),
        confirmed=Count("id", filter=Q(state=State.CONFIRMED)),
        past=Count("id", filter=Q(state__in=[State.CLOSED, State.DISMISSED])),
    )
    return Counts(**found)


def trouble_of(actor: Actor, trouble_id: int) -> TroubleDetail:
    """Through the door; whom it isn't for learns only that it isn't there."""
    trouble = visible_to(actor).select_related("unit").filter(pk=trouble_id).first()
    if trouble is None:
        raise Refused("not_found", _("没有这处疑似停电，或不在您的管辖范围内。"), trouble=trouble_id)
    steps = tuple(matters.steps(label(trouble.pk)))
    return TroubleDetail(trouble, steps, tuple(open_moves(actor, trouble)))


def open_moves(actor: Actor, trouble: Trouble) -> list[Move]:
    """The machine's rows open to this actor now; a lone signal can't be split."""
    rows = [row for row in MACHINE.moves_from(trouble.state) if row.verb not in BEHIND]
    alone = trouble.signals < 2
    return [row for row in rows if not (alone and row.verb == "split") and may(actor, row, trouble)]


def signal_rows(trouble_id: int) -> QuerySet[Signal]:
    """The signals of a trouble for a list, the earliest first. The caller has let the actor through the door."""
    rows = Signal.objects.filter(member__trouble=trouble_id).select_related("area", "member")
    return rows.order_by("at", "id")


def heard_of(outage_id: int) -> dict[str, int]:
    """Signals by kind that a registered outage explains; one query. The caller has let the actor through the outage's door."""
    rows = Signal.objects.filter(outage_id=outage_id).order_by().values_list("kind").annotate(n=Count("id"))
    return dict(rows)


def neighbours(actor: Actor, trouble: Trouble, limit: int = 100) -> list[tuple[int, str]]:
    """Other open troubles that a signal may belong to, those with most areas in common first."""
    areas = Dark.objects.filter(trouble=trouble.pk).values("area__section__feeder")
    near = Count("dark", filter=Q(dark__area__section__feeder__in=areas))
    rows = visible_to(actor).filter(state=State.OPEN).exclude(pk=trouble.pk).annotate(near=near)
    return list(rows.order_by("-near", "-began_at", "-id").values_list("id", "name")[:limit])


def points(trouble_id: int) -> list[Point]:
    """Where the areas are and where signals came from; two queries."""
    dark = Dark.objects.filter(trouble=trouble_id).order_by("id").values_list("area__name", "area__lat", "area__lon")
    heard = Signal.objects.filter(member__trouble=trouble_id).order_by("id").values_list("lat", "lon")
    rows = [*((name, lat, lon, False) for name, lat, lon in dark), *(("", lat, lon, True) for lat, lon in heard)]
    return [Point(name, lat, lon, said) for name, lat, lon, said in rows if lat is not None and lon is not None]
