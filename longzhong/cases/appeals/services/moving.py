"""The four beats that the steps of an appeal share: door and lock · rule and conflict of interest · change and step · tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from longzhong.cases.appeals import selectors
from longzhong.cases.appeals.events import AppealMoved
from longzhong.cases.appeals.models import Appeal
from longzhong.cases.appeals.rules import LIVE, MACHINE, MEMBERS
from longzhong.cases.appeals.rules.words import Complaint
from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.complaints.rules import REASONS, SIGN
from longzhong.dispatch.matters import services as matters
from longzhong.kit import outbox
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move

HOUSE = Actor.machine("appeals")
PANEL_CLOCK = "panel"
LEAST_WORDS = 4


@dataclass(frozen=True)
class Said:
    """What a step keeps: codes for ever, words and files that may be erased."""

    data: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, Any] = field(default_factory=dict)
    uploads: Sequence[matters.Upload] = ()


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
    keep_out(by=by, complaint=row.complaint)
    return row, move


def keep_out(*, by: Actor, complaint: Complaint) -> None:
    """Whoever is complained about has no hand in the appeal (they may give a statement)."""
    if (code := complaints.conflict(by, complaint, SIGN)) is not None:
        raise Refused(code, _(REASONS[code]), complaint=complaint.pk)


def standing(*, complaint: Complaint, round_: int) -> None:
    """Refuse where the verdict doesn't stand any more: the complaint is investigated again, or is void."""
    if complaint.state not in selectors.STANDING or complaint.round != round_:
        raise Refused(
            "complaint_reopened",
            _("这件投诉正在重新调查或已作废，原核定不再有效；什么都没有改动。"),
            complaint=complaint.pk,
        )


def written(*, words: str) -> str:
    """Words that somebody had to write."""
    if len(words.strip()) < LEAST_WORDS:
        raise Refused("words_missing", _("请写明内容（至少 4 个字）；什么都没有改动。"))
    return words.strip()


def complete(*, row: Appeal, move: Move, said: Said, fields: Sequence[str] = (), by: Actor, at: datetime) -> Appeal:
    """Change, step, and tell: the appeal stands in the move's target; what ended has no clock any more."""
    was, row.state = row.state, move.target.value
    data = {**said.data, "from": was, "to": row.state}
    if row.state not in LIVE:
        stopped = matters.stop_clocks(matter=selectors.label(row.pk), names=None, by=HOUSE, at=at)
        data |= {"clocks": {name: str(verdict) for name, verdict in stopped.items()}} if stopped else {}
        row.due_at = None
    row.save(update_fields=["state", "due_at", *fields])
    note(row=row, verb=move.verb, said=Said(data, said.words, said.uploads), by=by, at=at)
    return row


def note(*, row: Appeal, verb: str, said: Said, by: Actor, at: datetime) -> None:
    """Write a line of its timeline with its files, and tell."""
    matter = selectors.label(row.pk)
    files = [matters.keep_file(matter=matter, upload=upload, by=by, at=at).pk for upload in said.uploads]
    matters.add_step(matter=matter, step=matters.NewStep(verb, said.data, said.words, files), by=by, at=at)
    outbox.tell(
        AppealMoved(
            appeal_id=row.pk, complaint_id=row.complaint_id, level=row.level, verb=verb, state=row.state,
            unit_id=row.complaint.unit_id, at=at,
        )
    )  # fmt: skip
