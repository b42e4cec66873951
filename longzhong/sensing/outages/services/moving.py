"""The four beats that every step of an outage shares: door and lock · rule · change and step · tell."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.kit import outbox
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move
from longzhong.kit.texts import clean_text, written
from longzhong.register.customers.rules.numbers import holds_personal_number
from longzhong.sensing.outages import selectors
from longzhong.sensing.outages.events import OutageMoved
from longzhong.sensing.outages.models import Outage, Scope
from longzhong.sensing.outages.rules import LIVE, OUTAGE, is_ordered


def enter(*, outage_id: int, by: Actor) -> Outage:
    """Door and lock: the outage as nobody else can change it until the end of the transaction."""
    outage = selectors.visible_to(by).select_for_update(of=("self",)).filter(pk=outage_id).first()
    if outage is None:
        raise Refused("not_found", _("没有这次停电，或不在您的管辖范围内。"), outage=outage_id)
    return outage


def begin(*, outage: Outage, verb: str, by: Actor) -> Move:
    """Rule: the row of the machine, if this actor may take the step now."""
    row = OUTAGE.move(verb, outage.state)
    if not selectors.may(by, row, outage):
        raise Refused(
            "not_allowed", _("您的岗位不能对这次停电做这一步；什么都没有改动。"), verb=verb, roles=sorted(row.roles)
        )
    return row


def complete(*, outage: Outage, row: Move, said: Said, fields: Sequence[str] = (), by: Actor, at: datetime) -> Outage:
    """Change, step, and tell: the outage stands in the move's target; one that is over frees its devices and stops its clocks."""
    was, outage.state = outage.state, row.target.value
    if outage.state not in LIVE and outage.closed_at is None:
        outage.closed_at = at
        Scope.objects.filter(outage=outage, holds=True).update(holds=False)
        matters.stop_clocks(matter=selectors.label(outage.pk), names=None, by=by, at=at)
    outage.save(update_fields=["state", "closed_at", *fields])
    note(outage=outage, verb=row.verb, said=said.moved(was, outage.state), by=by, at=at)
    return outage


def note(*, outage: Outage, verb: str, said: Said, by: Actor, at: datetime) -> None:
    """The step in the timeline, and the fact."""
    matters.say(matter=selectors.label(outage.pk), verb=verb, said=said, by=by, at=at)
    outbox.tell(
        OutageMoved(outage_id=outage.pk, kind=outage.kind, verb=verb, state=outage.state, unit_id=outage.unit_id, at=at)
    )


def plain_words(text: str, most: int) -> str:
    """A text that is announced to everybody: no phone or identity numbers."""
    words = clean_text(text, most)
    if holds_personal_number(words):
        raise Refused("personal_data_in_text", _("停电原因和地点会公开，不能写手机号或证件号；什么都没有改动。"))
    return words


def needed(text: str) -> str:
    """A reason; an empty one is refused."""
    return plain_words(written(text, _("原因"), most=200), 200)


def in_order(*moments: datetime | None) -> None:
    """The moments follow each other, and none lies in the future that is said to have been."""
    if not is_ordered(*moments):
        raise Refused("time_out_of_order", _("时间先后不对，请核对停电、送电时间；什么都没有改动。"))
