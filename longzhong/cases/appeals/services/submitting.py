"""Hand an appeal in with its papers whole; take it back before a panel sits; the statement of who is complained about."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.appeals import selectors
from longzhong.cases.appeals.models import Appeal
from longzhong.cases.appeals.rules import LIVE, MACHINE, State
from longzhong.cases.appeals.services.clocking import await_panel
from longzhong.cases.appeals.services.drafting import SCAN, check_seals, in_time
from longzhong.cases.appeals.services.moving import begin, complete, standing, written
from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.complaints.rules import STANDING
from longzhong.cases.hotline.rules.redact import redact
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused

READABLE = ("image/", "application/pdf")
LEAST = timedelta(microseconds=1)  # a window ends with its last day, at 24:00


@transaction.atomic
def submit(*, appeal_id: int, by: Actor, at: datetime) -> Appeal:
    """In time, with a scan of the sealed paper and three seals without contradiction; the panel's clock starts."""
    row, move = begin(appeal_id=appeal_id, verb="submit", by=by)
    standing(row=row)
    in_time(window=row.window, at=at)
    day = civil_day(at)
    check_seals(row=row, seals=selectors.seals_of(row), today=day, submitted_on=day)
    files = selectors.evidence_of(row.pk)
    if not any(one.kind == SCAN and one.mime.startswith(READABLE) for one in files):
        raise Refused("scan_missing", _("至少要上传一份盖章扫描件（照片或 PDF）；没有提交。"))
    row.submitted_at, row.number = at, row.number or f"SS{day:%Y%m%d}{row.pk:06}"
    await_panel(row=row, at=at)
    said = Said({"number": row.number, "files": len(files)})
    return complete(row=row, move=move, said=said, fields=("submitted_at", "number"), by=by, at=at)


@transaction.atomic
def withdraw(*, appeal_id: int, reason: str, by: Actor, at: datetime) -> Appeal:
    """The unit takes it back; another may be made while the window is open."""
    row, move = begin(appeal_id=appeal_id, verb="withdraw", by=by)
    return complete(row=row, move=move, said=Said({}, {"reason": written(words=reason)}), by=by, at=at)


@transaction.atomic
def state(*, appeal_id: int, text: str, by: Actor, at: datetime) -> Appeal:
    """What the person complained about has to say; the panel reads it."""
    row, move = begin(appeal_id=appeal_id, verb="state", by=by)
    return complete(row=row, move=move, said=Said({}, {"text": redact(written(words=text))[:2000]}), by=by, at=at)


@transaction.atomic
def lapse(*, complaint_id: int, by: Actor, at: datetime) -> bool:
    """The complaint is investigated again or void: its appeal is about nothing any more. Safe to hear twice."""
    rows = Appeal.objects.select_related("complaint").select_for_update(of=("self",))
    row = rows.filter(complaint=complaint_id, state__in=LIVE).first()
    if row is None:
        return False
    complaint = complaints.complaint_of(by, complaint_id)
    if complaint.state in STANDING and complaint.round == row.round:
        return False
    complete(row=row, move=MACHINE.move("lapse", row.state), said=Said({"complaint": complaint_id}), by=by, at=at)
    return True


def lapse_late(*, by: Actor, at: datetime) -> int:
    """Drafts that nobody submitted in their window are over; returns how many. Safe late and twice."""
    late = Appeal.objects.filter(state=State.DRAFT, window__last_at__lte=at).order_by("id")
    return sum(_lapse_late(pk, by, at) for pk in list(late.values_list("id", flat=True)))


@transaction.atomic
def _lapse_late(appeal_id: int, by: Actor, at: datetime) -> bool:
    rows = Appeal.objects.select_related("complaint", "window").select_for_update(of=("self",))
    row = rows.filter(pk=appeal_id, state=State.DRAFT).first()
    if row is None:  # withdrawn at this moment
        return False
    said = Said({"last_on": f"{civil_day(row.window.last_at - LEAST)}"})
    complete(row=row, move=MACHINE.move("lapse", row.state), said=said, by=by, at=at)
    return True
