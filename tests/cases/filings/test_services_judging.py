"""Acceptance, audit and cover: nobody judges their own; what covers a case, and from when to when."""

import pytest

from longzhong.cases.filings import selectors, services
from longzhong.cases.filings.rules import Kind, State
from longzhong.cases.hotline.services import Caller
from longzhong.dispatch.matters import selectors as matters
from longzhong.register.customers import selectors as customers
from tests.cases.filings.make import DAYS, HOUR, asked, county_units, dept, drafted, in_state, leader, refused
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline, a_case, category

NOW = MORNING + HOUR
pytestmark = pytest.mark.django_db


def test_nobody_accepts_or_audits_their_own(hotline: Hotline) -> None:
    office = hotline.quality
    row = drafted(hotline, by=office)
    services.submit(filing_id=row.pk, by=office, at=NOW)
    refused("own_filing", services.accept, filing_id=row.pk, by=office, at=NOW)
    refused("own_filing", services.give_back, filing_id=row.pk, reason="证据不足", by=office, at=NOW)
    refused("own_filing", services.accept, filing_id=row.pk, by=SYSTEM, at=NOW)
    refused("not_allowed", services.accept, filing_id=row.pk, by=hotline.head, at=NOW)
    services.accept(filing_id=row.pk, note="属实", by=dept(hotline), at=NOW)
    services.expire_due(by=SYSTEM, at=row.ends_at)
    who = {"filing_id": row.pk, "reason": "核对气象记录", "at": row.ends_at}
    refused("own_filing", services.confirm, by=office, **who)
    refused("own_acceptance", services.confirm, by=dept(hotline), **who)
    refused("own_acceptance", services.find_misused, months=1, by=dept(hotline), **who)
    refused("reason_missing", services.confirm, **{**who, "reason": " "}, by=leader(hotline))
    assert services.confirm(by=leader(hotline), **who).state == State.TRUE


def test_who_changed_it_judges_it_no_more(hotline: Hotline) -> None:
    row = drafted(hotline)
    services.edit(filing_id=row.pk, asked=asked(title="大风降温"), by=hotline.quality, at=NOW)
    services.submit(filing_id=row.pk, by=hotline.head, at=NOW)
    refused("own_filing", services.accept, filing_id=row.pk, by=hotline.quality, at=NOW)
    assert "accept" not in [one.verb for one in selectors.filing_card(hotline.quality, row.pk, NOW).moves]
    assert "accept" in [one.verb for one in selectors.filing_card(dept(hotline), row.pk, NOW).moves]


def test_late_ones_go_to_the_level_above(hotline: Hotline) -> None:
    row = drafted(hotline, late_reason="抢修中")
    after = row.begins_at + HOUR
    services.submit(filing_id=row.pk, by=hotline.head, at=after)
    refused("late_needs_level", services.accept, filing_id=row.pk, by=hotline.quality, at=after)
    assert "accept" not in [one.verb for one in selectors.filing_card(hotline.quality, row.pk, after).moves]
    refused("filing_over", services.accept, filing_id=row.pk, by=leader(hotline), at=row.ends_at)
    services.accept(filing_id=row.pk, by=leader(hotline), at=after)
    where = {"category_id": None, "area_id": hotline.areas["A1"], "account_id": None}
    (cover,) = selectors.covering(**where, at=after)
    assert (cover.late, cover.number) == (True, f"BB20260302{row.pk:06}")


def test_returned_changed_and_submitted_again_under_its_number(hotline: Hotline) -> None:
    row = in_state(hotline, State.SUBMITTED)
    refused("reason_missing", services.give_back, filing_id=row.pk, reason="", by=hotline.quality, at=NOW)
    services.give_back(filing_id=row.pk, reason="范围太大", by=hotline.quality, at=NOW)
    refused("wrong_state", services.submit, filing_id=row.pk, by=hotline.head, at=NOW)
    services.edit(filing_id=row.pk, asked=asked(areas=("A2",)), by=hotline.head, at=NOW)
    again = services.submit(filing_id=row.pk, by=hotline.head, at=NOW)
    assert (again.number, again.area_ids) == (row.number, [hotline.areas["A2"]])


def test_expired_once_and_audited_in_working_days(hotline: Hotline) -> None:
    row = in_state(hotline, State.ACCEPTED)
    assert services.expire_due(by=SYSTEM, at=row.ends_at - HOUR) == 0
    assert services.expire_due(by=SYSTEM, at=row.ends_at + HOUR) == 1
    assert services.expire_due(by=SYSTEM, at=row.ends_at + HOUR) == 0
    (clock,) = [one for one in matters.clock_cards(selectors.label(row.pk), row.ends_at + HOUR) if one.is_live]
    assert (clock.name, clock.limit) == ("audit", "5 个工作日")


