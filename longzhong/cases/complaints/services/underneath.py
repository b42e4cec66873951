"""The customer's case underneath: its order, reply and call-back are the hotline's; the house moves them as governance goes on.

Each function reads where the case stands now and takes only the steps that are missing, so what people did on the order's own
page, or a case that ended another way (最终答复), never stands in the way.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.services.moving import HOUSE
from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline import services as hotline_services
from longzhong.cases.hotline.rules import DONE, CaseType, State
from longzhong.cases.hotline.rules.callbacks import WHEN
from longzhong.cases.hotline.rules.dispatching import SERVICE, order_kind
from longzhong.cases.hotline.rules.words import CallResult, Purpose
from longzhong.dispatch.workorders import selectors as order_reads
from longzhong.dispatch.workorders import services as orders
from longzhong.dispatch.workorders.rules import Outcome
from longzhong.dispatch.workorders.rules import State as Order
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused

CALLERS = ("grid", "crew", "desk", "station", "quality")
ROUND = 6  # steps that an order needs at most until it is finished
OPEN_REPAIR = (Order.NEW, Order.DISPATCHED, Order.ACCEPTED, Order.ARRIVED, Order.DIAGNOSED, Order.RETURNED)
MOVABLE = (Order.NEW, Order.DISPATCHED, Order.ACCEPTED, Order.CONTACTED, Order.RETURNED)


def give(*, row: Complaint, at: datetime) -> None:
    """Dispatch the case to the handler, or give them the order that it has; a repair stays with whoever repairs."""
    case = hotline.case_of(HOUSE, row.case_id)
    if case.state in DONE:
        return
    if case.state == State.FOLLOWING:
        reason = _("按投诉治理单独办理")
        case = hotline_services.leave(case_id=case.pk, reason=reason, by=HOUSE, at=at)
    kind = order_kind(CaseType(case.type), hazard=bool(case.hazard))
    handler = row.handler_id if kind == SERVICE else None
    if case.state == State.TAKEN:
        hotline_services.dispatch(case_id=case.pk, owner_id=handler, by=HOUSE, at=at)
    elif case.order_id is not None and handler is not None:
        _assign(case.order_id, handler, at)
        hotline_services.follow_order(order_id=case.order_id, by=HOUSE, at=at)


def take_back(*, row: Complaint, reason: str, at: datetime) -> None:
    """The unit sent it back (退单): the order goes into the pool, the case to whoever was asked first; dispatch is due again."""
    case = hotline.case_of(HOUSE, row.case_id)
    if case.state == State.REPLIED:
        case = hotline_services.review(case_id=case.pk, passed=False, reason=reason, by=HOUSE, at=at)
    if case.order_id is None or case.state in DONE:
        return
    standing = order_reads.standing(case.order_id)
    if standing.kind == SERVICE and standing.state in MOVABLE[1:]:
        orders.release(order_id=case.order_id, reason=reason, by=HOUSE, at=at)
    elif standing.kind == SERVICE and standing.state in (Order.NEW, Order.REPORTED):
        orders.cancel(order_id=case.order_id, reason=reason, by=HOUSE, at=at)
    hotline_services.follow_order(order_id=case.order_id, by=HOUSE, at=at)


def void(*, row: Complaint, reason: str, at: datetime) -> None:
    """There was nothing to complain of: the case goes back to the beginning and is void; not after the answer, nor in a repair."""
    case = hotline.case_of(HOUSE, row.case_id)
    if case.state in DONE:
        return
    if case.state == State.FOLLOWING:
        hotline_services.leave(case_id=case.pk, reason=reason, by=HOUSE, at=at)
    take_back(row=row, reason=reason, at=at)
    if hotline.case_of(HOUSE, row.case_id).state != State.TAKEN:
        raise Refused("case_answered", _("客户已经得到答复，或抢修正在进行，不能作废；什么都没有改动。"), case=case.pk)
    hotline_services.void_case(case_id=case.pk, reason=reason, by=HOUSE, at=at)


def keep_from_accused(*, row: Complaint, at: datetime) -> None:
    """An order that lies with the person complained about (dispatched before anybody looked, taken on its own page) goes to who
    investigates, or back into the pool.
    """
    if row.about_staff_id is None:
        return
    case = hotline.case_of(HOUSE, row.case_id)
    if case.order_id is None or case.state in DONE:
        return
    if order_reads.standing(case.order_id).owner_id != row.about_staff_id:
        return
    if row.handler_id is not None:
        _assign(case.order_id, row.handler_id, at)
        hotline_services.follow_order(order_id=case.order_id, by=HOUSE, at=at)
    else:
        take_back(row=row, reason=_("派给了被投诉人，收回"), at=at)


def reach(*, row: Complaint, result: str, words: str, wish: str, by: Actor, at: datetime) -> None:
    """The handler takes the order over and tried to reach the customer; "none": not to be called."""
    case = hotline.case_of(HOUSE, row.case_id)
    if case.order_id is not None and case.state not in DONE:
        _accept(case.order_id, row.handler_id, at)
        _note_contact(case.order_id, result, at)
        hotline_services.follow_order(order_id=case.order_id, by=HOUSE, at=at)
        case = hotline.case_of(HOUSE, row.case_id)
    if result == "none" or case.state not in WHEN[Purpose.ACCEPTED]:
        return
    who = by if hotline.is_visible(by, case.pk) and hotline.may(by, CALLERS, case) else HOUSE
    hotline_services.record_call(
        case_id=case.pk, purpose=Purpose.ACCEPTED, result=result, words=words, wish=wish, by=who, at=at
    )


def finish(*, row: Complaint, at: datetime) -> None:
    """The reply is written: the order is reported done, and the case waits for its review."""
    case = hotline.case_of(HOUSE, row.case_id)
    if case.state in DONE:
        return
    if case.order_id is None or case.state in (State.TAKEN, State.FOLLOWING):
        give(row=row, at=at)
        case = hotline.case_of(HOUSE, row.case_id)
    if case.order_id is not None:
        _finish(case.order_id, row.handler_id or case.owner_id, at)
        hotline_services.follow_order(order_id=case.order_id, by=HOUSE, at=at)


def send_back(*, row: Complaint, reason: str, at: datetime) -> None:
    """The review returned the reply: the case is handled again."""
    case = hotline.case_of(HOUSE, row.case_id)
    if case.state == State.REPLIED:
        ground = "incomplete"
        hotline_services.review(case_id=case.pk, passed=False, reason=reason, ground=ground, by=HOUSE, at=at)


def answer(*, row: Complaint, at: datetime) -> None:
    """The customer has the answer: the case goes on to the call-back, which alone ends it."""
    case = hotline.case_of(HOUSE, row.case_id)
    if case.state == State.REPLIED:
        hotline_services.review(case_id=case.pk, passed=True, root_cause=row.root_cause, by=HOUSE, at=at)


def _assign(order_id: int, owner_id: int, at: datetime) -> None:
    standing = order_reads.standing(order_id)
    if standing.owner_id != owner_id and standing.state in MOVABLE:
        orders.assign(order_id=order_id, owner_id=owner_id, by=HOUSE, at=at)


def _accept(order_id: int, owner_id: int | None, at: datetime) -> None:
    standing = order_reads.standing(order_id)
    if standing.kind != SERVICE:
        return
    if owner_id is not None:
        _assign(order_id, owner_id, at)
    if order_reads.standing(order_id).state in (Order.DISPATCHED, Order.RETURNED):
        orders.accept(order_id=order_id, by=HOUSE, at=at)


def _note_contact(order_id: int, result: str, at: datetime) -> None:
    """The order knows that the customer was spoken to, or isn't to be; after calls in vain its limit runs on."""
    ways = {CallResult.REACHED.value: "phone", "none": "nobody"}
    standing = order_reads.standing(order_id)
    if result in ways and standing.kind == SERVICE and standing.state == Order.ACCEPTED:
        orders.contact(order_id=order_id, way=ways[result], note=_("联系情况见投诉治理"), by=HOUSE, at=at)


def _finish(order_id: int, owner_id: int, at: datetime) -> None:
    standing = order_reads.standing(order_id)
    if standing.kind != SERVICE:
        if standing.state in OPEN_REPAIR:
            raise Refused("repair_open", _("抢修工单还没有完成，请完成后再回复；什么都没有改动。"), order=order_id)
        return
    for _turn in range(ROUND):
        state = order_reads.standing(order_id).state
        if state == Order.NEW:
            _assign(order_id, owner_id, at)
        elif state in (Order.DISPATCHED, Order.RETURNED):
            orders.accept(order_id=order_id, by=HOUSE, at=at)
        elif state == Order.REPORTED:
            orders.answer_up(order_id=order_id, answer=_("按投诉治理办理"), by=HOUSE, at=at)
        elif state == Order.ACCEPTED:
            orders.contact(order_id=order_id, way="nobody", note=_("联系情况见投诉治理"), by=HOUSE, at=at)
        elif state == Order.CONTACTED:
            triage = order_reads.standing(order_id).triage or "explain"
            done = Outcome(triage=triage, reply=_("调查和回复见投诉治理"), no_photo_reason=_("证据在投诉治理中留存"))
            orders.finish(order_id=order_id, outcome=done, photos=(), by=HOUSE, at=at)
