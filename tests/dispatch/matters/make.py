"""One matter's clock, and the sweep that hears it strike."""

from datetime import datetime

from longzhong.dispatch.matters import services
from longzhong.dispatch.matters.models import Clock, Escalation
from longzhong.dispatch.matters.rules import Limit, Measure, NewClock
from tests.dispatch.make import MORNING, SYSTEM, County

M = "tests.thing:1"


def start(
    county: County, limit: Limit | float = 4, when: datetime = MORNING, matter: str = M, owner: str | None = "zhang"
) -> Clock:
    """A clock of four hours, of so many, or of another limit."""
    promise = limit if isinstance(limit, Limit) else Limit(limit, Measure.HOURS)
    holder = county.staff[owner] if owner else None
    new = NewClock(matter, "reply", "答复", county.station, holder, promise=promise)
    return services.start_clocks(clocks=[new], by=SYSTEM, at=when)[0]


def swept(when: datetime, limit: int = 100) -> services.Swept:
    return services.sweep(by=SYSTEM, at=when, limit=limit)


def late_told() -> list[tuple[str, int]]:
    rows = Escalation.objects.filter(kind="late").order_by("clock__matter", "level")
    return list(rows.values_list("clock__matter", "level"))


def told() -> list[tuple[str, int]]:
    return list(Escalation.objects.order_by("id").values_list("kind", "level"))
