"""While it lasts: confirm, start, change the expected end, restore whole or in stages; or it never came about."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.sensing.outages import selectors
from longzhong.sensing.outages.models import Affected, Outage
from longzhong.sensing.outages.rules import OUT, State, is_notice_late
from longzhong.sensing.outages.services.counting import SUMS, affect
from longzhong.sensing.outages.services.moving import begin, complete, enter, in_order, needed, plain_words
from longzhong.sensing.outages.services.watching import watch_end


@transaction.atomic
def confirm(*, outage_id: int, note: str = "", by: Actor, at: datetime) -> Outage:
    """Somebody who knows the line says that it is so."""
    outage = enter(outage_id=outage_id, by=by)
    row = begin(outage=outage, verb="confirm", by=by)
    outage.confirmed_at = at
    said = Said(words={"note": plain_words(note, 200)})
    complete(outage=outage, row=row, said=said, fields=("confirmed_at",), by=by, at=at)
    return watch_end(outage=outage, by=by, at=at)


@transaction.atomic
def start(*, outage_id: int, started_at: datetime | None = None, by: Actor, at: datetime) -> Outage:
    """The power goes off as planned. The areas are traced anew: line, station and customers may have changed since."""
    outage = enter(outage_id=outage_id, by=by)
    row = begin(outage=outage, verb="start", by=by)
    moment = started_at or at
    in_order(moment, at)
    outage.started_at = outage.confirmed_at = moment
    affect(outage=outage, impact=selectors.impact(selectors.off_of(outage.pk), civil_day(moment)))
    data = {"started_at": moment, "areas": outage.areas, "accounts": outage.accounts}
    fields = ("started_at", "confirmed_at", *SUMS)
    complete(outage=outage, row=row, said=Said(data), fields=fields, by=by, at=at)
    return watch_end(outage=outage, by=by, at=at)


@transaction.atomic
def change_expected(
    *,
    outage_id: int,
    expected_end_at: datetime,
    reason: str,
    between: tuple[datetime, datetime] | None = None,
    by: Actor,
    at: datetime,
) -> Outage:
    """Customers are told another end, later (延迟送电) or earlier, with the reason; the plan itself stays as announced.

    `between`: the interval in which most such outages end, told with it; without one the end is a person's own word.
    A delay that is announced less than `outage.delay_notice_min` before the end that they knew is counted as a late notice.
    """
    outage = enter(outage_id=outage_id, by=by)
    row = begin(outage=outage, verb="change_expected", by=by)
    words, was = needed(reason), outage.expected_end_at
    if expected_end_at <= max(at, outage.planned_start or at):
        raise Refused("expected_in_past", _("新的预计恢复时间要在现在和停电开始之后；什么都没有改动。"))
    if expected_end_at == was:
        raise Refused("expected_unchanged", _("预计恢复时间没有变化；什么都没有改动。"))
    delay = was is not None and expected_end_at > was
    late = delay and is_notice_late(was, at, selectors.duties(outage.unit_id, at))
    outage.expected_end_at, outage.delays = expected_end_at, outage.delays + delay
    outage.late_notices += late
    outage.between_low_at, outage.between_high_at = between or (None, None)
    outage.between_for_at = expected_end_at if between else None
    said = Said({"was": was, "now": expected_end_at, "delay": delay, "notice_late": late}, {"reason": words})
    fields = ("expected_end_at", "delays", "late_notices", "between_low_at", "between_high_at", "between_for_at")
    complete(outage=outage, row=row, said=said, fields=fields, by=by, at=at)
    return watch_end(outage=outage, by=by, at=at)


@transaction.atomic
def restore(
    *,
    outage_id: int,
    area_ids: Collection[int] | None = None,
    restored_at: datetime | None = None,
    note: str = "",
    by: Actor,
    at: datetime,
) -> Outage:
    """Power is back in these areas (None: in all that wait). An area keeps the moment at which it came back first.

    What is restored already is refused with `already_restored` and nothing changes, so that a second press or a fact heard
    twice does no harm.
    """
    outage = enter(outage_id=outage_id, by=by)
    waiting = set(selectors.areas_of_outage(outage.pk, still_out=True))
    wanted = _wanted(outage, area_ids, waiting)
    row = begin(outage=outage, verb="restore" if wanted == waiting else "restore_part", by=by)
    moment = restored_at or at
    in_order(outage.started_at, moment, at)
    Affected.objects.filter(outage=outage, area__in=wanted).update(restored_at=moment)
    left = len(waiting - wanted)
    data = {"restored_at": moment, "restored": len(wanted), "left": left, **_write_back(outage, moment, at)}
    if left:
        data["area_ids"] = sorted(wanted)
    else:
        last = Affected.objects.filter(outage=outage).aggregate(last=Max("restored_at"))["last"]
        outage.restored_at = last or moment
    said = Said(data, {"note": plain_words(note, 200)})
    return complete(outage=outage, row=row, said=said, fields=("restored_at",), by=by, at=at)


def _write_back(outage: Outage, moment: datetime, at: datetime) -> dict[str, object]:
    """How long after the power it was written down (送电回填), where that was too long."""
    minutes = int((at - moment).total_seconds() // 60)
    limit = selectors.duties(outage.unit_id, at).write_back_min
    return {"write_back_late_min": minutes} if minutes > limit else {}


def _wanted(outage: Outage, area_ids: Collection[int] | None, waiting: set[int]) -> set[int]:
    """Of the areas named, those that wait for power."""
    if outage.state == State.RESTORED:
        raise Refused("already_restored", _("已经恢复送电；什么都没有改动。"), outage=outage.pk)
    if area_ids is None or outage.state not in OUT:
        return waiting
    asked = set(area_ids)
    if strange := asked - set(selectors.areas_of_outage(outage.pk)):
        raise Refused("area_not_affected", _("选中的台区不在这次停电里；什么都没有改动。"), areas=sorted(strange)[:10])
    if not asked & waiting:
        raise Refused("already_restored", _("选中的台区已经恢复送电；什么都没有改动。"), outage=outage.pk)
    return asked & waiting


@transaction.atomic
def cancel(*, outage_id: int, reason: str, by: Actor, at: datetime) -> Outage:
    """The plan is given up before it starts."""
    return _give_up(outage_id, "cancel", reason, by, at)


@transaction.atomic
def withdraw(*, outage_id: int, reason: str, by: Actor, at: datetime) -> Outage:
    """There was no outage (误报): it leaves the statistics, its timeline stays."""
    return _give_up(outage_id, "withdraw", reason, by, at)


def _give_up(outage_id: int, verb: str, reason: str, by: Actor, at: datetime) -> Outage:
    outage = enter(outage_id=outage_id, by=by)
    row = begin(outage=outage, verb=verb, by=by)
    return complete(outage=outage, row=row, said=Said(words={"reason": needed(reason)}), by=by, at=at)
