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
    standing_on,
)
from longzhong.register.customers.selectors.detail import AccountDetail, ContactLine, account_detail
from longzhong.register.customers.selectors.door import visible_to
from longzhong.register.customers.selectors.lists import account_rows, of_group, of_place, towns
from longzhong.register.customers.selectors.placing import (
    Placed,
    Seat,
    accounts_of_phone,
    meter_of,
    names_behind,
    phone_index,
    placed,
    seat_of,
)
from longzhong.register.customers.selectors.reaching import (
    Reach,
    ReachContact,
    account_states,
    audience,
    audience_size,
    codes_of,
    reachable,
)
from longzhong.register.customers.selectors.search import find, matching

__all__ = [
    "AccountCount",
    "AccountDetail",
    "Card",
    "ContactLine",
    "Placed",
    "PriorityCount",
    "Reach",
    "ReachContact",
    "Seat",
    "account_detail",
    "account_ids",
    "account_rows",
    "account_states",
    "accounts_of_areas",
    "accounts_of_meters",
    "accounts_of_phone",
    "audience",
    "audience_size",
    "cards_of",
    "codes_of",
    "counts",
    "find",
    "matching",
    "meter_of",
    "names_behind",
    "of_group",
    "of_place",
    "phone_index",
    "placed",
    "priority_of_areas",
    "reachable",
    "seat_of",
    "standing_on",
    "towns",
    "visible_to",
]
