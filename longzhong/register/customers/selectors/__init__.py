"""Reads of customers. `visible_to` is the door; other apps get ids and dataclasses."""

from longzhong.register.customers.selectors.cards import Card, cards_of
from longzhong.register.customers.selectors.counts import (
    AccountCount,
    PriorityCount,
    account_ids,
    accounts_of_areas,
    accounts_of_meters,
    counts,
    priority_of_areas,
)
from longzhong.register.customers.selectors.detail import AccountDetail, ContactLine, account_detail
from longzhong.register.customers.selectors.door import visible_to
from longzhong.register.customers.selectors.lists import account_rows, of_group, of_place, towns
from longzhong.register.customers.selectors.search import find, matching

__all__ = [
    "AccountCount",
    "AccountDetail",
    "Card",
    "ContactLine",
    "PriorityCount",
    "account_detail",
    "account_ids",
    "account_rows",
    "accounts_of_areas",
    "accounts_of_meters",
    "cards_of",
    "counts",
    "find",
    "matching",
    "of_group",
    "of_place",
    "priority_of_areas",
    "towns",
    "visible_to",
]
