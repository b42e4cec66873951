"""The four beats that the steps of a filing share: door and lock · rule · change and step; and its clocks."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from longzhong.cases.filings import selectors
from longzhong.cases.filings.models import Filing
from longzhong.cases.filings.rules import KIND_LABELS, MACHINE, Kind
from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move

ACCEPT, AUDIT = "accept", "audit"
CLOCKS = {ACCEPT: ("受理报备", "filings.accept_h"), AUDIT: ("核查报备", "filings.audit_wd")}


def begin(*, filing_id: int, verb: str, by: Actor) -> tuple[Filing, Move]:
    """Door, lock and rule."""
    row = selectors.visible_to(by).select_for_update(of=("self",)).filter(pk=filing_id).first()
    if row is None:
        raise Refused("not_found", _("没有这份报备，或不在您的管辖范围内。"), filing=filing_id)
    move = MACHINE.move(verb, row.state)
    if not selectors.may(by, move.roles, row):
        raise Refused("not_allowed", _("您的岗位不能对这份报备做这一步；什么都没有改动。"), roles=sorted(move.roles))
    return row, move


def complete(
    *, row: Filing, move: Move, said: Said, fields: Sequence[str] = (), by: Actor, at: datetime
) -> Filing:  # fmt: skip
    """Change and step: the filing stands in the move's target, with the deadline that runs now."""
    was, row.state = row.state, move.target.value
    deadline = matter_reads.next_deadline(selectors.label(row.pk))
    row.due_at = deadline[1] if deadline else None
    row.save(update_fields=["state", "due_at", *fields])
    note(row=row, verb=move.verb, said=said.moved(was, row.state), by=by, at=at)
    return row


def note(*, row: Filing, verb: str, said: Said, by: Actor, at: datetime) -> None:
    """Write a line of its timeline with its files."""
    matters.say(matter=selectors.label(row.pk), verb=verb, said=said, by=by, at=at)


def start_clock(*, row: Filing, name: str, by: Actor, at: datetime) -> None:
    """Start the clock of the next beat."""
    label, key = CLOCKS[name]
    clock = matters.NewClock(
        matter=selectors.label(row.pk), name=name, label=label, unit_id=row.unit_id, policy_key=key,
        title=f"报备 · {KIND_LABELS[Kind(row.kind)]}",
    )  # fmt: skip
    matters.start_clocks(clocks=[clock], by=by, at=at)


def stop_clock(*, row: Filing, name: str, by: Actor, at: datetime) -> None:
    matters.stop_clocks(matter=selectors.label(row.pk), names=(name,), by=by, at=at)
