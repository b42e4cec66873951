"""The cached book: one small query a question, and never yesterday's rules."""

from dataclasses import dataclass

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from longzhong.register.policies import selectors
from longzhong.register.policies.models import Policy
from longzhong.register.policies.rules import PolicyMissing
from tests.register.org.make import DAY, City, city
from tests.register.policies.make import change, packs, security

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Load:
    heavy_pct: float = 1.0
    min_h: float = 1.0


@pytest.fixture
def place() -> City:
    packs()
    return city()


def test_questions_cost_one_or_two_queries(place: City, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    selectors.book()
    station = place.units["42060201"]
    with django_assert_num_queries(1):
        assert selectors.value("load.heavy_pct", day=DAY) == 80
    with django_assert_num_queries(2):
        assert selectors.limits(Load, "load", unit_id=station, day=DAY) == Load(80.0, 2.0)
    with django_assert_num_queries(2):
        found = selectors.limits_of_units(Load, "load", unit_ids=place.units.values(), day=DAY)
    assert found == dict.fromkeys(place.units.values(), Load(80.0, 2.0))


def test_a_change_is_seen_at_once_and_a_rolled_back_one_never(place: City) -> None:
    boss = security(place.units["42"])
    assert selectors.value("load.min_h", day=DAY) == 2
    try:
        with transaction.atomic():
            change("load.min_h", 9, by=boss)
            assert selectors.value("load.min_h", day=DAY) == 9
            raise InterruptedError
    except InterruptedError:
        pass
    assert selectors.value("load.min_h", day=DAY) == 2
    change("load.min_h", 4, by=boss)
    assert selectors.value("load.min_h", day=DAY) == 4


def test_another_process_reads_again_when_the_mark_changed(place: City) -> None:
    first = selectors.book()
    assert selectors.book() is first
    change("load.min_h", 4, by=security(place.units["42"]))
    assert selectors.book() is not first


def test_without_packs_limits_keep_their_defaults_and_values_are_missing() -> None:
    assert selectors.limits(Load, "load", day=DAY) == Load()
    with pytest.raises(PolicyMissing):
        selectors.value("load.min_h", day=DAY)


def test_a_unit_that_stood_nowhere_still_has_its_own_value(place: City) -> None:
    station = place.units["42060201"]
    change("load.min_h", 4, unit_id=station, by=security(place.units["42"]))
    Policy.objects.filter(unit=station).update(from_on=DAY.replace(year=2000))
    selectors.asking._kept = None
    assert selectors.value("load.min_h", unit_id=station, day=DAY.replace(year=2001)) == 4
