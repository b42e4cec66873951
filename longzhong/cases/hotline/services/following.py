"""A case follows its work order (OrderMoved): accepted is the confirmed hand-over, declined gives it back, finished is the reply.

Facts arrive late, twice and in any order, so what counts is where the order stands now.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.rules.dispatching import REPAIR
from longzhong.cases.hotline.rules.following import steps_of
from longzhong.cases.hotline.rules.limits import AFTERWARDS, CLOCK_LABELS, CONTACT, DISPATCH, ONSITE
from longzhong.cases.hotline.rules.machine import LIVE, MACHINE, State
from longzhong.cases.hotline.selectors.owners import at_work
from longzhong.cases.hotline.services.moving import complete, give, note, refresh_due
from longzhong.cases.hotline.services.ordering import clock_of, planned
from longzhong.cases.hotline.services.passing import pass_by_rule, start_review
from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.selectors import StepCard
from longzhong.dispatch.matters.services import Said
from longzhong.dispatch.workorders import selectors as workorders
from longzhong.dispatch.workorders.rules import State as Order
from longzhong.dispatch.workorders.selectors import Standing
from longzhong.kit.actor import Actor
from longzhong.register.categories import selectors as categories

SIDES = {"utility": "utility", "customer": "customer"}
TURNED_AWAY = ("decline", "release")
CHANGED_HANDS = (*TURNED_AWAY, "open", "assign", "take")


@transaction.atomic
def follow_order(*, order_id: int, by: Actor, at: datetime) -> bool:
    """Bring the case behind an order to where the order stands now; False where that changes nothing."""
    case = Case.objects.select_for_update().filter(order_id=order_id, state__in=LIVE).first()
    if case is None:
        return False
    order = workorders.standing(order_id)
    away = _turned_away(case, order_id, order)
    moved = _note_work(case, order, by, at)
    for verb in steps_of(Order(order.state), State(case.state), turned_away=away is not None):
        _STEPS[verb](case, order, away, by, at)
        moved = True
    return _note_owner(case, order, by, at) or moved


def _turned_away(case: Case, order_id: int, order: Standing) -> StepCard | None:
    """The step by which somebody sent the order away, if the case hasn't heard of it."""
    if order.state != Order.NEW:
        return None
    last = next((card for card in matter_reads.steps(workorders.label(order_id)) if card.verb in CHANGED_HANDS), None)
    if last is None or last.verb not in TURNED_AWAY:
        return None
    heard = (card.data for card in matter_reads.steps(selectors.label(case.pk)) if card.verb == "refuse")
    known = any((data.get("order"), data.get("seq")) == (order_id, last.seq) for data in heard)
    return None if known else last


def _note_work(case: Case, order: Standing, by: Actor, at: datetime) -> bool:
    """Until when, whose equipment, whether the customer was spoken to: on the case and on those that follow it."""
    matter = selectors.label(case.pk)
    stopped = dict(matters.stop_clocks(matter=matter, names=(CONTACT,), by=by, at=order.contacted_at or at)
                   if order.contacted_at else {})  # fmt: skip
    if order.arrived_at or order.contacted_at:
        stopped |= _reach_site(case, order.arrived_at or order.contacted_at or at, by)
    until, side = order.expected_at or case.expected_at, SIDES.get(order.side, case.side)
    if (until, side) == (case.expected_at, case.side) and not stopped:
        return False
    news = {"expected_at": until, "side": side, "service": order.service}
    for one in (case, *Case.objects.select_for_update().filter(parent=case, state=State.FOLLOWING).order_by("id")):
        one.expected_at, one.side = until, side
        refresh_due(case=one)
        one.save(update_fields=["expected_at", "side", "due_at", "due_clock"])
        clocks = (
            {"clocks": {name: str(verdict) for name, verdict in stopped.items()}} if one is case and stopped else {}
        )
        note(case=one, verb="progress", said=Said({**news, **clocks}), by=by, at=at)
    return True


