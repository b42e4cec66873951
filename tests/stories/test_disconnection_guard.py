"""A disconnection that the guard refuses three times and a payment ends; and one that keeps every step and its clock.

Nothing is mocked; every fact is delivered twice.
"""

from datetime import timedelta

import pytest

from longzhong.cases.disconnections import selectors, services
from longzhong.cases.disconnections.models import Disconnection
from longzhong.cases.disconnections.rules import Given
from longzhong.cases.hotline.models import Case
from longzhong.dispatch.matters import selectors as matters
from longzhong.kit.outbox import deliver_all
from longzhong.register.customers import services as customers
from longzhong.register.customers.models import Priority
from longzhong.sensing.outages import selectors as outages
from tests.cases.disconnections.make import (
    ACT,
    START,
    approve,
    bill,
    contact,
    crew,
    execute,
    notice,
    proposed,
    refused,
    stopped,
    submit,
    town,
    until,
    warn,
)
from tests.cases.hotline.make import SYSTEM, a_case
from tests.dispatch.make import at

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_an_elder_then_a_dispute_then_a_holiday_and_at_last_a_payment() -> None:
    here = town()
    row = proposed(here, 3)  # 李秀兰, marked as an elder who lives alone
    contact(here, row)
    notice(here, row)
    refused("special_group", submit, here, row)

    mark = Priority.objects.get(account=row.account_id)
    customers.end_priority(priority_id=mark.pk, to_on=at("2026-03-10 00:00").date(), by=SYSTEM, at=ACT - DAY)
    submit(here, row)
    case = a_case(here, "complaint.business.bill", "这个月电费多算了", account=3, when=ACT - HOUR)
    deliver_all(twice=True)
    refused("open_dispute", approve, here, row)
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=ACT)  # its own story is told elsewhere
    approve(here, row)

    eve, holiday = at("2026-04-03 09:00"), at("2026-04-06 09:00")  # 清明节 4–6 April
    stale = refused("notice_too_old", warn, here, row, when=eve)
    assert stale.facts["blocks"] == ["notice_too_old", "holiday_eve"]
    last_day = at("2026-04-01 09:00")  # 30 days after the notice: the last day on which it holds
    warn(here, row, when=last_day)
    assert "holiday" in refused("notice_too_old", execute, here, row, when=holiday).facts["blocks"]

    services.keep_arrears(rows=[bill(3, paid=holiday)], by=SYSTEM, at=holiday + HOUR)
    row.refresh_from_db()
    assert (row.state, row.executed_at) == ("cancelled", None)
    refused("already_paid", execute, here, row, when=at("2026-04-08 09:30"))
    assert not stopped(row.account_id)
    assert services.propose_due(by=SYSTEM, at=holiday + DAY) == 0


def test_every_step_kept_then_off_paid_and_on_again_within_its_hours() -> None:
    here = town()
    row = until(here, execute)
    known = outages.known_of_account(here.desk, row.account_id, here.areas["A1"], ACT + HOUR)
    assert [stop.kind for stop in known.stops] == ["arrears"], "the desk sees why this customer has no power"

    paid = ACT + 2 * HOUR
    services.keep_arrears(rows=[bill(1, paid=paid)], by=SYSTEM, at=paid + HOUR)
    a_case(here, "application.reconnect", "已缴清，请复电", when=paid + HOUR)
    deliver_all(twice=True)
    services.reconnect(disconnection_id=row.pk, given=Given(), by=crew(here), at=paid + 5 * HOUR)
    services.reply(disconnection_id=row.pk, given=Given(note="电话告知已复电"), by=here.desk, at=paid + 6 * HOUR)

    row = Disconnection.objects.get()
    assert (row.state, row.paid_at, row.reconnected_at) == ("closed", paid, paid + 5 * HOUR)
    assert {card.name: card.verdict for card in matters.clock_cards(selectors.label(row.pk), paid + 6 * HOUR)} == {
        "reconnect": "met", "reply": "met",
    }  # fmt: skip
    verbs = [step.verb for step in reversed(matters.steps(selectors.label(row.pk)))]
    assert verbs == [
        "propose",
        "contact",
        "notice",
        "submit",
        "approve",
        "warn",
        "execute",
        "settle",
        "reconnect",
        "reply",
    ]
    assert outages.known_of_account(here.desk, row.account_id, here.areas["A1"], paid + 6 * HOUR).stops == ()
    assert row.proposed_at == START
