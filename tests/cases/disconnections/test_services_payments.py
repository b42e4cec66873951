"""Payments before, in and after the act; power back in time; editions that change nothing that runs."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from longzhong.cases.disconnections import selectors, services
from longzhong.cases.disconnections.models import Arrears
from longzhong.cases.disconnections.rules import BEFORE, DONE, Given, State
from longzhong.dispatch.matters import selectors as matters
from longzhong.kit.outbox import deliver_all
from longzhong.register.policies.services import change_policy
from tests.cases.disconnections.make import (
    ACT,
    HOUR,
    START,
    STEPS,
    bill,
    crew,
    execute,
    given,
    owes,
    pay,
    proposed,
    refused,
    security,
    stopped,
    until,
    warn,
)
from tests.cases.hotline.make import SYSTEM, Hotline, a_case
from tests.dispatch.make import at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("last", [None, *STEPS[:-1]], ids=lambda step: step.__name__ if step else "propose")
def test_a_payment_before_the_act_cancels_and_refuses_the_crew(here: Hotline, last: Callable[..., None] | None) -> None:
    row = until(here, last)
    assert row.state in BEFORE
    assert pay(here) == 1
    row.refresh_from_db()
    assert (row.state, row.paid_at, row.quiet_until_on) == (State.CANCELLED, ACT + HOUR, None)
    refused("already_paid", execute, here, row, when=ACT + 2 * HOUR)
    assert pay(here) == 0, "safe twice"


def test_a_payment_after_the_act_starts_the_clock_at_the_payment(here: Hotline) -> None:
    row = until(here, execute)
    assert stopped(row.account_id)
    paid = ACT + HOUR
    services.keep_arrears(rows=[bill(1, paid=paid)], by=SYSTEM, at=ACT + 3 * HOUR)
    row.refresh_from_db()
    assert (row.state, row.paid_at) == (State.RECONNECTING, paid)
    (clock,) = matters.clock_cards(selectors.label(row.pk), ACT + 3 * HOUR)
    assert (clock.name, clock.started_at, clock.due_at) == ("reconnect", paid, paid + 24 * HOUR)
    services.reconnect(disconnection_id=row.pk, given=Given(), by=crew(here), at=ACT + 5 * HOUR)
    assert not stopped(row.account_id)
    services.reply(disconnection_id=row.pk, given=Given(note="电话告知已复电"), by=here.desk, at=ACT + 6 * HOUR)
    row.refresh_from_db()
    assert (row.state, row.state in DONE) == ("closed", True)
    verdicts = {card.name: card.verdict for card in matters.clock_cards(selectors.label(row.pk), ACT + 6 * HOUR)}
    assert verdicts == {"reconnect": "met", "reply": "met"}


def test_the_southern_edition_has_twelve_hours_and_a_later_edition_moves_no_clock(here: Hotline) -> None:
    row = until(here, execute)
    change = {"unit_id": here.county.station, "edition": "", "reason": "换版", "by": security(here)}
    change_policy(key="edition", value="CSG", from_on=ACT.date(), at=ACT, **change)  # type: ignore[arg-type]
    pay(here)
    change_policy(key="edition", value="SG", from_on=date(2026, 3, 12), at=ACT + HOUR, **change)  # type: ignore[arg-type]
    (clock,) = matters.clock_cards(selectors.label(row.pk), at("2026-03-12 08:00"))
    assert clock.due_at == ACT + 13 * HOUR


def test_a_part_payment_leaves_the_rest_and_its_later_day(here: Hotline) -> None:
    owes(1, bill(1), bill(1, "2026-02", fen=100, due=date(2026, 3, 5)))
    row = until(here, warn)
    services.record_payment(account_id=row.account_id, paid_at=ACT, bills=["2026-01"], by=here.desk, at=ACT)
    row.refresh_from_db()
    assert (row.state, row.owed_fen, row.due_on) == ("warned", 100, date(2026, 3, 5))
    refused("overdue_too_short", execute, here, row)
    assert next(step.verb for step in matters.steps(selectors.label(row.pk))) == "part_paid"


def test_payments_have_their_door(here: Hotline) -> None:
    owes(1)
    one = {"account_id": here.accounts[1], "at": START}
    refused("not_allowed", services.record_payment, paid_at=START, by=here.manager, **one)
    refused("time_out_of_order", services.record_payment, paid_at=START + HOUR, by=here.desk, **one)
    refused(
        "not_found", services.record_payment, paid_at=START, by=here.head, **{**one, "account_id": here.accounts[5]}
    )
    assert services.pay_once(paid_at=START, key="pay-key-01", by=here.desk, **one) == 1  # type: ignore[arg-type]
    assert services.pay_once(paid_at=START, key="pay-key-01", by=here.desk, **one) == 1  # type: ignore[arg-type]


def test_a_payment_in_the_moment_of_the_proposal_is_found_by_the_job(here: Hotline) -> None:
    row = proposed(here)
    Arrears.objects.update(paid_at=START)  # as if it had committed between the reading and the proposal
    assert services.settle_paid(by=SYSTEM, at=START) == 1
    row.refresh_from_db()
    assert row.state == "cancelled" and services.settle_paid(by=SYSTEM, at=START) == 0


def test_who_asks_for_power_back(here: Hotline) -> None:
    row = until(here, execute)
    ask = {"account_id": row.account_id, "by": here.desk, "at": ACT + HOUR}
    refused("still_owing", services.reconnect_requested, **ask)
    refused("not_stopped", services.reconnect_requested, **{**ask, "account_id": here.accounts[2]})
    refused("not_found", services.reconnect_requested, **{**ask, "account_id": here.accounts[5], "by": here.head})
    assert services.hear_request(account_id=row.account_id, cause="", by=SYSTEM, at=ACT + HOUR) is False
    Arrears.objects.update(paid_at=ACT)  # the file says so before the disconnection heard of it
    case = a_case(here, "application.reconnect", "已缴清，请复电", when=ACT + HOUR)
    deliver_all(twice=True)
    row.refresh_from_db()
    assert row.state == "reconnecting"
    asked = [step for step in matters.steps(selectors.label(row.pk)) if step.verb == "asked_back"]
    assert [step.data["cause"] for step in asked] == [f"hotline.case:{case.pk}"]
    assert services.reconnect_requested(**{**ask, "at": ACT + 2 * HOUR}) == row.pk  # type: ignore[arg-type]


def test_power_back_though_not_paid(here: Hotline) -> None:
    row = until(here, execute)
    refused("words_missing", services.lift, **given(row), by=here.head)
    services.lift(disconnection_id=row.pk, given=Given(reason="家有危重病人"), by=here.head, at=ACT + HOUR)
    assert [card.name for card in matters.clock_cards(selectors.label(row.pk), ACT + HOUR)] == ["reconnect"]
    early = {"disconnection_id": row.pk, "given": Given(moment=ACT - HOUR), "by": crew(here), "at": ACT + HOUR}
    refused("time_out_of_order", services.reconnect, **early)
    services.reconnect(disconnection_id=row.pk, given=Given(), by=crew(here), at=ACT + 2 * HOUR)
    services.reply(disconnection_id=row.pk, given=Given(note="已告知"), by=here.head, at=ACT + 3 * HOUR)
    assert services.propose_due(by=SYSTEM, at=ACT + timedelta(days=2)) == 0, "quiet for a while"
