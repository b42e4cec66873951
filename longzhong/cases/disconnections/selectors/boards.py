"""Lists: disconnections with what blocks them, accounts with what they owe, and whom a machine would propose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, QuerySet, Sum

from longzhong.cases.disconnections.models import Arrears, Disconnection
from longzhong.cases.disconnections.rules import BEFORE, LIVE, Limits, Stage, blocks, checks
from longzhong.cases.disconnections.selectors.door import visible_bills, visible_to
from longzhong.cases.disconnections.selectors.guarding import GUARD, IN_USE, facts_of, marked
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.selectors import Card
from longzhong.register.org.rules.published import published_calendar
from longzhong.register.policies import selectors as policies


@dataclass(frozen=True)
class Line:
    """A row of the board: the disconnection, the customer masked, and what blocks it ((code, words), none once it is off)."""

    row: Disconnection
    card: Card
    overdue_d: int
    blocks: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Owed:
    """An account's open bills together."""

    bills: int
    fen: int
    due_on: date


def board(actor: Actor, at: datetime) -> QuerySet[Disconnection]:
    """All that the actor may see, the longest overdue first."""
    rows = visible_to(actor).select_related("account__unit", "account__area__grid", "unit")
    return marked(rows, civil_day(at)).order_by("due_on", "id")


def lines(actor: Actor, rows: Sequence[Disconnection], at: datetime) -> list[Line]:
    """Rows of `board` as the list shows them; three queries for any number."""
    cards = {card.id: card for card in customers.cards_of(actor, [row.account for row in rows], civil_day(at))}
    limits = policies.limits_of_units(
        Limits, "arrears", unit_ids={row.account.unit_id for row in rows}, day=civil_day(at)
    )
    return [_line(row, cards[row.account_id], limits[row.account.unit_id], at) for row in rows]


def _line(row: Disconnection, card: Card, limits: Limits, at: datetime) -> Line:
    facts = facts_of(row, at)
    found = blocks(checks(facts, limits, published_calendar(), Stage.PAPERS)) if row.state in BEFORE else []
    return Line(row, card, facts.overdue_d, tuple((one.code, one.says) for one in found))


def counts(actor: Actor) -> dict[str, int]:
    """How many stand in each state."""
    return dict(visible_to(actor).order_by().values_list("state").annotate(n=Count("id")))


def owing(actor: Actor) -> QuerySet[Any, Any]:
    """One row for each account with open bills, the longest overdue first; only for whom money concerns."""
    rows = visible_bills(actor).filter(paid_at=None).order_by()
    named = rows.values("account_id", "account__unit__short_name", "account__unit__name", "account__area__name")
    counted = named.annotate(id=Min("id"), bills=Count("bill"), fen=Sum("amount_fen"), due=Min("due_on"))
    return counted.order_by("due", "account_id")


def owing_lines(actor: Actor, rows: Sequence[dict[str, Any]], day: date) -> list[dict[str, Any]]:
    """Rows of `owing` with the customer, masked as the actor may see them; two queries for any number."""
    seen = customers.visible_to(actor).filter(pk__in=[row["account_id"] for row in rows])
    cards = {card.id: card for card in customers.cards_of(actor, list(seen.select_related("unit", "area__grid")), day)}
    return [{**row, "card": cards.get(row["account_id"])} for row in rows]


def bills_of(actor: Actor, account_id: int) -> QuerySet[Arrears]:
    """Every bill of an account, open ones first."""
    return visible_bills(actor).filter(account=account_id).order_by("-paid_at", "due_on", "id")


def history_of(actor: Actor, account_id: int) -> list[Disconnection]:
    """The account's disconnections, the newest first."""
    return list(visible_to(actor).filter(account=account_id).order_by("-id"))


def owed(account_id: int) -> Owed | None:
    """What an account owes now; None if nothing. For services."""
    found = Arrears.objects.filter(account=account_id, paid_at=None).aggregate(
        bills=Count("id"), fen=Sum("amount_fen"), due_on=Min("due_on")
    )
    return Owed(**found) if found["bills"] else None


def live_of(account_id: int) -> Disconnection | None:
    """The account's live disconnection. For the desk and for services."""
    return Disconnection.objects.filter(account=account_id, state__in=LIVE).first()


def paid_up() -> set[int]:
    """Accounts whose live disconnection has no open bill behind it and still could lead to the act."""
    bills = Arrears.objects.filter(account=OuterRef("account"), paid_at=None)
    rows = Disconnection.objects.filter(~Exists(bills), state__in=BEFORE)
    return set(rows.values_list("account_id", flat=True))


def to_propose(at: datetime) -> list[int]:
    """Accounts in use, overdue for the policy's days, with no live disconnection and not in quiet time, the oldest debt first."""
    day = civil_day(at)
    live = Disconnection.objects.filter(account=OuterRef("account"), state__in=LIVE)
    quiet = Disconnection.objects.filter(account=OuterRef("account"), quiet_until_on__gt=day)
    used = customers.visible_to(GUARD).filter(pk=OuterRef("account"), state__in=IN_USE)
    rows = Arrears.objects.filter(~Exists(live), ~Exists(quiet), Exists(used), paid_at=None).order_by()
    found = rows.values("account_id", "account__unit_id").annotate(due=Min("due_on")).order_by("due", "account_id")
    limits = policies.limits_of_units(Limits, "arrears", unit_ids={row["account__unit_id"] for row in found}, day=day)
    return [
        row["account_id"] for row in found
        if day - row["due"] > timedelta(days=limits[row["account__unit_id"]].propose_d)
    ]  # fmt: skip
