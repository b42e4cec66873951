"""Dispatch (派单): the work order is opened; the case stays with whoever was asked until somebody accepts."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.rules.dispatching import REPAIR, SERVICE
from longzhong.cases.hotline.rules.limits import DISPATCH
from longzhong.cases.hotline.selectors.owners import handler_of
from longzhong.cases.hotline.services.moving import begin, complete
from longzhong.cases.hotline.services.ordering import Wanted, put_in_hand
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org


@transaction.atomic
def dispatch(*, case_id: int, owner_id: int | None = None, kind: str | None = None, by: Actor, at: datetime) -> Case:
    """Open the work order of a case for whoever is named, else the cell's manager, who is on duty, the head; else the pool.

    An order that came back is given on with the time limits that it has. Whoever took the case owns it until the order is accepted.
    """
    case, row = begin(case_id=case_id, verb="dispatch", by=by)
    if kind not in (None, REPAIR, SERVICE):
        raise Refused("order_kind_unknown", _("只能派为故障抢修或诉求办理；什么都没有改动。"), kind=kind)
    if owner_id is not None and not org.visible_staff(by).filter(pk=owner_id).exists():
        raise Refused("no_such_staff", _("没有这位员工，或不在您的管辖范围内；什么都没有改动。"), staff=owner_id)
    if selectors.is_about(case, owner_id):
        raise Refused("person_accused", _("投诉涉及此人，不能派给其办理；什么都没有改动。"), staff=owner_id)
    hands = owner_id or _usual_hands(case, at)
    case.order_id = put_in_hand(case=case, wanted=Wanted(hands, kind), by=by, at=at)
    stopped = matters.stop_clocks(matter=selectors.label(case.pk), names=(DISPATCH,), by=by, at=at)
    data = {"order": case.order_id, "owner": hands, "clocks": {name: str(verdict) for name, verdict in stopped.items()}}
    return complete(case=case, row=row, said=Said(data), fields=("order_id",), by=by, at=at)


def _usual_hands(case: Case, at: datetime) -> int | None:
    """Never who is complained about; of a secret case not the cell's manager, who would know in which cell the caller lives."""
    accused = case.about_staff_id if selectors.is_about(case, case.about_staff_id) else None
    grid = None if selectors.is_secret(case) else case.grid_id
    return handler_of(case.unit_id, grid, at, but=accused)
