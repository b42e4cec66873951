"""The four beats that every step of a case shares: door and lock · rule · change and step · tell."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.events import CaseMoved
from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.rules.machine import DONE, MACHINE
from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.kit import outbox
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move

MOVING = ["state", "owner", "offered_to", "due_at", "due_clock", "closed_at"]


def enter(*, case_id: int, by: Actor) -> Case:
    """Door and lock: the case as nobody else can change it until the end of the transaction."""
    case = selectors.visible_to(by).select_for_update(of=("self",)).filter(pk=case_id).first()
    if case is None:
        raise Refused("not_found", _("没有这件诉求，或不在您的管辖范围内。"), case=case_id)
    return case


def begin(*, case_id: int, verb: str, by: Actor) -> tuple[Case, Move]:
    """Door, lock and rule: the case and the row of its machine, if this actor may take the step now."""
    case = enter(case_id=case_id, by=by)
    row = MACHINE.move(verb, case.state)
    if not selectors.may(by, row.roles, case):
        raise Refused(
            "not_allowed", _("您的岗位不能对这件诉求做这一步；什么都没有改动。"), verb=verb, roles=sorted(row.roles)
        )
    return case, row


def complete(*, case: Case, row: Move, said: Said, fields: Sequence[str] = (), by: Actor, at: datetime) -> Case:
    """Change, step, and tell: the case stands in the move's target; when that is an end, all its clocks stop."""
    matter = selectors.label(case.pk)
    was, case.state = case.state, row.target.value
    case.closed_at = at if case.state in DONE else None
    stopped = {}
    if case.state in DONE:
        case.offered_to_id = None
        matters.withdraw_handover(matter=matter, by=by, at=at)
        stopped = matters.stop_clocks(matter=matter, names=None, by=by, at=at)
    refresh_due(case=case)
    case.save(update_fields=[*MOVING, *fields])
    note(case=case, verb=row.verb, said=said.moved(was, case.state, stopped), by=by, at=at)
    return case


def note(*, case: Case, verb: str, said: Said, by: Actor, at: datetime) -> None:
    """Write a line in the case's timeline, and tell; for a verb that isn't a row of the table (open, urge, promise) too."""
    matters.say(matter=selectors.label(case.pk), verb=verb, said=said, by=by, at=at)
    outbox.tell(
        CaseMoved(
            case_id=case.pk, verb=verb, state=case.state, type=case.type, category_id=case.category_id, account_id=case.account_id,
            area_id=case.area_id, unit_id=case.unit_id, grid_id=case.grid_id, owner_id=case.owner_id,
            about_staff_id=case.about_staff_id, at=at,
        )
    )  # fmt: skip


def refresh_due(*, case: Case) -> None:
    """Repeat the earliest running deadline on the case (not yet saved)."""
    nearest = matter_reads.next_deadline(selectors.label(case.pk))
    case.due_clock, case.due_at = nearest if nearest else ("", None)


def give(*, case: Case, owner_id: int, by: Actor, at: datetime) -> None:
    """Name another owner on the case (not yet saved) and on its clocks; an open offer is withdrawn."""
    case.owner_id, case.offered_to_id = owner_id, None
    matter = selectors.label(case.pk)
    matters.withdraw_handover(matter=matter, by=by, at=at)
    matters.give_clocks(matter=matter, owner_id=owner_id, by=by, at=at)
