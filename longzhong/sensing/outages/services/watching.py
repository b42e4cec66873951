"""What is watched while the power is off: the promised end, the writing back, and whether the network behind it has changed.

Clock `delay_notice` runs to the end that customers know: an outage that is neither restored nor announced as delayed by then is an
alarm (延时送电). Clock `write_back` runs from the moment at which meters say that the power is back (送电回填).
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import selectors as timelines
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.rules.counting import Limit, Measure
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.sensing.outages import selectors
from longzhong.sensing.outages.models import Affected, Outage
from longzhong.sensing.outages.rules import COMING, LIVE, State
from longzhong.sensing.outages.services.counting import BATCH, COUNTED, SUMS, refill, row_of, sum_up
from longzhong.sensing.outages.services.moving import begin, complete, enter, note

DELAY, WRITE_BACK = "delay_notice", "write_back"
RUNNING = (State.RUNNING, State.PARTLY)


def watch_end(*, outage: Outage, by: Actor, at: datetime) -> Outage:
    """Let the clock of the promised end run to the end of now; a promise that was replaced is met or broken as it stood."""
    label, end = selectors.label(outage.pk), outage.expected_end_at
    if outage.state not in RUNNING or end is None or end <= at:
        return outage
    matters.stop_clocks(matter=label, names=(DELAY,), by=by, at=at)
    promise = Limit(max((end - at) / timedelta(minutes=1), 1), Measure.MINUTES)
    clock = matters.NewClock(
        matter=label, name=DELAY, label=_("送电或发布延迟"), unit_id=outage.unit_id, promise=promise, title=outage.title
    )
    matters.start_clocks(clocks=[clock], by=by, at=at)
    return outage


@transaction.atomic
def ask_end(*, outage_id: int, by: Actor, at: datetime) -> bool:
    """Shortly before the promised end: ask once whether it holds, so that a delay is told in time. False: nothing to ask."""
    outage = enter(outage_id=outage_id, by=by)
    end = outage.expected_end_at
    if outage.state not in RUNNING or end is None or outage.asked_end_at == end:
        return False
    if at < end - timedelta(minutes=selectors.duties(outage.unit_id, at).delay_notice_min):
        return False
    outage.asked_end_at = end
    outage.save(update_fields=["asked_end_at"])
    note(outage=outage, verb="end_near", said=Said({"expected_end_at": end}), by=by, at=at)
    return True


@transaction.atomic
def power_seen(*, outage_id: int, by: Actor, at: datetime) -> Outage:
    """Meters say that the power is back: somebody must write it down in time. Heard again while that clock runs: nothing."""
    outage = enter(outage_id=outage_id, by=by)
    row = begin(outage=outage, verb="power_seen", by=by)
    label = selectors.label(outage.pk)
    if timelines.started_at(label, WRITE_BACK) is not None:
        return outage
    clock = matters.NewClock(
        matter=label, name=WRITE_BACK, label=_("送电回填"), unit_id=outage.unit_id, policy_key="outage.write_back_min",
        title=outage.title,
    )  # fmt: skip
    matters.start_clocks(clocks=[clock], by=by, at=at)
    return complete(outage=outage, row=row, said=Said(), by=by, at=at)


@transaction.atomic
def recheck_impact(*, outage_id: int, by: Actor, at: datetime) -> bool:
    """Trace a live outage anew (转供、台区改接、户变调整); a difference is written down and told once. False: nothing changed.

    Of a running outage an area that is no longer behind its devices is supplied from elsewhere: it keeps its row, restored now.
    """
    outage = enter(outage_id=outage_id, by=by)
    devices = selectors.off_of(outage.pk)
    if outage.state not in LIVE or not devices.pairs:
        return False
    now = {one.area_id: one for one in selectors.impact(devices, civil_day(at)).areas}
    held = {row.area_id: row for row in Affected.objects.filter(outage=outage)}
    waiting = {area: row for area, row in held.items() if row.restored_at is None}
    gone = [area for area in waiting if area not in now]
    new = [one for area, one in now.items() if area not in held]
    changed = [row for area, row in waiting.items() if area in now and refill(row=row, one=now[area])]
    if not (gone or new or changed):
        return False
    _write(outage, gone, [row_of(outage=outage, one=one) for one in new], changed, at)
    was = outage.accounts
    sum_up(outage=outage)
    outage.save(update_fields=list(SUMS))
    data = {"added": sorted(one.area_id for one in new), "removed": sorted(gone), "accounts_was": was}
    data |= {"areas": outage.areas, "accounts": outage.accounts}
    note(outage=outage, verb="impact_changed", said=Said(data), by=by, at=at)
    return True


def _write(outage: Outage, gone: list[int], new: list[Affected], changed: list[Affected], at: datetime) -> None:
    rows = Affected.objects.filter(outage=outage, area__in=gone)
    if outage.state in COMING:
        rows.delete()
    else:
        rows.update(restored_at=at)
    Affected.objects.bulk_create(new, batch_size=BATCH)
    Affected.objects.bulk_update(changed, list(COUNTED), batch_size=BATCH)
