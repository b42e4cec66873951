"""An outage took a step: what isn't out is taken back, papers that no longer hold fall, the next telling is suggested."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.notifications import selectors as notice_reads
from longzhong.dispatch.notifications import services as notices
from longzhong.dispatch.notifications.rules import CLOSED
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused
from longzhong.sensing.announcements import selectors
from longzhong.sensing.announcements.models import Errand, Proposal, Round
from longzhong.sensing.announcements.rules import (
    DONE,
    MACHINE,
    TELLERS,
    TURNS,
    Outcome,
    State,
    Tale,
    Turn,
    suggestion,
    turn_of,
)
from longzhong.sensing.announcements.services.opening import CLOCK
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages.selectors import Outage

STILL_TRUE = ("restore", "restore_part")  # who was told that the power is back was told right


@transaction.atomic
def follow_outage(*, outage_id: int, verb: str, by: Actor, at: datetime) -> bool:
    """Follow one step, taken at `at`; False: nothing follows from it, or it was followed before.

    What was made before the step falls, and what says something that doesn't hold any more; a newer telling stays.
    """
    if verb not in TURNS:
        return False
    matter = selectors.telling_label(outage_id)
    matters.lock_matter(matter=matter)
    if Proposal.objects.filter(outage=outage_id, verb=verb, at=at).exists():
        return False
    outage = selectors.outage_of(by, outage_id)
    turn = turn_of(verb, outage.state)
    said = selectors.said_of(selectors.facts_of(outage))
    stale = Q(made_at__lt=at) | ~Q(said=said)
    taken = (
        _take_back(Round.objects.filter(stale, outage=outage_id, fallen_at=None), verb, by, at)
        if turn.takes_back
        else 0
    )
    fallen = _fall(
        Errand.objects.filter(Q(opened_at__lt=at) | ~Q(round__said=said), outage=outage_id), turn, verb, by, at
    )
    tale = suggestion(verb, selectors.now_of(outage))
    _suggest(outage, verb, tale, turn, at, told=tale is not None and selectors.is_said(outage_id, tale, said))
    if taken or fallen or tale:
        data = {"verb": verb, "rounds": taken, "errands": fallen, "tale": tale or ""}
        matters.add_step(matter=matter, step=matters.NewStep("follow", data), by=by, at=at)
    return True


@transaction.atomic
def drop_proposal(*, proposal_id: int, reason: str, key: str, by: Actor, at: datetime) -> int:
    """A person decides that nothing is told; why is kept. Once for a client key; returns the outage."""

    def make() -> int:
        return _drop(proposal_id, reason.strip(), by, at)

    return matters.once_int(key=key, what=f"announcements.proposal:{proposal_id}", make=make, by=by, at=at)


def _drop(proposal_id: int, reason: str, by: Actor, at: datetime) -> int:
    need(by, *TELLERS)
    row = Proposal.objects.select_for_update().filter(pk=proposal_id).first()
    if row is None or not outages.is_visible(by, row.outage_id):
        raise Refused("not_found", _("没有这条告知建议，或不在您的管辖范围内。"))
    if row.closed_at is not None:
        raise Refused("proposal_closed", _("这条建议已经办理或被新的建议代替；什么都没有改动。"))
    if not reason:
        raise Refused("reason_missing", _("请写明不告知的原因；什么都没有改动。"))
    row.closed_at, row.outcome = at, Outcome.DROPPED
    row.save(update_fields=["closed_at", "outcome"])
    step = matters.NewStep("drop", {"tale": row.tale}, {"reason": reason})
    matters.add_step(matter=selectors.telling_label(row.outage_id), step=step, by=by, at=at)
    return row.outage_id


def _take_back(rows: object, verb: str, by: Actor, at: datetime) -> int:
    """Mark these rounds as fallen and take back what of them isn't out; returns how many had something to take back."""
    kept = (Tale.RESTORED,) if verb in STILL_TRUE else ()
    taken = 0
    for row in rows.exclude(tale__in=kept).select_for_update(of=("self",)).order_by("id"):  # type: ignore[attr-defined]
        row.fallen_at = at
        row.save(update_fields=["fallen_at"])
        taken += row.notice_id is not None and _cancel(row.notice_id, verb, by, at)
    return taken


def _cancel(notice_id: int, verb: str, by: Actor, at: datetime) -> bool:
    if notice_reads.progress(notice_id).state in CLOSED:
        return False
    reason = _("停电有变化（%s），没有发出的收回") % outages.WORDS.get(verb, verb)
    try:
        notices.cancel_notice(notice_id=notice_id, reason=reason, by=by, at=at)
    except Refused as refusal:  # its last message went out a moment ago
        if refusal.code != "wrong_state":
            raise
        return False
    return True


def _fall(rows: object, turn: Turn, verb: str, by: Actor, at: datetime) -> int:
    states = (*((State.OPEN,) if turn.voids else ()), *(DONE if turn.outdates else ()))
    fallen = 0
    for row in rows.filter(state__in=states).select_for_update(of=("self",)).order_by("id"):  # type: ignore[attr-defined]
        was, row.state = row.state, MACHINE.move("supersede", row.state).target
        row.closed_at = row.closed_at or at
        row.save(update_fields=["state", "closed_at"])
        matter = selectors.label(row.pk)
        matters.stop_clocks(matter=matter, names=(CLOCK,), by=by, at=at)
        step = matters.NewStep("supersede", {"verb": verb, "from": was, "to": row.state})
        matters.add_step(matter=matter, step=step, by=by, at=at)
        fallen += 1
    return fallen


def _suggest(outage: Outage, verb: str, tale: Tale | None, turn: Turn, at: datetime, *, told: bool) -> None:
    """Keep the step with what it suggests; an older suggestion is replaced, a newer one (heard earlier) stays.

    What somebody told already (`told`), faster than this was heard, isn't suggested to them again.
    """
    others = Proposal.objects.filter(outage=outage.pk, closed_at=None)
    newer = others.filter(at__gt=at).exists()
    if (tale or turn.takes_back) and not newer:
        others.update(closed_at=at, outcome=Outcome.REPLACED)
    is_open = tale is not None and not newer and not told
    outcome = Outcome.TOLD if told else Outcome.REPLACED
    Proposal.objects.create(
        outage_id=outage.pk, verb=verb, at=at, tale=tale or "", closed_at=None if is_open else at,
        outcome=Outcome.NONE if is_open or tale is None else outcome,
    )  # fmt: skip
