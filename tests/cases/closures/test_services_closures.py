"""A closure from a spoken wish to the legal end, and every way in which a step is refused."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from longzhong.cases.closures import selectors, services
from longzhong.cases.closures.models import Closure, ClosurePaper
from longzhong.cases.closures.rules import Given, Ground, Kind, NewClosure, State
from longzhong.cases.hotline import selectors as cases
from longzhong.dispatch.matters import selectors as matters
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.customers import selectors as customers
from longzhong.register.customers import services as customer_services
from longzhong.register.org.models import Post
from longzhong.register.policies.services import change_policy
from tests.cases.closures.make import (
    DAY,
    LATER,
    MORNING,
    READ,
    SYSTEM,
    Hotline,
    begun,
    key,
    photo,
    refused,
    taken_to,
)
from tests.cases.hotline.make import a_case

pytestmark = pytest.mark.django_db


def state_of(here: Hotline, account: int = 1) -> str:
    return customers.account_states([here.accounts[account]])[here.accounts[account]]


def policy(key: str, value: Any) -> None:
    change_policy(
        key=key, value=value, unit_id=None, edition="", reason="试行", from_on=DAY, by=SYSTEM, at=MORNING
    )  # fmt: skip


def live_clocks(row: Closure) -> dict[str, date]:
    cards = matters.clock_cards(selectors.label(row.pk), LATER)
    return {card.name: civil_day(card.due_at) for card in cards if card.is_live and card.due_at}


def test_the_whole_way_to_the_legal_end(hotline: Hotline) -> None:
    row = taken_to(hotline, State.CLOSED)
    assert (row.state, row.kind, row.ground) == (State.CLOSED, Kind.CLOSE_RESIDENT, Ground.OWN)
    assert (row.kwh, row.removed, row.final_fen, row.receipt) == (Decimal("1234.50"), True, 1234, "PJ001")
    assert row.number == f"XH20260302{row.pk:06d}"
    assert state_of(hotline) == "closed"
    assert live_clocks(row) == {}
    assert (row.next_on, row.closed_at) == (None, LATER)
    verbs = [step.verb for step in reversed(matters.steps(selectors.label(row.pk)))]
    assert verbs == ["begin", "tell", "apply", "bring", "pass_on", "read", "settle", "close"]


def test_a_spoken_wish_is_kept_and_is_never_a_closure(hotline: Hotline) -> None:
    row = begun(hotline, channel="verbal", note="来打印发票时说要销户，没有带身份证")
    assert (row.state, row.shown, row.applied_at) == (State.WISHED, "", None)
    assert state_of(hotline) == "closing"
    who = {"closure_id": row.pk, "by": hotline.desk, "at": LATER}
    for act in (services.pass_on, services.read, services.settle, services.close):
        refused("wrong_state", act, given=READ, **who)
    assert live_clocks(row) == {"contact": date(2026, 3, 10)}  # seven days after the 2nd, to the end of the 9th
    assert row.next_on == date(2026, 3, 9)
    telling = row.tellings.get()
    assert telling.codes == ["identity", "authority", "account"]
    assert (telling.way, telling.number) == ("hall", f"GZ20260302{telling.pk:06d}")


def test_the_policy_says_whether_a_wish_marks_the_account(hotline: Hotline) -> None:
    policy("closure.wish_marks", False)
    row = begun(hotline)
    assert state_of(hotline) == "active"
    services.accept(closure_id=row.pk, given=Given(shown="identity"), by=hotline.desk, at=LATER)
    assert state_of(hotline) == "closing"


def test_one_document_is_enough_and_the_rest_is_committed_to(hotline: Hotline) -> None:
    row = begun(hotline, shown="identity", agent=True)
    assert row.state == State.DOCUMENTS
    assert selectors.missing_of(row.pk) == ("authority", "account")
    who = {"closure_id": row.pk, "by": hotline.desk, "at": LATER}
    refused("papers_missing", services.pass_on, given=Given(), **who)
    services.pass_on(given=Given(signed=True), **who)
    services.read(given=READ, uploads=[photo()], **who)
    services.settle(given=Given(yuan="0"), **who)
    refused("papers_open", services.close, given=Given(), **who)
    refused("paper_not_missing", services.bring, given=Given(paper="identity"), **who)
    services.bring(given=Given(paper="authority"), **who)
    services.bring(given=Given(paper="account"), **who)
    assert services.close(given=Given(), **who).state == State.CLOSED


def test_the_property_document_is_enough_too(hotline: Hotline) -> None:
    row = begun(hotline, shown="property", signed=True)
    assert (row.shown, row.signed) == ("property", True)
    assert selectors.missing_of(row.pk) == ("identity", "account")
    other = begun(hotline, 2)
    refused(
        "paper_unknown", services.accept, closure_id=other.pk, given=Given(shown="court"), by=hotline.desk, at=LATER
    )
    refused("paper_unknown", services.accept, closure_id=other.pk, given=Given(shown=""), by=hotline.desk, at=LATER)


def test_the_unit_may_forbid_deferring(hotline: Hotline) -> None:
    policy("closure.defer", False)
    row = begun(hotline, shown="identity", signed=True)
    refused("papers_missing", services.pass_on, closure_id=row.pk, given=Given(signed=True), by=hotline.desk, at=LATER)


def test_the_last_reading_and_the_money(hotline: Hotline) -> None:
    row = taken_to(hotline, State.READING)
    assert live_clocks(row)["handle"] == date(2026, 3, 10)  # five working days, to the end of the 9th
    who = {"closure_id": row.pk, "by": hotline.manager, "at": LATER}
    for kwh in ("", "abc", "-1", "1.234", "NaN", "1e12"):
        refused("reading_missing", services.read, given=Given(kwh=kwh, removed=True), uploads=[photo()], **who)
    refused("meter_still_there", services.read, given=Given(kwh="1"), uploads=[photo()], **who)
    refused("photo_missing", services.read, given=READ, **who)
    services.read(given=READ, uploads=[photo()], **who)
    refused("not_allowed", services.settle, given=Given(yuan="0"), **who)
    desk = {"closure_id": row.pk, "by": hotline.desk, "at": LATER}
    refused("amount_missing", services.settle, given=Given(yuan="十元", receipt="PJ"), **desk)
    refused("receipt_missing", services.settle, given=Given(yuan="10"), **desk)
    services.settle(given=Given(yuan="１０．５", receipt="PJ"), **desk)
    row.refresh_from_db()
    assert row.final_fen == 1050


def test_contact_and_the_next_day(hotline: Hotline) -> None:
    row = begun(hotline)
    who = {"closure_id": row.pk, "by": hotline.manager, "at": LATER}
    refused("way_missing", services.contact, given=Given(note="没接"), **who)
    refused("words_missing", services.contact, given=Given(way="phone"), **who)
    refused("personal_data_in_text", services.contact, given=Given(way="phone", note="他儿子13800138009"), **who)
    for day in (date(2026, 3, 1), date(2026, 4, 2)):
        given = Given(way="phone", note="没接", next_on=day)
        refused("next_on_out_of_range", services.contact, given=given, **who)
    services.contact(given=Given(way="phone", note="下周来", next_on=date(2026, 3, 12)), **who)
    row.refresh_from_db()
    assert (row.tries, row.next_on, row.contacted_at) == (1, date(2026, 3, 12), LATER)
    assert live_clocks(row) == {"contact": date(2026, 3, 13)}
    services.contact(given=Given(way="visit", note="今天再去", next_on=DAY), **who)
    assert live_clocks(row) == {"contact": date(2026, 3, 3)}


def test_withdrawn_until_the_meter_is_gone(hotline: Hotline) -> None:
    row = taken_to(hotline, State.READING)
    refused("words_missing", services.withdraw, closure_id=row.pk, given=Given(), by=hotline.desk, at=LATER)
    services.withdraw(closure_id=row.pk, given=Given(reason="继续用"), by=hotline.desk, at=LATER)
    assert state_of(hotline) == "active"
    again = taken_to(hotline, State.SETTLING)
    refused(
        "wrong_state", services.withdraw, closure_id=again.pk, given=Given(reason="后悔"), by=hotline.desk, at=LATER
    )


def test_nobody_begins_twice_nor_what_is_over(hotline: Hotline) -> None:
    row = begun(hotline)
    error = refused("closure_live", begun, here=hotline)
    assert error.facts["closure"] == row.pk
    refused("ground_unknown", begun, here=hotline, account=2, ground="bored")
    refused("not_found", begun, here=hotline, account=5, by=hotline.head)
    refused("not_allowed", begun, here=hotline, account=2, by=hotline.county.actor("boss", "leader"))
    taken_to(hotline, State.CLOSED, 2)
    refused("account_closed", begun, here=hotline, account=2)
    refused("case_unknown", begun, here=hotline, account=3, case_number="K404")
    case = a_case(hotline, "enquiry.change", "老房子拆了怎么销户", account=1)
    refused("case_other_account", begun, here=hotline, account=3, case_number=case.number)


def test_two_at_once_make_one(hotline: Hotline, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one looked before the first had kept its row: the constraint answers, in the same words."""
    begun(hotline)
    monkeypatch.setattr(selectors, "live_of", lambda _account: None)
    refused("closure_live", begun, here=hotline)
    assert Closure.objects.count() == 1


