"""The weather of many past moments at once, for those who ask what it was like when something happened."""

from collections.abc import Collection
from datetime import datetime

from longzhong.kit.clock import civil_day
from longzhong.register.org import selectors as org
from longzhong.sensing.restorations.models import WeatherNote

Moment = tuple[int, datetime]


def weathers(moments: Collection[Moment]) -> dict[Moment, str]:
    """(unit, moment) → the weather that somebody noted for the unit or one above it; "" if nobody did. Two queries."""
    if not moments:
        return {}
    first, last = min(at for _unit, at in moments), max(at for _unit, at in moments)
    chains = org.chains({unit for unit, _at in moments}, civil_day(last))
    notes = list(WeatherNote.objects.filter(starts_at__lte=last, ends_at__gt=first).order_by("-noted_at", "-id"))
    return {
        (unit, at): next(
            (one.kind for one in notes if one.unit_id in chains.get(unit, ()) and one.starts_at <= at < one.ends_at), ""
        )
        for unit, at in moments
    }
