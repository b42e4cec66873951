"""Who has what in hand, and what of it presses: the work orders' own lists, cut as the cockpit counts them."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from longzhong.dispatch.workorders import selectors as workorders
from longzhong.dispatch.workorders.rules import LIVE
from longzhong.kit.actor import Actor

VIEWS = ("late", "soon", "unassigned", "unproven", "live")


def orders_in_hand(actor: Actor, view: str, at: datetime) -> QuerySet[Any]:
    """The live orders behind a figure of `workorders.counts`, due soonest first."""
    rows = workorders.board(actor).filter(state__in=LIVE)
    if view == "late":
        return workorders.late(rows, at)
    if view == "soon":
        return workorders.soon(rows, at)
    if view == "unproven":
        return rows.filter(state="unproven")
    return rows.filter(owner=None) if view == "unassigned" else rows
