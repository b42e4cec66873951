"""A report begins: because policy asks for it when a complaint is upheld, or because somebody wants one. It follows appeals."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from longzhong.cases.analyses import selectors
from longzhong.cases.analyses.models import Report, Version
from longzhong.cases.analyses.rules import LIVE, MACHINE, WRITERS, State, is_asked
from longzhong.cases.analyses.services.moving import REASONS, complete, keep, turn_clocks
from longzhong.cases.analyses.services.prefilling import HOUSE, prefilled
from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.complaints.rules import State as Stage
from longzhong.cases.complaints.rules.words import COUNTS_AGAINST
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.policies import selectors as policies

REQUIRED_KEY = "analyses.required_grades"


@transaction.atomic
def follow(*, complaint_id: int, by: Actor, at: datetime) -> Report | None:
    """Make the report agree with the verdict of now; safe to hear twice and in any order."""
    row = _locked(complaint_id)
    complaint = complaints.complaint_of(HOUSE, complaint_id)  # not before the report is ours: the verdict of now
    against = complaint.final_verdict in COUNTS_AGAINST and complaint.state != Stage.VOID
    if row is None:
        return _make(complaint, required=True, by=by, at=at) if against and _asked(complaint, at) else None
    if not against and row.required and row.state in LIVE and complaint.final_verdict:
        return complete(
            row=row, move=MACHINE.move("drop", row.state), data={"appeal": complaint.corrected_by}, by=by, at=at
        )
    if against and row.state == State.DROPPED:
        return complete(row=row, move=MACHINE.move("resume", row.state), data={}, by=by, at=at)
    if against and not row.required and row.state in LIVE and _asked(complaint, at):
        row.required = True
        turn_clocks(row=row, by=by, at=at)
        row.save(update_fields=["required", "due_at"])
    return row


@transaction.atomic
def open_report(*, complaint_id: int, by: Actor, at: datetime) -> Report:
    """Begin a report by hand, prefilled; one that is there already is given back as it is."""
    complaint = complaints.complaint_of(by, complaint_id)
    if not selectors.may(by, WRITERS, complaint):
        raise Refused(
            "not_allowed", _("穿透分析由专业部门或优质服务办公室编写；什么都没有改动。"), roles=sorted(WRITERS)
        )
    if complaints.conflict(by, complaint, "sign") is not None:
        raise Refused("own_complaint", _(REASONS["own_complaint"]), complaint=complaint_id)
    if complaint.state == Stage.VOID:
        raise Refused(
            "complaint_void", _("这件投诉已改类或作废，不需要穿透分析；什么都没有改动。"), complaint=complaint_id
        )
    return _locked(complaint_id) or _make(complaint, required=False, by=by, at=at)


@transaction.atomic
def open_once(*, complaint_id: int, key: str, by: Actor, at: datetime) -> int:
    """Begin once for a client key; the id of the report, now or then."""

    def make() -> int:
        return open_report(complaint_id=complaint_id, by=by, at=at).pk

    return matters.once_int(key=key, what=f"analyses.open {complaint_id}", make=make, by=by, at=at)


def erase_due(*, by: Actor, at: datetime) -> int:
    """Empty the versions of complaints whose evidence was erased (retention by grade); returns how many."""
    rows = Version.objects.filter(report__complaint__erased_at__lte=at).exclude(body_sealed="")
    labels = {selectors.label(one) for one in rows.values_list("report", flat=True)}
    count = rows.update(body_sealed="")
    for matter in sorted(labels):
        matters.add_step(matter=matter, step=matters.NewStep("erase", {"reason": "retention"}), by=by, at=at)
    return count


def _make(complaint: Any, *, required: bool, by: Actor, at: datetime) -> Report:
    row = Report(complaint_id=complaint.pk, required=required, opened_at=at)
    try:
        with transaction.atomic():
            Report.objects.bulk_create([row])
    except IntegrityError:  # somebody began it at the same moment
        return Report.objects.get(complaint=complaint.pk)
    row.complaint = complaint
    keep(row=row, parts=prefilled(complaint), by=HOUSE, at=at)
    turn_clocks(row=row, by=by, at=at)
    row.save(update_fields=["version", "due_at"])
    data = {"complaint": complaint.pk, "required": required}
    matters.add_step(matter=selectors.label(row.pk), step=matters.NewStep("open", data), by=by, at=at)
    return row


def _locked(complaint_id: int) -> Report | None:
    rows = Report.objects.select_for_update(of=("self",)).select_related("complaint__case")
    return rows.filter(complaint=complaint_id).first()


def _asked(complaint: Any, at: datetime) -> bool:
    policy = policies.value(REQUIRED_KEY, unit_id=complaint.unit_id, day=civil_day(at))
    return is_asked(complaint.get_grade_display(), policy)
