"""Whether a case lies inside a filing (报备范围): its customer, or its place; and its category, if the filing names any.

A customer's filing covers that customer wherever they call from; it never covers the neighbours. Ours (U).
"""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """What a filing is for. Nothing named in `categories`: all of them."""

    unit_id: int
    whole_unit: bool = False
    area_ids: frozenset[int] = frozenset()
    estates: frozenset[str] = frozenset()
    category_ids: frozenset[int] = frozenset()
    account_id: int | None = None
    phone_index: str = ""

    @property
    def names_customer(self) -> bool:
        return self.account_id is not None or bool(self.phone_index)

    @property
    def names_place(self) -> bool:
        return self.whole_unit or bool(self.area_ids) or bool(self.estates)


@dataclass(frozen=True)
class Spot:
    """Where a case lies: its category, area, the units above it, its account with estate, the keyed index of the phone."""

    category_id: int | None = None
    area_id: int | None = None
    unit_ids: Collection[int] = ()
    account_id: int | None = None
    estate: str = ""
    phone_index: str = ""


def covers(scope: Scope, spot: Spot) -> bool:
    """Whether the filing is about this case."""
    if scope.category_ids and spot.category_id not in scope.category_ids:
        return False
    if scope.names_customer:
        return _is_customer(scope, spot)
    return _is_place(scope, spot)


def _is_customer(scope: Scope, spot: Spot) -> bool:
    same_account = scope.account_id is not None and scope.account_id == spot.account_id
    return same_account or (bool(scope.phone_index) and scope.phone_index == spot.phone_index)


def _is_place(scope: Scope, spot: Spot) -> bool:
    if scope.whole_unit and scope.unit_id in spot.unit_ids:
        return True
    return spot.area_id in scope.area_ids or (bool(spot.estate) and spot.estate in scope.estates)
