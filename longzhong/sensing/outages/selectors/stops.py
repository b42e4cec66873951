"""Stops of single accounts (营销类停电): what the desk may say to that customer, and the list of those whom it concerns."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from longzhong.kit.actor import Actor, within
from longzhong.kit.clock import CST
from longzhong.sensing.outages.models import Stop
from longzhong.sensing.outages.rules import STOP_LABELS, STOP_READERS, StopKind, stop_answer, stop_words
from longzhong.sensing.outages.selectors.known import OutageCard, known_at

STOP_PREFIX = "outages.stop"


@dataclass(frozen=True)
class StopCard:
    """Why this account, and no other, is without power."""

    id: int
    kind: StopKind
    words: str
    answer: str
    stopped_at: datetime


@dataclass(frozen=True)
class Known:
    """What is known of one account: its own stop first, then the outages of its area."""

    stops: tuple[StopCard, ...]
    outages: tuple[OutageCard, ...]


def visible_stops(actor: Actor) -> QuerySet[Stop]:
    """The door: stops of accounts of the actor's units or cells, for those whom it concerns."""
    return Stop.objects.filter(
        within(actor, unit="account__unit_id", grid="account__area__grid_id", roles=STOP_READERS)
    )


def stop_rows(actor: Actor) -> QuerySet[Stop]:
    """For a list, the newest first."""
    return (
        visible_stops(actor).select_related("account", "account__unit", "account__area").order_by("-stopped_at", "-id")
    )


def stop_label(stop_id: int) -> str:
    """A stop's name in timelines."""
    return f"{STOP_PREFIX}:{stop_id}"


def known_of_account(actor: Actor, account_id: int, area_id: int | None, at: datetime) -> Known:
    """The desk's question about the customer on the line; whom stops don't concern gets the outages only. Three queries."""
    rows = visible_stops(actor).filter(account=account_id, restored_at=None).order_by("stopped_at", "id")
    stops = tuple(_card(row) for row in rows)
    outages = known_at([area_id], at).get(area_id, []) if area_id else []
    return Known(stops, tuple(outages))


def stop_title(stop_id: int) -> str:
    """How a stop is called elsewhere: its kind, not its customer."""
    kind = Stop.objects.filter(pk=stop_id).values_list("kind", flat=True).first()
    return STOP_LABELS[StopKind(kind)] if kind else ""


def _card(row: Stop) -> StopCard:
    kind = StopKind(row.kind)
    return StopCard(row.pk, kind, stop_words(kind, row.stopped_at.astimezone(CST)), stop_answer(kind), row.stopped_at)
