"""Lists of closures, households and second requests, and what stands for one account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from longzhong.cases.closures.models import Closure, ClosurePaper, Household, Telling, ToldAgain
from longzhong.cases.closures.rules import HOUSE_LIVE, LIVE
from longzhong.cases.closures.selectors.door import visible_faults, visible_households, visible_tellings, visible_to
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.selectors import Card


@dataclass(frozen=True)
class Line:
    """A row of the pending list: the closure, the customer masked, and the codes of what is missing."""

    row: Closure
    card: Card
    missing: tuple[str, ...]


@dataclass(frozen=True)
class HouseLine:
    """A household with its customer, masked."""

    row: Household
    card: Card


def board(actor: Actor) -> QuerySet[Closure]:
    """Closures with `missing` codes, the next contact first, those that ended last."""
    open_papers = ClosurePaper.objects.filter(closure=OuterRef("pk"), brought_at=None).order_by("id").values("code")
    rows = visible_to(actor).select_related("account__unit", "account__area", "unit", "owner", "household__project")
    return rows.annotate(missing=ArraySubquery(open_papers)).order_by(F("next_on").asc(nulls_last=True), "id")


def lines(actor: Actor, rows: Sequence[Closure], day: date) -> list[Line]:
    """Rows of `board` as the list shows them; one query for any number."""
    cards = {card.id: card for card in customers.cards_of(actor, [row.account for row in rows], day)}
    return [Line(row, cards[row.account_id], tuple(row.missing)) for row in rows]  # type: ignore[attr-defined]


def counts(actor: Actor, day: date) -> dict[str, int]:
    """How many stand in each state; "due": live ones whose next contact is today or before."""
    rows = visible_to(actor).order_by()
    found = dict(rows.values_list("state").annotate(n=Count("id")))
    return {**found, "due": rows.filter(state__in=LIVE, next_on__lte=day).count()}


def household_rows(actor: Actor, day: date, project_id: int | None = None) -> QuerySet[Household]:
    """Households of a project (None: of every open one), in the order in which somebody has to go there.

    `go_on`: the day agreed upon; today for one whom nobody has spoken to yet; none once it is over.
    """
    rows = visible_households(actor).select_related("account__unit", "account__area", "project", "unit")
    rows = rows.filter(project=project_id) if project_id is not None else rows.filter(project__state="open")
    rows = rows.alias(go_on=Case(When(state__in=HOUSE_LIVE, then=Coalesce("next_on", Value(day)))))
    return rows.order_by(F("go_on").asc(nulls_last=True), "account__estate", "account__building", "id")


def household_lines(actor: Actor, rows: Sequence[Household], day: date) -> list[HouseLine]:
    """Rows as the list shows them; one query for any number."""
    cards = {card.id: card for card in customers.cards_of(actor, [row.account for row in rows], day)}
    return [HouseLine(row, cards[row.account_id]) for row in rows]


def due_households(rows: QuerySet[Household], day: date) -> QuerySet[Household]:
    """Those somebody has to contact by now."""
    return rows.filter(state__in=HOUSE_LIVE, next_on__lte=day)


def faults(actor: Actor) -> QuerySet[ToldAgain]:
    """Second requests, the newest first."""
    rows = visible_faults(actor).select_related("telling", "unit", "staff", "recorded_by", "telling__closure")
    return rows.order_by("-at", "-id")


def fault_counts(actor: Actor) -> dict[str, int]:
    return dict(visible_faults(actor).order_by().values_list("state").annotate(n=Count("id")))


def live_of(account_id: int) -> Closure | None:
    """The live closure of an account. For the desk and for services."""
    return Closure.objects.filter(account=account_id, state__in=LIVE).first()


def live_of_many(account_ids: Sequence[int]) -> dict[int, Closure]:
    """The live closure of each of these accounts that has one; one query."""
    return {row.account_id: row for row in Closure.objects.filter(account__in=account_ids, state__in=LIVE)}


def live_household(account_id: int) -> Household | None:
    """The account on the list of an open demolition, if it still has to be dealt with."""
    rows = Household.objects.select_related("project").filter(account=account_id, state__in=HOUSE_LIVE)
    return rows.first()


def closures_of(actor: Actor, account_id: int) -> list[Closure]:
    return list(visible_to(actor).filter(account=account_id).order_by("-id"))


def tellings_of(actor: Actor, account_id: int) -> list[Telling]:
    """Lists handed over about an account, the newest first."""
    return list(visible_tellings(actor).filter(account=account_id).select_related("staff").order_by("-id"))


def of_case(case_id: int) -> Closure | None:
    """The closure that a hotline case belongs to."""
    return Closure.objects.filter(case=case_id).order_by("-id").first()


def closed_elsewhere() -> tuple[list[int], list[int]]:
    """Live closures, and households without one, whose account the marketing system has closed meanwhile."""
    rows = Closure.objects.filter(state__in=LIVE, account__state="closed").order_by("id")
    houses = Household.objects.filter(state__in=HOUSE_LIVE, account__state="closed").order_by("id")
    alone = houses.exclude(Q(closures__state__in=LIVE))
    return list(rows.values_list("pk", flat=True)), list(alone.values_list("pk", flat=True))


def to_remind(at_day: date) -> list[int]:
    """Live closures whose next contact has passed unheeded: their customers may be reminded by message."""
    rows = Closure.objects.filter(state__in=LIVE, next_on__lt=at_day).order_by("id")
    return [row.pk for row in rows if row.reminded_at is None or civil_day(row.reminded_at) < (row.next_on or at_day)]