def test_ended_early_it_covers_only_what_was_before(hotline: Hotline) -> None:
    row = in_state(hotline, State.ACCEPTED)
    moment = row.begins_at + 3 * HOUR
    refused("reason_missing", services.end, filing_id=row.pk, reason="", by=hotline.head, at=moment)
    services.end(filing_id=row.pk, reason="风停了", by=hotline.head, at=moment)
    where = {"category_id": None, "area_id": hotline.areas["A1"], "account_id": None}
    assert selectors.covering(**where, at=moment - HOUR)
    assert not selectors.covering(**where, at=moment)
    early = in_state(hotline, State.ACCEPTED)
    services.end(filing_id=early.pk, reason="预警取消", by=hotline.head, at=NOW)
    assert [one.filing_id for one in selectors.covering(**where, at=early.begins_at + HOUR)] == [row.pk]


@pytest.mark.parametrize(
    ("state", "inside"),
    [
        (State.DRAFT, False),
        (State.SUBMITTED, False),
        (State.ACCEPTED, True),
        (State.EXPIRED, True),
        (State.TRUE, True),
        (State.MISUSED, False),
    ],
)
def test_what_covers_by_state(hotline: Hotline, state: State, inside: bool) -> None:
    row = in_state(hotline, state)
    where = {"category_id": None, "area_id": hotline.areas["A1"], "account_id": None}
    assert bool(selectors.covering(**where, at=row.begins_at)) is inside
    assert not selectors.covering(**where, at=row.ends_at)
    assert not selectors.covering(**{**where, "area_id": hotline.areas["A3"]}, at=row.begins_at)


def test_a_misuse_needs_allowed_months(hotline: Hotline) -> None:
    row = in_state(hotline, State.ACCEPTED)
    who = {"filing_id": row.pk, "reason": "并无大风", "by": dept(hotline), "at": NOW}
    refused("months_wrong", services.find_misused, months=4, **who)
    refused("months_wrong", services.find_misused, months=0, **who)
    refused("reason_missing", services.find_misused, months=1, **{**who, "reason": "x"})
    assert services.find_misused(months=1, **who).state == State.MISUSED


def test_whole_unit_estate_and_category(hotline: Hotline) -> None:
    row = in_state(hotline, State.ACCEPTED, areas=(), whole_unit=True, categories=("repair",))
    when = row.begins_at
    repair, bill = category("repair.lv.single_out"), category("enquiry.bill")
    far = hotline.county.other_station
    assert far not in {row.unit_id}
    given = {"account_id": hotline.accounts[1], "area_id": None, "at": when}
    assert selectors.covering(category_id=repair, **given)
    assert not selectors.covering(category_id=bill, **given)
    assert not selectors.covering(category_id=repair, account_id=hotline.accounts[5], area_id=None, at=when)
    estate = in_state(hotline, State.ACCEPTED, areas=(), estates=("名仕家天下",))
    assert [one.filing_id for one in selectors.covering(category_id=bill, **given)] == [estate.pk]


def test_a_customers_filing_follows_the_customer(hotline: Hotline) -> None:
    phone = "13900139000"
    in_state(
        hotline, State.ACCEPTED, kind=Kind.DEMAND.value, areas=(), phone=phone, ends_at=MORNING + 30 * DAYS
    )  # fmt: skip
    when = MORNING + 2 * DAYS
    index = customers.phone_index("139 0013 9000")
    where = {"category_id": None, "area_id": None, "account_id": hotline.accounts[5], "at": when}
    assert selectors.covering(phone_index=index, **where)
    assert not selectors.covering(phone_index=customers.phone_index("13900139001"), **where)
    case = a_case(hotline, account=None, caller=Caller(phone=phone, account_id=hotline.accounts[1]), when=when)
    other = a_case(hotline, account=2, when=when)
    assert [one.kind for one in selectors.covers_of_case(hotline.desk, case.pk)] == ["demand"]
    assert selectors.covers_of_case(hotline.desk, other.pk) == ()
    refused("not_found", selectors.covers_of_case, actor=hotline.county.li, case_id=case.pk)


def test_no_filing_in_force_costs_one_query(hotline: Hotline, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert selectors.covering(category_id=1, area_id=hotline.areas["A1"], account_id=None, at=NOW) == ()
    assert len(county_units(hotline)) == 3
