"""The beats that the steps of a campaign share: door and lock · rule · change and step."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from longzhong.cases.campaigns import selectors
from longzhong.cases.campaigns.models import Campaign
from longzhong.cases.campaigns.rules import MACHINE
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move

Words = Mapping[str, Any]


def begin(*, campaign_id: int, verb: str, by: Actor) -> tuple[Campaign, Move]:
    """Door, lock and rule."""
    row = selectors.visible_to(by).select_for_update(of=("self",)).filter(pk=campaign_id).first()
    if row is None:
        raise Refused("not_found", _("没有这个专项整治，或不在您的管辖范围内。"), campaign=campaign_id)
    move = MACHINE.move(verb, row.state)
    if not selectors.may(by, move.roles, row):
        raise Refused(
            "not_allowed", _("您的岗位不能对这个专项整治做这一步；什么都没有改动。"), roles=sorted(move.roles)
        )
    return row, move


def complete(
    *,
    row: Campaign,
    move: Move,
    data: Words,
    words: Words | None = None,
    fields: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> Campaign:
    """Change and step: the campaign stands in the move's target."""
    was, row.state = row.state, move.target.value
    row.save(update_fields=["state", *fields])
    step = matters.NewStep(move.verb, {**data, "from": was, "to": row.state}, words or {})
    matters.add_step(matter=selectors.label(row.pk), step=step, by=by, at=at)
    return row
