"""Tell people about an outage: the round with its errands and its open batch in one transaction, the recipients by a job.

The batch belongs to the person who tells (so that nobody approves their own), and is sent by a press of theirs on its own page.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.notifications import selectors as notice_reads
from longzhong.dispatch.notifications import services as notices
from longzhong.dispatch.notifications.rules import Channel, NewNotice
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused
from longzhong.sensing.announcements import selectors
from longzhong.sensing.announcements.models import Proposal, Round
from longzhong.sensing.announcements.rules import (
    BY_HAND,
    BY_MESSAGE,
    ON_PAPER,
    TALE_LABELS,
    TELLERS,
    Audience,
    Facts,
    NewTelling,
    Outcome,
    Tale,
    known,
    template_code,
    values,
)
from longzhong.sensing.announcements.selectors import Preview
from longzhong.sensing.announcements.services.opening import open_errands
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages.selectors import Outage

RESTORED_SHOWN = timedelta(hours=12)
NOBODY = {"not_composing", "composed_elsewhere"}  # cancelled, or filled by another worker meanwhile


@transaction.atomic
def tell_outage(*, telling: NewTelling, key: str, by: Actor, at: datetime) -> int:
    """Tell once for a client key; returns the round. People come this way, machines by `open_round`."""

    def make() -> int:
        return open_round(telling=telling, by=by, at=at).pk

    what = f"{selectors.telling_label(telling.outage_id)} {telling.tale}"
    return matters.once_int(key=key, what=what, make=make, by=by, at=at)


@transaction.atomic
def open_round(*, telling: NewTelling, by: Actor, at: datetime) -> Round:
    """Open a telling: errands with their clocks, and a batch of messages that a job fills and that waits for a press."""
    need(by, *TELLERS)
    outage = selectors.outage_of(by, telling.outage_id)
    matters.lock_matter(matter=selectors.telling_label(outage.pk))
    outage.refresh_from_db()
    selectors.check_tale(outage, telling.tale, at)
    look = selectors.preview(by, outage, telling.tale, at)
    wanted = _wanted(telling, look)
    row = Round(
        outage_id=outage.pk, unit_id=look.reach.unit_id, tale=telling.tale, audiences=[one.value for one in wanted],
        units=None if look.reach.units is None else list(look.reach.units), only_new=telling.only_new,
        said=selectors.said_of(look.facts), ends_at=look.facts.ends_at, made_at=at, made_by_user=by.user_id,
        counted={one.value: look.count(one) for one in wanted},
    )  # fmt: skip
    if not telling.only_new and selectors.is_told(row):
        raise Refused("told_already", _("同样的内容已经告知过这些对象；要补发给新增客户，请选“只发给还没有告知的”。"))
    Round.objects.bulk_create([row])
    _open_notice(row, outage, telling, look.facts, by, at)
    made = open_errands(row=row, look=look, by=by, at=at)
    open_ones = Proposal.objects.filter(outage=outage.pk, closed_at=None)
    open_ones.update(closed_at=at, outcome=Outcome.TOLD)
    data = {"tale": telling.tale, "counted": row.counted, "errands": made, "notice": row.notice_id}
    matters.add_step(matter=selectors.telling_label(outage.pk), step=matters.NewStep("compose", data), by=by, at=at)
    return row


def fill_rounds(*, by: Actor, at: datetime) -> int:
    """Resolve the recipients of open batches (job); outside of any transaction, safe to be killed and to run twice."""
    waiting = selectors.to_fill()
    for row in waiting:
        try:
            notices.fill_notice(notice_id=row.notice_id or 0, recipients=selectors.recipients(row), by=by, at=at)
        except Refused as refusal:
            if refusal.code not in NOBODY:
                raise
    return len(waiting)


def _wanted(telling: NewTelling, look: Preview) -> tuple[Audience, ...]:
    wanted = tuple(dict.fromkeys(telling.audiences))
    if not wanted:
        raise Refused("audience_missing", _("请选择要告知谁；没有组织告知。"))
    if telling.tale not in ON_PAPER and any(one in BY_HAND for one in wanted):
        word = TALE_LABELS[telling.tale]
        raise Refused("paper_unfit", _("“%s”用短信和群告知，不送书面通知也不张贴；没有组织告知。") % word)
    if not any(look.count(one) for one in wanted):
        raise Refused("nobody_to_tell", _("所选对象里现在没有人需要告知；没有组织告知。"))
    return wanted


def _open_notice(row: Round, outage: Outage, telling: NewTelling, facts: Facts, by: Actor, at: datetime) -> None:
    """A batch without recipients, under the outage's label; the outage's own timeline hears of its steps."""
    if not any(one in BY_MESSAGE for one in map(Audience, row.audiences)):
        return
    if not telling.channels:
        raise Refused("channel_missing", _("请选择发送渠道；没有组织告知。"))
    notice = NewNotice(
        template=template_code(telling.tale, outage.kind), unit_id=row.unit_id, channels=[Channel(one) for one in telling.channels],
        cause=outages.label(outage.pk), title=f"{TALE_LABELS[telling.tale]} {outage.title}"[:120],
        key=f"announcements.round:{row.pk}", params=_params(telling.tale, outage.kind, facts),
        send_until=_until(telling.tale, facts, at), expected=sum(row.counted.get(one, 0) for one in BY_MESSAGE),
    )  # fmt: skip
    row.notice = notices.open_notice(notice=notice, audience=None, by=by, at=at)
    row.save(update_fields=["notice"])


def _params(tale: Tale, kind: str, facts: Facts) -> dict[str, str]:
    """The common values that the template in use has places for; places that nobody can fill are refused here, aloud."""
    template = notice_reads.current_template(template_code(tale, kind))
    if template is None:
        raise Refused("template_missing", _("没有在用的告知模板，请优服办先启用；没有组织告知。"), tale=tale)
    names = frozenset(one.name for one in notice_reads.variables_of(template))
    common = values(facts)
    if strange := names - set(common) - {"where"}:
        raise Refused(
            "template_places", _("模板里的变量 %s 停电告知填不出来，请优服办改模板。") % "、".join(sorted(strange))
        )
    return known(common, names)


def _until(tale: Tale, facts: Facts, at: datetime) -> datetime | None:
    """After this moment it would be wrong or useless to send it."""
    end = (
        at + RESTORED_SHOWN
        if tale is Tale.RESTORED
        else facts.ends_at
        if tale in (Tale.DELAY, Tale.FAULT)
        else facts.starts_at
    )
    return end if end is not None and end > at else None
