"""What becomes of a trouble: a registered outage, nothing, or it passes."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.policies import selectors as policies
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages import services as registering
from longzhong.sensing.outages.rules import NewReport, devices_of
from longzhong.sensing.troubles import selectors
from longzhong.sensing.troubles.models import Dark, Member, Signal, Trouble
from longzhong.sensing.troubles.rules import LIVE, MACHINE, Level, Limits, State
from longzhong.sensing.troubles.services.moving import begin, complete, enter, needed


@transaction.atomic
def confirm(*, trouble_id: int, by: Actor, at: datetime) -> int:
    """Somebody who knows the line says so: register the outage (or join the one known there) and return its id."""
    trouble = enter(trouble_id=trouble_id, by=by)
    row = begin(trouble=trouble, verb="confirm", by=by)
    if trouble.level == Level.METER:
        raise Refused("single_customer", _("只有一户停电，请派抢修单，不登记停电；什么都没有改动。"))
    if not trouble.device:
        raise Refused("device_missing", _("还不知道停电的设备，请在停电页面写明地点登记；什么都没有改动。"))
    outage_id = _registered(trouble, by, at)
    _explain(trouble, outage_id)
    complete(trouble=trouble, row=row, data={"outage": outage_id}, fields=["outage_id"], by=by, at=at)
    return outage_id


@transaction.atomic
def dismiss(*, trouble_id: int, reason: str, by: Actor, at: datetime) -> None:
    """It is no outage; its signals found no further trouble, new ones may."""
    trouble = enter(trouble_id=trouble_id, by=by)
    row = begin(trouble=trouble, verb="dismiss", by=by)
    words = needed(reason)
    Member.objects.filter(trouble=trouble).update(fixed=True)
    complete(trouble=trouble, row=row, data={"count": trouble.signals}, reason=words, by=by, at=at)


@transaction.atomic
def follow_outage(*, outage_id: int, by: Actor, at: datetime) -> int:
    """A registered outage moved: it explains open troubles within its areas, or it is over and so are they. How many moved."""
    standing = outages.standing(outage_id)
    moved = 0
    if not standing.is_live:
        for trouble in _of(outage_id):
            row = MACHINE.move("close", trouble.state)
            complete(trouble=trouble, row=row, data={"outage": outage_id}, by=by, at=at)
            moved += 1
        return moved
    if standing.started_at is None:
        return 0
    areas = set(outages.areas_of_outage(outage_id, still_out=True))
    rows = Trouble.objects.select_for_update(of=("self",)).filter(state=State.OPEN, dark__area__in=areas)
    since = standing.started_at - timedelta(minutes=30)
    touched = rows.filter(began_at__gte=since).values_list("pk", flat=True)
    for trouble in Trouble.objects.select_for_update().filter(pk__in=list(touched)).order_by("id"):
        if set(Dark.objects.filter(trouble=trouble).values_list("area_id", flat=True)) <= areas:
            _explain(trouble, outage_id)
            row = MACHINE.move("explain", trouble.state)
            complete(trouble=trouble, row=row, data={"outage": outage_id}, fields=["outage_id"], by=by, at=at)
            moved += 1
    return moved


@transaction.atomic
def close_old(*, by: Actor, at: datetime) -> int:
    """Open troubles without a signal for the window's hours are over; how many."""
    limits = policies.limits(Limits, "troubles", day=civil_day(at))
    rows = Trouble.objects.select_for_update().filter(
        state=State.OPEN, last_at__lt=at - timedelta(hours=limits.window_h)
    )
    old = list(rows.order_by("id"))
    for trouble in old:
        complete(trouble=trouble, row=MACHINE.move("close", trouble.state), data={}, by=by, at=at)
    return len(old)


def _of(outage_id: int) -> list[Trouble]:
    return list(Trouble.objects.select_for_update().filter(outage_id=outage_id, state__in=LIVE).order_by("id"))


def _registered(trouble: Trouble, by: Actor, at: datetime) -> int:
    kind, _sep, number = trouble.device.partition(":")
    report = NewReport(
        devices=devices_of([(kind, int(number))]), source=selectors.label(trouble.pk), started_at=trouble.began_at,
        confirmed=True,
    )  # fmt: skip
    try:
        with transaction.atomic():
            return registering.report_outage(report=report, by=by, at=at)
    except Refused as refusal:
        known = refusal.facts.get("outage")
        if refusal.code != "outage_known" or not isinstance(known, int):
            raise
        return known


def _explain(trouble: Trouble, outage_id: int) -> None:
    trouble.outage_id = outage_id
    Signal.objects.filter(member__trouble=trouble).update(outage_id=outage_id)
