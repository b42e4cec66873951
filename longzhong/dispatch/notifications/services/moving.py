"""One step of a notice: the row of the table, the change, the line in its timeline, the fact with its counts."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.notifications import selectors
from longzhong.dispatch.notifications.events import NoticeMoved
from longzhong.dispatch.notifications.models import Notice
from longzhong.dispatch.notifications.rules import CLOSED, MACHINE
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.outbox import tell

FIELDS = ("state", "counts", "counted_at", "closed_at", "send_from", "approved_by_user")


def locked(*, notice_id: int, by: Actor) -> Notice:
    """One visible notice, its row locked until the transaction ends."""
    rows = selectors.visible_to(by).select_for_update(of=("self",), no_key=True)
    row = rows.filter(pk=notice_id).first()
    if row is None:
        raise Refused("not_found", _("没有这批通知，或不在您的管辖范围内。"))
    return row


def move(
    *, notice: Notice, verb: str, by: Actor, at: datetime, data: Mapping[str, object] | None = None, reason: str = ""
) -> None:
    """Take one step with a locked notice; the caller has set the other fields of FIELDS."""
    notice.state = MACHINE.move(verb, notice.state).target
    notice.closed_at = at if notice.state in CLOSED else None
    step(notice=notice, verb=verb, by=by, at=at, data=data, reason=reason)
    notice.save(update_fields=list(FIELDS))


def step(
    *, notice: Notice, verb: str, by: Actor, at: datetime, data: Mapping[str, object] | None = None, reason: str = ""
) -> None:
    """Write the timeline with the counts of now, keep them on the row (unsaved), and tell."""
    told = selectors.counts(notice.pk).as_dict()
    notice.counts, notice.counted_at = told, at
    words = {"reason": reason} if reason else {}
    new = matters.NewStep(verb, {**told, **(data or {})}, words)
    matters.add_step(matter=selectors.label(notice.pk), step=new, by=by, at=at)
    tell(moved(notice, verb, at))


def moved(notice: Notice, verb: str, at: datetime) -> NoticeMoved:
    """The fact of a notice as its row stands."""
    told = selectors.kept_counts(notice)
    return NoticeMoved(
        notice_id=notice.pk, cause=notice.cause, purpose=notice.purpose, unit_id=notice.unit_id, verb=verb,
        state=notice.state, queued=told.queued, sent=told.sent, failed=told.failed, uncertain=told.uncertain,
        cancelled=told.cancelled, skipped=told.skipped, at=at,
    )  # fmt: skip
