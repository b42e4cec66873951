"""A county whose loop has turned a little: three areas, five days of curves, one area low in the evenings, its alert and order."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
from django.db import transaction
from django.test import override_settings

from longzhong.kit import clock, outbox
from longzhong.register.policies.services import load_packs
from longzhong.sensing.curves import services as curves
from longzhong.sensing.curves.engines.shape import curve_column
from longzhong.sensing.curves.rules import SLOTS
from tests.register.network.make import Net, network
from tests.register.org.make import DAY, MACHINE, NOW
from tests.warm import warm

DAYS = [DAY + timedelta(days=n) for n in range(5)]
MORNING = datetime(2026, 3, 7, 8, 30, tzinfo=clock.CST)
EVENING = slice(68, 90)  # 17:00 to 22:30


@dataclass(frozen=True)
class County:
    net: Net


def volts(level: float = 225.0, evening: float = 222.0) -> np.ndarray:
    wave = level + 2 * np.sin(np.arange(SLOTS) / 9)
    wave[EVENING] = evening - np.arange(22) % 3
    return wave.astype(np.float32)


def area_table(day: date, meters: tuple[str, ...] = ("T1", "T2", "T3")) -> pa.Table:
    load = (40 + 30 * np.sin(np.arange(SLOTS) / 15) ** 2).astype(np.float32)
    load[EVENING] += 40
    rows = len(meters)
    flat = {
        "ua": volts(228),
        "ub": volts(227),
        "uc": volts(229),
        "ia": load,
        "ib": load * 0.9,
        "ic": load * 1.1,
        "p": load,
        "q": load * 0.2,
    }
    gaps = flat["ua"].copy()
    gaps[8:11] = np.nan
    columns = {
        name: curve_column(np.tile(gaps if name == "ua" else values, (rows, 1))) for name, values in flat.items()
    }
    return pa.table({"meter": list(meters), "day": pa.array([day] * rows, pa.date32()), **columns})


def customer_table(day: date, low: float) -> pa.Table:
    rows = [("M1", 1, volts(224, low)), ("M2", 2, volts(224, low + 6)), ("M3", 1, volts())]
    return pa.table(
        {
            "meter": [meter for meter, _phase, _volts in rows],
            "phase": pa.array([phase for _meter, phase, _volts in rows], pa.int8()),
            "day": pa.array([day] * len(rows), pa.date32()),
            "u": curve_column(np.stack([values for _meter, _phase, values in rows])),
            "p": curve_column(np.full((len(rows), SLOTS), 0.8, dtype=np.float32)),
        }
    )


@contextmanager
def standing_county(folder: Path) -> Iterator[County]:
    """A county for the tests of a whole module, with a lake of its own; taken away at the end."""
    with override_settings(VAR=folder, LONGZHONG_LAKE_DURABLE=False), transaction.atomic():
        yield county()
        transaction.set_rollback(True)


def county(days: list[date] = DAYS, low: float = 186.0) -> County:
    """Curves kept and judged day by day, every fact delivered: an alert is raised and its order opened."""
    warm("policies", lambda: load_packs(by=MACHINE, at=NOW))
    net = network()
    for day in days:
        at = clock.day_start(day + timedelta(days=1)) + timedelta(hours=1)
        with clock.frozen(at):
            curves.keep_readings(kind="area", table=area_table(day), received_at=at, by=MACHINE, at=at)
            curves.keep_readings(kind="customer", table=customer_table(day, low), received_at=at, by=MACHINE, at=at)
            curves.scan_day(day=day, by=MACHINE, at=at)
            outbox.deliver_all()
    return County(net)
