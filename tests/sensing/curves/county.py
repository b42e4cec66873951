"""Keeping drawn curves in the lake through the service."""

from collections.abc import Mapping
from datetime import date, timedelta

from longzhong.sensing.curves import services
from longzhong.sensing.curves.engines.lake import Kept
from tests.register.network.make import MACHINE, NOW
from tests.sensing.curves.make import Curve
from tests.sensing.curves.tables import area_table, customer_table


def keep(
    day: date,
    *,
    customers: Mapping[str, Curve] | None = None,
    powers: Mapping[str, Curve] | None = None,
    areas: Mapping[str, Mapping[str, Curve]] | None = None,
    minutes: int = 0,
) -> list[Kept]:
    """Keep a day's curves as received so many minutes after NOW."""
    received_at = NOW + timedelta(minutes=minutes)
    kept = []
    for kind, table in (
        ("customer", customer_table(day, customers, powers) if customers else None),
        ("area", area_table(day, areas) if areas else None),
    ):
        if table is not None:
            kept.append(services.keep_readings(kind=kind, table=table, received_at=received_at, by=MACHINE, at=NOW))
    return kept


__all__ = ["area_table", "customer_table", "keep"]
