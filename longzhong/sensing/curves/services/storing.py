"""Put a day's findings into the database by COPY: a county's day is some ten thousand rows."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from longzhong.sensing.curves.models import Finding
from longzhong.sensing.curves.rules.words import VERDICTS
from longzhong.sensing.curves.services.asking import Places
from longzhong.sensing.curves.services.meterwise import MeterFinding

COLUMNS = (
    "meter_code", "meter_id", "area_id", "unit_id", "grid_id", "phase", "day", "kind", "verdict", "slots", "conf", "poss",
    "worst", "first", "last", "days_abnormal", "duration_class",
)  # fmt: skip


def replace_findings(*, day: date, found: Iterable[MeterFinding], places: Places) -> None:
    """Inside the caller's transaction: the day's findings become these."""
    Finding.objects.filter(day=day).delete()
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{Finding._meta.db_table}" ({names}) FROM STDIN') as copy:
        for one in found:
            copy.write_row(_row(day, one, places))


def _row(day: date, one: MeterFinding, places: Places) -> tuple[object, ...]:
    ref = places.refs.get(one.code)
    area, unit, grid = (
        (places.ids[one.area], places.units[one.area], places.grids[one.area]) if one.area >= 0 else (None, None, None)
    )
    return (
        one.code, ref.meter_id if ref else None, area, unit, grid, one.phase, day, one.kind.value,
        VERDICTS[one.verdict].value, one.slots, one.conf, one.poss, one.worst, one.first, one.last, one.days_abnormal,
        one.duration_class,
    )  # fmt: skip
