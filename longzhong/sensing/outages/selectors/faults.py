"""The fault library (故障库): where faults were found, how often on the same pole or line, and which lines storms hit."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from longzhong.kit.actor import Actor
from longzhong.sensing.outages.models import FaultNote
from longzhong.sensing.outages.rules import STORMY
from longzhong.sensing.outages.selectors.doors import visible_to


def fault_notes(actor: Actor) -> QuerySet[FaultNote]:
    """The door: notes of outages that the actor may see, with `repeats` on the same pole and `on_line` for the same cause."""
    seen = FaultNote.objects.filter(Exists(visible_to(actor).filter(pk=OuterRef("outage"))))
    rows = seen.annotate(repeats=Coalesce(_times("feeder", "pole"), 1), on_line=Coalesce(_times("feeder", "cause"), 1))
    return rows.select_related("outage", "feeder", "outage__unit").order_by("-found_at", "-id")


def _times(*same: str) -> Subquery:
    alike = FaultNote.objects.filter(**{name: OuterRef(name) for name in same}).order_by()
    counted = alike.values(*same).annotate(n=Count("outage", distinct=True)).values("n")
    return Subquery(counted, output_field=IntegerField())


def faults_of(outage_id: int) -> list[FaultNote]:
    """What was found on an outage, the first first; the caller has let the actor through the door."""
    rows = FaultNote.objects.filter(outage=outage_id).select_related("feeder")
    return list(rows.order_by("found_at", "id"))


@dataclass(frozen=True)
class StormLine:
    """A line that storms hit: in how many outages, how many accounts they took together, when last."""

    feeder_id: int
    name: str
    faults: int
    accounts: int
    last: datetime


def storm_lines(actor: Actor, since: datetime, limit: int = 12) -> list[StormLine]:
    """Lines with faults of storms (雷击、大风、树障) since a moment, the worst first; an outage with several places counts once."""
    ids = visible_to(actor).filter(pk=OuterRef("outage"))
    rows = FaultNote.objects.filter(Exists(ids), cause__in=STORMY, found_at__gte=since, feeder__isnull=False)
    columns = ("feeder_id", "feeder__name", "outage_id", "outage__accounts", "found_at")
    lines: dict[int, StormLine] = {}
    seen: set[tuple[int, int]] = set()
    for feeder, name, outage, accounts, found_at in rows.order_by("found_at", "id").values_list(*columns):
        held = lines.get(feeder or 0, StormLine(feeder or 0, name or "", 0, 0, found_at))
        new = (held.feeder_id, outage) not in seen
        seen.add((held.feeder_id, outage))
        counted = replace(held, faults=held.faults + new, accounts=held.accounts + new * accounts, last=found_at)
        lines[held.feeder_id] = counted
    return sorted(lines.values(), key=lambda line: (-line.faults, -line.accounts, line.feeder_id))[:limit]
