"""Lists: errands with who is told where, and the numbers that open them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from longzhong.kit.actor import Actor
from longzhong.register.customers import selectors as customers
from longzhong.sensing.announcements.models import Errand
from longzhong.sensing.announcements.rules import DONE, ERRAND_LABELS, State
from longzhong.sensing.announcements.rules import Errand as Kind
from longzhong.sensing.announcements.selectors.doors import visible_to


@dataclass(frozen=True)
class Line:
    """An errand of a list: `whom` is the customer, masked, or the place; `waits`: its countdown still runs."""

    row: Errand
    kind: str
    whom: str
    where: str
    outage: str
    owner: str


@dataclass(frozen=True)
class Counts:
    """The numbers of the board's tabs."""

    open: int
    late: int
    mine: int
    done: int
    fallen: int
    total: int


def board(actor: Actor) -> QuerySet[Errand]:
    """All that the actor may see, the nearest deadline first."""
    rows = visible_to(actor).select_related("outage", "account__unit", "account__area", "unit", "grid", "owner")
    return rows.order_by("due_at", "id")


def lines(actor: Actor, rows: Sequence[Errand]) -> list[Line]:
    """Rows of `board` as a list shows them; one query more for any number."""
    named = [row.account for row in rows if row.account]
    cards = {card.id: card for card in customers.cards_of(actor, named)} if named else {}
    return [_line(row, cards.get(row.account_id or 0)) for row in rows]


def _line(row: Errand, card: customers.Card | None) -> Line:
    whom, where = (card.name, card.place) if card else (row.place, f"{row.accounts} 户")
    return Line(
        row, ERRAND_LABELS[Kind(row.kind)], whom, where, f"{row.outage.number} {row.outage.title}", str(row.owner or "")
    )


def late(rows: QuerySet[Errand], at: datetime) -> QuerySet[Errand]:
    """Open ones past their deadline."""
    return rows.filter(state=State.OPEN, due_at__lt=at)


def mine(actor: Actor, rows: QuerySet[Errand]) -> QuerySet[Errand]:
    """Open ones that are the actor's own to do."""
    return rows.filter(state=State.OPEN, owner=actor.staff_id) if actor.staff_id else rows.none()


def counts(actor: Actor, at: datetime) -> Counts:
    """One query."""
    is_open = Q(state=State.OPEN)
    found = visible_to(actor).aggregate(
        open=Count("id", filter=is_open),
        late=Count("id", filter=is_open & Q(due_at__lt=at)),
        mine=Count("id", filter=is_open & Q(owner=actor.staff_id or 0)),
        done=Count("id", filter=Q(state__in=DONE)),
        fallen=Count("id", filter=Q(state__in=(State.VOID, State.OUTDATED, State.CANCELLED))),
        total=Count("id"),
    )
    return Counts(**found)


def errands_of(outage_id: int) -> dict[str, dict[str, int]]:
    """Errands of an outage by kind and state; one query. The caller has let the actor through the outage's door."""
    rows = Errand.objects.filter(outage=outage_id).order_by().values_list("kind", "state").annotate(n=Count("id"))
    found: dict[str, dict[str, int]] = {}
    for kind, state, count in rows:
        found.setdefault(kind, {})[state] = count
    return found
