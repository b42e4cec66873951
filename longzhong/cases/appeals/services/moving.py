"""The four beats that the steps of an appeal share: door and lock · rule and conflict of interest · change and step · tell."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from longzhong.cases.appeals import selectors
from longzhong.cases.appeals.events import AppealMoved
from longzhong.cases.appeals.models import Appeal
from longzhong.cases.appeals.rules import LIVE, MACHINE, MEMBERS
from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.complaints.rules import REASONS, SIGN, STANDING
from longzhong.cases.hotline import services as hotline
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.kit import outbox, texts
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move

HOUSE = Actor.machine("appeals")
LEAST_WORDS = 4


def begin(*, appeal_id: int, verb: str, by: Actor) -> tuple[Appeal, Move]:
    """Door, lock, rule and conflict: the appeal and the row of its machine, if this actor may take the step now."""
    rows = selectors.visible_to(by).select_related("complaint__case", "window").select_for_update(of=("self",))
    row = rows.filter(pk=appeal_id).first()
    if row is None:
        raise Refused("not_found", _("没有这件申诉，或不在您的管辖范围内。"), appeal=appeal_id)
    move = MACHINE.move(verb, row.state)
    if verb == "state":
        if by.staff_id is None or by.staff_id != row.complaint.about_staff_id:
            raise Refused("not_accused", _("只有被投诉人本人可以陈述；什么都没有改动。"), appeal=appeal_id)
        return row, move
    allowed = by.has(*MEMBERS) if verb == "vote" else selectors.may(by, move.roles, row)
    if not allowed:
        raise Refused("not_allowed", _("您的岗位不能对这件申诉做这一步；什么都没有改动。"), roles=sorted(move.roles))
    keep_out(code=complaints.conflict(by, row.complaint, SIGN))
    return row, move


def keep_out(*, code: str | None) -> None:
    """Whoever is complained about has no hand in the appeal (they may give a statement); `code` of `complaints.conflict`."""
    if code is not None:
        raise Refused(code, _(REASONS[code]))


def standing(*, row: Appeal) -> None:
    """Refuse where the verdict doesn't stand any more: the complaint is investigated again, or is void."""
    if row.complaint.state not in STANDING or row.complaint.round != row.round:
        raise reopened(complaint_id=row.complaint_id)


def reopened(*, complaint_id: int) -> Refused:
    """There is no verdict to appeal against at the moment."""
    return Refused(
        "complaint_reopened",
        _("这件投诉正在重新调查或已作废，原核定不再有效；什么都没有改动。"),
        complaint=complaint_id,
    )


def written(*, words: str) -> str:
    """Words that somebody had to write."""
    return texts.written(words, _("内容"), code="words_missing", least=LEAST_WORDS, most=4000)


def complete(*, row: Appeal, move: Move, said: Said, fields: Sequence[str] = (), by: Actor, at: datetime) -> Appeal:
    """Change, step, and tell: the appeal stands in the move's target; what ended has no clock any more."""
    was, row.state = row.state, move.target.value
    stopped = {}
    if row.state not in LIVE:
        stopped = matters.stop_clocks(matter=selectors.label(row.pk), names=None, by=HOUSE, at=at)
        row.due_at = None
    row.save(update_fields=["state", "due_at", *fields])
    note(row=row, verb=move.verb, said=said.moved(was, row.state, stopped), by=by, at=at)
    return row


def note(*, row: Appeal, verb: str, said: Said, by: Actor, at: datetime) -> None:
    """Write a line of its timeline with its files, and tell. It names no confidential customer."""
    said = hotline.unnamed(said=said, case=row.complaint.case, by=by)
    matters.say(matter=selectors.label(row.pk), verb=verb, said=said, by=by, at=at)
    outbox.tell(
        AppealMoved(
            appeal_id=row.pk, complaint_id=row.complaint_id, level=row.level, verb=verb, state=row.state,
            unit_id=row.complaint.unit_id, at=at,
        )
    )  # fmt: skip
