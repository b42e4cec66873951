"""Hand an appeal in with its papers whole; take it back before a panel sits; the statement of who is complained about."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.appeals import selectors
from longzhong.cases.appeals.models import Appeal
from longzhong.cases.appeals.rules import LEVEL_LABELS, LIVE, MACHINE, Level
from longzhong.cases.appeals.services.drafting import SCAN, check_seals, in_time
from longzhong.cases.appeals.services.moving import HOUSE, PANEL_CLOCK, Said, begin, complete, standing, written
from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.hotline.rules.redact import redact
from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused

KEYS = {Level.FIRST: "complaint.appeal_decide_wd", Level.FINAL: "complaint.appeal_final_decide_wd"}
READABLE = ("image/", "application/pdf")


@transaction.atomic
def submit(*, appeal_id: int, by: Actor, at: datetime) -> Appeal:
    """In time, with a scan of the sealed paper and three seals without contradiction; the panel's clock starts."""
    row, move = begin(appeal_id=appeal_id, verb="submit", by=by)
    standing(complaint=row.complaint, round_=row.round)
    in_time(window=row.window, at=at)
    day = civil_day(at)
    check_seals(row=row, seals=selectors.seals_of(row), today=day, submitted_on=day)
    files = selectors.evidence_of(row.pk)
    if not any(one.kind == SCAN and one.mime.startswith(READABLE) for one in files):
        raise Refused("scan_missing", _("至少要上传一份盖章扫描件（照片或 PDF）；没有提交。"))
    row.submitted_at, row.number = at, row.number or f"SS{day:%Y%m%d}{row.pk:06}"
    _start_clock(row, at)
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
    if complaint.state in selectors.STANDING and complaint.round == row.round:
        return False
    complete(row=row, move=MACHINE.move("lapse", row.state), said=Said({"complaint": complaint_id}), by=by, at=at)
    return True


def _start_clock(row: Appeal, at: datetime) -> None:
    matter, level = selectors.label(row.pk), Level(row.level)
    clock = matters.NewClock(
        matter=matter, name=PANEL_CLOCK, label=f"{LEVEL_LABELS[level]}评审", unit_id=row.complaint.unit_id,
        policy_key=KEYS[level], title=f"申诉 {row.complaint.case.number}",
    )  # fmt: skip
    matters.start_clocks(clocks=[clock], by=HOUSE, at=at)
    nearest = matter_reads.next_deadline(matter)
    row.due_at = nearest[1] if nearest else None
