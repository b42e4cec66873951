"""Answer in public: a drafted text, a leader's approval, the publication; then closed, or it flares up again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.media import selectors
from longzhong.cases.media.models import Item
from longzhong.cases.media.services.moving import (
    REPORT,
    RESPOND,
    begin,
    clock_of,
    complete,
    needs_report,
)
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.texts import written


@transaction.atomic
def draft(*, item_id: int, text: str, by: Actor, at: datetime) -> Item:
    """Write what is to be said in public; names, phones and rooms are taken out. It waits for a leader."""
    row, move = begin(item_id=item_id, verb="draft", by=by)
    if by.staff_id is None:
        raise Refused("drafter_unknown", _("起草人须是在册人员；什么都没有改动。"))
    row.response = redact(written(text, _("回应口径"), code="response_missing", least=10))
    row.response_by_id, row.approved_by_id = by.staff_id, None
    words = {"text": row.response}
    fields = ("response", "response_by", "approved_by")
    return complete(row=row, move=move, said=Said({}, words), fields=fields, by=by, at=at)


@transaction.atomic
def approve(*, item_id: int, note: str = "", by: Actor, at: datetime) -> Item:
    """A leader lets the text go out; nobody approves their own."""
    row, move = begin(item_id=item_id, verb="approve", by=by)
    if by.staff_id is None or by.staff_id == row.response_by_id:
        raise Refused("own_text", _("起草人不能批准自己拟的口径，批准人须是在册人员；什么都没有改动。"))
    row.approved_by_id = by.staff_id
    said = Said({}, {"note": note.strip()})
    return complete(row=row, move=move, said=said, fields=("approved_by",), by=by, at=at)


@transaction.atomic
def give_back(*, item_id: int, reason: str, by: Actor, at: datetime) -> Item:
    """The text isn't to go out as it is; an approved one too, before it was published."""
    row, move = begin(item_id=item_id, verb="return", by=by)
    words = {"reason": written(reason, _("理由"))}
    row.approved_by_id = None
    return complete(row=row, move=move, said=Said({}, words), fields=("approved_by",), by=by, at=at)


@transaction.atomic
def answer(*, item_id: int, where: str, by: Actor, at: datetime) -> Item:
    """Record that the approved text was published, and where; a major item was reported before."""
    row, move = begin(item_id=item_id, verb="answer", by=by)
    if needs_report(row):
        raise Refused("report_first", _("重大舆情须先登记已上报分管领导；什么都没有改动。"))
    words = {"note": written(where, _("在哪里、怎样发布"), code="where_missing")}
    row.answered_at = at
    matters.stop_clocks(matter=selectors.label(row.pk), names=(RESPOND, REPORT), by=by, at=at)
    return complete(row=row, move=move, said=Said({}, words), fields=("answered_at",), by=by, at=at)


@transaction.atomic
def flare(*, item_id: int, reason: str, by: Actor, at: datetime) -> Item:
    """It flared up again: the response's clock begins anew, and it needs another text."""
    row, move = begin(item_id=item_id, verb="flare", by=by)
    words = {"reason": written(reason, _("理由"))}
    row.flares, row.approved_by_id, row.closed_at = row.flares + 1, None, None
    matters.start_clocks(clocks=[clock_of(row, RESPOND)], by=by, at=at)
    said = Said({"flares": row.flares}, words)
    return complete(row=row, move=move, said=said, fields=("flares", "approved_by", "closed_at"), by=by, at=at)


@transaction.atomic
def close(*, item_id: int, reason: str, by: Actor, at: datetime) -> Item:
    """It calmed down, with what shows that."""
    row, move = begin(item_id=item_id, verb="close", by=by)
    words = {"reason": written(reason, _("理由"))}
    row.closed_at = at
    return complete(row=row, move=move, said=Said({}, words), fields=("closed_at",), by=by, at=at)
