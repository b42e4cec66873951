"""Lists of estate transfers: by stage, late ones, with how many defects are open or overdue."""

from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from longzhong.cases.transfers.models import Transfer
from longzhong.cases.transfers.rules import LIVE, DefectState
from longzhong.cases.transfers.selectors.door import visible_to
from longzhong.kit.actor import Actor

OPEN = Q(defects__state=DefectState.OPEN)


def board(actor: Actor, day: date) -> QuerySet[Transfer]:
    """Transfers with their open and overdue defects, the newest first."""
    rows = visible_to(actor).select_related("unit", "area")
    return rows.annotate(
        open_defects=Count("defects", filter=OPEN),
        overdue_defects=Count("defects", filter=OPEN & Q(defects__due_on__lt=day)),
    ).order_by("-opened_at", "-id")


def late(rows: QuerySet[Transfer], at: datetime) -> QuerySet[Transfer]:
    """Those whose stage or a defect is past its time."""
    return rows.filter(state__in=LIVE, due_at__lt=at)


def counts_by_state(actor: Actor) -> dict[str, int]:
    return dict(visible_to(actor).order_by().values_list("state").annotate(n=Count("id")))


def late_count(actor: Actor, at: datetime) -> int:
    return late(visible_to(actor), at).count()


def tied_to(actor: Actor, matter: str) -> list[Transfer]:
    """The visible transfers that are tied to a matter, the newest first."""
    return list(visible_to(actor).filter(ties__matter=matter).order_by("-opened_at", "-id"))
