"""The four beats that the steps of a final answer share: door and lock · rule · change and step."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from longzhong.cases.finals import selectors
from longzhong.cases.finals.models import FinalAnswer
from longzhong.cases.finals.rules import MACHINE
from longzhong.cases.hotline import services as hotline
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move


def begin(*, final_id: int, verb: str, by: Actor) -> tuple[FinalAnswer, Move]:
    """Door, lock and rule."""
    row = selectors.visible_to(by).select_for_update(of=("self",)).filter(pk=final_id).first()
    if row is None:
        raise Refused("not_found", _("没有这份最终答复，或不在您的管辖范围内。"), final=final_id)
    move = MACHINE.move(verb, row.state)
    if not selectors.may(by, move.roles, row):
        raise Refused(
            "not_allowed", _("您的岗位不能对这份最终答复做这一步；什么都没有改动。"), roles=sorted(move.roles)
        )
    return row, move


def complete(
    *, row: FinalAnswer, move: Move, said: Said, fields: Sequence[str] = (), by: Actor, at: datetime
) -> FinalAnswer:
    """Change and step: the final answer stands in the move's target."""
    was, row.state = row.state, move.target.value
    row.save(update_fields=["state", *fields])
    note(row=row, verb=move.verb, said=said.moved(was, row.state), by=by, at=at)
    return row


def note(*, row: FinalAnswer, verb: str, said: Said, by: Actor, at: datetime) -> None:
    """Write a line of its timeline with its files. It names no confidential customer."""
    said = hotline.unnamed(said=said, case=row.case, by=by)
    matters.say(matter=selectors.label(row.pk), verb=verb, said=said, by=by, at=at)
