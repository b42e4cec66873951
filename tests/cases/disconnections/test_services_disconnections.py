"""Every step of a disconnection: its way, its refusals, two people at once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from longzhong.cases.disconnections import selectors, services
from longzhong.cases.disconnections.models import Arrears, Disconnection
from longzhong.cases.disconnections.rules import Given
from longzhong.cases.explanations import services as explanations
from longzhong.cases.explanations.models import Sheet
from longzhong.dispatch.matters import selectors as matters
from longzhong.register.customers import services as customers
from longzhong.register.customers.rules.priority import Basis, Grade
from longzhong.register.customers.services import PriorityForm
from longzhong.register.policies.services import change_policy
from tests.cases.disconnections.make import (
    ACT,
    DUE,
    HOUR,
    START,
    approve,
    bill,
    contact,
    crew,
    execute,
    given,
    key,
    leader,
    notice,
    owes,
    proposed,
    refused,
    security,
    submit,
    until,
    warn,
)
from tests.cases.hotline.make import SYSTEM, Hotline, a_case
from tests.dispatch.make import at
from tests.dispatch.workorders.make import photo

pytestmark = pytest.mark.django_db


def test_bills_are_kept_once_and_a_paid_one_stays_paid(here: Hotline) -> None:
    rows = [bill(1), bill(1, "2026-02", fen=100, due=date(2026, 3, 5)), bill(2)]
    kept = services.keep_arrears(rows=rows, by=SYSTEM, at=START)
    assert (kept.new, kept.changed, kept.same, kept.paid, kept.refused) == (3, 0, 0, 0, ())
    again = services.keep_arrears(rows=rows, by=SYSTEM, at=START)
    assert (again.new, again.same, again.paid) == (0, 3, 0)
    settled = services.keep_arrears(rows=[bill(1, paid=START), bill(2, fen=99)], by=SYSTEM, at=START)
    assert (settled.paid, settled.changed, settled.same) == (1, 1, 0)
    stale = services.keep_arrears(rows=[bill(1, fen=1)], by=SYSTEM, at=START)
    assert (stale.same, stale.changed) == (1, 0)
    assert Arrears.objects.get(account=here.accounts[1], bill="2026-01").paid_at == START
    assert selectors.owed(here.accounts[1]) == selectors.Owed(1, 100, date(2026, 3, 5))


def test_rows_that_do_not_fit_are_refused_with_their_number(here: Hotline) -> None:
    late = bill(1, "2026-03", paid=START + HOUR)
    rows = [replace(bill(1), account_code="9"), bill(1, fen=0), bill(1, " "), late, bill(2)]
    kept = services.keep_arrears(rows=rows, by=SYSTEM, at=START)
    assert [(one.number, one.code) for one in kept.refused] == [
        (1, "account_unknown"), (2, "amount_invalid"), (3, "bill_missing"), (4, "paid_in_future")
    ]  # fmt: skip
    assert kept.new == 1
    refused("not_allowed", services.keep_arrears, rows=rows, by=here.manager, at=START)
    mine = services.keep_arrears(rows=[bill(5)], by=here.head, at=START)
    assert [one.code for one in mine.refused] == ["account_unknown"], "another station's account"


def test_a_machine_proposes_once_whoever_is_overdue(here: Hotline) -> None:
    owes(1, bill(1), bill(2, due=date(2026, 2, 10)), bill(3, due=date(2026, 2, 9)))
    assert services.propose_due(by=SYSTEM, at=START) == 2, "20 days are not more than 20"
    assert services.propose_due(by=SYSTEM, at=START) == 0
    row = selectors.live_of(here.accounts[1])
    assert row and (row.state, row.owed_fen, row.due_on, row.number) == (
        "proposed",
        18650,
        DUE,
        f"TF20260302{row.pk:06}",
    )


def test_a_closed_account_or_one_without_debt_is_not_proposed(here: Hotline) -> None:
    owes(1)
    customers.move_account(account_id=here.accounts[1], verb="begin_closing", by=SYSTEM, at=START)
    customers.move_account(account_id=here.accounts[1], verb="close", by=SYSTEM, at=START)
    assert services.propose_due(by=SYSTEM, at=START) == 0
    refused("nothing_owed", services.propose, account_id=here.accounts[2], by=here.head, at=START)
    refused("not_found", services.propose, account_id=here.accounts[5], by=here.head, at=START)
    refused("not_allowed", services.propose, account_id=here.accounts[1], by=here.manager, at=START)


def test_what_a_person_cancelled_is_quiet_for_the_policys_days(here: Hotline) -> None:
    row = proposed(here)
    refused("words_missing", services.cancel, **given(row), by=here.head)
    services.cancel(**given(row, reason="签了分期还款"), by=here.head)
    assert services.propose_due(by=SYSTEM, at=START + timedelta(days=29)) == 0
    assert services.propose_due(by=SYSTEM, at=START + timedelta(days=31)) == 1


def test_two_proposals_at_once_are_one(here: Hotline) -> None:
    row = proposed(here)
    assert services.propose(account_id=here.accounts[1], by=here.head, at=START) == row.pk
    assert services.propose_once(account_id=here.accounts[1], key="same-key-1", by=here.head, at=START) == row.pk
    assert Disconnection.objects.count() == 1


def test_a_vain_try_opens_no_way_to_a_notice(here: Hotline) -> None:
    row = proposed(here)
    services.try_contact(**given(row, way="visit", note="家中无人"), by=here.manager)
    row.refresh_from_db()
    assert (row.state, row.tries, row.contacted_at) == ("proposed", 1, None)
    refused("wrong_state", notice, here, row)
    refused("way_missing", services.try_contact, **given(row), by=here.manager)


def test_contact_and_notice_need_their_evidence(here: Hotline) -> None:
    row = proposed(here)
    refused("words_missing", services.contact, **given(row, way="call"), by=here.head)
    refused("photo_missing", services.contact, **given(row, way="visit", note="在家"), by=here.head)
    early = given(row, way="call", note="忘了", moment=START - HOUR)
    refused("time_out_of_order", services.contact, **early, by=here.head)
    services.contact(**given(row, way="call", note="忘了缴"), by=here.head)
    refused("receipt_missing", services.notice, **given(row), photos=[photo()], by=here.head)
    refused("photo_missing", services.notice, **given(row, receipt="signed"), by=here.head)
    future = given(row, receipt="signed", moment=START + 9 * HOUR)
    refused("time_out_of_order", services.notice, **future, photos=[photo()], by=here.head)


def test_submit_and_approve_read_the_papers_anew(here: Hotline) -> None:
    row = until(here, notice)
    early = refused("overdue_too_short", submit, here, row, when=START + 4 * HOUR)
    assert early.facts["blocks"] == ["overdue_too_short", "notice_too_young"]
    assert "没有改动" in early.message
    submit(here, row)
    form = PriorityForm(grade=Grade.LONE_ELDER, from_on=START.date(), basis=Basis.AUTHORITY)
    mark = customers.mark_priority(account_id=row.account_id, mark=form, by=SYSTEM, at=START)
    refused("special_group", approve, here, row)
    customers.end_priority(priority_id=mark.pk, to_on=date(2026, 3, 5), by=SYSTEM, at=START)
    approve(here, row)


def test_an_important_customer_is_refused(here: Hotline) -> None:
    row = proposed(here, 4)
    contact(here, row)
    notice(here, row)
    refused("important_customer", submit, here, row)


@pytest.mark.parametrize(
    ("code", "stops"),
    [
        ("complaint.business.bill", True), ("application.meter", True), ("complaint.service.hall_attitude", True),
        ("enquiry.outage", False),
    ],
)  # fmt: skip
def test_an_open_dispute_of_the_account_stops_it_until_it_is_closed(here: Hotline, code: str, stops: bool) -> None:
    row = until(here, warn)
    a_case(here, code, "电费不对")
    if stops:
        refused("open_dispute", execute, here, row)
    else:
        execute(here, row)


def test_a_wanted_meter_test_stops_it(here: Hotline) -> None:
    row = until(here, warn)
    sheet = Sheet.objects.create(
        account_id=row.account_id,
        unit_id=row.unit_id,
        grid_id=row.grid_id,
        first_on=DUE,
        last_on=DUE,
        explained_at=START,
    )
    explanations.answer(sheet_id=sheet.pk, verb="ask_test", by=SYSTEM, at=START)
    refused("meter_test_wanted", execute, here, row)
    explanations.answer(sheet_id=sheet.pk, verb="accept", by=SYSTEM, at=START)
    execute(here, row)


def test_the_act_reads_hours_days_weather_and_the_last_word(here: Hotline) -> None:
    row = until(here, approve)
    refused("wrong_state", execute, here, row)
    refused("weekend", warn, here, row, when=at("2026-03-14 09:00"))
    refused("after_hours", warn, here, row, when=at("2026-03-11 20:00"))
    warn(here, row)
    refused("prestop_too_young", execute, here, row, when=ACT - timedelta(minutes=11))
    refused("prestop_too_old", execute, here, row, when=at("2026-03-12 09:30"))
    refused("photo_missing", execute, here, row, photos=[])
    cold = {
        "unit_id": here.county.station,
        "edition": "",
        "from_on": ACT.date(),
        "reason": "寒潮",
        "by": security(here),
    }
    change_policy(key="arrears.weather_pause", value=True, at=START, **cold)  # type: ignore[arg-type]
    refused("weather_pause", execute, here, row)


def test_nobody_approves_what_they_asked_for(here: Hotline) -> None:
    row = until(here, submit)
    both = here.county.actor("head", "leader")
    refused("own_request", services.approve, **given(row), by=both)
    refused("own_request", services.decline, **given(row, reason="x"), by=replace(both, user_id=77))
    refused("not_allowed", services.approve, **given(row), by=here.manager)
    refused("words_missing", services.decline, **given(row), by=leader(here))
    services.decline(**given(row, reason="先上门再谈一次"), by=leader(here))
    row.refresh_from_db()
    assert row.state == "noticed"


def test_only_whose_account_it_is(here: Hotline) -> None:
    row = proposed(here)
    stranger = here.county.actor("other", "station", units=(here.county.other_station,))
    refused("not_found", services.cancel, **given(row, reason="x"), by=stranger)
    refused("not_found", services.contact, **given(row, way="call", note="x"), by=here.county.li)


def test_a_repeated_post_acts_once(here: Hotline) -> None:
    row = until(here, warn)
    one = {"disconnection_id": row.pk, "given": Given(), "key": "the-same-key", "by": crew(here), "at": ACT}
    assert [services.take_step(verb="execute", photos=[photo()], **one) for _n in range(2)] == ["execute", "execute"]  # type: ignore[arg-type]
    assert len([step for step in matters.steps(selectors.label(row.pk)) if step.verb == "execute"]) == 1
    refused("no_such_move", services.take_step, verb="settle", **{**one, "key": key()})
