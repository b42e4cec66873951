"""Does a demo county stand, how far has it lived, what was found, its figures and logins."""

import json
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from longzhong.cases.alerts import selectors as alerts
from longzhong.dispatch.workorders import selectors as orders
from longzhong.kit import vault
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers
from longzhong.register.org.rules import Role
from longzhong.sensing.curves import selectors as curves
from longzhong.surfaces.simulation.models import InjectedFault, Seed
from longzhong.surfaces.simulation.rules.faults import FOUND_AS, GRID_KINDS, FaultKind

READER = Actor.machine("simulation.figures")


def exists() -> bool:
    """Whether this installation holds a demo county."""
    return Seed.objects.filter(pk=1).exists()


def seed() -> Seed | None:
    """The demo county's row."""
    return Seed.objects.filter(pk=1).first()


def visible_to(actor: Actor) -> QuerySet[InjectedFault]:
    """The truth table: for the administrator of the demo county only."""
    need(actor, Role.ADMIN)
    return InjectedFault.objects.order_by("number", "id")


def demo_county(actor: Actor) -> Seed:
    """The demo county's row for its administrator."""
    need(actor, Role.ADMIN)
    row = seed()
    if row is None:
        raise Refused("not_found", _("这里没有演示县；演示县只由 make demo 建立。"))
    return row


def found_faults() -> dict[int, date]:
    """Truth-table number → the first day of an alert that speaks of it."""
    seen: dict[str, list[tuple[str, str, date, date]]] = {}
    rows = alerts.board(READER).values_list("area__code", "kind", "meter", "first_on", "last_on")
    for code, kind, meter, first, last in rows.order_by("id"):
        seen.setdefault(code, []).append((kind, meter, first, last))
    found = {}
    for fault in InjectedFault.objects.all():
        kinds = FOUND_AS[FaultKind(fault.kind)]
        own = fault.kind not in GRID_KINDS and fault.meter_code
        days = [
            first
            for kind, meter, first, last in seen.get(fault.area_code, ())
            if kind in kinds and last >= fault.from_on and (not own or meter == fault.meter_code)
        ]
        if days:
            found[fault.number] = min(days)
    return found


def tiles() -> list[tuple[str, float]]:
    """The county's figures with their words."""
    words = {
        "accounts": "客户",
        "areas": "台区",
        "days": "已运行天数",
        "alerts": "预警",
        "orders": "工单",
        "verified": "已验证",
    }
    return [(words[key], value) for key, value in figures().items() if key in words]


def days_left() -> int:
    """Days of the building that haven't been lived yet."""
    row = seed()
    if row is None:
        return 0
    lived = (row.run_to - row.first_day + timedelta(days=1)).days if row.run_to else 0
    return max(row.days - lived, 0)


def figures() -> dict[str, float]:
    """What `make demo CHECK=1` prints."""
    row = seed()
    if row is None:
        return {}
    lived = (row.run_to - row.first_day + timedelta(days=1)).days if row.run_to else 0
    return {
        "accounts": customers.visible_to(READER).count(), "areas": row.areas, "days": lived, "findings":
        curves.visible_to(READER).count(), "alerts": alerts.board(READER).count(), "orders": orders.visible_to(READER).count(),
        "verified": orders.visible_to(READER).filter(state="verified").count(),
    }  # fmt: skip


def logins() -> list[dict[str, str]]:
    """Demo logins with their first password; empty where there is no demo county."""
    row = seed()
    return list(json.loads(vault.unseal(row.logins_sealed))) if row and row.logins_sealed else []
