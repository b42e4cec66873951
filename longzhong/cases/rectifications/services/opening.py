"""The form follows the verdict that stands now: opened when it counts against the unit, superseded when it doesn't any more."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.complaints.rules import State as Stands
from longzhong.cases.complaints.rules.deciding import counts_against
from longzhong.cases.complaints.rules.secrecy import quotes
from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.hotline.rules.words import Secrecy
from longzhong.cases.rectifications import selectors
from longzhong.cases.rectifications.models import Form
from longzhong.cases.rectifications.rules import MACHINE, PENDING, Sign, State, Visit
from longzhong.cases.rectifications.services.moving import (
    HOUSE,
    SUBMIT,
    SUBMIT_KEY,
    clock,
    complete,
    note,
    refresh_due,
    start_clock,
    stop,
)
from longzhong.dispatch.matters.services import Said
from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day

PREFILLED = ("facts_sealed", "cause_sealed", "unit_measures_sealed", "department_measures_sealed")


@transaction.atomic
def follow(*, complaint_id: int, by: Actor, at: datetime) -> Form | None:
    """Make the form agree with the complaint's verdict of now; safe to hear twice and in any order."""
    row = Form.objects.select_for_update().filter(complaint=complaint_id).first()
    complaint = complaints.complaint_of(HOUSE, complaint_id)  # not before the form is ours: the verdict of now
    if not complaint.final_verdict:
        return row
    against = counts_against(complaint.final_verdict) and complaint.state != Stands.VOID
    if row is None:
        return _open(Form(complaint=complaint), by, at) if against else None
    row.complaint = complaint
    if against and _upheld_again(row):
        _reopen(row, by, at)
    elif not against and row.state != State.SUPERSEDED:
        _supersede(row, by, at)
    return row


def _open(row: Form, by: Actor, at: datetime) -> Form:
    row.department_id, row.opened_at = row.complaint.department_id, at
    _place(row, at)
    _prefill(row)
    try:
        with transaction.atomic():
            Form.objects.bulk_create([row])
    except IntegrityError:  # another worker opened it at the same moment
        return Form.objects.get(complaint=row.complaint_id)
    row.number = f"ZG{civil_day(at):%Y%m%d}{row.pk:06}"
    _await_plan(row, at)
    refresh_due(row)
    row.save(update_fields=["number", "due_at"])
    data = {"complaint": row.complaint_id, "unit": row.unit_id, "owner": row.owner_id}
    note(row=row, verb="open", said=Said(data), by=by, at=at)
    return row


def _upheld_again(row: Form) -> bool:
    """Whether a form that has ended is owed once more: it was superseded, or closed before the present decision."""
    decided, ended = row.complaint.decided_at, row.ended_at
    newer = decided is not None and ended is not None and decided > ended
    return row.state == State.SUPERSEDED or (row.state == State.CLOSED and newer)


def _reopen(row: Form, by: Actor, at: datetime) -> None:
    """Upheld after all: everything written stays, the signatures are gathered anew. Closed and upheld by another investigation:
    what that one found takes the place of the old words, and asks for measures of its own.
    """
    fields = ["unit", "grid", "owner", "ended_at", "done_at", "review_on", "revisit_on", "resign"]
    if row.state == State.CLOSED:
        row.round += 1
        _prefill(row)
        fields += ["round", *PREFILLED]
    _place(row, at)
    row.ended_at = row.done_at = row.review_on = row.revisit_on = None
    row.resign = ""
    _await_plan(row, at)
    move, data = MACHINE.move("reopen", row.state), {"unit": row.unit_id, "owner": row.owner_id, "round": row.round}
    complete(row=row, move=move, said=Said(data), fields=fields, by=by, at=at)


def _supersede(row: Form, by: Actor, at: datetime) -> None:
    verdicts = stop(row, None, at)
    row.signatures.filter(round=row.signing_round, state__in=PENDING).update(state=Sign.DROPPED)
    row.revisits.filter(found=Visit.DUE).update(found=Visit.DROPPED, at=at)
    row.ended_at, row.revisit_on = at, None
    said = Said({"appeal": row.complaint.corrected_by, "clocks": verdicts})
    move = MACHINE.move("supersede", row.state)
    complete(row=row, move=move, said=said, fields=("ended_at", "revisit_on"), by=by, at=at)


def _place(row: Form, at: datetime) -> None:
    """The responsible unit and its head; where who is complained about leads it, those above."""
    complaint = row.complaint
    row.unit_id, row.owner_id = selectors.responsible(complaint.unit_id, complaint.about_staff_id, at)
    row.grid_id = complaint.grid_id if row.unit_id == complaint.unit_id else None


def _prefill(row: Form) -> None:
    """What the investigation left: facts, cause, the measures that the unit and the department proposed."""
    complaint, found = row.complaint, complaints.dossier(HOUSE, row.complaint_id)
    reply = found.replies[-1] if found.replies else None
    cause = "\n".join(filter(None, [found.root_cause, reply.analysis if reply else ""]))

    def kept(text: str) -> str:
        clean = redact(text)
        told = complaint.secrecy != Secrecy.OPEN and quotes(clean, complaint.case.content)
        return vault.seal(selectors.said_of(row) if told else clean)

    row.facts_sealed, row.cause_sealed = kept(reply.facts if reply else ""), kept(cause)
    row.unit_measures_sealed = kept(reply.measures if reply else "")
    row.department_measures_sealed = kept(reply.review_measures if reply else "")


def _await_plan(row: Form, at: datetime) -> None:
    start_clock(clock(row, SUBMIT, _("填报整改单"), owner_id=row.owner_id, policy_key=SUBMIT_KEY), at)
