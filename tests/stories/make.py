"""Curves for a small network: quiet days, evenings of low voltage, gaps. Volts and kilowatts by slot of 15 minutes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from longzhong.dispatch.workorders import services as orders
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import Outcome, Position
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.outbox import deliver_all
from longzhong.register.org.rules import Role
from longzhong.sensing.curves import services as curves
from tests.dispatch.workorders.make import photo
from tests.register.access.make import person
from tests.register.network.make import MACHINE, Net, network
from tests.register.policies.make import packs

FIRST = date(2026, 3, 3)
AREAS = ["T1", "T2", "T3"]
EVENING = slice(72, 88)  # 18:00 to 22:00
Values = NDArray[np.float32]


def flat(value: float, noise: float = 0.3, seed: int = 0) -> Values:
    """A day around a value, with the small unrest of a living meter."""
    return (value + noise * np.sin(np.arange(96) * 0.7 + seed)).astype(np.float32)


def evening(day: Values, value: float) -> Values:
    changed = day.copy()
    changed[EVENING] = value + 0.3 * np.sin(np.arange(16))
    return changed


def customer_day(day: date, volts: dict[str, Values], phase: dict[str, int] | None = None) -> pa.Table:
    codes = sorted(volts)
    return pa.table(
        {
            "meter": codes,
            "phase": pa.array([(phase or {}).get(code, 1) for code in codes], pa.int8()),
            "wiring": pa.array([1] * len(codes), pa.int8()),
            "day": pa.array([day] * len(codes), pa.date32()),
            "u": [volts[code].tolist() for code in codes],
            "p": [flat(0.8, 0.2, 3).tolist() for _ in codes],
        }
    )


def area_day(day: date, codes: list[str], amperes: float = 60.0) -> pa.Table:
    """Area meters with balanced phases; the evening carries the most."""
    volts = flat(228.0)
    current = evening(flat(amperes * 0.5, 1.0), amperes)
    power = (3 * 228.0 * current * 0.95 / 1000).astype(np.float32)
    reactive = (3 * 228.0 * current * 0.312 / 1000).astype(np.float32)
    columns: dict[str, object] = {"meter": codes, "day": pa.array([day] * len(codes), pa.date32())}
    for name, values in (("ua", volts), ("ub", volts + 0.5), ("uc", volts - 0.5)):
        columns[name] = [values.tolist() for _ in codes]
    for name, share in (("ia", 1.0), ("ib", 0.98), ("ic", 1.02)):
        columns[name] = [(current * share).tolist() for _ in codes]
    columns["p"] = [power.tolist() for _ in codes]
    columns["q"] = [reactive.tolist() for _ in codes]
    return pa.table(columns)


def night(day: date, volts: dict[str, Values], areas: list[str], amperes: float = 60.0) -> datetime:
    """Keep a day's readings, scan it in the small hours that follow, and let everybody hear of it twice."""
    at = clock.day_start(day + timedelta(days=1)) + timedelta(hours=3)
    curves.keep_readings(kind="customer", table=customer_day(day, volts), received_at=at, by=MACHINE, at=at)
    curves.keep_readings(kind="area", table=area_day(day, areas, amperes), received_at=at, by=MACHINE, at=at)
    curves.scan_day(day=day, by=MACHINE, at=at)
    deliver_all(twice=True)
    return at


@dataclass
class Village:
    """The network with its people, and what has happened so far."""

    net: Net
    zhang: Actor
    head: Actor
    quality: Actor
    day: date = FIRST

    def live_day(self, m1: Values, amperes: float = 60.0, m2: Values | None = None) -> datetime:
        """One more day passes: M1 as given, the neighbours well (unless M2, of the same area, is given too)."""
        volts = {"M1": m1, "M2": flat(226.0, seed=1) if m2 is None else m2, "M3": flat(227.0, seed=2)}
        at = night(self.day, volts, AREAS, amperes)
        self.day += timedelta(days=1)
        return at

    def days(self, number: int, m1: Values, amperes: float = 60.0) -> None:
        for _ in range(number):
            self.live_day(m1, amperes)

    def repair(self, cause: str = "long_line") -> WorkOrder:
        """The grid manager goes there the next morning."""
        order = WorkOrder.objects.get(area__code="A1")
        when = clock.day_start(self.day) + timedelta(hours=9)
        orders.accept(order_id=order.pk, by=self.zhang, at=when)
        orders.arrive(
            order_id=order.pk, position=Position(32.001, 112.001, 8.0), by=self.zhang, at=when + timedelta(hours=1)
        )
        done = Outcome(cause, "更换末端 120 米导线为 70 平方", measured={"ua": 224.0})
        at = when + timedelta(hours=3)
        orders.finish(order_id=order.pk, outcome=done, photos=[photo()], by=self.zhang, at=at)
        deliver_all(twice=True)
        order.refresh_from_db()
        self.day += timedelta(days=1)
        return order


LOW = evening(flat(224.0), 186.0)
GOOD = evening(flat(226.0), 221.0)


def a_village() -> Village:
    """The small network, its policies and its people; nothing has happened yet."""
    packs()
    net = network()
    return Village(
        net,
        zhang=person(net.city, "zhang", Role.GRID, "42060201", "S1"),
        head=person(net.city, "head", Role.STATION, "42060201", "S3"),
        quality=person(net.city, "youfu", Role.QUALITY, "420602"),
    )
