"""How a governed matter ends, begins again, or is withdrawn; alarms of its clocks."""

from datetime import datetime

from django.db import transaction

from longzhong.cases.complaints import selectors
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import MACHINES, Kind
from longzhong.cases.complaints.rules.following import wanted
from longzhong.cases.complaints.services import underneath
from longzhong.cases.complaints.services.dispatching import words_of
from longzhong.cases.complaints.services.hiding import follow_secrecy
from longzhong.cases.complaints.services.moving import HOUSE, begin, complete, refresh_due
from longzhong.cases.hotline import selectors as hotline
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor


@transaction.atomic
def withdraw(*, complaint_id: int, reason: str, by: Actor, at: datetime) -> Complaint:
    """The customer takes it back, in their words. The case goes on to its call-back, where they say so themselves."""
    row, move = begin(complaint_id=complaint_id, verb="withdraw", by=by)
    words = words_of(reason=reason, row=row, by=by)
    underneath.finish(row=row, at=at)
    underneath.answer(row=row, at=at)
    return complete(row=row, move=move, said=Said({}, {"reason": words}), by=by, at=at)


@transaction.atomic
def void(*, complaint_id: int, reason: str, by: Actor, at: datetime) -> Complaint:
    """It wasn't a complaint at all (a test, a wrong entry), says the office; its case is void with it. Not after the answer."""
    row, move = begin(complaint_id=complaint_id, verb="void", by=by)
    words = words_of(reason=reason, row=row, by=by)
    underneath.void(row=row, reason=words, at=at)
    return complete(row=row, move=move, said=Said({}, {"reason": words}), by=by, at=at)


@transaction.atomic
def follow_case(*, case_id: int, by: Actor, at: datetime) -> str:
    """Bring a complaint to where its case stands now; the verb that was taken, "" if nothing changed. Safe late and twice."""
    row = Complaint.objects.select_for_update().filter(case=case_id).first()
    if row is None:
        return ""
    follow_secrecy(row=row, at=at)
    underneath.keep_from_accused(row=row, at=at)
    case = hotline.case_of(HOUSE, case_id)
    verb = wanted(row.state, case.state)
    if not verb:
        _note_due(row)
        return ""
    if verb == "refuse":
        row.handler = None
    if verb == "come_back":
        row.round += 1
    move = MACHINES[Kind(row.kind)].move(verb, row.state)
    said = Said({"case_state": case.state, "outcome": case.outcome, "round": row.round})
    complete(row=row, move=move, said=said, fields=("handler", "round"), by=by, at=at)
    return verb


@transaction.atomic
def note_alarm(*, matter: str, alarm: int, by: Actor, at: datetime) -> None:  # noqa: ARG001  every service says who, and when
    """Repeat on the complaint what its clocks, or its case's, told; alarms of other nouns' matters are none of ours."""
    own, case = selectors.complaint_id_of(matter), hotline.case_id_of(matter)
    found = Complaint.objects.select_for_update()
    row = found.filter(pk=own).first() if own else found.filter(case=case).first() if case else None
    if row is not None and row.alarm < alarm:
        row.alarm = alarm
        row.save(update_fields=["alarm"])


def _note_due(row: Complaint) -> None:
    before = (row.due_clock, row.due_at)
    refresh_due(row=row)
    if (row.due_clock, row.due_at) != before:
        row.save(update_fields=["due_clock", "due_at"])
