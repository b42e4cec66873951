"""Signals in the small town of tests/sensing/outages, through the services only.

F1: S1 ─ S2 ─ S3 with A1, S4 behind S2 with A2, A3 on S2 itself. A1 has two accounts, A2 one, A3 two.
"""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from longzhong.kit.actor import Actor
from longzhong.sensing.troubles import services
from longzhong.sensing.troubles.models import Member, Trouble
from longzhong.sensing.troubles.rules import NewSignal, SignalKind
from tests.sensing.outages.make import MACHINE, NOW, Place

NUMBERS = count(1)


def call(place: Place, area: str = "", minutes: float = 0, *, source: str = "", **more: Any) -> NewSignal:
    """A customer of an area calls so many minutes before nine."""
    told = {"kind": SignalKind.CALL, "source": source or f"test.call:{next(NUMBERS)}", **more}
    area_id = place.net.areas[area] if area else None
    return NewSignal(at=NOW - timedelta(minutes=minutes), area_id=area_id, **told)


def hear(*signals: NewSignal, by: Actor = MACHINE, at: datetime = NOW) -> list[int]:
    return services.hear_signals(signals=signals, by=by, at=at)


def troubles() -> dict[str, list[str]]:
    """The open troubles by device, with the areas of their signals."""
    return {
        one.device: sorted(
            area or "?" for area in Member.objects.filter(trouble=one).values_list("signal__area__code", flat=True)
        )
        for one in Trouble.objects.filter(state="open").order_by("id")
    }
