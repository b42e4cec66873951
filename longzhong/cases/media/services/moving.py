"""The four beats that the steps of an item share: door and lock · rule · change and step; and its clocks."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from longzhong.cases.media import selectors
from longzhong.cases.media.models import Item
from longzhong.cases.media.rules import MACHINE, Grade
from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move

GRADE, REPORT, RESPOND = "grade", "report", "respond"


def begin(*, item_id: int, verb: str, by: Actor) -> tuple[Item, Move]:
    """Door, lock and rule."""
    row = selectors.visible_to(by).select_for_update(of=("self",)).filter(pk=item_id).first()
    if row is None:
        raise Refused("not_found", _("没有这条舆情，或不在您的管辖范围内。"), item=item_id)
    move = MACHINE.move(verb, row.state)
    if not selectors.may(by, move.roles, row):
        raise Refused("not_allowed", _("您的岗位不能对这条舆情做这一步；什么都没有改动。"), roles=sorted(move.roles))
    return row, move


def complete(*, row: Item, move: Move, said: Said, fields: Sequence[str] = (), by: Actor, at: datetime) -> Item:
    """Change and step: the item stands in the move's target, with the deadline that runs now."""
    was, row.state = row.state, move.target.value
    refresh_due(row=row)
    row.save(update_fields=["state", "due_at", *fields])
    note(row=row, verb=move.verb, said=said.moved(was, row.state), by=by, at=at)
    return row


def note(*, row: Item, verb: str, said: Said, by: Actor, at: datetime) -> None:
    """Write a line of its timeline."""
    matters.say(matter=selectors.label(row.pk), verb=verb, said=said, by=by, at=at)


def refresh_due(*, row: Item) -> None:
    """Put the running deadline that comes first on the row."""
    deadline = matter_reads.next_deadline(selectors.label(row.pk))
    row.due_at = deadline[1] if deadline else None


def clock_of(row: Item, name: str) -> matters.NewClock:
    """A clock of an item: to grade it, to report a major one, to respond in the time of its grade."""
    labels = {GRADE: "定级", REPORT: "上报分管领导", RESPOND: "回应"}
    keys = {GRADE: "media.grade_min", REPORT: "media.report_min", RESPOND: f"media.respond_{row.grade}_h"}
    return matters.NewClock(
        matter=selectors.label(row.pk), name=name, label=labels[name], unit_id=row.unit_id, owner_id=row.owner_id,
        policy_key=keys[name], title=f"舆情 {row.number or ''}".strip(),
    )  # fmt: skip


def needs_report(row: Item) -> bool:
    """A major item of which the leadership wasn't told yet."""
    return row.grade == Grade.MAJOR and row.reported_at is None
