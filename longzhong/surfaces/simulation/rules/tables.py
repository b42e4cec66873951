"""A day's readings as the collection system hands them over: tables for the lake, and the wide form it exports."""

import csv
import io
from collections.abc import Iterator
from math import isnan

import numpy as np
import pyarrow as pa

from longzhong.surfaces.simulation.rules.codes import area_meter, customer_meter
from longzhong.surfaces.simulation.rules.county import County
from longzhong.surfaces.simulation.rules.metering import Readings

CURVE = pa.list_(pa.field("element", pa.float32(), nullable=False))
HEAD = ["电能表资产号", "数据日期", "数据项", "相别"]
TIMES = [f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(15, 24 * 60 + 1, 15)]
MOST_AREAS = 40


def customer_table(county: County, readings: Readings, chosen: np.ndarray) -> pa.Table:
    """Customers' curves; the phase is the one in the records."""
    rows = np.flatnonzero(chosen)
    codes = np.array([customer_meter(county, n) for n in range(len(county.customers))])
    customer = county.rows.customer[rows]
    return pa.table(
        {
            "meter": pa.array(codes[customer]),
            "phase": pa.array((county.grid.phase[rows] + 1).astype(np.int8)),
            "wiring": pa.array(county.customers.wiring[customer].astype(np.int8)),
            "day": pa.array([readings.day] * len(rows), pa.date32()),
            "u": _lists(readings.u[rows]),
            "p": _lists(readings.p[rows]),
        }
    )


def area_table(county: County, readings: Readings, chosen: np.ndarray) -> pa.Table:
    """Area meters' curves."""
    areas = np.flatnonzero(chosen)
    columns: dict[str, pa.Array] = {
        "meter": pa.array([area_meter(county, n) for n in areas.tolist()]),
        "day": pa.array([readings.day] * len(areas), pa.date32()),
    }
    for name, values in (("u", readings.area_u), ("i", readings.area_i)):
        columns |= {name + phase: _lists(values[areas, n]) for n, phase in enumerate("abc")}
    return pa.table(columns | {"p": _lists(readings.area_p[areas]), "q": _lists(readings.area_q[areas])})


def _lists(values: np.ndarray) -> pa.Array:
    flat = np.ascontiguousarray(values, dtype=np.float32).reshape(-1)
    offsets = np.arange(0, flat.size + 1, values.shape[1], dtype=np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(flat), type=CURVE)


def export_of(county: County, readings: Readings, station: int) -> bytes:
    """The file: a row a meter, quantity and phase, missing slots empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD + TIMES)
    writer.writerows(_lines(county, readings, station))
    return text.getvalue().encode("gbk")


def _lines(county: County, readings: Readings, station: int) -> Iterator[list[str]]:
    cells = [number for number, cell in enumerate(county.cells) if cell.station == station]
    areas = np.flatnonzero(np.isin(county.areas.cell, cells))[:MOST_AREAS]
    day = readings.day.isoformat()
    for area in areas.tolist():
        code = area_meter(county, area)
        for name, values in (("电压", readings.area_u), ("电流", readings.area_i)):
            for place, letter in enumerate("ABC"):
                yield [code, day, name, letter, *_cells(values[area, place])]
        yield [code, day, "有功功率", "", *_cells(readings.area_p[area])]
        yield [code, day, "无功功率", "", *_cells(readings.area_q[area])]
    for row in np.flatnonzero(np.isin(county.rows.area, areas)).tolist():
        code = customer_meter(county, int(county.rows.customer[row]))
        phase = "ABC"[county.grid.phase[row]]
        yield [code, day, "电压", phase, *_cells(readings.u[row])]
        yield [code, day, "有功功率", phase, *_cells(readings.p[row])]


def _cells(values: np.ndarray) -> list[str]:
    return ["" if isnan(value) else f"{value:.6g}" for value in values.tolist()]
