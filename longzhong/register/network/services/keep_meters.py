"""Meters in bulk, with the area on which they hang."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.network.models import Area, Meter, MeterArea
from longzhong.register.network.rules import MeterRow, Phase
from longzhong.register.network.services.bulk import ids_of, keep
from longzhong.register.network.services.dated import Relation, Steps, Wish, carry_out, plan
from longzhong.register.network.services.loads import open_load, refuse_unknown, tally
from longzhong.register.org.rules.rows import Kept
from longzhong.register.org.services.load import Load

COLUMNS = ("kind", "phase", "wiring", "ratio")
ON_AREA = Relation(MeterArea, "meter", "area")


@transaction.atomic
def keep_meters(*, rows: Sequence[MeterRow], by: Actor, at: datetime) -> Kept:
    """A three-phase meter without a phase is on all three; an empty `area_code` leaves a meter where it hangs."""
    load = open_load(rows=rows, by=by)
    areas = ids_of(model=Area, codes={row.area_code for row in rows})
    refuse_unknown(load=load, field="area_code", known=areas, code="area_unknown", what=_("台区"))
    steps = _plan_areas(load, areas, at)
    values = {row.code: (row.kind, _phase(row), row.wiring, row.ratio) for row in load.open()}
    written = keep(model=Meter, columns=COLUMNS, rows=values)
    carry_out(relation=ON_AREA, steps=steps, ids=written.ids)
    changed = written.changed | steps.begins.keys()
    return tally(load=load, new=written.new, changed=changed, what="meters", by=by, at=at)


def _phase(row: MeterRow) -> str:
    return row.phase or (Phase.ABC.value if row.wiring == 3 else "")


def _plan_areas(load: Load[MeterRow], areas: Mapping[str, int], at: datetime) -> Steps:
    rows = {row.code: row for row in load.open() if row.area_code}
    ids = ids_of(model=Meter, codes=rows)
    wishes = {code: Wish(ids.get(code), areas[row.area_code], row.area_from_on) for code, row in rows.items()}
    steps = plan(relation=ON_AREA, wishes=wishes, today=civil_day(at))
    for code in steps.backdated:
        load.refuse(rows[code], "area_backdated", _("电表后来已换到别的台区；更早的日期不能再改"))
    return steps
