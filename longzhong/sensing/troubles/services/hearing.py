"""Signals come in: kept once each, attached to the outage that explains them, else grouped with their neighbours."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.categories import selectors as categories
from longzhong.register.customers import selectors as customers
from longzhong.register.network import selectors as network
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.troubles.models import Member, Signal, Trouble
from longzhong.sensing.troubles.rules import NO_POWER, NewSignal, NoPower, SignalKind, State
from longzhong.sensing.troubles.selectors.network import WHOLE
from longzhong.sensing.troubles.services.grouping import regroup_around

MOST = 5_000


@transaction.atomic
def hear_signals(*, signals: Sequence[NewSignal], by: Actor, at: datetime) -> list[int]:
    """Keep signals and return the ids of the new ones; those heard before (source and kind) change nothing."""
    if not by.system and not by.has("crew", "station", "dept", "desk", "system"):
        raise Refused("not_allowed", _("您的岗位不能报送停电信号；什么都没有改动。"))
    if len(signals) > MOST:
        raise Refused("too_many_signals", _("一次最多报送 5000 条信号；什么都没有改动。"), most=MOST)
    if any(one.at > at for one in signals):
        raise Refused("time_out_of_order", _("信号时间晚于现在，请核对；什么都没有改动。"))
    known = set(Signal.objects.filter(source__in={one.source for one in signals}).values_list("source", "kind"))
    fresh = {(one.source, str(one.kind)): one for one in signals if (one.source, str(one.kind)) not in known}
    rows = _placed(list(fresh.values()), at)
    Signal.objects.bulk_create(rows, ignore_conflicts=True)
    keys = {(row.source, row.kind) for row in rows}
    kept = [
        one
        for one in Signal.objects.filter(source__in={source for source, _kind in keys}).order_by("at", "id")
        if (one.source, one.kind) in keys
    ]
    left = _explained(kept, at)
    if left:
        regroup_around(signals=left, by=by, at=at)
    return [one.pk for one in kept]


@transaction.atomic
def hear_no_power(*, report: NoPower, by: Actor, at: datetime) -> list[int]:
    """A case was opened; if its category says that the power is off, it is a signal."""
    node = categories.by_ids([report.category_id]).get(report.category_id)
    if node is None or node.code not in NO_POWER:
        return []
    meter = customers.meter_of(report.account_id, civil_day(at)) if report.account_id else ""
    signal = NewSignal(
        kind=SignalKind.CALL, at=at, source=report.source, meter_code=meter if report.area_id is None else "",
        area_id=report.area_id,
    )  # fmt: skip
    return hear_signals(signals=[signal], by=by, at=at)


def _placed(signals: Sequence[NewSignal], at: datetime) -> list[Signal]:
    """With the area of the meter and the device of the code; what the register doesn't know stays unknown."""
    meters = network.areas_of_meters({one.meter_code for one in signals if one.meter_code}, civil_day(at))
    areas = {one.area_id for one in signals if one.area_id}
    real = set(network.visible_to(WHOLE).filter(pk__in=areas).values_list("id", flat=True))
    lines = network.visible_feeders(WHOLE)
    feeders = dict(
        lines.filter(code__in={one.feeder_code for one in signals if one.feeder_code}).values_list("code", "id")
    )
    wanted = {one.section_code for one in signals if one.section_code}
    sections = dict(lines.filter(sections__code__in=wanted).values_list("sections__code", "sections__id"))
    rows = []
    for one in signals:
        section, feeder = sections.get(one.section_code), feeders.get(one.feeder_code)
        device = f"section:{section}" if section else f"feeder:{feeder}" if feeder else ""
        of_meter = meters.get(one.meter_code) if one.meter_code else None
        area = one.area_id if one.area_id in real else of_meter.area_id if of_meter else None
        rows.append(
            Signal(
                kind=one.kind, source=one.source[:80], at=one.at, heard_at=at, meter_code=one.meter_code[:40], area_id=area,
                device=device, lat=one.lat, lon=one.lon,
            )
        )  # fmt: skip
    return rows


def _explained(signals: Sequence[Signal], at: datetime) -> list[Signal]:
    """Attach signals of areas in a running outage to it, and to the trouble that became it; returns the others."""
    known = outages.known_at({one.area_id for one in signals if one.area_id}, at)
    left, attached = [], []
    for one in signals:
        cards = known.get(one.area_id or 0, [])
        card = next((c for c in cards if c.running and c.starts_at <= one.at), None)
        if card is None:
            left.append(one)
        else:
            one.outage_id = card.id
            attached.append(one)
    Signal.objects.bulk_update(attached, ["outage_id"], batch_size=2_000)
    _joined(attached, at)
    return left


def _joined(signals: Collection[Signal], at: datetime) -> None:
    held = Trouble.objects.filter(outage_id__in={one.outage_id for one in signals}, state=State.CONFIRMED)
    troubles = {one.outage_id: one for one in held.select_for_update().order_by("-id")}
    joined = [one for one in signals if one.outage_id in troubles]
    Member.objects.bulk_create(
        (Member(signal=one, trouble=troubles[one.outage_id], joined_at=at) for one in joined), ignore_conflicts=True
    )
    for trouble in {troubles[one.outage_id].pk: troubles[one.outage_id] for one in joined}.values():
        trouble.signals = Member.objects.filter(trouble=trouble).count()
        trouble.last_at = max(trouble.last_at, *(one.at for one in joined if one.outage_id == trouble.outage_id))
        trouble.save(update_fields=["signals", "last_at"])
