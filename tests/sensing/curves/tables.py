"""Drawn curves as tables in the lake's shape; no Django, so that other processes can write them too."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from longzhong.sensing.curves.engines.lake import Lake
from longzhong.sensing.curves.engines.shape import QUANTITIES, curve_column
from tests.sensing.curves.make import Curve, day

DAY = date(2026, 10, 1)


def customer_table(day: date, voltages: Mapping[str, Curve], powers: Mapping[str, Curve] | None = None) -> pa.Table:
    codes = sorted(voltages)
    quiet = np.full(96, 0.5, dtype=np.float32)
    return pa.table(
        {
            "meter": pa.array(codes),
            "phase": pa.array([1] * len(codes), type=pa.int8()),
            "wiring": pa.array([1] * len(codes), type=pa.int8()),
            "day": pa.array([day] * len(codes), type=pa.date32()),
            "u": curve_column(np.stack([voltages[code] for code in codes])),
            "p": curve_column(np.stack([(powers or {}).get(code, quiet) for code in codes])),
        }
    )


def area_table(day: date, days: Mapping[str, Mapping[str, Curve]]) -> pa.Table:
    codes = sorted(days)
    columns = {"meter": pa.array(codes, type=pa.string()), "day": pa.array([day] * len(codes), type=pa.date32())}
    for name in QUANTITIES["area"]:
        values = np.stack([days[code][name] for code in codes]) if codes else np.zeros((0, 96), dtype=np.float32)
        columns[name] = curve_column(values)
    return pa.table(columns)


def write_forever(root: Path, started: Any) -> None:
    lake, n = Lake(root, durable=False), 0
    while True:
        lake.keep("customer", customer_table(DAY, {f"M{k}": day(200 + n % 50) for k in range(300)}), n)
        started.set()
        n += 1


def write_some(root: Path, name: str) -> None:
    lake = Lake(root, durable=False)
    for n in range(8):
        lake.keep("customer", customer_table(DAY, {f"{name}{n}": day(220)}), n)
