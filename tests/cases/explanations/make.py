"""A house with curves to explain: an account, its neighbours, and days of load in the lake."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa

from longzhong.kit import clock
from longzhong.register.customers import selectors as customers
from longzhong.register.customers import services as customer_services
from longzhong.register.customers.rules.rows import AccountRow
from longzhong.register.network import services as network_services
from longzhong.register.network.rules import MeterRow
from longzhong.sensing.curves import services as curves
from longzhong.sensing.curves.engines.shape import curve_column
from longzhong.sensing.curves.rules import SLOTS
from tests.register.network.make import Net, network
from tests.register.org.make import DAY, MACHINE, NOW
from tests.register.policies.make import packs

DAYS = [DAY + timedelta(days=n) for n in range(3)]
MORNING = datetime(2026, 3, 7, 9, 30, tzinfo=clock.CST)
NEIGHBOURS = 6


@dataclass(frozen=True)
class Home:
    """The account `mine` (meter N0) in area A1, and six others of the same kind there."""

    net: Net
    mine: int
    others: list[int]


def load(night_kw: float, evening_kw: float) -> np.ndarray:
    """night_kw all day, evening_kw from 18:00 to 22:00: 20 × night + 4 × evening kWh."""
    values = np.full(SLOTS, night_kw, dtype=np.float32)
    values[72:88] = evening_kw
    return values


def keep(loads: dict[str, Sequence[float] | np.ndarray], day: date, *, phases: int = 1) -> None:
    """Put the loads of a day into the lake; with three phases each row is a third."""
    rows = [(code, phase, values) for code, values in loads.items() for phase in range(1, phases + 1)]
    table = pa.table(
        {
            "meter": [code for code, _phase, _values in rows],
            "phase": pa.array([phase for _code, phase, _values in rows], pa.int8()),
            "day": pa.array([day] * len(rows), pa.date32()),
            "u": curve_column(np.full((len(rows), SLOTS), 225, dtype=np.float32)),
            "p": curve_column(np.stack([np.asarray(values, dtype=np.float32) / phases for _c, _p, values in rows])),
        }
    )
    at = clock.day_start(day + timedelta(days=1)) + timedelta(hours=1)
    curves.keep_readings(kind="customer", table=table, received_at=at, by=MACHINE, at=at)


def home(neighbours: int = NEIGHBOURS) -> Home:
    """0.2 kW at night and 2 kW in the evening: 12 kWh a day; neighbour n uses 4 (n + 1) kWh a day, all of it in the evening."""
    packs()
    net = network()
    codes = [f"N{n}" for n in range(neighbours + 1)]
    network_services.keep_meters(
        rows=[MeterRow(code, "customer", "A", 1, 1, "A1") for code in codes], by=MACHINE, at=NOW
    )
    rows = [
        AccountRow(
            code=f"42000088{n:05}", name="张惠芳" if n == 0 else f"王{n}", area_code="A1", meter_code=code, town="檀溪街道",
            estate="御龙湾", building="2号楼", room="101", opened_on=date(2020, 1, 1),
        )
        for n, code in enumerate(codes)
    ]  # fmt: skip
    customer_services.keep_accounts(rows=rows, by=MACHINE, at=NOW)
    ids = customers.account_ids([row.code for row in rows])
    for day in DAYS:
        keep({code: load(0.2, 2.0) if n == 0 else load(0.0, float(n + 1)) for n, code in enumerate(codes)}, day)
    return Home(net, ids[rows[0].code], [ids[row.code] for row in rows[1:]])