def _reach_site(case: Case, reached_at: datetime, by: Actor) -> Mapping[str, Any]:
    """On site: the limit for it ends, and that of what comes after it begins (§2.4)."""
    stopped = matters.stop_clocks(matter=selectors.label(case.pk), names=(ONSITE,), by=by, at=reached_at)
    code = categories.by_ids([case.category_id])[case.category_id].code
    after = AFTERWARDS.get(".".join(code.split(".")[:2]))
    if stopped and after is not None:
        clock = clock_of(case=case, name=after.name, label=after.label, policy_key=after.policy_key)
        matters.start_clocks(clocks=[clock], by=by, at=reached_at)
    return stopped


def _dispatch(case: Case, order: Standing, _away: StepCard | None, by: Actor, at: datetime) -> None:
    """Somebody gave the order on past the case."""
    matters.stop_clocks(matter=selectors.label(case.pk), names=(DISPATCH,), by=by, at=at)
    row = MACHINE.move("dispatch", case.state)
    complete(case=case, row=row, said=Said({"order": case.order_id, "owner": order.owner_id}), by=by, at=at)


def _accept(case: Case, order: Standing, _away: StepCard | None, by: Actor, at: datetime) -> None:
    """首问交接: from now on the order's owner answers for the case."""
    was, now = case.owner_id, _hands(case, order) or case.owner_id
    give(case=case, owner_id=now, by=by, at=at)
    data = {"order": case.order_id, "from_staff": was, "to_staff": now, "first_asked": case.first_asked_id}
    complete(case=case, row=MACHINE.move("accept", case.state), said=Said(data), by=by, at=at)


def _refuse(case: Case, _order: Standing, away: StepCard | None, by: Actor, at: datetime) -> None:
    """退单: back to whoever was asked first, who still owns it if nobody had accepted; dispatch is due again."""
    was = case.owner_id
    give(case=case, owner_id=at_work(case.first_asked_id, case.unit_id, at) or was, by=by, at=at)
    for row in planned(case=case):
        if row.name == DISPATCH:
            clock = clock_of(case=case, name=DISPATCH, label=CLOCK_LABELS[DISPATCH], policy_key=row.policy_key)
            matters.start_clocks(clocks=[clock], by=by, at=at)
    data = {"order": case.order_id, "from_staff": was, "to_staff": case.owner_id}
    if away is not None:
        data |= {"seq": away.seq, "ground": away.data.get("ground", "")}
    else:
        case.order_id = None
    words = {"reason": away.words.get("reason", "")} if away else {}
    complete(
        case=case, row=MACHINE.move("refuse", case.state), said=Said(data, words), fields=("order_id",), by=by, at=at
    )


def _reply(case: Case, order: Standing, _away: StepCard | None, by: Actor, at: datetime) -> None:
    """回单: the work is reported done; a person looks at it, or the customer is called."""
    if (hands := _hands(case, order)) and hands != case.owner_id:
        give(case=case, owner_id=hands, by=by, at=at)
    case.replied_at = order.finished_at or at
    start_review(case=case, by=by, at=at)
    data = {"order": case.order_id, "triage": order.triage, "cause_found": order.cause_found, "owner": case.owner_id}
    row = MACHINE.move("reply", case.state)
    complete(case=case, row=row, said=Said(data), fields=("replied_at",), by=by, at=at)
    pass_by_rule(case=case, by=by, at=at)


def _note_owner(case: Case, order: Standing, by: Actor, at: datetime) -> bool:
    """The order changed hands while it was being worked on: so did the case, by the order's own confirmed hand-over."""
    hands = _hands(case, order)
    if (
        case.state != State.HANDLING
        or hands is None
        or hands == case.owner_id
        or order.state in (Order.NEW, Order.DISPATCHED)
    ):
        return False
    was = case.owner_id
    give(case=case, owner_id=hands, by=by, at=at)
    case.save(update_fields=["owner", "offered_to"])
    note(case=case, verb="hand_over", said=Said({"from_staff": was, "to_staff": hands}), by=by, at=at)
    return True


def _hands(case: Case, order: Standing) -> int | None:
    """Who answers for the case now that they have the order. Who repairs a danger that was told in secret knows the place: they
    hear nothing of the complaint, so the case and its clocks stay where they are.
    """
    return None if order.kind == REPAIR and selectors.is_secret(case) else order.owner_id


_STEPS = {"dispatch": _dispatch, "accept": _accept, "refuse": _refuse, "reply": _reply}
