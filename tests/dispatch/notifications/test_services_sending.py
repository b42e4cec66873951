"""Claim, call, settle: failures, failover, slots, buckets, what is too late."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from longzhong.dispatch.notifications import selectors, services
from longzhong.dispatch.notifications.gateways import Outcome
from longzhong.dispatch.notifications.models import Message, Provider
from longzhong.dispatch.notifications.rules import our_id
from longzhong.kit import clock
from longzhong.register.customers import services as customer_services
from tests.dispatch.make import SYSTEM, County
from tests.dispatch.notifications import make
from tests.dispatch.notifications.make import NOON, Fake, GiveUp, TryAgain, later, queued

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates")]


def test_sent_messages_carry_our_number(county: County) -> None:
    make.a_provider()
    notice = queued(county)
    fake = Fake()
    make.send(fake)
    notice.refresh_from_db()
    assert (notice.state, make.states(notice)) == ("done", {"sent": 4})
    row = Message.objects.order_by("id").first()
    assert row is not None
    assert fake.got[0].our_id == our_id(notice.token, row.pk)
    assert (row.provider_ref, row.attempts, row.parts) == ("R1", 1, 2)
    assert notice.counts["sent"] == 4


def test_the_claim_is_committed_before_anybody_is_called(county: County) -> None:
    make.a_provider()
    queued(county)
    seen = []

    def look(_one: Any) -> Outcome:
        seen.append(set(Message.objects.values_list("state", flat=True)))
        return Outcome.SENT

    make.send(Fake(look))
    assert seen[0] == {"claimed"}


def test_a_refused_message_fails_with_the_code(county: County) -> None:
    make.a_provider()
    notice = queued(county)
    make.send(Fake(lambda one: Outcome.REFUSED if one.address.endswith("0") else Outcome.SENT))
    assert make.states(notice) == {"sent": 3, "failed": 1}
    (line,) = selectors.reasons(notice.pk, services.receipts.MessageState.FAILED)
    assert (line.reason, line.words, line.messages) == ("x1", "通道返回 x1", 1)


def test_try_again_rests_and_then_the_next_provider_takes_over(county: County) -> None:
    first, second = make.a_provider("a", attempts_most=2), make.a_provider("b", place=2)
    notice = queued(county, 2)
    busy = Fake(lambda _one: Outcome.AGAIN)
    make.send(busy)
    assert make.states(notice) == {"queued": 2}, "it rests"
    later()
    make.send(busy, rounds=1)
    rows = list(Message.objects.values_list("state", "passed", "attempts"))
    assert [one[:2] for one in rows] in ([("queued", [first])] * 2, [("claimed", [first])] * 2)
    later()
    make.send(Fake())
    assert set(Message.objects.values_list("state", "provider")) == {("sent", second)}


def test_without_another_provider_it_failed(county: County) -> None:
    make.a_provider(attempts_most=1)
    notice = queued(county, 2)
    make.send(Fake(lambda _one: Outcome.AGAIN))
    notice.refresh_from_db()
    assert (notice.state, make.states(notice)) == ("done", {"failed": 2})
    assert set(Message.objects.values_list("reason", flat=True)) == {"exhausted"}


@pytest.mark.parametrize("trouble", [TryAgain("unreachable"), GiveUp("login")])
def test_a_provider_that_is_down_rests_and_loses_nothing(county: County, trouble: Exception) -> None:
    down, up = make.a_provider("a"), make.a_provider("b", place=2)
    notice = queued(county, 3)

    def say(one: Any) -> Outcome | Exception:
        held = Message.objects.get(pk=one.id)
        return trouble if held.provider_id == down else Outcome.SENT

    for _ in range(4):
        make.send(Fake(say), rounds=1)
        later()
    row = Provider.objects.get(pk=down)
    assert row.failures == 3
    assert row.down_until is not None
    assert row.down_until > clock.real_now()
    assert make.states(notice) == {"sent": 3}
    assert set(Message.objects.values_list("provider", "attempts")) == {(up, 1)}


def test_a_fault_of_ours_neither_loses_nor_doubles(county: County) -> None:
    make.a_provider()
    notice = queued(county, 3)
    said: Iterator[Outcome | Exception] = iter([Outcome.SENT, ZeroDivisionError(), Outcome.SENT])
    make.send(Fake(lambda _one: next(said)))
    assert make.states(notice) == {"sent": 1, "uncertain": 2}


@pytest.mark.parametrize("verb", ["begin_closing", "demolish"])
def test_an_account_that_closes_before_the_sending_gets_none(county: County, verb: str) -> None:
    ids = make.accounts(county, 2)
    notice = make.queue(make.compose(county, make.to_accounts(ids)))
    customer_services.move_account(account_id=ids[0], verb=verb, by=SYSTEM, at=NOON)
    make.a_provider()
    make.send(Fake())
    gone = verb == "demolish"
    assert make.states(notice) == ({"skipped": 1, "sent": 1} if gone else {"sent": 2})
    assert make.skips(notice) == (["account_demolished"] if gone else [])


def test_the_values_of_an_account_that_is_gone_are_left_out(county: County) -> None:
    ids = [make.accounts(county, 1, first=n, phone="13800138001")[0] for n in (1, 2)]
    make.queue(make.compose(county, make.to_accounts(ids)))
    customer_services.move_account(account_id=ids[0], verb="demolish", by=SYSTEM, at=NOON)
    make.a_provider()
    fake = Fake()
    make.send(fake)
    assert "涉及户号****0002。" in fake.got[0].text


def test_the_most_urgent_batch_goes_first(county: County) -> None:
    make.a_template(code="urgent", purpose="emergency")
    make.a_provider(rate_per_s=1.0)
    queued(county, 1)
    urgent = queued(county, 1, template="urgent")
    make.send(Fake(), rounds=1)
    assert make.states(urgent) == {"sent": 1}


def test_a_bucket_is_one_for_all_workers(county: County) -> None:
    provider = make.a_provider(rate_per_s=10.0)
    queued(county, 50)
    taken = [services.claim_batch(provider_id=provider, by=SYSTEM, at=NOON) for _ in range(3)]
    assert [len(one.ids) if one else 0 for one in taken] == [10, 0, 0]


def test_too_late_is_failed_not_sent(county: County) -> None:
    make.a_provider()
    notice = queued(county, 2, send_until=NOON + timedelta(hours=1))
    fake = Fake()
    make.send(fake, NOON + timedelta(hours=2))
    assert not fake.got
    services.settle_uncertain(by=SYSTEM, at=NOON + timedelta(hours=2), opener=fake)
    notice.refresh_from_db()
    assert (notice.state, make.states(notice)) == ("done", {"failed": 2})


def test_sending_slots_are_few_and_come_back() -> None:
    with services.sending_slot() as mine:
        assert mine
    with services.sending_slot() as again:
        assert again
