"""What can be done with customers. Another app calls these; the rows that go in and come out are in `rules.rows`."""

from longzhong.register.customers.services.contacts import (
    ContactForm,
    end_contact,
    give_consent,
    set_contact,
    withdraw_consent,
)
from longzhong.register.customers.services.imports import keep_accounts
from longzhong.register.customers.services.marks import (
    PriorityForm,
    end_priority,
    mark_priority,
    move_account,
    set_tier,
    tag_account,
    untag_account,
)
from longzhong.register.customers.services.reveals import reveal
from longzhong.register.customers.services.rotation import reseal_some
from longzhong.register.customers.services.settling import settle_units

__all__ = [
    "ContactForm",
    "PriorityForm",
    "end_contact",
    "end_priority",
    "give_consent",
    "keep_accounts",
    "mark_priority",
    "move_account",
    "reseal_some",
    "reveal",
    "set_contact",
    "set_tier",
    "settle_units",
    "tag_account",
    "untag_account",
    "withdraw_consent",
]
