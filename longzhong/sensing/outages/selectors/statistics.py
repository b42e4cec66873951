"""What statistics count: every area's part of every outage that happened, for the reliability of supply. No door: the caller's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Coalesce

from longzhong.sensing.outages.models import Affected
from longzhong.sensing.outages.rules import HAPPENED


@dataclass(frozen=True, slots=True)
class AreaOff:
    """One area without power: its station of then and how many accounts stood behind it; `restored_at` None: still off."""

    outage_id: int
    kind: str
    area_id: int
    unit_id: int | None
    accounts: int
    started_at: datetime
    restored_at: datetime | None


def areas_off(
    first: datetime, last: datetime, *, unit_ids: Collection[int] | None = None, kinds: Collection[str] = ()
) -> list[AreaOff]:
    """Parts that touch [first, last) of confirmed outages, the earliest first; one query. Restoration is the area's own."""
    ended = Coalesce("restored_at", "outage__restored_at")
    rows = Affected.objects.filter(outage__state__in=HAPPENED, outage__started_at__lt=last).annotate(ended=ended)
    rows = rows.filter(Q(ended=None) | Q(ended__gte=first))
    if unit_ids is not None:
        rows = rows.filter(unit__in=unit_ids)
    if kinds:
        rows = rows.filter(outage__kind__in=kinds)
    fields = ("outage_id", "outage__kind", "area_id", "unit_id", "accounts", "outage__started_at", "ended")
    return [AreaOff(*row) for row in rows.order_by("outage__started_at", "id").values_list(*fields)]
