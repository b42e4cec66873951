"""Accounts follow their area: when a grid cell or an area has gone to another station, so have its customers."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from longzhong.kit import journal
from longzhong.kit.actor import Actor, need
from longzhong.register.customers.models import Account
from longzhong.register.network import selectors as network
from longzhong.register.org.rules import Role


@transaction.atomic
def settle_units(*, by: Actor, at: datetime) -> int:
    """Give every account the station that its area has today; returns how many moved."""
    need(by, Role.ADMIN)
    areas = network.visible_to(Actor.machine("customers.settle")).filter(pk=OuterRef("area"))
    strayed = Account.objects.filter(area__unit__isnull=False).exclude(unit=F("area__unit"))
    moved = Account.objects.filter(pk__in=strayed.values("pk")).update(unit=Subquery(areas.values("unit")[:1]))
    if moved:
        journal.record(by, "accounts.settle", at=at, moved=moved)
    return moved