def test_who_is_asked_first_answers_until_somebody_else_does(hotline: Hotline) -> None:
    row = begun(hotline, by=hotline.manager)
    assert row.owner_id == hotline.county.staff["zhang"]
    assert begun(hotline, 3, by=SYSTEM).owner_id == hotline.county.staff["head"]
    who = {"closure_id": row.pk, "at": LATER}
    refused("not_allowed", services.assign, given=Given(staff="li"), by=hotline.manager, **who)
    refused("no_such_staff", services.assign, given=Given(staff="nobody"), by=hotline.head, **who)
    services.assign(given=Given(staff="li"), by=hotline.head, **who)
    row.refresh_from_db()
    assert row.owner_id == hotline.county.staff["li"]
    assert selectors.is_visible(hotline.county.li, row.pk)  # it lies outside li's cell, but li answers for it


def test_what_a_leaver_leaves_goes_to_the_manager_of_the_cell(hotline: Hotline) -> None:
    row = begun(hotline)
    assert services.hand_over_leavers(by=SYSTEM, at=LATER) == 0
    Post.objects.filter(staff=row.owner_id, to_on=None).update(to_on=DAY)  # no service ends a post yet
    assert services.hand_over_leavers(by=SYSTEM, at=LATER + timedelta(days=1)) == 1
    row.refresh_from_db()
    assert row.owner_id == hotline.county.staff["zhang"]


