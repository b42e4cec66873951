"""Substations, feeders and sections in bulk."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit.actor import Actor
from longzhong.register.network.models import Feeder, Section, Substation
from longzhong.register.network.rules import FeederRow, SectionRow, SubstationRow
from longzhong.register.network.services.bulk import copy_update, ids_of, keep
from longzhong.register.network.services.loads import open_load, refuse_unknown, tally
from longzhong.register.org.rules.rows import Kept
from longzhong.register.org.services.load import Load


@transaction.atomic
def keep_substations(*, rows: Sequence[SubstationRow], by: Actor, at: datetime) -> Kept:
    load = open_load(rows=rows, by=by)
    written = keep(
        model=Substation,
        columns=("name", "lat", "lon"),
        rows={row.code: (row.name, row.lat, row.lon) for row in load.open()},
    )
    return tally(load=load, new=written.new, changed=written.changed, what="substations", by=by, at=at)


@transaction.atomic
def keep_feeders(*, rows: Sequence[FeederRow], by: Actor, at: datetime) -> Kept:
    load = open_load(rows=rows, by=by)
    homes = ids_of(model=Substation, codes={row.substation_code for row in rows})
    refuse_unknown(load=load, field="substation_code", known=homes, code="substation_unknown", what=_("变电站"))
    values = {row.code: (row.name, row.kv, homes.get(row.substation_code)) for row in load.open()}
    written = keep(model=Feeder, columns=("name", "kv", "substation"), rows=values)
    return tally(load=load, new=written.new, changed=written.changed, what="feeders", by=by, at=at)


@transaction.atomic
def keep_sections(*, rows: Sequence[SectionRow], by: Actor, at: datetime) -> Kept:
    """A load may name its pieces in any order; a circle is kept as it is and found by the topology check."""
    load = open_load(rows=rows, by=by)
    feeders = ids_of(model=Feeder, codes={row.feeder_code for row in rows})
    refuse_unknown(load=load, field="feeder_code", known=feeders, code="feeder_unknown", what=_("线路"))
    above = ids_of(model=Section, codes={row.upstream_code for row in rows})
    _refuse_hanging(load, set(above))
    values = {row.code: (row.name, row.kind, feeders.get(row.feeder_code), row.lat, row.lon) for row in load.open()}
    written = keep(model=Section, columns=("name", "kind", "feeder", "lat", "lon"), rows=values)
    turned = _hang(load.open(), {**above, **written.ids})
    changed = written.changed | turned
    return tally(load=load, new=written.new, changed=changed, what="sections", by=by, at=at)


def _refuse_hanging(load: Load[SectionRow], stored: set[str]) -> None:
    """Rows whose upstream stands neither in the register nor in the load, and then the rows that hang on those."""
    while True:
        rows = load.open()
        known = stored | {row.code for row in rows}
        refuse_unknown(load=load, field="upstream_code", known=known, code="upstream_unknown", what=_("上游线段"))
        if len(load.open()) == len(rows):
            return


def _hang(rows: Sequence[SectionRow], ids: dict[str, int]) -> set[str]:
    """Write the upstream of each section; the codes of those where it changed."""
    mine = {ids[row.code]: row for row in rows}
    held = dict(Section.objects.filter(pk__in=mine).values_list("id", "upstream_id"))
    wanted = {pk: ids[row.upstream_code] if row.upstream_code else None for pk, row in mine.items()}
    other = [(pk, above) for pk, above in wanted.items() if held[pk] != above]
    copy_update(model=Section, columns=("upstream",), rows=other)
    return {mine[pk].code for pk, _above in other}
