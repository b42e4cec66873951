"""Register faults that somebody or something reports now; and what plans and faults share when they are kept."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org
from longzhong.sensing.outages import selectors
from longzhong.sensing.outages.models import Affected, Outage, Scope
from longzhong.sensing.outages.rules import (
    KNOWERS,
    LIVE,
    OUT,
    REASONS,
    REPORTERS,
    STATE_LABELS,
    Devices,
    Kind,
    NewReport,
    State,
    common_unit,
    devices_of,
)
from longzhong.sensing.outages.selectors import Impact, NamedDevice
from longzhong.sensing.outages.services.counting import SUMS, affect
from longzhong.sensing.outages.services.moving import in_order, note, plain_words
from longzhong.sensing.outages.services.watching import watch_end


@transaction.atomic
def report_outage(*, report: NewReport, by: Actor, at: datetime) -> int:
    """Register a fault now and return its id; the live one of the same source if there is one.

    A device with a live fault, or areas that are all out already, is refused with `outage_known`, which names the known
    outage to join; `apart` registers a second one where the areas only coincide.
    """
    need(by, *(KNOWERS if report.confirmed else REPORTERS))
    if (held := of_source(report.source)) is not None:
        return held
    if report.reason_code not in REASONS[Kind.FAULT]:
        raise Refused("reason_unknown", _("停电类型和原因不相符；什么都没有改动。"), reason=report.reason_code)
    started_at = report.started_at or at
    in_order(started_at, at)
    in_order(at, report.expected_end_at)
    named, impact = selectors.named(by, report.devices), selectors.impact(report.devices, civil_day(at))
    known = _on_devices(report.devices) or (
        None if report.apart else _explaining([one.area_id for one in impact.areas])
    )
    if known is not None:
        raise _outage_known(known)
    outage = Outage(
        kind=Kind.FAULT, state=State.RUNNING if report.confirmed else State.REPORTED, started_at=started_at,
        confirmed_at=at if report.confirmed else None, expected_end_at=report.expected_end_at, reason_code=report.reason_code,
        reason=plain_words(report.reason, 200), fault_place=plain_words(report.place, 120), source=report.source,
        registered_at=at,
    )  # fmt: skip
    outage.unit_id = unit_of(wanted=report.unit_id, impact=impact, roles=REPORTERS, by=by, at=at)
    outage_id = keep_outage(outage=outage, named=named, impact=impact, verb="report", by=by, at=at)
    watch_end(outage=outage, by=by, at=at)
    return outage_id


def keep_outage(*, outage: Outage, named: list[NamedDevice], impact: Impact, verb: str, by: Actor, at: datetime) -> int:
    """Write the outage with its devices, areas, number and first step, and tell; the id of whoever was a moment faster else."""
    outage.title = title_of(named, outage.fault_place)
    try:
        with transaction.atomic():
            Outage.objects.bulk_create([outage])
            outage.number = f"TD{civil_day(at):%Y%m%d}{outage.pk:06d}"
            hold(outage=outage, named=named)
    except IntegrityError:  # somebody was a moment faster
        return _of_the_faster(outage.source, named)
    affect(outage=outage, impact=impact)
    outage.save(update_fields=["number", *SUMS])
    times = {"planned_start": outage.planned_start, "planned_end": outage.planned_end} if outage.planned_start else {}
    data = {
        **times, "kind": outage.kind, "to": outage.state, "reason_code": outage.reason_code, "source": outage.source,
        "devices": [one.key for one in named], "areas": outage.areas, "accounts": outage.accounts,
        "started_at": outage.started_at, "expected_end_at": outage.expected_end_at,
    }  # fmt: skip
    said = Said(data, {"text": outage.exemption, "reason": outage.reason, "note": outage.fault_place})
    note(outage=outage, verb=verb, said=said, by=by, at=at)
    return outage.pk


def hold(*, outage: Outage, named: list[NamedDevice]) -> None:
    """Write the devices; a fault holds those that are off."""
    fault = outage.kind == Kind.FAULT and outage.state in LIVE
    Scope.objects.bulk_create(
        Scope(
            outage=outage, kind=one.kind, object_id=one.id, name=one.name, kept=one.kept, holds=fault and not one.kept
        )
        for one in named
    )


def title_of(named: list[NamedDevice], place: str) -> str:
    """How an outage is called: 10kV西关线; 10kV西关线等3处; without a device, the place in words."""
    off = [one.name for one in named if not one.kept]
    if not off and not place:
        raise Refused("scope_missing", _("请选择停电的设备，或写明停电地点；什么都没有改动。"))
    if not off:
        return place
    return off[0][:100] + (f"等{len(off)}处" if len(off) > 1 else "")


def unit_of(*, wanted: int | None, impact: Impact, roles: Collection[str], by: Actor, at: datetime) -> int:
    """The unit that answers: the one named, else the lowest above all areas, else the actor's with the most areas."""
    mine = None if by.system else by.units(*roles)
    if wanted is not None:
        if mine is not None and wanted not in mine:
            raise Refused("unit_not_yours", _("这个单位不在您的管辖范围内；什么都没有改动。"), unit=wanted)
        return wanted
    stations = impact.units
    above = common_unit(stations, selectors.chains_of(stations, civil_day(at)))
    if above is not None and (mine is None or above in mine):
        return above
    own = [unit for unit in stations if mine is not None and unit in mine] or _only_own(mine, at)
    if not own:
        raise Refused("unit_missing", _("请选择负责这次停电的单位；什么都没有改动。"))
    return own[0]


def _only_own(mine: frozenset[int] | None, at: datetime) -> list[int]:
    """The topmost of the actor's units, where there is one above all others (nothing is known about the areas)."""
    if not mine:
        return []
    top = common_unit(mine, org.chains(mine, civil_day(at)))
    return [top] if top in mine else []


def of_source(source: str) -> int | None:
    if not source:
        return None
    return Outage.objects.filter(source=source, state__in=LIVE).values_list("pk", flat=True).first()


def _on_devices(devices: Devices) -> Outage | None:
    """The live fault that stands on one of the devices."""
    held = Scope.objects.filter(holds=True).select_related("outage").order_by("id")
    for kind in {kind for kind, _number in devices.pairs}:
        ids = [number for one, number in devices.pairs if one is kind]
        if (row := held.filter(kind=kind, object_id__in=ids).first()) is not None:
            return row.outage
    return None


def _explaining(area_ids: Collection[int]) -> Outage | None:
    """A running outage in which all of these areas are without power."""
    if not area_ids:
        return None
    out = Affected.objects.filter(area__in=area_ids, restored_at=None, outage__state__in=OUT).values("outage_id")
    whole = out.annotate(n=Count("id")).filter(n=len(area_ids)).order_by("outage_id").first()
    return Outage.objects.get(pk=whole["outage_id"]) if whole else None


def _of_the_faster(source: str, named: list[NamedDevice]) -> int:
    if (held := of_source(source)) is not None:
        return held
    known = _on_devices(devices_of([(one.kind, one.id) for one in named if not one.kept]))
    if known is None:
        raise RuntimeError("a constraint of outages was broken that neither its source nor its devices explain")
    raise _outage_known(known)


def _outage_known(known: Outage) -> Refused:
    said = {"number": known.number or "", "title": known.title, "state": STATE_LABELS[State(known.state)]}
    return Refused(
        "outage_known",
        _("这里已登记停电 %(number)s %(title)s（%(state)s），请并入那一次；什么都没有改动。") % said,
        outage=known.pk, number=known.number,
    )  # fmt: skip
