"""The four beats that every step of a disconnection shares: door and lock · rule and guard · change and step."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from longzhong.cases.disconnections import selectors
from longzhong.cases.disconnections.models import Disconnection
from longzhong.cases.disconnections.rules import (
    AT_THE_DOOR,
    DONE,
    GUARDED,
    MACHINE,
    REFUSALS,
    Check,
    Stage,
    State,
    blocks,
)
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move

NO_WORDS = "words_missing"


def enter(*, disconnection_id: int, by: Actor) -> Disconnection:
    """Door and lock: nobody else, a payment neither, changes the row until the end of the transaction."""
    rows = selectors.visible_to(by).select_for_update(of=("self",)).select_related("account")
    row = rows.filter(pk=disconnection_id).first()
    if row is None:
        raise Refused("not_found", _("没有这件欠费停电，或不在您的管辖范围内。"), disconnection=disconnection_id)
    return row


def begin(*, row: Disconnection, verb: str, by: Actor) -> Move:
    """Rule: the machine's row, if this actor may take the step now. A payment that came meanwhile is said as such."""
    if verb in GUARDED and row.state == State.CANCELLED and row.paid_at is not None:
        raise Refused("already_paid", _("客户已经缴清欠费，不能停电；现场如已停电，请立即恢复。什么都没有改动。"))
    move = MACHINE.move(verb, row.state)
    if verb in ("approve", "decline") and selectors.is_own_request(by, row):
        raise Refused("own_request", _("提请人不能审批自己的申请，请由部门或分管领导办理；什么都没有改动。"))
    if not selectors.may(by, move, row):
        raise Refused("not_allowed", _("您的岗位不能做这一步；什么都没有改动。"), verb=verb, roles=sorted(move.roles))
    return move


def watch(*, row: Disconnection, verb: str, moment: datetime) -> None:
    """The guard, read anew under the row's lock at the moment of the step; the first block refuses, all are named."""
    stage = Stage.DOOR if verb in AT_THE_DOOR else Stage.PAPERS
    found = blocks(selectors.guard(row.pk, moment, stage, acting=verb == "execute"))
    if found:
        raise _refusal(found)


def _refusal(found: list[Check]) -> Refused:
    first = found[0]
    others = "".join(f"；{line.says}" for line in found[1:])
    text = _("%(why)s（%(says)s%(others)s）。什么都没有改动。")
    said = {"why": REFUSALS[first.code], "says": first.says, "others": others}
    return Refused(first.code, text % said, blocks=[line.code for line in found])


def complete(
    *, row: Disconnection, move: Move, said: Said, fields: Sequence[str] = (), by: Actor, at: datetime
) -> Disconnection:
    """Change and step: the row stands in the move's target; one that is over stops its clocks."""
    was, row.state = row.state, move.target.value
    if row.state in DONE:
        row.closed_at = at
        matters.stop_clocks(matter=selectors.label(row.pk), names=None, by=by, at=at)
    row.save(update_fields=["state", "closed_at", *fields])
    matters.say(matter=selectors.label(row.pk), verb=move.verb, said=said.moved(was, row.state), by=by, at=at)
    return row


def in_order(moment: datetime | None, *, since: datetime | None, at: datetime) -> datetime:
    """The moment of an act on site: now unless told; not before what it follows, and not in the future."""
    when = moment or at
    if when > at or (since is not None and when < since):
        raise Refused("time_out_of_order", _("时间先后不对，请核对实际发生的时间；什么都没有改动。"))
    return when
