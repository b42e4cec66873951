"""Compose a notice: open the batch, resolve its recipients chunk by chunk, each chunk in a transaction of its own.

So the progress is seen while it goes on, and a composer that is killed leaves a batch that is composed anew, never sent in part.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.notifications import selectors
from longzhong.dispatch.notifications.models import Covered, Message, Notice, Template
from longzhong.dispatch.notifications.rules import COMPOSERS, PURPOSES, Channel, NewNotice, Purpose, Recipient, State
from longzhong.dispatch.notifications.rules.texts import params_fault
from longzhong.dispatch.notifications.services.moving import move, moved
from longzhong.dispatch.notifications.services.resolving import Plan, drafts
from longzhong.dispatch.notifications.services.writing import write
from longzhong.kit import clock
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused
from longzhong.kit.outbox import tell

CHUNK = 2000


def compose(*, notice: NewNotice, recipients: Iterable[Recipient], by: Actor, at: datetime) -> Notice:
    """Open a notice and resolve its recipients; ready to be queued (or waiting for approval) afterwards.

    Not one transaction: call it outside of any. With a `key`, calling again goes on where it makes sense: a batch that was
    left half composed is composed anew, a composed one is returned as it is.
    """
    row = open_notice(notice=notice, audience=None, by=by, at=at)
    if row.state == State.COMPOSING:
        fill_notice(notice_id=row.pk, recipients=recipients, by=by, at=at)
        row.refresh_from_db()
    return row


@transaction.atomic
def open_notice(*, notice: NewNotice, audience: dict[str, object] | None, by: Actor, at: datetime) -> Notice:
    """A batch without recipients yet; with `audience` (unit, areas, estate) a job resolves them."""
    need(by, *COMPOSERS)
    if not by.system and notice.unit_id not in by.units(*COMPOSERS):
        raise Refused("not_found", _("没有这个单位，或不在您的管辖范围内。"))
    template = selectors.current_template(notice.template)
    if template is None:
        raise Refused("template_unknown", _("没有这个在用的模板；什么都没有改动。"), template=notice.template)
    channels = _checked(template, notice)
    row = Notice(
        template=template, title=(notice.title or template.title)[:120], purpose=template.purpose, cause=notice.cause,
        rank=PURPOSES[Purpose(template.purpose)].rank, key=notice.key or None, unit_id=notice.unit_id,
        channels=[one.value for one in channels], params=dict(notice.params), audience=audience,
        token=secrets.token_hex(4), expected=notice.expected, made_at=at, made_by_user=by.user_id,
        send_until=notice.send_until,
    )  # fmt: skip
    try:
        with transaction.atomic():
            Notice.objects.bulk_create([row])
    except IntegrityError:
        return Notice.objects.get(key=notice.key)
    row.number = f"TZ{clock.civil_day(at):%Y%m%d}{row.pk:06d}"
    row.save(update_fields=["number"])
    data = {"template": template.code, "edition": template.edition, "cause": notice.cause}
    matters.add_step(matter=selectors.label(row.pk), step=matters.NewStep("compose", data), by=by, at=at)
    tell(moved(row, "compose", at))
    return row


def fill_notice(*, notice_id: int, recipients: Iterable[Recipient], by: Actor, at: datetime) -> None:
    """Resolve the recipients of an open batch from the start, and make it ready; not one transaction."""
    plan, done = _restart(notice_id), 0
    for some in _chunks(recipients):
        _fill_chunk(notice_id, plan, some, done)
        done += len(some)
    _close(notice_id, by, at)


def _checked(template: Template, notice: NewNotice) -> tuple[Channel, ...]:
    """The channels in order, each with a text; common values must be of declared places, and right."""
    channels = tuple(dict.fromkeys(map(Channel, notice.channels)))
    if not channels or not set(channels) <= set(selectors.texts_of(template)):
        raise Refused("channel_without_text", _("模板没有写所选渠道的内容；什么都没有改动。"))
    variables = [one for one in selectors.variables_of(template) if one.name in notice.params]
    if len(variables) < len(notice.params) or (fault := params_fault(notice.params, variables)) is not None:
        name = fault if len(variables) == len(notice.params) else "unknown"
        raise Refused("params_wrong", _("填写的内容缺少、过长或类型不对：%(name)s。") % {"name": name}, name=name)
    return channels


@transaction.atomic
def _restart(notice_id: int) -> Plan:
    notice = _composing(notice_id)
    Covered.objects.filter(message__notice=notice).delete()
    Message.objects.filter(notice=notice).delete()
    Notice.objects.filter(pk=notice_id).update(composed=0)
    return _plan(notice)


def _plan(notice: Notice) -> Plan:
    silent = selectors.limits_of(notice, notice.made_at).closing_silent
    return Plan.of(notice, selectors.variables_of(notice.template), silent)


@transaction.atomic
def _fill_chunk(notice_id: int, plan: Plan, some: Sequence[Recipient], done: int) -> None:
    notice = _composing(notice_id)
    if notice.composed != done:
        raise Refused("composed_elsewhere", _("这批通知正由另一个进程组织；这里停止了。"), notice=notice_id)
    write(notice_id, drafts(plan, some), clock.real_now())
    Notice.objects.filter(pk=notice_id).update(composed=done + len(some))


@transaction.atomic
def _close(notice_id: int, by: Actor, at: datetime) -> None:
    notice = _composing(notice_id)
    Notice.objects.filter(pk=notice_id).update(
        audience=None
    )  # whoever was named by hand is in the messages now, sealed
    verb = "ask" if notice.template.needs_approval else "ready"
    move(notice=notice, verb=verb, by=by, at=at, data={"recipients": notice.composed})


def _composing(notice_id: int) -> Notice:
    rows = Notice.objects.select_for_update(of=("self",), no_key=True).select_related("template")
    notice = rows.get(pk=notice_id)
    if notice.state != State.COMPOSING:
        raise Refused("not_composing", _("这批通知已经组织完或已取消；没有再加收件人。"), notice=notice_id)
    return notice


def _chunks(recipients: Iterable[Recipient]) -> Iterator[list[Recipient]]:
    rest = iter(recipients)
    while some := list(islice(rest, CHUNK)):
        yield some
