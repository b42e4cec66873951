"""How many customers stand behind an area or a unit, and how many of them need special care."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from longzhong.register.customers.models import Account, AccountMeter, Priority
from longzhong.register.customers.rules.accounts import AccountState
from longzhong.register.customers.rules.priority import Group

STANDING = (AccountState.ACTIVE, AccountState.CLOSING)


@dataclass(frozen=True)
class PriorityCount:
    """Accounts in use that are 重要, 敏感, of a 特殊群体; one account may count in several."""

    important: int = 0
    sensitive: int = 0
    special: int = 0

    @property
    def total(self) -> int:
        return self.important + self.sensitive + self.special


@dataclass(frozen=True)
class AccountCount:
    """Accounts of a unit by state."""

    active: int = 0
    closing: int = 0
    closed: int = 0
    demolished: int = 0

    @property
    def standing(self) -> int:
        return self.active + self.closing


def priority_of_areas(area_ids: Collection[int], day: date) -> dict[int, PriorityCount]:
    """Priority customers behind each area that has any; one query."""
    rows = Priority.objects.on(day).filter(account__area__in=area_ids, account__state__in=STANDING)
    found: dict[int, dict[str, int]] = {}
    for area, group, count in rows.values_list("account__area", "group").annotate(Count("account", distinct=True)):
        found.setdefault(area, {})[Group(group).value] = count
    return {area: PriorityCount(**counts) for area, counts in found.items()}


def accounts_of_areas(area_ids: Collection[int]) -> dict[int, int]:
    """Accounts in use behind each area that has any; one query."""
    rows = Account.objects.filter(area__in=area_ids, state__in=STANDING)
    return dict(rows.values_list("area").annotate(Count("id")))


def counts(unit_ids: Collection[int]) -> dict[int, AccountCount]:
    """Accounts of each unit that has any, by state; one query. Sum over a subtree of org for the units above."""
    rows = Account.objects.filter(unit__in=unit_ids).values_list("unit", "state").annotate(Count("id"))
    found: dict[int, dict[str, int]] = {}
    for unit, state, count in rows:
        found.setdefault(unit, {})[state] = count
    return {unit: AccountCount(**states) for unit, states in found.items()}


def standing_on(unit_ids: Collection[int], day: date) -> dict[int, int]:
    """Accounts in use at the end of a day, of each unit that had any; one query.

    From the days when they were opened and closed; who has none counts as having been there, who was closed on an unknown day as
    gone. The unit is today's: where an account belonged earlier isn't kept.
    """
    opened = Q(opened_on__isnull=True) | Q(opened_on__lte=day)
    there = Q(state__in=STANDING) | Q(state_on__gt=day)
    rows = Account.objects.filter(opened, there, unit__in=unit_ids).values_list("unit").annotate(Count("id"))
    return dict(rows)


def account_ids(codes: Collection[str]) -> dict[str, int]:
    """Account ids by 户号; unknown ones are missing."""
    return dict(Account.objects.filter(code__in=codes).values_list("code", "id"))


def accounts_of_meters(codes: Collection[str], day: date) -> dict[str, int]:
    """Meter code → the account that it measured on the day."""
    rows = AccountMeter.objects.on(day).filter(meter_code__in=codes)
    return dict(rows.values_list("meter_code", "account_id"))
