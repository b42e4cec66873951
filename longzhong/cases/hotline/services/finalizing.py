"""After the final answer (最终答复): the case ends for good; who calls about it again is heard and kept, with no new clock."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline.models import Call, Case
from longzhong.cases.hotline.rules.given import TAKERS
from longzhong.cases.hotline.rules.machine import State
from longzhong.cases.hotline.rules.words import CallOutcome, Outcome
from longzhong.cases.hotline.services.joining import leave, lock_family
from longzhong.cases.hotline.services.moving import begin, complete, enter, note
from longzhong.cases.hotline.services.ordering import HOUSE, confirm_order
from longzhong.cases.hotline.services.pressing import end_order
from longzhong.cases.hotline.services.taking import open_call, tell_call
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused


@transaction.atomic
def finalize(*, case_id: int, number: str, by: Actor, at: datetime) -> Case:
    """End a case by its filed final answer (`number`, ZD…): all clocks stop, its order is taken back, and cases of other
    callers that followed it stand alone again.
    """
    followers = lock_family(case_id)
    case, row = begin(case_id=case_id, verb="finalize", by=by)
    for child in (
        Case.objects.filter(pk__in=followers, state=State.FOLLOWING).order_by("id").values_list("id", flat=True)
    ):
        leave(case_id=child, reason=_("主单已最终答复，单独办理"), by=HOUSE, at=at)
    end_order(case=case, reason=_("已最终答复 %(number)s") % {"number": number}, by=by, at=at)
    confirm_order(case=case, evidence={"final": number}, at=at)
    case.parent, case.outcome = None, Outcome.FINAL
    fields = ("parent", "outcome", "order_id")
    return complete(case=case, row=row, said=Said({"final": number}), fields=fields, by=by, at=at)


@transaction.atomic
def listen(*, call_id: int, case_id: int, by: Actor, at: datetime) -> Call:
    """A customer calls again about what was finally answered: the call is kept with the case and told to the station and the
    cell; no case, no clock. The same again changes nothing.
    """
    need(by, *TAKERS)
    case = enter(case_id=case_id, by=by)
    if case.state != State.FINAL:
        raise Refused("case_not_final", _("这件诉求没有最终答复，请按催办或重复致电受理；来电已留存。"), case=case_id)
    held = Call.objects.filter(pk=call_id, case=case, outcome=CallOutcome.LISTENED).first()
    if held is not None:
        return held
    call = open_call(call_id=call_id, by=by)
    call.outcome, call.case, call.ended_at = CallOutcome.LISTENED, case, call.ended_at or at
    call.save(update_fields=["outcome", "case", "ended_at"])
    note(
        case=case, verb="listen", said=Said({"call": call.pk, "unit": case.unit_id, "grid": case.grid_id}), by=by, at=at
    )
    tell_call(call=call, at=at)
    return call
