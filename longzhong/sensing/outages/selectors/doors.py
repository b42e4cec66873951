"""The one door of outages, and who may take which step."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from longzhong.kit.actor import Actor, within
from longzhong.kit.machine import Move
from longzhong.sensing.outages.models import Affected, Outage
from longzhong.sensing.outages.rules import LIVE, OWNERS_ONLY, READERS

PREFIX = "outages.outage"


def visible_to(actor: Actor) -> QuerySet[Outage]:
    """Outages of the actor's units, and those that touch an area which is theirs now or was theirs then.

    A station answers its customers whoever caused the outage; an area that moved is answered by both its stations.
    """
    if actor.system:
        return Outage.objects.all()
    return Outage.objects.filter(within(actor, grid=None, roles=READERS) | Exists(_touched(actor)))


def _touched(actor: Actor) -> QuerySet[Affected]:
    now = within(actor, unit="area__unit_id", grid="area__grid_id", roles=READERS)
    return Affected.objects.filter(within(actor, roles=READERS) | now, outage=OuterRef("pk"))


def may(actor: Actor, row: Move, outage: Outage) -> bool:
    """Whether the actor holds one of the step's roles over the outage's unit or, for steps on the line, over one of its areas.

    Nobody decides the exemption that they asked for, machines neither.
    """
    if row.verb in ("approve", "decline") and is_own_request(actor, outage):
        return False
    if actor.system:
        return True
    units = actor.units(*row.roles)
    if outage.unit_id in units:
        return True
    touched = Affected.objects.filter(outage=outage, unit__in=units)
    return row.verb not in OWNERS_ONLY and touched.exists()


def is_own_request(actor: Actor, outage: Outage) -> bool:
    """Whether the actor asked for this outage's exemption."""
    return (actor.user_id, actor.staff_id) == (outage.asked_by_user, outage.asked_by_staff)


def label(outage_id: int) -> str:
    """An outage's name in timelines and causes."""
    return f"{PREFIX}:{outage_id}"


def outage_id_of(matter: str) -> int | None:
    """The outage behind a label; None if the label isn't an outage's."""
    prefix, _, number = matter.rpartition(":")
    return int(number) if prefix == PREFIX and number.isdigit() else None


def is_visible(actor: Actor, outage_id: int) -> bool:
    """Whether the actor may see the outage."""
    return visible_to(actor).filter(pk=outage_id).exists()


def title(outage_id: int) -> str:
    """How an outage is called elsewhere."""
    row = Outage.objects.filter(pk=outage_id).first()
    return "" if row is None else f"{row.number} {row.title}".strip()


@dataclass(frozen=True)
class Standing:
    """Where an outage stands now, for reactions that hear of it late or twice."""

    number: str
    kind: str
    state: str
    source: str
    started_at: datetime | None
    expected_end_at: datetime | None
    restored_at: datetime | None

    @property
    def is_live(self) -> bool:
        """It isn't over."""
        return self.state in LIVE


def standing(outage_id: int) -> Standing:
    """For whoever caused or follows the outage; no door: the label was theirs. One that was merged stands as its keeper does."""
    while (keeper := Outage.objects.values_list("merged_into", flat=True).get(pk=outage_id)) is not None:
        outage_id = keeper
    columns = ("number", "kind", "state", "source", "started_at", "expected_end_at", "restored_at")
    number, *rest = Outage.objects.values_list(*columns).get(pk=outage_id)
    return Standing(number or "", *rest)


def areas_of_outage(outage_id: int, *, still_out: bool = False) -> tuple[int, ...]:
    """The areas of an outage; with `still_out` those not restored yet."""
    rows = Affected.objects.filter(outage=outage_id)
    if still_out:
        rows = rows.filter(restored_at=None)
    return tuple(rows.order_by("area_id").values_list("area_id", flat=True))


def outages_of_source(source: str) -> list[tuple[int, str, str]]:
    """Id, number and state of the outages that were registered for a cause, the newest first."""
    rows = Outage.objects.filter(source=source).order_by("-id").values_list("id", "number", "state")
    return [(outage_id, number or "", state) for outage_id, number, state in rows]
