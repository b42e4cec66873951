"""Outages that came out, in the town of the outages' tests."""

from datetime import datetime, timedelta
from typing import Any

from longzhong.register.org.rules import CST
from longzhong.sensing.restorations.engines.maker import make_outages
from longzhong.sensing.restorations.models import Estimate
from longzhong.sensing.restorations.rules import Stage
from tests.register.policies.make import change, security

AT = datetime(2026, 3, 2, 9, 0, tzinfo=CST)


def history(unit_id: int, count: int = 400, *, seed: int = 4, wrong: bool = False, first: int = 0) -> None:
    """Estimates that came out, an hour apart; `wrong`: lengths that have nothing to do with the features."""
    held = make_outages(seed, count)
    rows = []
    for place, known in enumerate(held.rows):
        at = AT - timedelta(hours=5000 - first - place)
        took = float(held.minutes[-1 - place] if wrong else held.minutes[place])
        rows.append(
            _row(unit_id, f"tests.outage:{first + place}", at, took, {**_FEATURES, **known, "hour": float(at.hour)})
        )
    Estimate.objects.bulk_create(rows)


_FEATURES: dict[str, Any] = {
    "stage": "reported",
    "elapsed": 0.0,
    "fault": "outage",
    "live": 1.0,
    "device": "feeder",
    "side": "",
    "priority": 2.0,
}


def _row(unit_id: int, label: str, at: datetime, took: float, known: dict[str, Any]) -> Estimate:
    said = {
        "low_at": at + timedelta(minutes=60),
        "median_at": at + timedelta(minutes=100),
        "high_at": at + timedelta(minutes=200),
    }
    return Estimate(
        label=label, title=label, unit_id=unit_id, stage=Stage.REPORTED, began_at=at, at=at, version=0, features=known,
        restored_at=at + timedelta(minutes=took), **said,
    )  # fmt: skip


def soon() -> None:
    """Training asks for few outages."""
    change("restorations.least", 100, by=security())
