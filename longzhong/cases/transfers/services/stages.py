"""From stage to stage: nothing passes with open defects; a dispute stands beside the road until somebody above settles it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.transfers import selectors
from longzhong.cases.transfers.models import Dispute, Transfer
from longzhong.cases.transfers.rules import LIVE, DefectState, NewDefect, all_verified
from longzhong.cases.transfers.services.defects import open_states, put_defect, start_clock
from longzhong.cases.transfers.services.moving import begin, complete, papers_of
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.texts import written

SETTLED = ("settle_survey", "settle_rectify", "settle_accept", "settle_handed")


@transaction.atomic
def end_survey(*, transfer_id: int, verb: str, reason: str, by: Actor, at: datetime) -> Transfer:
    """The survey is over: `list_defects` with at least one to put right, `clear` with none."""
    row, move = begin(transfer_id=transfer_id, verb=verb, by=by)
    if verb == "clear":
        _need_verified(row)
    elif not open_states(row):
        raise Refused("defects_missing", _("还没有登记待整改的缺陷；请先登记，或选“无缺陷”。"))
    return complete(row=row, move=move, said=Said({}, {"note": written(reason, _("情况"))}), by=by, at=at)


@transaction.atomic
def notify(
    *, transfer_id: int, uploads: Sequence[matters.Upload], note: str = "", by: Actor, at: datetime
) -> Transfer:  # fmt: skip
    """The notice of what to put right was delivered; its copy is kept."""
    row, move = begin(transfer_id=transfer_id, verb="notify", by=by)
    return complete(row=row, move=move, said=Said({}, {"note": note.strip()}, papers_of(uploads)), by=by, at=at)


@transaction.atomic
def submit(*, transfer_id: int, by: Actor, at: datetime) -> Transfer:
    """Everything is put right and verified: ready for acceptance."""
    row, move = begin(transfer_id=transfer_id, verb="submit", by=by)
    _need_verified(row)
    return complete(row=row, move=move, said=Said(), by=by, at=at)


@transaction.atomic
def fail(*, transfer_id: int, new: NewDefect, reason: str, by: Actor, at: datetime) -> Transfer:
    """The acceptance failed: at least one new defect sends it back."""
    row, move = begin(transfer_id=transfer_id, verb="fail", by=by)
    words = {"reason": written(reason, _("情况"))}
    defect = put_defect(row=row, new=new, by=by, at=at)
    said = Said({"defect": defect.pk, "due_on": str(defect.due_on)}, words)
    return complete(row=row, move=move, said=said, by=by, at=at)


@transaction.atomic
def accept(
    *, transfer_id: int, uploads: Sequence[matters.Upload], note: str = "", by: Actor, at: datetime
) -> Transfer:  # fmt: skip
    """Accepted, with the signed sheet."""
    row, move = begin(transfer_id=transfer_id, verb="accept", by=by)
    _need_verified(row)
    return complete(row=row, move=move, said=Said({}, {"note": note.strip()}, papers_of(uploads)), by=by, at=at)


@transaction.atomic
def hand_over(
    *, transfer_id: int, contract_no: str, uploads: Sequence[matters.Upload], by: Actor, at: datetime
) -> Transfer:
    """The contract is signed, the installation is ours; its clocks stop."""
    row, move = begin(transfer_id=transfer_id, verb="hand_over", by=by)
    if not contract_no.strip():
        raise Refused("contract_missing", _("请填写协议编号；什么都没有改动。"))
    row.contract_no, row.handed_over_at = contract_no.strip()[:60], at
    said = Said({"contract_no": row.contract_no}, {}, papers_of(uploads))
    return complete(row=row, move=move, said=said, fields=("contract_no", "handed_over_at"), by=by, at=at)


@transaction.atomic
def dispute(*, transfer_id: int, reason: str, by: Actor, at: datetime) -> Transfer:
    """Somebody quarrels about the transfer: what about, without names; tie the complaints and items that belong to it."""
    row, move = begin(transfer_id=transfer_id, verb="dispute", by=by)
    words = redact(written(reason, _("情况")))
    _refuse_other(row)
    Dispute.objects.create(transfer=row, text=words, begun_at=at, was=row.state)
    return complete(row=row, move=move, said=Said({}, {"reason": words}), by=by, at=at)


@transaction.atomic
def settle(*, transfer_id: int, verb: str, reason: str, by: Actor, at: datetime) -> Transfer:
    """The dispute is settled; where the transfer goes on was agreed."""
    if verb not in SETTLED:
        raise Refused("no_such_move", _("没有这一步；什么都没有改动。"), verb=verb)
    row, move = begin(transfer_id=transfer_id, verb=verb, by=by)
    if verb == "settle_handed" and row.handed_over_at is None:
        raise Refused("not_handed_over", _("这个项目还没有接收过，不能“维持接收”；什么都没有改动。"))
    if verb == "settle_accept":
        _need_verified(row)
    words = redact(written(reason, _("情况")))
    row.disputes.filter(settled_at=None).update(settled_at=at, result=words)
    return complete(row=row, move=move, said=Said({}, {"reason": words}), by=by, at=at)


@transaction.atomic
def stop(*, transfer_id: int, reason: str, by: Actor, at: datetime) -> Transfer:
    """It isn't taken over: all its clocks stop; an open dispute ends with it."""
    row, move = begin(transfer_id=transfer_id, verb="stop", by=by)
    words = redact(written(reason, _("情况")))
    matters.stop_clocks(matter=selectors.label(row.pk), names=None, by=by, at=at)
    row.disputes.filter(settled_at=None).update(settled_at=at, result=words)
    return complete(row=row, move=move, said=Said({}, {"reason": words}), by=by, at=at)


@transaction.atomic
def restart(*, transfer_id: int, reason: str, by: Actor, at: datetime) -> Transfer:
    """A stopped one begins again with its survey, unless the estate has another one by now."""
    row, move = begin(transfer_id=transfer_id, verb="restart", by=by)
    words = {"reason": written(reason, _("情况"))}
    _refuse_other(row)
    for defect in row.defects.filter(state=DefectState.OPEN).order_by("id"):
        start_clock(row=row, defect=defect, by=by, at=at)
    return complete(row=row, move=move, said=Said({}, words), by=by, at=at)


def _need_verified(row: Transfer) -> None:
    if not all_verified(open_states(row)):
        raise Refused("defects_open", _("还有缺陷没有整改或复核；什么都没有改动。"))


def _refuse_other(row: Transfer) -> None:
    """Only one transfer of an estate runs at a time."""
    others = Transfer.objects.filter(unit=row.unit_id, estate=row.estate, state__in=LIVE).exclude(pk=row.pk)
    if others.exists():
        raise Refused("transfer_standing", _("这个小区已有另一个在办的移交项目；什么都没有改动。"))
