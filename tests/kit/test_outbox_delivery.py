"""Facts are kept with the change, delivered at least once, retried, and parked with their reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.db import transaction

from longzhong.kit import clock, outbox
from longzhong.kit.errors import Refused
from longzhong.kit.events import FACTS, REACTIONS, fact, on
from longzhong.kit.models import Delivery, Fact

AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@dataclass(frozen=True, kw_only=True)
class LampLit:
    lamp: int
    at: datetime


@pytest.fixture
def heard() -> Iterator[list[LampLit]]:
    rows: list[LampLit] = []
    fact(LampLit)

    @on(LampLit)
    def note(happened: LampLit) -> None:
        if happened.lamp < 0:
            raise Refused("broken_lamp", "灯坏了")
        rows.append(happened)

    yield rows
    del FACTS["LampLit"], REACTIONS[LampLit]


def test_a_fact_reaches_its_reaction_with_its_own_types(heard: list[LampLit]) -> None:
    outbox.tell(LampLit(lamp=1, at=AT))
    assert heard == []
    outbox.deliver_all()
    assert heard == [LampLit(lamp=1, at=AT)]


def test_a_fact_goes_with_its_transaction(heard: list[LampLit]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.tell(LampLit(lamp=1, at=AT))
        raise ZeroDivisionError
    assert not Fact.objects.exists()
    assert outbox.deliver_all() == 0


def test_a_failing_reaction_is_retried_then_parked_with_its_reason_and_can_be_sent_again(heard: list[LampLit]) -> None:
    outbox.tell(LampLit(lamp=-1, at=AT))
    for _ in range(outbox.MAX_ATTEMPTS):
        Delivery.objects.update(next_at=clock.real_now())
        outbox.deliver()
    row = Delivery.objects.get()
    assert (row.state, row.attempts) == (Delivery.PARKED, outbox.MAX_ATTEMPTS)
    assert row.error.startswith("broken_lamp")
    outbox.retry_parked(row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempts) == (Delivery.PENDING, 0)
    with pytest.raises(Refused, match="not_parked"):
        outbox.retry_parked(row.pk)


def test_one_failure_waits_before_it_is_tried_again(heard: list[LampLit]) -> None:
    outbox.tell(LampLit(lamp=-1, at=AT), LampLit(lamp=2, at=AT))
    outbox.deliver_all()
    assert [row.lamp for row in heard] == [2]
    assert Delivery.objects.get(state=Delivery.PENDING).next_at > clock.real_now()


@pytest.mark.django_db(transaction=True)
def test_telling_outside_a_transaction_is_a_programming_error(heard: list[LampLit]) -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        outbox.tell(LampLit(lamp=1, at=AT))


def test_a_reaction_is_told_only_of_the_facts_that_concern_it(heard: list[LampLit]) -> None:
    even: list[int] = []

    @on(LampLit, when=lambda happened: happened.lamp % 2 == 0)
    def note_even(happened: LampLit) -> None:
        even.append(happened.lamp)

    outbox.tell(*(LampLit(lamp=number, at=AT) for number in (1, 2, 3, 4)))
    assert Delivery.objects.filter(reaction__contains="note_even").count() == 2
    outbox.deliver_all(twice=True)
    assert even == [2, 4, 2, 4]
    assert [row.lamp for row in heard] == [1, 2, 3, 4, 1, 2, 3, 4]


def test_what_a_failed_reaction_wrote_is_gone_and_its_reason_is_kept(heard: list[LampLit]) -> None:
    @on(LampLit)
    def write_and_break(happened: LampLit) -> None:
        outbox.tell(LampLit(lamp=happened.lamp + 1, at=AT))
        raise ValueError(happened.lamp)

    outbox.tell(LampLit(lamp=1, at=AT))
    outbox.deliver_all()
    assert Fact.objects.count() == 1
    assert Delivery.objects.get(reaction__contains="write_and_break").error.startswith("ValueError @ write_and_break:")


def test_a_failure_isnt_noted_on_what_another_worker_has_heard_meanwhile(heard: list[LampLit]) -> None:
    outbox.tell(LampLit(lamp=-1, at=AT))
    late = Delivery.objects.select_related("fact").get()
    Delivery.objects.update(state=Delivery.DONE)
    try:
        raise Refused("broken_lamp", "灯坏了")
    except Refused as error:
        outbox._failed(late, error)
    assert Delivery.objects.get().state == Delivery.DONE
