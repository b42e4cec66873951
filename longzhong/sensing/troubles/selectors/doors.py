"""The one door of troubles, and who may take which step."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from longzhong.kit.actor import Actor, within
from longzhong.kit.machine import Move
from longzhong.sensing.troubles.models import Dark, Signal, Trouble
from longzhong.sensing.troubles.rules import BEHIND, READERS, Level, State, probable_answer, probable_words

PREFIX = "troubles.trouble"


def visible_to(actor: Actor) -> QuerySet[Trouble]:
    """Troubles of the actor's units, and those that may have put out an area of theirs."""
    if actor.system:
        return Trouble.objects.all()
    return Trouble.objects.filter(within(actor, grid=None, roles=READERS) | Exists(_touched(actor, READERS)))


def _touched(actor: Actor, roles: Collection[str]) -> QuerySet[Dark]:
    mine = within(actor, unit="area__unit_id", grid="area__grid_id", roles=roles)
    return Dark.objects.filter(mine, trouble=OuterRef("pk"))


def may(actor: Actor, row: Move, trouble: Trouble) -> bool:
    """Whether the actor holds one of the step's roles over the trouble's unit or one of its areas."""
    if actor.system:
        return True
    if row.verb in BEHIND:
        return False
    covered = within(actor, grid=None, roles=row.roles) | Exists(_touched(actor, row.roles))
    return Trouble.objects.filter(covered, pk=trouble.pk).exists()


def label(trouble_id: int) -> str:
    """A trouble's name in timelines, and as the source of its outage."""
    return f"{PREFIX}:{trouble_id}"


def is_visible(actor: Actor, trouble_id: int) -> bool:
    """Whether the actor may see the trouble."""
    return visible_to(actor).filter(pk=trouble_id).exists()


def title(trouble_id: int) -> str:
    """How a trouble is called elsewhere."""
    return Trouble.objects.filter(pk=trouble_id).values_list("name", flat=True).first() or ""


def explained(trouble_id: int) -> tuple[int | None, list[str]]:
    """The outage that a trouble became, and the labels of its signals; for those whose labels they are."""
    outage_id = Trouble.objects.filter(pk=trouble_id).values_list("outage_id", flat=True).first()
    sources = Signal.objects.filter(member__trouble=trouble_id).order_by("id").values_list("source", flat=True)
    return outage_id, list(sources)


@dataclass(frozen=True)
class Probable:
    """An outage that is probable in an area and not registered: for the desk's screen (`words`) and the caller (`answer`)."""

    id: int
    name: str
    confidence: float
    began_at: datetime
    signals: int
    words: str
    answer: str
    url: str


def open_for(area_ids: Collection[int], at: datetime) -> dict[int, list[Probable]]:
    """For the desk: by area the open troubles that probably put it out, the surest first; one query.

    Confirmed ones are registered outages, which `outages.known_at` tells; a single customer's trouble says nothing of others.
    """
    rows = Dark.objects.filter(area__in=area_ids, trouble__state=State.OPEN, trouble__began_at__lte=at)
    rows = rows.exclude(trouble__level=Level.METER).select_related("trouble")
    found: dict[int, list[Probable]] = {}
    for row in rows.order_by("-trouble__confidence", "trouble_id"):
        found.setdefault(row.area_id, []).append(_probable(row.trouble))
    return found


def _probable(trouble: Trouble) -> Probable:
    return Probable(
        trouble.pk, trouble.name, trouble.confidence, trouble.began_at, trouble.signals,
        probable_words(trouble.name, trouble.signals, trouble.confidence), probable_answer(trouble.signals),
        reverse("troubles:detail", args=[trouble.pk]),
    )  # fmt: skip


def outage_explaining(source: str) -> int | None:
    """The registered outage that explains a signal, by the label of whoever sent it."""
    rows = Signal.objects.filter(source=source, outage_id__isnull=False).order_by("id")
    return rows.values_list("outage_id", flat=True).first()