def test_the_utility_ends_what_is_not_used_for_six_months(hotline: Hotline) -> None:
    new = {"ground": "idle", "channel": "office", "shown": "notice", "by": hotline.head}
    refused("idle_unknown", begun, here=hotline, **new)
    refused("idle_too_short", begun, here=hotline, idle_since_on=date(2025, 9, 3), **new)
    refused("idle_suspended", begun, here=hotline, idle_since_on=date(2025, 1, 1), suspended=True, **new)
    refused("not_allowed", begun, here=hotline, idle_since_on=date(2025, 1, 1), **{**new, "by": hotline.desk})
    row = begun(hotline, idle_since_on=date(2025, 9, 2), **new)
    assert (row.kind, row.state, row.idle_since_on) == (Kind.CLOSE_IDLE, State.DOCUMENTS, date(2025, 9, 2))
    assert (
        begun(hotline, 4, ground="bankrupt", channel="office", shown="court", by=hotline.head).kind == "close_bankrupt"
    )


def test_the_marketing_system_closed_it_meanwhile(hotline: Hotline) -> None:
    row = taken_to(hotline, State.SETTLING)
    assert services.follow_accounts(by=SYSTEM, at=LATER) == 0
    customer_services.move_account(account_id=row.account_id, verb="close", by=SYSTEM, at=LATER)
    assert services.follow_accounts(by=SYSTEM, at=LATER) == 1
    assert services.follow_accounts(by=SYSTEM, at=LATER) == 0
    row.refresh_from_db()
    assert row.state == State.CLOSED
    assert not services.found_closed(closure_id=row.pk, by=SYSTEM, at=LATER)


def test_a_broken_list_is_said_and_nothing_is_kept(hotline: Hotline) -> None:
    policy("onetime.close_resident", ["identity", "horoscope"])
    refused("list_broken", begun, here=hotline)
    assert not Closure.objects.exists()
    assert state_of(hotline) == "active"


def test_the_papers_of_an_application_are_the_hotlines_too(hotline: Hotline) -> None:
    case = a_case(hotline, "application.other", "房子拆了要销户", account=1)
    row = begun(hotline, shown="identity", agent=True, signed=True, case_number=(case.number or "").lower())
    from_case = selectors.of_case(case.pk)
    assert from_case is not None and from_case.pk == row.pk
    papers = _case_papers(hotline, case.pk)
    assert (papers.shown, papers.missing) == ("identity", ("authority", "account"))
    services.bring(closure_id=row.pk, given=Given(paper="authority"), by=hotline.desk, at=LATER)
    assert _case_papers(hotline, case.pk).missing == ("account",)


def _case_papers(here: Hotline, case_id: int) -> Any:
    return cases.papers(cases.case_of(here.desk, case_id))


def test_a_key_used_twice_is_one_step(hotline: Hotline) -> None:
    new, pressed = NewClosure(shown="identity"), key()
    given = {"account_id": hotline.accounts[1], "new": new, "key": pressed, "by": hotline.desk, "at": MORNING}
    first = services.begin_once(**given)
    assert services.begin_once(**given) == first
    refused("closure_live", services.begin_once, **{**given, "key": key()})
    step = {"closure_id": first, "given": Given(paper="account"), "by": hotline.desk, "at": LATER}
    pressed = key()
    assert services.take_step(verb="bring", key=pressed, **step) == services.take_step(
        verb="bring", key=pressed, **step
    )
    refused("no_such_move", services.take_step, verb="found", key=key(), **step)
    assert ClosurePaper.objects.filter(closure=first, brought_at=None).count() == 0


def test_others_see_nothing(hotline: Hotline) -> None:
    row = begun(hotline)
    stranger = hotline.county.actor("other", "station", units=(hotline.county.other_station,))
    assert not selectors.is_visible(stranger, row.pk)
    refused("not_found", services.contact, closure_id=row.pk, given=Given(), by=stranger, at=LATER)
    assert not selectors.is_visible(Actor(1, None, "nobody"), row.pk)
