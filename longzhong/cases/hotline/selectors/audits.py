"""Samples of closed cases for the quality office to trace (全过程跟踪核实, S4-11): the same month gives the same sample."""

from datetime import date
from hashlib import sha256

from django.db.models import QuerySet

from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.rules.machine import State
from longzhong.cases.hotline.selectors.boards import board
from longzhong.cases.hotline.selectors.door import visible_to
from longzhong.dispatch.matters.rules import number
from longzhong.kit.actor import Actor
from longzhong.kit.clock import day_start, next_month
from longzhong.register.policies import selectors as policies

SIZE_KEY = "hotline.audit_n"


def closed_in(actor: Actor, month: date) -> QuerySet[Case]:
    """Cases closed in the month of that day."""
    first = month.replace(day=1)
    ends = (State.CLOSED, State.FINAL)
    return visible_to(actor).filter(
        state__in=ends, closed_at__gte=day_start(first), closed_at__lt=day_start(next_month(first))
    )


def audit_sample(actor: Actor, month: date) -> QuerySet[Case]:
    """So many of a month's closed cases as the policy says, drawn by a hash of the month and the case: nobody picks them, and
    everybody who asks gets the same.
    """
    size = int(number(policies.value(SIZE_KEY, day=month)))
    ids = closed_in(actor, month).order_by().values_list("id", flat=True)
    drawn = sorted(ids, key=lambda case_id: sha256(f"{month:%Y-%m}:{case_id}".encode()).digest())[:size]
    return board(actor).filter(pk__in=drawn).order_by("audited_at", "id")
