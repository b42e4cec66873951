"""Outages that are over, written down through the pool's service, on the small town of tests/sensing/outages."""

import itertools
from datetime import datetime

from longzhong.kit.clock import CST
from longzhong.sensing.outages import services as outages
from longzhong.sensing.outages.rules import Kind, PastOutage
from tests.sensing.outages.make import MACHINE, Place, a_place

_numbers = itertools.count(1)


def at(text: str) -> datetime:
    """ "03-12 18:00" of 2026."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=CST)


def off(
    place: Place, areas: str, start: str, end: str, *, kind: Kind = Kind.FAULT, when: datetime | None = None
) -> int:
    """These areas were without power from then to then; the outage's id."""
    reason = "unknown" if kind is Kind.FAULT else "maintenance"
    past = PastOutage(
        kind=kind, reason_code=reason, started_at=at(start), restored_at=at(end), source=f"tests.past:{next(_numbers)}",
        devices=place.off(areas=areas),
    )  # fmt: skip
    return outages.record_outage(past=past, by=MACHINE, at=when or at("05-20 08:00"))


__all__ = ["MACHINE", "Place", "a_place", "at", "off"]
