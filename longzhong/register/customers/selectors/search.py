"""One box finds a customer by number, place, name, or a bit of each; everything personal by keyed index only."""

import operator
from functools import reduce
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.texts import clean_text
from longzhong.register.customers.models import Account, AccountMeter, Contact
from longzhong.register.customers.rules.numbers import is_id_number
from longzhong.register.customers.rules.queries import Number, Reading, as_number, readings, split_places
from longzhong.register.customers.selectors.cards import Card, cards_of
from longzhong.register.customers.selectors.door import visible_to

MOST_FOUND = 50
MOST_BY_NUMBER = 200
PREFIX_FROM = 5  # a shorter beginning of a 户号 says nothing
LONGEST_SEARCH = 2_000


def find(actor: Actor, text: str, limit: int = MOST_FOUND) -> list[Card]:
    """The accounts that a text most likely means, best first, masked. At most seven queries."""
    return cards_of(actor, matching(actor, text)[:limit])


def matching(actor: Actor, text: str) -> QuerySet[Account]:
    """Visible accounts that a text can mean, with `weight`, best first; none for a text without meaning."""
    plain = clean_text(text, LONGEST_SEARCH)
    accounts = visible_to(actor).select_related("unit", "area")
    number = as_number(plain)
    if number is not None:
        rows = _ranked(accounts, _by_number(number))
        if rows.exists():
            return rows
    rows = _ranked(accounts, _by_meaning(readings(plain)))
    if not rows.exists():
        rows = _ranked(accounts, _by_meaning(split_places(plain)))
    return rows


def _ranked(accounts: QuerySet[Account], choices: list[tuple[Q, int]]) -> QuerySet[Account]:
    if not choices:
        return accounts.none()
    weight = Case(*(When(q, then=Value(points)) for q, points in choices), output_field=IntegerField())
    anyone = reduce(operator.or_, (q for q, _points in choices))
    return accounts.filter(anyone).annotate(weight=weight).order_by("-weight", "town", "estate", "code", "id")


def _by_number(number: Number) -> list[tuple[Q, int]]:
    """户号, phone, meter and identity number, in this order. Each part is a short list of ids from its own index."""
    choices = [(Q(code=number.code), 9)]
    if by_phone := _first(Contact.objects.filter(phone_index=vault.index(number.phone, "phone"), ended_on=None)):
        choices.append((Q(pk__in=by_phone), 8))
    if by_meter := _first(AccountMeter.objects.filter(meter_code=number.code, to_on=None)):
        choices.append((Q(pk__in=by_meter), 7))
    if is_id_number(number.code):
        index = vault.index(number.code, "id_number")
        choices.append((Q(pk__in=_first(Contact.objects.filter(person__id_index=index, ended_on=None))), 8))
    if len(number.code) >= PREFIX_FROM:
        choices.append((Q(code__startswith=number.code), 1))
    return choices


def _first(rows: QuerySet[Any]) -> list[int]:
    return list(rows.order_by("id").values_list("account_id", flat=True)[:MOST_BY_NUMBER])


def _by_meaning(meanings: tuple[Reading, ...]) -> list[tuple[Q, int]]:
    choices = []
    for meaning in meanings:
        condition = Q()
        if grams := list(meaning.grams):
            condition &= Q(grams__contains=grams)
        if meaning.parts:
            condition &= Q(tokens__contains=[vault.index_number(text, kind) for kind, text in meaning.parts])
        for place in meaning.places:
            condition &= Q(place__contains=place)
        choices.append((condition, meaning.weight))
    return choices


def one_account(actor: Actor, account_id: int) -> Account:
    """One visible account with unit and area; Refused not_found."""
    account = visible_to(actor).select_related("unit", "area").filter(pk=account_id).first()
    if account is None:
        raise Refused("not_found", "没有这一户，或不在您的管辖范围内。")
    return account
