"""What becomes of a record: confirmed by the head, returned, revoked, amended; and its line in the service record."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.nearmisses import selectors
from longzhong.cases.nearmisses.models import NearMiss
from longzhong.cases.nearmisses.rules import DECIDERS, MACHINE, MarkKind, State
from longzhong.cases.nearmisses.services.marking import keep_mark, withdraw_marks
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused


@transaction.atomic
def take_step(*, near_miss_id: int, verb: str, words: str, key: str, by: Actor, at: datetime) -> str:
    """Take one step of the table, once for a client key; returns the verb."""

    def act() -> str:
        _step(near_miss_id, verb, words, by=by, at=at)
        return verb

    return matters.once(key=key, what=f"{selectors.label(near_miss_id)} {verb}", act=act, by=by, at=at)


def _step(near_miss_id: int, verb: str, words: str, *, by: Actor, at: datetime) -> None:
    row = selectors.visible_to(by).select_for_update(of=("self",)).filter(pk=near_miss_id).first()
    if row is None:
        raise Refused("not_found", _("没有这条化解记录，或不在您的管辖范围内。"), near_miss=near_miss_id)
    move = MACHINE.move(verb, row.state)
    _allowed(row, deciding=move.roles == DECIDERS, by=by)
    if move.needs and not words.strip():
        raise Refused("reason_missing", _("请写明理由或补充的内容；什么都没有改动。"))
    was, row.state = row.state, move.target
    row.times_returned += row.state == State.RETURNED
    confirmed = row.state == State.CONFIRMED
    row.confirmed_by_id, row.confirmed_at = (by.staff_id, at) if confirmed else (None, None)
    row.save(update_fields=["state", "times_returned", "confirmed_by", "confirmed_at"])
    step = matters.NewStep(verb, {"from": was, "to": row.state}, {"text": words.strip()})
    matters.add_step(matter=selectors.label(row.pk), step=step, by=by, at=at)
    _count(row, by=by, at=at)


def _allowed(row: NearMiss, *, deciding: bool, by: Actor) -> None:
    own = by.staff_id is not None and by.staff_id in (row.staff_id, row.recorded_by_id)
    if deciding and own:
        raise Refused("own_record", _("自己化解或自己登记的，由其他负责人确认；什么都没有改动。"), near_miss=row.pk)
    if deciding and not selectors.may_decide(by, row):
        raise Refused("not_allowed", _("由供电所长或优服办确认；什么都没有改动。"), roles=list(DECIDERS))
    if not deciding and not own:
        raise Refused("not_allowed", _("只有登记人或当事人可以补充；什么都没有改动。"), near_miss=row.pk)


def _count(row: NearMiss, *, by: Actor, at: datetime) -> None:
    """Only what stands confirmed counts in the service record."""
    cause = selectors.label(row.pk)
    if row.state != State.CONFIRMED:
        withdraw_marks(cause=cause, keep=None, by=by, at=at)
        return
    keep_mark(
        staff_id=row.staff_id,
        unit_id=row.unit_id,
        kind=MarkKind.AVERTED,
        cause=cause,
        day=civil_day(row.at),
        by=by,
        at=at,
    )
