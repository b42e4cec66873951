"""The four beats that every step of a trouble shares: door and lock · rule · change and step · tell."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from longzhong.dispatch.matters import services as matters
from longzhong.kit import outbox
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move
from longzhong.kit.texts import written
from longzhong.register.customers.rules.numbers import holds_personal_number
from longzhong.sensing.troubles import selectors
from longzhong.sensing.troubles.events import TroubleMoved
from longzhong.sensing.troubles.models import Trouble
from longzhong.sensing.troubles.rules import LIVE, MACHINE


def enter(*, trouble_id: int, by: Actor) -> Trouble:
    """Door and lock: the trouble as nobody else can change it until the end of the transaction."""
    rows = selectors.visible_to(by).select_for_update(of=("self",))
    trouble = rows.filter(pk=trouble_id).first()
    if trouble is None:
        raise Refused("not_found", _("没有这处疑似停电，或不在您的管辖范围内。"), trouble=trouble_id)
    return trouble


def begin(*, trouble: Trouble, verb: str, by: Actor) -> Move:
    """Rule: the row of the machine, if this actor may take the step now."""
    row = MACHINE.move(verb, trouble.state)
    if not selectors.may(by, row, trouble):
        raise Refused(
            "not_allowed", _("您的岗位不能对这处疑似停电做这一步；什么都没有改动。"), verb=verb, roles=sorted(row.roles)
        )
    return row


def complete(
    *, trouble: Trouble, row: Move, data: Mapping[str, Any], reason: str = "", fields: Sequence[str] = (), by: Actor,
    at: datetime
) -> None:  # fmt: skip
    """Change, step, and tell."""
    trouble.state = row.target.value
    if trouble.state not in LIVE:
        trouble.closed_at = at
    trouble.save(update_fields=["state", "closed_at", *fields])
    note(trouble=trouble, verb=row.verb, data=data, reason=reason, by=by, at=at)


def note(*, trouble: Trouble, verb: str, data: Mapping[str, Any], reason: str = "", by: Actor, at: datetime) -> None:
    """The step in the timeline, and the fact."""
    step = matters.NewStep(verb, data, {"reason": reason} if reason else {})
    matters.add_step(matter=selectors.label(trouble.pk), step=step, by=by, at=at)
    outbox.tell(
        TroubleMoved(
            trouble_id=trouble.pk, verb=verb, state=trouble.state, level=trouble.level, unit_id=trouble.unit_id,
            outage_id=trouble.outage_id, at=at,
        )
    )  # fmt: skip


def needed(text: str) -> str:
    """A reason without phone or identity numbers; an empty one is refused."""
    words = written(text, _("原因"), most=200)
    if holds_personal_number(words):
        raise Refused("personal_data_in_text", _("原因里不能写手机号或证件号；什么都没有改动。"))
    return words
