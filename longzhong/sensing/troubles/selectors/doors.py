"""The one door of troubles, and who may take which step."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from longzhong.kit.actor import Actor, within
from longzhong.kit.machine import Move
from longzhong.sensing.troubles.models import Dark, Signal, Trouble
from longzhong.sensing.troubles.rules import BEHIND, LIVE, READERS

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


def open_for(area_ids: Collection[int], at: datetime) -> dict[int, list[tuple[int, str, float]]]:
    """For the desk: by area the troubles that probably put it out, as (id, name, confidence), the surest first; one query."""
    rows = Dark.objects.filter(area__in=area_ids, trouble__state__in=LIVE, trouble__began_at__lte=at)
    columns = ("area_id", "trouble_id", "trouble__name", "trouble__confidence")
    found: dict[int, list[tuple[int, str, float]]] = {}
    for area, trouble, name, confidence in rows.order_by("-trouble__confidence", "trouble_id").values_list(*columns):
        found.setdefault(area, []).append((trouble, name, confidence))
    return found
