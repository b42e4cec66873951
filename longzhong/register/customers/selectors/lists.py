"""The list of accounts and what narrows it."""

from datetime import date

from django.db.models import QuerySet

from longzhong.kit.actor import Actor
from longzhong.register.customers.models import Account, Priority
from longzhong.register.customers.rules.places import bigrams, normal_place
from longzhong.register.customers.selectors.door import visible_to

MOST_TOWNS = 200


def account_rows(actor: Actor) -> QuerySet[Account]:
    """Visible accounts in the order of their places, with what a card needs."""
    return visible_to(actor).select_related("unit", "area").order_by("unit_id", "town", "estate", "code", "id")


def towns(actor: Actor) -> list[str]:
    """The towns in which the actor sees accounts."""
    rows = visible_to(actor).exclude(town="").order_by("town").values_list("town", flat=True).distinct()
    return list(rows[:MOST_TOWNS])


def of_place(rows: QuerySet[Account], text: str) -> QuerySet[Account]:
    """Accounts whose plain address holds a fragment."""
    place = normal_place(text)
    grams = list(bigrams(place))
    if grams:
        rows = rows.filter(grams__contains=grams)
    return rows.filter(place__contains=place)


def of_group(rows: QuerySet[Account], group: str, day: date) -> QuerySet[Account]:
    """Accounts that are important, sensitive or of a special group on a day."""
    return rows.filter(pk__in=Priority.objects.on(day).filter(group=group).values("account"))
