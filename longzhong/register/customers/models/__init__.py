"""Customers as rows: the account and its meters, the people behind it, and what is known about its priority."""

from longzhong.register.customers.models.accounts import Account, AccountMeter
from longzhong.register.customers.models.marks import Priority, Standing, Tag
from longzhong.register.customers.models.people import Consent, Contact, Person

__all__ = ["Account", "AccountMeter", "Consent", "Contact", "Person", "Priority", "Standing", "Tag"]
