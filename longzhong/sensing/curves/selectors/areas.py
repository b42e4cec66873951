"""What an area's page needs beside its curves: the verdict of each day, and every customer's voltage on a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from longzhong.sensing.curves.engines.shape import matrix
from longzhong.sensing.curves.models import AreaDay
from longzhong.sensing.curves.selectors.places import lake

Curve = NDArray[np.float32]


@dataclass(frozen=True)
class MeterDay:
    """One voltage curve of a customer's meter on one day, NaN where nothing came; `phase` 1 A, 2 B, 3 C."""

    meter: str
    phase: int
    volts: Curve

    @property
    def lowest(self) -> float:
        return float(np.nanmin(self.volts))

    @property
    def highest(self) -> float:
        return float(np.nanmax(self.volts))


def area_days(area_id: int, first: date, last: date) -> dict[date, str]:
    """The letters of each judged day (N A U, - not judged), one for each of rules.ELECTRIC; one query."""
    rows = AreaDay.objects.filter(area=area_id, day__gte=first, day__lte=last).order_by("day", "id")
    return dict(rows.values_list("day", "verdicts"))


def day_voltages(meters: Collection[str], day: date) -> list[MeterDay]:
    """Every voltage curve of these customers' meters on a day that has a reading at all."""
    table = lake().rows("customer", day, list(meters), ["meter", "phase", "u"]) if meters else None
    if table is None or not table.num_rows:
        return []
    volts = matrix(table["u"])
    keys = zip(table["meter"].to_pylist(), table["phase"].to_pylist(), strict=True)
    curves = [MeterDay(meter, phase, volts[row]) for row, (meter, phase) in enumerate(keys)]
    return [curve for curve in curves if not np.isnan(curve.volts).all()]


def kept_days() -> list[date]:
    """Days of which the lake holds curves of areas, oldest first."""
    return lake().days("area") or lake().days("customer")
