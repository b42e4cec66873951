"""The four beats that the steps of a complaint share: door and lock · rule and conflict of interest · change and step · tell."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from longzhong.cases.complaints import selectors
from longzhong.cases.complaints.events import ComplaintMoved
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import DONE, KIND_LABELS, MACHINES, REASONS, Kind, State, refusal
from longzhong.cases.complaints.rules.clocks import CLOCK_LABELS, POLICIES, RUNS
from longzhong.cases.complaints.services.keeping import keep_until
from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline import services as hotline_services
from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.kit import outbox, vault
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move

HOUSE = Actor.machine("complaints")
MOVING = ["state", "due_at", "due_clock", "closed_at", "keep_until"]


def enter(*, complaint_id: int, by: Actor) -> Complaint:
    """Door and lock: the complaint as nobody else can change it until the end of the transaction."""
    rows = selectors.visible_to(by).select_related("case").select_for_update(of=("self",))
    row = rows.filter(pk=complaint_id).first()
    if row is None:
        raise Refused("not_found", _("没有这件投诉，或不在您的管辖范围内。"), complaint=complaint_id)
    return row


def begin(*, complaint_id: int, verb: str, by: Actor) -> tuple[Complaint, Move]:
    """Door, lock, rule and conflict: the complaint and the row of its machine, if this actor may take the step now."""
    row = enter(complaint_id=complaint_id, by=by)
    move = MACHINES[Kind(row.kind)].move(verb, row.state)
    if not selectors.may(by, move.roles, row):
        raise Refused(
            "not_allowed", _("您的岗位不能对这件投诉做这一步；什么都没有改动。"), verb=verb, roles=sorted(move.roles)
        )
    if (code := refusal(verb, selectors.ties_of(by, row))) is not None:
        raise Refused(code, _(REASONS[code]), verb=verb, complaint=row.pk)
    return row, move


def complete(
    *, row: Complaint, move: Move, said: Said, fields: Sequence[str] = (), by: Actor, at: datetime
) -> Complaint:
    """Change, step, and tell: the complaint stands in the move's target with the clock of that state running."""
    was, row.state = row.state, move.target.value
    stopped = _turn_clocks(row, at)
    row.closed_at = at if row.state in DONE else None
    row.keep_until = keep_until(row, at) if row.state in DONE else None
    refresh_due(row=row)
    row.save(update_fields=[*MOVING, *fields])
    note(row=row, verb=move.verb, said=said.moved(was, row.state, stopped), by=by, at=at)
    return row


def note(*, row: Complaint, verb: str, said: Said, by: Actor, at: datetime) -> int:
    """Write a line in the timeline with its files, and tell; the number of the line. Neither words nor names of files tell who a
    confidential customer is.
    """
    told = hotline_services.unnamed(said=said, case=row.case, by=by)
    step = matters.say(matter=selectors.label(row.pk), verb=verb, said=told, by=by, at=at)
    outbox.tell(
        ComplaintMoved(
            complaint_id=row.pk, case_id=row.case_id, kind=row.kind, verb=verb, state=row.state, grade=row.grade,
            category_id=row.category_id, unit_id=row.unit_id, department_id=row.department_id, handler_id=row.handler_id,
            about_staff_id=row.about_staff_id, at=at,
        )
    )  # fmt: skip
    return step.seq


def sealed(*, row: Complaint, text: str, by: Actor) -> str:
    """What somebody wrote, sealed, without who a confidential customer is."""
    return vault.seal(hotline.untold(by, row.case, text.strip()))


def refresh_due(*, row: Complaint) -> None:
    """Repeat the nearest running deadline, our own or the case's, on the complaint (not yet saved)."""
    own = matter_reads.next_deadline(selectors.label(row.pk))
    cases = matter_reads.next_deadline(hotline.label(row.case_id)) if row.state not in DONE else None
    nearest = min((one for one in (own, cases) if one), key=lambda one: one[1], default=None)
    row.due_clock, row.due_at = nearest if nearest else ("", None)


def _turn_clocks(row: Complaint, at: datetime) -> Mapping[str, object]:
    """Stop what this state doesn't wait for, start what it does; what stopped, with its verdict."""
    matter, wanted = selectors.label(row.pk), RUNS.get(State(row.state))
    live = {name for name, _key in matter_reads.live_policies(matter)}
    ended = live - {wanted}
    stopped = matters.stop_clocks(matter=matter, names=ended, by=HOUSE, at=at) if ended else {}
    if wanted is not None and wanted not in live:
        clock = matters.NewClock(
            matter=matter, name=wanted, label=CLOCK_LABELS[wanted], unit_id=row.department_id or row.unit_id,
            policy_key=POLICIES[wanted], title=f"{KIND_LABELS[Kind(row.kind)]} {row.case.number}",
        )  # fmt: skip
        matters.start_clocks(clocks=[clock], by=HOUSE, at=at)
    return stopped
