"""Review of replies (回单审核): passed on to the call-back, or sent back with a ground while the clocks run on."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.hotline.rules.reviewing import GROUNDS
from longzhong.cases.hotline.rules.words import RootCause
from longzhong.cases.hotline.services.moving import begin, complete
from longzhong.cases.hotline.services.ordering import send_order_back
from longzhong.cases.hotline.services.passing import REVIEW, pass_on
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.texts import written


@transaction.atomic
def review(
    *, case_id: int, passed: bool, reason: str = "", root_cause: str = "", ground: str = "", by: Actor, at: datetime
) -> Case:
    """A person other than the handler passes a reply, or sends it back with the reason (and a `ground` of the list)."""
    case, row = begin(case_id=case_id, verb="pass" if passed else "send_back", by=by)
    not_own(case=case, by=by)
    if root_cause and root_cause not in set(RootCause):
        raise Refused("root_cause_unknown", _("请从清单里选择根本原因；什么都没有改动。"), root_cause=root_cause)
    if root_cause:
        case.root_cause = root_cause
        case.save(update_fields=["root_cause"])
    words = {"reason": redact(reason.strip())}
    if passed:
        return pass_on(case=case, said=Said({"root_cause": root_cause}, words), by=by, at=at)
    _check_ground(ground, reason)
    case.times_returned += 1
    matters.stop_clocks(matter=selectors.label(case.pk), names=(REVIEW,), by=by, at=at)
    evidence = {"review": "send_back", "ground": ground}
    again = send_order_back(case=case, evidence=evidence, reason=reason, by=by, at=at)
    data = {"ground": ground, "root_cause": root_cause, "order": case.order_id, "new_order": again}
    return complete(case=case, row=row, said=Said(data, words), fields=("times_returned", "order_id"), by=by, at=at)


def not_own(*, case: Case, by: Actor) -> None:
    """Nobody judges their own work (回避)."""
    if by.staff_id is not None and by.staff_id == case.owner_id:
        raise Refused("own_work", _("自己办理的诉求要由别人审核和回访；什么都没有改动。"), case=case.pk)


def _check_ground(ground: str, reason: str) -> None:
    if ground and ground not in GROUNDS:
        raise Refused("ground_unknown", _("请从清单里选择退单理由；什么都没有改动。"), ground=ground)
    written(reason, _("理由"))
