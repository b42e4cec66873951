"""From the reply to the call-back: the clocks on the way, what passes without a person, and who follows the parent case."""

from datetime import datetime

from django.db import transaction

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.rules.limits import DISPATCH, ONSITE, REPLY, RESTORE
from longzhong.cases.hotline.rules.machine import MACHINE, State
from longzhong.cases.hotline.rules.reviewing import needs_person
from longzhong.cases.hotline.rules.words import CaseType, Grade, Outcome
from longzhong.cases.hotline.services.joining import leave
from longzhong.cases.hotline.services.moving import complete
from longzhong.cases.hotline.services.ordering import HOUSE, clock_of, confirm_order
from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.policies import selectors as policies

REVIEW, CALL_BACK = "review", "callback"
TYPES_KEY = "hotline.review_types"


def start_review(*, case: Case, by: Actor, at: datetime) -> None:
    """Whoever reviews a reply has a limit for it (a repair: 回单 30 min, §2.5); whoever governs a case counts their own."""
    if case.governed:
        return
    key = "repair.reply_min" if case.type == CaseType.REPAIR else "hotline.review_wh"
    _start(case, REVIEW, "回单审核", key, by, at)


def needs_review(*, case: Case, at: datetime) -> bool:
    """Whether a person has to look at this reply; whoever governs a case always does."""
    if case.governed:
        return True
    types = policies.value(TYPES_KEY, unit_id=case.unit_id, day=civil_day(at))
    came_back = bool(case.times_returned or case.times_dissatisfied or case.times_reopened)
    listed = [str(one) for one in types] if isinstance(types, (list, tuple)) else [str(types)]
    return needs_person(
        CaseType(case.type), Grade(case.grade), hazard=bool(case.hazard), came_back=came_back, types=listed
    )


def pass_by_rule(*, case: Case, by: Actor, at: datetime) -> None:
    """A reply that needs no person goes on by itself (by the rule, not by its handler)."""
    if not needs_review(case=case, at=at):
        pass_on(case=case, said=Said({"by_rule": True}), by=by, at=at)


def pass_on(*, case: Case, said: Said, by: Actor, at: datetime) -> Case:
    """The reply stands: its clocks end at the moment of the reply, the call-back is due, and those who follow are called too."""
    matter = selectors.label(case.pk)
    matters.stop_clocks(matter=matter, names=(REVIEW,), by=by, at=at)
    replied = matters.stop_clocks(matter=matter, names=(REPLY, RESTORE, ONSITE), by=by, at=case.replied_at or at)
    start_call_back(case=case, by=by, at=at)
    told = Said({**said.data, "reply": {name: str(verdict) for name, verdict in replied.items()}}, said.words)
    complete(case=case, row=MACHINE.move("pass", case.state), said=told, by=by, at=at)
    lead_children(case=case, by=HOUSE, at=at)
    return case if case.wants_call_back else end_uncalled(case=case, by=HOUSE, at=at)


def start_call_back(*, case: Case, by: Actor, at: datetime) -> None:
    """The limit for the call-back (repair 24 h, others 1 working day); one that runs already runs on."""
    key = "repair.callback_h" if case.type == CaseType.REPAIR else "complaint.callback_wd"
    _start(case, CALL_BACK, "回访", key, by, at)


def end_uncalled(*, case: Case, by: Actor, at: datetime) -> Case:
    """The customer doesn't want to be called, or is unknown: the case ends with the reply."""
    case.outcome = Outcome.NO_CALL_BACK
    confirm_order(case=case, evidence={"no_call_back": True}, at=at)
    said = Said({"outcome": case.outcome})
    return complete(case=case, row=MACHINE.move("give_up", case.state), said=said, fields=("outcome",), by=by, at=at)


def lead_children(*, case: Case, by: Actor, at: datetime) -> int:
    """Cases that follow one whose reply stands, or that ended, are called back each for itself; a void one's stand alone again."""
    rows = list(Case.objects.select_for_update().filter(parent=case, state=State.FOLLOWING).order_by("id"))
    for child in rows:
        if case.state == State.VOID:
            leave(case_id=child.pk, reason="主单已作废，单独办理", by=by, at=at)
        else:
            _follow_up(case, child, by, at)
    return len(rows)


@transaction.atomic
def lead_family(*, case_id: int, by: Actor, at: datetime) -> int:
    """Let those who follow a case (or the case that it follows) go on, if it stands where they may; safe twice."""
    root_id = Case.objects.values_list("parent_id", flat=True).get(pk=case_id) or case_id
    root = Case.objects.select_for_update().get(pk=root_id)
    return lead_children(case=root, by=by, at=at) if root.state in (State.CALLING, State.CLOSED, State.VOID) else 0


def _follow_up(parent: Case, child: Case, by: Actor, at: datetime) -> None:
    child.replied_at, child.side = parent.replied_at or at, parent.side
    names = (DISPATCH, REPLY, RESTORE, ONSITE)
    matters.stop_clocks(matter=selectors.label(child.pk), names=names, by=by, at=max(child.replied_at, child.opened_at))
    start_call_back(case=child, by=by, at=at)
    row, said = MACHINE.move("follow_up", child.state), Said({"parent": parent.pk})
    complete(case=child, row=row, said=said, fields=("replied_at", "side"), by=by, at=at)
    if not child.wants_call_back:
        end_uncalled(case=child, by=by, at=at)


def _start(case: Case, name: str, label: str, key: str, by: Actor, at: datetime) -> None:
    live = {running for running, _key in matter_reads.live_policies(selectors.label(case.pk))}
    if name not in live:
        matters.start_clocks(clocks=[clock_of(case=case, name=name, label=label, policy_key=key)], by=by, at=at)
