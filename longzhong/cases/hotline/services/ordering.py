"""The work order behind a case: opened once, given to whoever is to do it, sent back, confirmed. The house itself moves it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.rules.dispatching import REPAIR, order_kind, order_limits
from longzhong.cases.hotline.rules.limits import Planned, clocks_of
from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.hotline.rules.words import TYPE_LABELS, CaseType, Channel, Secrecy, Site
from longzhong.dispatch.matters.rules import NewClock
from longzhong.dispatch.workorders import selectors as workorders
from longzhong.dispatch.workorders import services as order_services
from longzhong.dispatch.workorders.rules import LIVE as LIVE_ORDERS
from longzhong.dispatch.workorders.rules import Place
from longzhong.dispatch.workorders.rules import State as Order
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.categories import selectors as categories
from longzhong.register.customers import selectors as customers

HOUSE = Actor.machine("hotline")
DONE_ORDERS = (Order.FINISHED, Order.UNPROVEN)


@dataclass(frozen=True)
class Wanted:
    """Which order a case needs; kind None: what its type asks for."""

    owner_id: int | None
    kind: str | None = None


def planned(*, case: Case) -> tuple[Planned, ...]:
    """The clocks that a case of this category starts with."""
    return clocks_of(
        CaseType(case.type), categories.by_ids([case.category_id])[case.category_id].code, Channel(case.channel),
        secrecy=Secrecy(case.secrecy), hazard=bool(case.hazard), external=False,
    )  # fmt: skip


def clock_of(*, case: Case, name: str, label: str, policy_key: str) -> NewClock:
    """A clock of a case, by policy."""
    return NewClock(
        matter=selectors.label(case.pk), name=name, label=label, unit_id=case.unit_id, owner_id=case.owner_id,
        policy_key=policy_key, title=f"{TYPE_LABELS[CaseType(case.type)]} {case.number}",
    )  # fmt: skip


def put_in_hand(*, case: Case, wanted: Wanted, by: Actor, at: datetime) -> int:
    """The case's live order with the wanted owner, opened if there is none (id; the case isn't saved)."""
    kind = wanted.kind or order_kind(CaseType(case.type), hazard=bool(case.hazard))
    live = _live_order(case)
    if live is not None and live[1].kind != kind:
        order_services.cancel(order_id=live[0], reason="改派为另一类工单", by=HOUSE, at=at)
        live = None
    order_id = live[0] if live else _open(case, kind, wanted.owner_id, by, at)
    state = workorders.standing(order_id)
    if wanted.owner_id and state.owner_id != wanted.owner_id and state.state in (Order.NEW, Order.DISPATCHED):
        order_services.assign(order_id=order_id, owner_id=wanted.owner_id, by=HOUSE, at=at)
    return order_id


def send_order_back(*, case: Case, evidence: Mapping[str, Any], reason: str, by: Actor, at: datetime) -> bool:
    """Let the work be done again: the finished order goes back, a closed one is followed by a new one for the case's owner.

    True where a new order was opened (the case isn't saved); an order that is in somebody's hands stays there. The order of a
    secret case doesn't repeat what its customer said.
    """
    words = _("客户要求保密，原因见投诉治理") if selectors.is_secret(case) else redact(reason)
    state = workorders.standing(case.order_id).state if case.order_id else None
    if state in DONE_ORDERS and case.order_id:
        order_services.send_back(order_id=case.order_id, evidence=evidence, reason=words, by=HOUSE, at=at)
        return False
    if state in LIVE_ORDERS:
        return False
    case.order_id = put_in_hand(case=case, wanted=Wanted(case.owner_id), by=by, at=at)
    return True


def confirm_order(*, case: Case, evidence: Mapping[str, Any], at: datetime) -> None:
    """The customer's word (or that there is none to be had) ends the finished order."""
    if case.order_id and workorders.standing(case.order_id).state in DONE_ORDERS:
        order_services.verify(order_id=case.order_id, evidence=evidence, by=HOUSE, at=at)


def _live_order(case: Case) -> tuple[int, workorders.Standing] | None:
    if case.order_id is None:
        return None
    standing = workorders.standing(case.order_id)
    return (case.order_id, standing) if standing.state in LIVE_ORDERS else None


def _place(kind: str, case: Case) -> Place:
    """A matter of service of a secret caller isn't told its area, nor its cell: whoever has the order would know who it is."""
    if kind != REPAIR and case.secrecy != Secrecy.OPEN:
        return Place(case.unit_id, None if selectors.is_secret(case) else case.grid_id, None)
    return Place(case.unit_id, case.grid_id, case.area_id)


def _open(case: Case, kind: str, owner_id: int | None, by: Actor, at: datetime) -> int:
    account = customers.placed(case.account_id, civil_day(at)) if case.account_id else None
    important = account is not None and "important" in account.groups
    limits = order_limits(kind, Site(case.site), important=important, planned=planned(case=case))
    return order_services.open_order(
        kind=kind, cause=selectors.label(case.pk), place=_place(kind, case),
        priority=case.urgency, limits=limits, owner_id=owner_id, by=by, at=at,
    )  # fmt: skip
