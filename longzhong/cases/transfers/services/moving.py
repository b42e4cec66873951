"""The four beats that the steps of a transfer share: door and lock · rule · change and step; and the clock of each stage."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from longzhong.cases.transfers import selectors
from longzhong.cases.transfers.models import Transfer
from longzhong.cases.transfers.rules import MACHINE, STATE_LABELS, State
from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move

STAGE = "stage"
LIMITS = {
    State.SURVEY: "transfers.survey_wd",
    State.DEFECTS: "transfers.notify_wd",
    State.RECTIFYING: "transfers.rectify_d",
    State.ACCEPTANCE: "transfers.accept_wd",
    State.CONTRACT: "transfers.contract_wd",
    State.DISPUTED: "transfers.dispute_wd",
}


def begin(*, transfer_id: int, verb: str, by: Actor) -> tuple[Transfer, Move]:
    """Door, lock and rule."""
    row = selectors.visible_to(by).select_for_update(of=("self",)).filter(pk=transfer_id).first()
    if row is None:
        raise Refused("not_found", _("没有这个移交项目，或不在您的管辖范围内。"), transfer=transfer_id)
    move = MACHINE.move(verb, row.state)
    if not selectors.may(by, move.roles, row):
        raise Refused("not_allowed", _("您的岗位不能对这个项目做这一步；什么都没有改动。"), roles=sorted(move.roles))
    return row, move


def complete(
    *, row: Transfer, move: Move, said: Said, fields: Sequence[str] = (), by: Actor, at: datetime
) -> Transfer:  # fmt: skip
    """Change and step: another stage stops the old stage's clock and starts its own."""
    was, row.state = row.state, move.target.value
    if was != row.state:
        row.entered_at = at
        matters.stop_clocks(matter=selectors.label(row.pk), names=(STAGE,), by=by, at=at)
        start_stage(row=row, by=by, at=at)
    refresh_due(row=row)
    row.save(update_fields=["state", "entered_at", "due_at", *fields])
    note(row=row, verb=move.verb, said=said.moved(was, row.state), by=by, at=at)
    return row


def note(*, row: Transfer, verb: str, said: Said, by: Actor, at: datetime) -> None:
    """Write a line of its timeline with its files."""
    matters.say(matter=selectors.label(row.pk), verb=verb, said=said, by=by, at=at)


def start_stage(*, row: Transfer, by: Actor, at: datetime) -> None:
    """The clock of the stage that a transfer is in; what is over has none."""
    state = State(row.state)
    if state not in LIMITS:
        return
    clock = matters.NewClock(
        matter=selectors.label(row.pk), name=STAGE, label=STATE_LABELS[state], unit_id=row.unit_id, policy_key=LIMITS[state],
        title=f"小区移交 {row.estate}",
    )  # fmt: skip
    matters.start_clocks(clocks=[clock], by=by, at=at)


def refresh_due(*, row: Transfer) -> None:
    """Put the running deadline that comes first on the row."""
    deadline = matter_reads.next_deadline(selectors.label(row.pk))
    row.due_at = deadline[1] if deadline else None


def papers_of(uploads: Sequence[matters.Upload]) -> Sequence[matters.Upload]:
    """Papers that were really given."""
    if not uploads:
        raise Refused("papers_missing", _("这一步要上传材料（照片或 PDF）；什么都没有改动。"))
    return uploads
