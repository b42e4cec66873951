"""The four beats that the steps of a final answer share: door and lock · rule · change and step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from longzhong.cases.finals import selectors
from longzhong.cases.finals.models import FinalAnswer
from longzhong.cases.finals.rules import MACHINE
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move


@dataclass(frozen=True)
class Said:
    """What a step keeps: codes for ever, words and files that may be erased."""

    data: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, Any] = field(default_factory=dict)
    uploads: Sequence[matters.Upload] = ()


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
    note(
        row=row,
        verb=move.verb,
        said=Said({**said.data, "from": was, "to": row.state}, said.words, said.uploads),
        by=by,
        at=at,
    )
    return row


def note(*, row: FinalAnswer, verb: str, said: Said, by: Actor, at: datetime) -> None:
    """Write a line of its timeline with its files."""
    matter = selectors.label(row.pk)
    files = [matters.keep_file(matter=matter, upload=upload, by=by, at=at).pk for upload in said.uploads]
    matters.add_step(matter=matter, step=matters.NewStep(verb, said.data, said.words, files), by=by, at=at)
