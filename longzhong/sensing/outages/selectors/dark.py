"""Which areas had no power when: by confirmed outages, for those who saw something and ask whether it is known."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import Q

from longzhong.kit import clock
from longzhong.sensing.outages.models import Affected
from longzhong.sensing.outages.rules import HAPPENED

GRACE = timedelta(hours=1)


def areas_out_at(
    at: datetime, area_ids: Collection[int] | None = None, *, since: datetime | None = None
) -> frozenset[int]:
    """The areas without power at a moment of the past or now (with `since`: at any moment from then on), confirmed; one query."""
    return frozenset(area for area, _start, _end in _spans_out(since or at, at, area_ids))


def explains_dark(area_id: int, day: date, minutes: float) -> bool:
    """Whether registered outages account for so many minutes without voltage on a civil day; an hour of grace for late entries.

    What curves show of a known outage is no news: neither an alert nor a signal of another outage.
    """
    start, end = clock.day_start(day), clock.day_start(day + timedelta(days=1))
    known, upto = timedelta(), start
    for _area, began, back in sorted(_spans_out(start, end, [area_id]), key=lambda row: row[1]):
        low, high = max(began, upto), min(back or end, end)
        known, upto = known + max(high - low, timedelta()), max(upto, high)
    return bool(known) and known + GRACE >= timedelta(minutes=minutes)


def _spans_out(
    start: datetime, end: datetime, area_ids: Collection[int] | None
) -> list[tuple[int, datetime, datetime | None]]:
    """(area, off, back) of confirmed outages that touch a time, both ends included."""
    rows = Affected.objects.filter(outage__state__in=HAPPENED, outage__started_at__lte=end)
    rows = rows.filter(Q(restored_at=None) | Q(restored_at__gt=start))
    if area_ids is not None:
        rows = rows.filter(area__in=area_ids)
    found = rows.order_by("id").values_list("area_id", "outage__started_at", "restored_at")
    return [(area, began, back) for area, began, back in found if began is not None]
