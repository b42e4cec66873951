"""Two outages become one (并入): the keeper takes over devices and areas; the other keeps its number and points to the keeper."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.sensing.outages import selectors
from longzhong.sensing.outages.models import Affected, Outage, Scope
from longzhong.sensing.outages.rules import Kind, Span, State
from longzhong.sensing.outages.selectors import Draft
from longzhong.sensing.outages.services.counting import SUMS, affect, sum_up
from longzhong.sensing.outages.services.moving import begin, complete, enter, needed


@transaction.atomic
def absorb(*, outage_id: int, other_id: int, reason: str, by: Actor, at: datetime) -> Outage:
    """Let one outage take over another of its kind: two plans that haven't begun, or two faults that are off.

    The keeper's times stay (a fault began when the first of both did). Areas that a plan takes over are told of its time only now:
    the notice must still be long enough. What was told of the other stays under its label, which leads to the keeper.
    """
    held = {one: enter(outage_id=one, by=by) for one in sorted({outage_id, other_id})}
    keeper, other = held[outage_id], held[other_id]
    row, gone = begin(outage=keeper, verb="absorb", by=by), begin(outage=other, verb="merge", by=by)
    _refuse_unlike(keeper, other)
    words = needed(reason)
    other.merged_into = keeper
    said = Said({"into": keeper.pk, "number": keeper.number}, {"reason": words})
    complete(outage=other, row=gone, said=said, fields=("merged_into",), by=by, at=at)
    _take_devices(keeper, other)
    if keeper.state == State.ANNOUNCED:
        _take_plan(keeper, at)
    else:
        _take_areas(keeper, other)
    data = {"other": other.pk, "number": other.number, "areas": keeper.areas, "accounts": keeper.accounts}
    fields = ("started_at", "confirmed_at", "expected_end_at", *SUMS)
    return complete(outage=keeper, row=row, said=Said(data, {"reason": words}), fields=fields, by=by, at=at)


def _refuse_unlike(keeper: Outage, other: Outage) -> None:
    plans = (keeper.state == State.ANNOUNCED, other.state == State.ANNOUNCED)
    unlike = keeper.pk == other.pk or keeper.kind != other.kind or plans[0] != plans[1]
    if unlike or (keeper.state == State.REPORTED and other.state != State.REPORTED):
        raise Refused(
            "merge_unlike",
            _("只能把同类、同阶段的另一次停电并入，并由已确认的一次接收；什么都没有改动。"),
            outage=other.pk,
        )


def _take_devices(keeper: Outage, other: Outage) -> None:
    """What is off in either is off; a section is kept supplied only if neither switches it off."""
    mine = {(one.kind, one.object_id): one for one in Scope.objects.filter(outage=keeper)}
    for one in Scope.objects.filter(outage=other).order_by("id"):
        held = mine.get((one.kind, one.object_id))
        if held is None:
            holds = keeper.kind == Kind.FAULT and not one.kept
            Scope.objects.create(
                outage=keeper, kind=one.kind, object_id=one.object_id, name=one.name, kept=one.kept, holds=holds
            )
        elif held.kept and not one.kept:
            held.kept = False
            held.save(update_fields=["kept"])


def _take_plan(keeper: Outage, at: datetime) -> None:
    devices, known = selectors.off_of(keeper.pk), selectors.areas_of_outage(keeper.pk)
    span = Span(keeper.planned_start or at, keeper.planned_end)
    check = selectors.check_plan(Draft(Kind(keeper.kind), devices, span, keeper.unit_id, keeper.pk), at)
    if check.gate.short and selectors.widened(check, known):
        raise Refused("notice_too_short", _("%(words)s；什么都没有改动。") % {"words": check.gate.words})
    affect(outage=keeper, impact=selectors.impact(devices, civil_day(at)))


def _take_areas(keeper: Outage, other: Outage) -> None:
    """Areas without power in either; each with its moment of restoration, and off as long as one of both says so."""
    mine = {row.area_id: row for row in Affected.objects.filter(outage=keeper)}
    for row in Affected.objects.filter(outage=other).order_by("id"):
        held = mine.get(row.area_id)
        if held is None:
            row.pk, row.outage = None, keeper
            Affected.objects.bulk_create([row])
        elif held.restored_at is not None and row.restored_at is None:
            held.restored_at = None
            held.save(update_fields=["restored_at"])
    begun = [one for one in (keeper.started_at, other.started_at) if one is not None]
    keeper.started_at = min(begun, default=None)
    keeper.expected_end_at = keeper.expected_end_at or other.expected_end_at
    sum_up(outage=keeper)
