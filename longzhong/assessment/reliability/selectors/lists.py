"""Seasonal lists and guarantee plans to look at."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from longzhong.assessment.reliability.models import Guarantee, Season, SeasonItem
from longzhong.assessment.reliability.rules.guarantees import READERS as GUARDS
from longzhong.assessment.reliability.rules.guarantees import PlanLimits, Standing, gaps, is_amber
from longzhong.assessment.reliability.rules.seasons import READERS as SEASONERS
from longzhong.kit.actor import Actor, within
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.rules.priority import Group
from longzhong.register.customers.selectors import Card
from longzhong.register.policies import selectors as policies

PLAN_NOUN = "reliability.guarantee"
ITEM_NOUN = "reliability.item"


@dataclass(frozen=True)
class PlanLine:
    """A plan with the customer masked, what it lacks, and whether it ends soon."""

    plan: Guarantee
    card: Card
    gaps: tuple[str, ...]
    amber: bool


def visible_plans(actor: Actor) -> QuerySet[Guarantee]:
    """The door of plans: of the unit then, or the account's unit now."""
    now = within(actor, unit="account__unit_id", grid="account__area__grid_id", roles=GUARDS)
    return Guarantee.objects.filter(within(actor, grid=None, roles=GUARDS) | now)


def plans(actor: Actor) -> QuerySet[Guarantee]:
    """Plans in force, the soonest to end first."""
    rows = visible_plans(actor).filter(ended_at=None).select_related("account__unit", "account__area__grid", "unit")
    return rows.order_by("to_on", "id")


def plan_of(actor: Actor, plan_id: int) -> Guarantee:
    """One plan; Refused not_found."""
    row = visible_plans(actor).select_related("account__unit", "account__area__grid", "unit").filter(pk=plan_id).first()
    if row is None:
        raise Refused("not_found", _("没有这份保电方案，或不在您的管辖范围内。"), guarantee=plan_id)
    return row


def plan_lines(actor: Actor, rows: Collection[Guarantee], day: date) -> list[PlanLine]:
    """Rows of `plans` as lists show them; two queries besides the policies."""
    cards = {card.id: card for card in customers.cards_of(actor, [row.account for row in rows], day)}
    limits = policies.limits(PlanLimits, "guarantee", day=day)
    return [
        PlanLine(row, cards[row.account_id], tuple(gaps(standing(row), limits, day)), is_amber(row.to_on, limits, day))
        for row in rows
    ]


def standing(row: Guarantee) -> Standing:
    """A plan as the rule reads it."""
    done = [bool(when) for _text, when in row.checks]
    has = bool(row.contact_sealed and row.phone_sealed)
    return Standing(row.grade, row.sources, row.generator_kw, row.security_kw, has, row.to_on, done)


def without_plan(actor: Actor, day: date, most: int = 50) -> list[Card]:
    """Important customers whom the actor sees and for whom no plan is in force."""
    planned = Guarantee.objects.filter(ended_at=None).values("account")
    rows = customers.of_group(customers.visible_to(actor), Group.IMPORTANT, day).exclude(pk__in=planned)
    return customers.cards_of(actor, rows.select_related("unit", "area").order_by("id")[:most], day)


def plan_label(plan_id: int) -> str:
    return f"{PLAN_NOUN}:{plan_id}"


def item_label(item_id: int) -> str:
    return f"{ITEM_NOUN}:{item_id}"


def seasons() -> list[Season]:
    """Seasons that were drawn up, the latest first."""
    return list(Season.objects.order_by("-first_on", "name", "id"))


def visible_items(actor: Actor) -> QuerySet[SeasonItem]:
    """The door of seasonal items, of the area as it lay then or lies now."""
    now = within(actor, unit="area__unit_id", grid="area__grid_id", roles=SEASONERS)
    return SeasonItem.objects.filter(within(actor, roles=SEASONERS) | now)


def items(actor: Actor, season_id: int | None) -> QuerySet[SeasonItem]:
    """A season's items: open ones first by their day."""
    rows = visible_items(actor).filter(season=season_id).select_related("area", "unit", "grid", "owner")
    return rows.order_by("-done_at", "due_on", "-weight", "id")


def is_plan_visible(actor: Actor, plan_id: int) -> bool:
    return visible_plans(actor).filter(pk=plan_id).exists()


def is_item_visible(actor: Actor, item_id: int) -> bool:
    return visible_items(actor).filter(pk=item_id).exists()
