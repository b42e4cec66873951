"""What becomes of messages that were cut off: uncertain ones, receipts, forgetting; and that every one is counted once."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from longzhong.dispatch.notifications import selectors, services
from longzhong.dispatch.notifications.gateways import Back, Known, Outcome
from longzhong.dispatch.notifications.models import Covered, Message, Notice, Provider, Receipt
from longzhong.dispatch.notifications.rules import Heard, Interrupted, Kind, our_id
from longzhong.dispatch.notifications.services import NewReceipt
from longzhong.dispatch.notifications.services.wording import ack_code
from longzhong.kit.errors import Refused
from tests.dispatch.make import SYSTEM, County
from tests.dispatch.notifications import make
from tests.dispatch.notifications.make import NOON, Fake, TryAgain, later, queued

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates")]


def test_a_killed_worker_leaves_uncertain_messages(county: County) -> None:
    provider = make.a_provider()
    notice = queued(county, 3)
    claimed = services.claim_batch(provider_id=provider, by=SYSTEM, at=NOON)
    assert claimed is not None
    services.settle_uncertain(by=SYSTEM, at=NOON, opener=Fake())
    assert make.states(notice) == {"claimed": 3}, "its lease isn't over"
    later()
    fake = Fake()
    services.settle_uncertain(by=SYSTEM, at=NOON, opener=fake)
    assert make.states(notice) == {"uncertain": 3}, "nobody can tell and the template holds"
    assert len(fake.asked) == 3
    notice.refresh_from_db()
    assert notice.state == "done"
    make.send(fake)
    assert not fake.got


@pytest.mark.parametrize(
    ("known", "interrupted", "then"),
    [
        (Known.HAS, Interrupted.HOLD, "sent"), (Known.HAS, Interrupted.RESEND, "sent"), (Known.NEVER, Interrupted.HOLD, "queued"),
        (Known.NEVER, Interrupted.RESEND, "queued"), (Known.CANT_SAY, Interrupted.HOLD, "uncertain"),
        (Known.CANT_SAY, Interrupted.RESEND, "queued"),
    ],
)  # fmt: skip
def test_what_becomes_of_a_cut_off_call(county: County, known: Known, interrupted: Interrupted, then: str) -> None:
    make.a_template(interrupted=interrupted)
    provider = make.a_provider()
    notice = queued(county, 1)
    services.claim_batch(provider_id=provider, by=SYSTEM, at=NOON)
    later()
    services.settle_uncertain(by=SYSTEM, at=NOON, opener=Fake(known=known))
    assert make.states(notice) == {then: 1}
    make.send(Fake())
    assert make.states(notice) == {"uncertain" if then == "uncertain" else "sent": 1}


def test_a_slow_worker_still_knows_better_than_the_sweep(county: County) -> None:
    provider = make.a_provider()
    notice = queued(county, 1)
    claimed = services.claim_batch(provider_id=provider, by=SYSTEM, at=NOON)
    assert claimed is not None
    later()
    services.settle_uncertain(by=SYSTEM, at=NOON, opener=Fake())
    done = [services.settling.Result(claimed.ids[0], Outcome.SENT, ref="R9")]
    services.settle_batch(claimed=claimed, results=done, parts={}, trouble="", by=SYSTEM, at=NOON)
    assert make.states(notice) == {"sent": 1}


def test_a_claim_that_was_given_to_another_settles_nothing(county: County) -> None:
    make.a_template(interrupted=Interrupted.RESEND)
    provider = make.a_provider()
    notice = queued(county, 1)
    old = services.claim_batch(provider_id=provider, by=SYSTEM, at=NOON)
    later()
    services.settle_uncertain(by=SYSTEM, at=NOON, opener=Fake())
    new = services.claim_batch(provider_id=provider, by=SYSTEM, at=NOON)
    assert old is not None and new is not None
    lost = [services.settling.Result(old.ids[0], Outcome.REFUSED, code="late")]
    services.settle_batch(claimed=old, results=lost, parts={}, trouble="", by=SYSTEM, at=NOON)
    assert make.states(notice) == {"claimed": 1}


def test_a_person_may_send_uncertain_ones_again(county: County) -> None:
    make.a_provider()
    notice = queued(county, 2)
    make.send(Fake(lambda _one: Outcome.UNKNOWN))
    notice.refresh_from_db()
    assert (notice.state, make.states(notice)) == ("done", {"uncertain": 2})
    assert services.resend_uncertain(notice_id=notice.pk, by=county.head, at=NOON) == 2
    make.send(Fake())
    assert make.states(notice) == {"sent": 2}
    with pytest.raises(Refused, match="nothing_uncertain"):
        services.resend_uncertain(notice_id=notice.pk, by=county.head, at=NOON)


def test_what_was_cancelled_while_it_was_on_its_way_does_not_come_back(county: County) -> None:
    provider = make.a_provider()
    notice = queued(county, 3)
    claimed = services.claim_batch(provider_id=provider, by=SYSTEM, at=NOON)
    assert claimed is not None
    services.cancel_notice(notice_id=notice.pk, reason="改期", by=SYSTEM, at=NOON)
    outcomes = (Outcome.SENT, Outcome.AGAIN, Outcome.NOT_BEGUN)
    results = [services.settling.Result(one, outcome) for one, outcome in zip(claimed.ids, outcomes, strict=True)]
    services.settle_batch(claimed=claimed, results=results, parts={}, trouble="", by=SYSTEM, at=NOON)
    assert make.states(notice) == {"sent": 1, "cancelled": 2}


def test_receipts_by_either_number_twice_and_too_early(county: County) -> None:
    provider = make.a_provider()
    notice = queued(county, 3)
    early = NewReceipt(Heard.DELIVERED, NOON, ref="R2")
    assert services.record_receipts(provider_id=provider, receipts=[early, early], by=SYSTEM, at=NOON) == 0
    make.send(Fake())
    first = Message.objects.order_by("id").first()
    assert first is not None
    mine = NewReceipt(Heard.DELIVERED, NOON, our=our_id(notice.token, first.pk))
    forged = NewReceipt(Heard.DELIVERED, NOON, our=our_id("00000000", first.pk))
    for _ in range(2):
        assert services.record_receipts(provider_id=provider, receipts=[mine, forged], by=SYSTEM, at=NOON) == 1
    assert services.match_receipts(by=SYSTEM, at=NOON) == 1
    assert Receipt.objects.filter(message__isnull=False).count() == 2
    (line,) = selectors.reach(notice.pk)
    assert (line.queued, line.sent, line.delivered, line.acknowledged, line.parts) == (3, 3, 2, 0, 6)


def test_receipts_that_come_over_the_line_itself(county: County) -> None:
    make.a_provider()
    notice = queued(county, 1)
    make.send(Fake(back=[Back("R1", "delivered", "000", NOON)]))
    assert selectors.reach(notice.pk)[0].delivered == 1
    pk = make.a_provider(
        "smpp", Kind.SMS_SMPP, place=3, settings={"host": "h", "port": "1", "system_id": "s", "source": "1"}
    )
    Message.objects.update(provider=pk, provider_ref="R1")
    Receipt.objects.all().delete()
    assert services.Sender(Fake(back=[Back("R1", "failed", "001", NOON)])).listen(by=SYSTEM, at=NOON) == 1


def test_an_uncertain_message_that_is_heard_of_was_sent(county: County) -> None:
    provider = make.a_provider()
    notice = queued(county, 1)
    make.send(Fake(lambda _one: Outcome.UNKNOWN))
    row = Message.objects.get()
    heard = [NewReceipt(Heard.DELIVERED, NOON, our=our_id(notice.token, row.pk))]
    services.record_receipts(provider_id=provider, receipts=heard, by=SYSTEM, at=NOON)
    assert make.states(notice) == {"sent": 1}


def test_a_recipient_acknowledges_by_code(county: County) -> None:
    make.a_provider()
    notice = queued(county, 1)
    fake = Fake()
    make.send(fake)
    row = Message.objects.get()
    code = ack_code(notice.token, row.pk)
    assert code in fake.got[0].text
    for _ in range(2):
        assert services.acknowledge(code=code, by=SYSTEM, at=NOON) == row.pk
    assert selectors.reach(notice.pk)[0].acknowledged == 1
    for wrong in ("", "x", f"{code[:-1]}0" if code[-1] != "0" else f"{code[:-1]}1", our_id(notice.token, row.pk)):
        with pytest.raises(Refused, match="ack_unknown"):
            services.acknowledge(code=wrong, by=SYSTEM, at=NOON)


def test_addresses_and_values_are_forgotten_counts_stay(county: County) -> None:
    make.a_template(retention_days=30)
    ids = make.accounts(county, 2)
    notice = make.queue(make.compose(county, make.to_accounts(ids)))
    make.a_provider()
    make.send(Fake())
    assert services.erase_old(by=SYSTEM, at=NOON + timedelta(days=29)) == 0
    assert services.erase_old(by=SYSTEM, at=NOON + timedelta(days=30)) == 1
    assert services.erase_old(by=SYSTEM, at=NOON + timedelta(days=31)) == 0
    kept = set(Message.objects.values_list("address_sealed", "address_index", "params_sealed"))
    assert kept == {("", "", "")}
    assert set(Covered.objects.values_list("params_sealed", flat=True)) == {""}
    assert selectors.counts(notice.pk).sent == 2


OUTCOMES = st.sampled_from([Outcome.SENT, Outcome.AGAIN, Outcome.REFUSED, Outcome.UNKNOWN, Outcome.NOT_BEGUN])


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("send"), st.lists(OUTCOMES, min_size=1, max_size=6)),
        st.tuples(st.just("kill"), st.just([])),
        st.tuples(st.just("sweep"), st.sampled_from([[Known.HAS], [Known.NEVER], [Known.CANT_SAY]])),
        st.tuples(st.just("later"), st.just([])),
        st.tuples(st.just("cancel"), st.just([])),
        st.tuples(st.just("resend"), st.just([])),
        st.tuples(st.just("trouble"), st.just([])),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(steps=STEPS)
def test_every_message_is_counted_once_whatever_happens(county: County, steps: list[tuple[str, list[Any]]]) -> None:
    """queued = waiting + on their way + sent + failed + uncertain; at the end nothing waits or is on its way."""
    provider = make.a_provider(attempts_most=2)
    make.a_provider("b", place=2, attempts_most=2)
    notice = queued(county, 5)
    for verb, said in steps:
        take(notice, provider, verb, said)
        told = selectors.counts(notice.pk)
        assert told.total == 5
        assert told.queued == told.waiting + told.claimed + told.settled
    for _ in range(4):
        later()
        services.settle_uncertain(by=SYSTEM, at=NOON, opener=Fake())
        Provider.objects.update(tokens=100, down_until=None)
        make.send(Fake(), rounds=3)
    notice.refresh_from_db()
    told = selectors.counts(notice.pk)
    assert notice.state in {"done", "cancelled"}
    assert (told.waiting, told.claimed) == (0, 0)
    assert told.queued == told.sent + told.failed + told.uncertain
    Message.objects.all().delete()


def take(notice: Notice, provider: int, verb: str, said: list[Any]) -> None:
    if verb == "send":
        said = list(said)
        make.send(Fake(lambda _one: said.pop() if said else Outcome.SENT), rounds=1)
    elif verb == "kill":
        services.claim_batch(provider_id=provider, by=SYSTEM, at=NOON)
    elif verb == "sweep":
        services.settle_uncertain(by=SYSTEM, at=NOON, opener=Fake(known=said[0]))
    elif verb == "later":
        later()
    elif verb == "trouble":
        make.send(Fake(lambda _one: TryAgain("down")), rounds=1)
    elif verb == "cancel":
        if Notice.objects.get(pk=notice.pk).state in {"queued", "sending"}:
            services.cancel_notice(notice_id=notice.pk, reason="改期", by=SYSTEM, at=NOON)
    elif selectors.counts(notice.pk).uncertain and Notice.objects.get(pk=notice.pk).state != "cancelled":
        services.resend_uncertain(notice_id=notice.pk, by=SYSTEM, at=NOON)
