"""At the door: the last word, the act, and power back within the promised hours."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.disconnections import selectors
from longzhong.cases.disconnections.models import Disconnection
from longzhong.cases.disconnections.rules import Given
from longzhong.cases.disconnections.services.moving import NO_WORDS, begin, complete, enter, in_order, watch
from longzhong.cases.disconnections.services.preparing import NO_FILES
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import NewClock, Said, Upload
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.kit.texts import written
from longzhong.register.org import selectors as org
from longzhong.sensing.outages import services as outages
from longzhong.sensing.outages.rules import NewStop, StopKind

RECONNECT, REPLY = "reconnect", "reply"


@transaction.atomic
def warn(*, disconnection_id: int, given: Given, by: Actor, at: datetime) -> Disconnection:
    """Told once more on the day of the act (停前再次告知); the guard is read with the hour and the calendar."""
    row = enter(disconnection_id=disconnection_id, by=by)
    move = begin(row=row, verb="warn", by=by)
    watch(row=row, verb="warn", moment=at)
    row.warned_at = at
    said = Said({"way": given.way}, {"note": written(given.note, _("告知了谁、怎样告知"), code=NO_WORDS)})
    return complete(row=row, move=move, said=said, fields=("warned_at",), by=by, at=at)


@transaction.atomic
def execute(
    *, disconnection_id: int, given: Given, photos: Sequence[Upload] = NO_FILES, by: Actor, at: datetime
) -> Disconnection:
    """Disconnected, with a photo and the time; the guard is read for that moment, payments and disputes as they are now."""
    row = enter(disconnection_id=disconnection_id, by=by)
    move = begin(row=row, verb="execute", by=by)
    moment = in_order(given.moment, since=row.warned_at, at=at)
    watch(row=row, verb="execute", moment=moment)
    if not photos:
        raise Refused("photo_missing", _("请拍照留证（现场、签收单）；什么都没有改动。"))
    row.executed_at = moment
    said = Said({"moment": moment}, {"note": given.note}, photos)
    complete(row=row, move=move, said=said, fields=("executed_at",), by=by, at=at)
    stop = NewStop(account_id=row.account_id, kind=StopKind.ARREARS, source=selectors.label(row.pk), stopped_at=moment)
    outages.record_stop(stop=stop, by=selectors.GUARD, at=at)
    return row


@transaction.atomic
def lift(*, disconnection_id: int, given: Given, by: Actor, at: datetime) -> Disconnection:
    """Power back though not paid (help, a dispute that came later, our mistake): the same clock runs."""
    row = enter(disconnection_id=disconnection_id, by=by)
    move = begin(row=row, verb="lift", by=by)
    reason = written(given.reason, _("先行复电的理由"), code=NO_WORDS)
    row.quiet_until_on = civil_day(at) + timedelta(days=selectors.limits_of(row.account.unit_id, at).quiet_d)
    said = Said({}, {"reason": reason})
    complete(row=row, move=move, said=said, fields=("quiet_until_on",), by=by, at=at)
    start(row=row, name=RECONNECT, by=by, at=at)
    return row


@transaction.atomic
def reconnect(
    *, disconnection_id: int, given: Given, photos: Sequence[Upload] = NO_FILES, by: Actor, at: datetime
) -> Disconnection:
    """Power is back; its clock stops at that moment's report, and the clock of the reply starts."""
    row = enter(disconnection_id=disconnection_id, by=by)
    move = begin(row=row, verb="reconnect", by=by)
    row.reconnected_at = in_order(given.moment, since=row.executed_at, at=at)
    said = Said({"moment": row.reconnected_at}, {"note": given.note}, photos)
    matters.stop_clocks(matter=selectors.label(row.pk), names=(RECONNECT,), by=by, at=at)
    complete(row=row, move=move, said=said, fields=("reconnected_at",), by=by, at=at)
    outages.lift_stop(source=selectors.label(row.pk), restored_at=row.reconnected_at, by=selectors.GUARD, at=at)
    start(row=row, name=REPLY, by=by, at=at)
    return row


@transaction.atomic
def reply(*, disconnection_id: int, given: Given, by: Actor, at: datetime) -> Disconnection:
    """The customer was told; the matter is closed."""
    row = enter(disconnection_id=disconnection_id, by=by)
    move = begin(row=row, verb="reply", by=by)
    said = Said({}, {"note": written(given.note, _("怎样回复了客户"), code=NO_WORDS)})
    return complete(row=row, move=move, said=said, by=by, at=at)


def start(*, row: Disconnection, name: str, by: Actor, at: datetime) -> None:
    """Start one of the two clocks with the policy of the account's unit on this day; a later edition never touches it."""
    keys = {RECONNECT: ("service.reconnect_h", _("复电")), REPLY: ("service.reconnect_reply_wd", _("复电回复"))}
    key, word = keys[name]
    clock = NewClock(
        matter=selectors.label(row.pk), name=name, label=word, unit_id=row.account.unit_id, owner_id=_owner(row, at),
        policy_key=key, title=_("欠费停复电 %s") % row.number,
    )  # fmt: skip
    matters.start_clocks(clocks=[clock], by=by, at=at)


def _owner(row: Disconnection, at: datetime) -> int | None:
    """Who manages the cell on this day, else the head of the unit: people who left don't get clocks."""
    day = civil_day(at)
    manager = org.manager_of(row.grid_id, day) if row.grid_id else None
    return manager or next(iter(org.head_of(row.unit_id, day)), None)
