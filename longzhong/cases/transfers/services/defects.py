"""Defects: found, put right, verified by somebody else, or sent back; each with a clock to its own day."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.transfers import selectors
from longzhong.cases.transfers.models import Defect, Transfer
from longzhong.cases.transfers.rules import FROM, TO, DefectState, NewDefect, Party
from longzhong.cases.transfers.services.moving import begin, complete, papers_of
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.rules import Limit, Measure
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.kit.texts import written

MOST_DAYS = 1095


@transaction.atomic
def add_defect(*, transfer_id: int, new: NewDefect, by: Actor, at: datetime) -> Defect:
    """Write down what is wrong, whose it is and until which day it is to be put right."""
    row, move = begin(transfer_id=transfer_id, verb="add_defect", by=by)
    defect = put_defect(row=row, new=new, by=by, at=at)
    said = Said({"defect": defect.pk, "party": new.party, "due_on": str(defect.due_on)}, {"text": defect.text})
    complete(row=row, move=move, said=said, by=by, at=at)
    return defect


@transaction.atomic
def fix(
    *, transfer_id: int, defect_id: int, uploads: Sequence[matters.Upload], note: str = "", by: Actor, at: datetime
) -> Defect:
    """It is said to be put right, with proof; its clock stops."""
    row, move = begin(transfer_id=transfer_id, verb="fix", by=by)
    defect = _defect(row, defect_id, "fix")
    if by.staff_id is None:
        raise Refused("fixer_unknown", _("登记人须是在册人员；什么都没有改动。"))
    proofs = papers_of(uploads)
    defect.fixed_by_id, defect.fixed_at = by.staff_id, at
    matters.stop_clocks(matter=selectors.label(row.pk), names=(clock_name(defect),), by=by, at=at)
    _save(defect, "fix", "fixed_by", "fixed_at")
    complete(row=row, move=move, said=Said({"defect": defect.pk}, {"note": note.strip()}, proofs), by=by, at=at)
    return defect


@transaction.atomic
def verify(*, transfer_id: int, defect_id: int, note: str = "", by: Actor, at: datetime) -> Defect:
    """Somebody else looked: it is put right."""
    row, move = begin(transfer_id=transfer_id, verb="verify", by=by)
    defect = _checked(row, defect_id, "verify", by)
    defect.verified_by_id, defect.verified_at = by.staff_id, at
    _save(defect, "verify", "verified_by", "verified_at")
    complete(row=row, move=move, said=Said({"defect": defect.pk}, {"note": note.strip()}), by=by, at=at)
    return defect


@transaction.atomic
def unfix(*, transfer_id: int, defect_id: int, reason: str, by: Actor, at: datetime) -> Defect:
    """Somebody else looked: it isn't. The clock runs again to its day, which may be past."""
    row, move = begin(transfer_id=transfer_id, verb="unfix", by=by)
    defect = _checked(row, defect_id, "unfix", by)
    words = {"reason": written(reason, _("情况"))}
    defect.times_failed += 1
    defect.fixed_by_id, defect.fixed_at = None, None
    _save(defect, "unfix", "fixed_by", "fixed_at", "times_failed")
    start_clock(row=row, defect=defect, by=by, at=at)
    complete(row=row, move=move, said=Said({"defect": defect.pk}, words), by=by, at=at)
    return defect


def put_defect(*, row: Transfer, new: NewDefect, by: Actor, at: datetime) -> Defect:
    """A new defect of a transfer with its clock; refuses what isn't whole."""
    if len(new.text.strip()) < 2 or new.party not in set(Party):
        raise Refused("defect_missing", _("请写明缺陷和整改责任方；什么都没有改动。"))
    ahead = (new.due_on - civil_day(at)).days if new.due_on else 0
    if new.due_on is None or not 0 < ahead <= MOST_DAYS:
        raise Refused("due_not_ahead", _("整改期限须晚于今天，最长三年；什么都没有改动。"))
    defect = Defect.objects.create(
        transfer=row, text=redact(new.text.strip())[:200], party=new.party, due_on=new.due_on, found_at=at
    )
    start_clock(row=row, defect=defect, by=by, at=at)
    return defect


def start_clock(*, row: Transfer, defect: Defect, by: Actor, at: datetime) -> None:
    """A clock to the end of the defect's day; a day that is past is late at once."""
    days = max((defect.due_on - civil_day(at)).days, 0)
    limit = Limit(days, Measure.DAYS) if days else Limit(1, Measure.MINUTES)
    clock = matters.NewClock(
        matter=selectors.label(row.pk), name=clock_name(defect), label=f"缺陷 {defect.pk} 整改", unit_id=row.unit_id,
        promise=limit, title=f"小区移交 {row.estate}",
    )  # fmt: skip
    matters.start_clocks(clocks=[clock], by=by, at=at)


def clock_name(defect: Defect) -> str:
    return f"defect{defect.pk}"


def _checked(row: Transfer, defect_id: int, verb: str, by: Actor) -> Defect:
    defect = _defect(row, defect_id, verb)
    if by.staff_id is None or by.staff_id == defect.fixed_by_id:
        raise Refused("own_fix", _("登记整改的人不能自己复核，复核人须是在册人员；什么都没有改动。"))
    return defect


def _defect(row: Transfer, defect_id: int, verb: str) -> Defect:
    defect = row.defects.select_for_update().filter(pk=defect_id).first()
    if defect is None:
        raise Refused("defect_unknown", _("这个项目没有这条缺陷；什么都没有改动。"), defect=defect_id)
    if defect.state != FROM[verb]:
        raise Refused("defect_state", _("这条缺陷现在不能做这一步；什么都没有改动。"), state=defect.state)
    return defect


def _save(defect: Defect, verb: str, *fields: str) -> None:
    defect.state = TO[verb].value
    defect.save(update_fields=["state", *fields])


def open_states(row: Transfer) -> list[str]:
    """The states of the transfer's defects that aren't verified."""
    return list(row.defects.exclude(state=DefectState.VERIFIED).values_list("state", flat=True))
