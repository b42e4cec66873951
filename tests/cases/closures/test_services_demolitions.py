"""Demolition projects: lists of thousands, awkward rows, and households that follow their closures."""

from datetime import date
from time import monotonic
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from longzhong.cases.closures import selectors, services
from longzhong.cases.closures.models import Household
from longzhong.cases.closures.rules import Given, House, HouseholdRow, State, Work
from longzhong.dispatch.matters import selectors as matters
from longzhong.kit.actor import Actor, Scope
from longzhong.register.customers import selectors as customers
from longzhong.register.customers import services as customer_services
from longzhong.register.customers.rules.rows import AccountRow
from longzhong.register.network import services as network
from longzhong.register.network.rules import AreaRow
from tests.cases.closures.make import (
    CODE,
    DAY,
    LATER,
    MORNING,
    READ,
    SYSTEM,
    Hotline,
    a_project,
    begun,
    key,
    listed,
    photo,
    refused,
    taken_to,
)

pytestmark = pytest.mark.django_db


def state(row: Household) -> str:
    row.refresh_from_db()
    return row.state


def test_a_project_is_opened_changed_and_finished(hotline: Hotline) -> None:
    project = a_project(hotline)
    assert project.number == f"CQ2026{project.pk:05d}"
    refused("project_known", a_project, here=hotline)
    refused("unit_unknown", a_project, here=hotline, name="二期", unit="XX")
    refused("unit_unknown", a_project, here=hotline, name="二期", unit="CI")
    refused("no_such_staff", a_project, here=hotline, name="二期", responsible="nobody")
    refused("area_unknown", a_project, here=hotline, name="二期", area_codes=["A9"])
    refused("project_incomplete", a_project, here=hotline, name=" ")
    refused("project_incomplete", a_project, here=hotline, name="二期", to_on=date(2025, 1, 1))
    new = services.NewProject(name="檀溪棚改", unit="ST", responsible="head", from_on=date(2026, 1, 1))
    refused("not_allowed", services.open_project, new=new, by=hotline.desk, at=MORNING)
    refused("not_allowed", services.edit_project, project_id=project.pk, new=new, by=hotline.desk, at=MORNING)
    services.edit_project(project_id=project.pk, new=new, by=hotline.head, at=MORNING)
    (house,) = listed(hotline, project, 1)
    begun(hotline, shown="identity")
    who = {"project_id": project.pk, "by": hotline.head, "at": LATER}
    assert refused("households_left", services.finish_project, reason="完成", **who).facts["left"] == 1
    services.withdraw(closure_id=house.closures.get().pk, given=Given(reason="不拆了"), by=hotline.desk, at=LATER)
    refused("words_missing", services.finish_project, reason="", **who)
    services.finish_project(reason="全部搬迁", **who)
    refused("project_finished", services.edit_project, project_id=project.pk, new=new, by=hotline.head, at=LATER)
    services.reopen_project(reason="漏了几户", **who)
    project.refresh_from_db()
    assert (project.state, project.name, project.finished_at) == (Work.OPEN, "檀溪棚改", None)


def test_every_awkward_row_is_named(hotline: Hotline) -> None:
    project, other = a_project(hotline), a_project(hotline, "尹集拆迁", area_codes=["A2"], estates=[])
    finished = a_project(hotline, "旧项目")
    services.finish_project(project_id=finished.pk, reason="完成", by=hotline.head, at=MORNING)
    network.keep_areas(rows=[AreaRow("Z1", "江华专变", 630.0, kind="dedicated", unit_code="ST")], by=SYSTEM, at=MORNING)
    more = [
        AccountRow(code="4200000000006", name="江华厂", kind="industry", area_code="Z1"),
        AccountRow(code="4200000000007", name="已销户", area_code="A1", state="closed"),
    ]
    customer_services.keep_accounts(rows=more, by=SYSTEM, at=MORNING)
    name = project.number or ""
    rows = [
        HouseholdRow(project=name, account=CODE.format(1)),
        HouseholdRow(project=name, account=CODE.format(1)),
        HouseholdRow(project=name, account=CODE.format(1), moved_away=True),
        HouseholdRow(project=project.name, account=CODE.format(2), moved_away=True, next_on=date(2026, 3, 9)),
        HouseholdRow(project="CQ404", account=CODE.format(3)),
        HouseholdRow(project=finished.number or "", account=CODE.format(3)),
        HouseholdRow(project=name, account="404"),
        HouseholdRow(project=name, account=CODE.format(5)),
        HouseholdRow(project=other.number or "", account=CODE.format(1)),
        HouseholdRow(project=name, account=CODE.format(6)),
        HouseholdRow(project=name, account=CODE.format(7)),
        HouseholdRow(project=other.number or "", account=CODE.format(4)),
    ]
    kept = services.keep_households(rows=rows, by=hotline.head, at=MORNING)
    assert [(one.index, one.code) for one in kept.refused] == [
        (2, "listed_twice"), (4, "project_unknown"), (5, "project_finished"), (6, "account_unknown"),
        (7, "account_out_of_scope"), (8, "listed_elsewhere"),
    ]  # fmt: skip
    assert [(one.index, one.code) for one in kept.remarks] == [
        (9, "dedicated"), (9, "outside_project"), (10, "closed_already"), (11, "outside_project"),
    ]  # fmt: skip
    assert (kept.new, kept.changed, kept.unchanged) == (5, 0, 1)
    assert kept.read == len(rows)
    moved = Household.objects.get(account=hotline.accounts[2])
    assert (moved.moved_away, moved.next_on, moved.state) == (True, date(2026, 3, 9), House.LISTED)
    assert Household.objects.get(account__code=CODE.format(6)).dedicated
    assert Household.objects.get(account__code=CODE.format(7)).state == House.CLOSED
    progress = selectors.progress_of(hotline.head, project.pk, DAY)
    assert (progress.total, progress.done, progress.share) == (4, 1, 0.25)
    refused("not_allowed", services.keep_households, rows=rows, by=hotline.desk, at=MORNING)
    steps = matters.steps(selectors.project_label(project.pk))
    assert steps[0].data == {"new": 4, "unchanged": 1}


def test_a_list_that_comes_again_changes_only_what_it_says(hotline: Hotline) -> None:
    project = a_project(hotline)
    (house,) = listed(hotline, project, 1, moved_away=True, next_on=date(2026, 3, 9))
    row = HouseholdRow(project=project.number or "", account=CODE.format(1))
    kept = services.keep_households(rows=[row], by=hotline.quality, at=LATER)
    assert (kept.new, kept.changed, kept.unchanged) == (0, 0, 1)  # empty cells leave what is known alone
    row = HouseholdRow(project=project.number or "", account=CODE.format(1), moved_away=False)
    assert services.keep_households(rows=[row], by=hotline.quality, at=LATER).changed == 1
    house.refresh_from_db()
    assert (house.moved_away, house.next_on) == (False, date(2026, 3, 9))


def test_thirteen_thousand_households_in_seconds_and_few_queries(hotline: Hotline) -> None:
    project = a_project(hotline)
    rows = [
        AccountRow(code=f"43{n:011}", name="拆迁户", area_code="A1", estate="名仕家天下", building=f"{n % 90}号楼")
        for n in range(13_000)
    ]
    customer_services.keep_accounts(rows=rows, by=SYSTEM, at=MORNING)
    names = [HouseholdRow(project=project.number or "", account=row.code) for row in rows]
    began = monotonic()
    with CaptureQueriesContext(connection) as asked:
        kept = services.keep_households(rows=names, by=hotline.quality, at=MORNING)
    assert (kept.new, kept.refused) == (13_000, ())
    assert len(asked) < 30
    assert monotonic() - began < 20
    again = services.keep_households(rows=names, by=hotline.quality, at=LATER)
    assert (again.new, again.unchanged) == (0, 13_000)


def test_a_household_follows_its_closure(hotline: Hotline) -> None:
    project = a_project(hotline)
    (house,) = listed(hotline, project, 1)
    row = begun(hotline, channel="verbal")
    assert (row.household_id, row.ground, row.kind) == (house.pk, "demolition", "close_demolition")
    assert state(house) == House.DOCUMENTS
    refused(
        "wrong_state",
        services.drop_household,
        household_id=house.pk,
        given=Given(reason="不明"),
        by=hotline.head,
        at=LATER,
    )
    services.withdraw(closure_id=row.pk, given=Given(reason="暂缓"), by=hotline.desk, at=LATER)
    assert state(house) == House.CONTACTED
    seen = []
    for stop in (State.DOCUMENTS, State.READING, State.SETTLING, State.SETTLED, State.CLOSED):
        row = taken_to(hotline, stop)
        seen.append(state(house))
        if stop != State.CLOSED:
            services.found_closed(closure_id=row.pk, by=SYSTEM, at=LATER)  # not closed there: nothing happens
            _undo(row, house)
    assert seen == ["documents", "documents", "removed", "settled", "closed"]
    assert customers.account_states([house.account_id])[house.account_id] == "closed"


def _undo(row: Any, house: Household) -> None:
    """Back to the beginning by the back door: only tests may."""
    row.tellings.all().delete()
    type(row).objects.filter(pk=row.pk).update(state=State.WITHDRAWN)
    Household.objects.filter(pk=house.pk).update(state=House.CONTACTED)
    house.account.__class__.objects.filter(pk=house.account_id).update(state="active")


def test_a_closure_that_was_there_before_the_list(hotline: Hotline) -> None:
    row = taken_to(hotline, State.SETTLING)
    (house,) = listed(hotline, a_project(hotline), 1)
    row.refresh_from_db()
    assert (house.state, row.household_id) == (House.REMOVED, house.pk)


def test_contact_refusal_transfer_and_the_way_back(hotline: Hotline) -> None:
    project = a_project(hotline)
    (house,) = listed(hotline, project, 1)
    who = {"household_id": house.pk, "by": hotline.manager, "at": LATER}
    refused("way_missing", services.contact_household, given=Given(note="x"), **who)
    refused("words_missing", services.contact_household, given=Given(way="visit"), **who)
    given = Given(way="visit", note="等签协议", next_on=date(2027, 1, 1))
    refused("next_on_out_of_range", services.contact_household, given=given, **who)
    services.contact_household(given=Given(way="visit", note="等签协议", next_on=date(2026, 3, 9)), **who)
    services.refuse_household(given=Given(reason="补偿没谈好"), **who)
    assert state(house) == House.REFUSED
    refused("transfer_missing", services.transfer_household, given=Given(reason="不明"), **who)
    services.transfer_household(given=Given(kind="owner", reason="过户给征收办"), **who)
    house.refresh_from_db()
    assert (house.state, house.transfer, house.next_on, house.tries) == (House.TRANSFERRED, "owner", None, 1)
    refused("not_allowed", services.resume_household, given=Given(reason="不明"), **who)
    head = {**who, "by": hotline.head}
    other = a_project(hotline, "另一个")
    (elsewhere,) = listed(hotline, other, 1)
    refused("listed_elsewhere", services.resume_household, given=Given(reason="没办成"), **head)
    services.drop_household(household_id=elsewhere.pk, given=Given(reason="重复"), by=hotline.head, at=LATER)
    services.resume_household(given=Given(reason="没办成"), **head)
    assert state(house) == House.CONTACTED
    services.drop_household(given=Given(reason="不在红线内"), **head)
    services.finish_project(project_id=project.pk, reason="完成", by=hotline.head, at=LATER)
    refused("project_finished", services.resume_household, given=Given(reason="又要拆"), **head)


def test_the_marketing_system_closed_a_household_without_us(hotline: Hotline) -> None:
    (house,) = listed(hotline, a_project(hotline), 1)
    assert not services.found_closed_household(household_id=house.pk, by=SYSTEM, at=LATER)
    for verb in ("begin_closing", "close"):
        customer_services.move_account(account_id=house.account_id, verb=verb, by=SYSTEM, at=LATER)
    assert services.follow_accounts(by=SYSTEM, at=LATER) == 1
    assert state(house) == House.CLOSED
    assert services.follow_accounts(by=SYSTEM, at=LATER) == 0


def test_who_sees_which_households(hotline: Hotline) -> None:
    project = a_project(hotline)
    first, _second, third = listed(hotline, project, 1, 2, 3)
    assert set(selectors.visible_households(hotline.manager)) == {first, _second}  # cell G1: area A1
    assert set(selectors.visible_households(hotline.county.li)) == {third}
    assert selectors.project_is_visible(hotline.county.li, project.pk)
    assert selectors.progress_of(hotline.county.li, project.pk, DAY).total == 1
    stranger = Actor(7, 7, "x", (Scope("station", frozenset({hotline.county.other_station})),))
    assert not selectors.project_is_visible(stranger, project.pk)
    refused("not_found", services.contact_household, household_id=first.pk, given=Given(), by=stranger, at=LATER)
    refused("not_found", services.finish_project, project_id=project.pk, reason="不明", by=stranger, at=LATER)


def test_pasted_numbers_and_a_key_used_twice(hotline: Hotline) -> None:
    project = a_project(hotline)
    pressed = key()
    given = {
        "project_id": project.pk,
        "accounts": [CODE.format(1), " ", "404"],
        "key": pressed,
        "by": hotline.head,
        "at": LATER,
    }
    who: dict[str, Any] = {"by": hotline.head, "at": LATER}
    new, there, lost = services.add_households_once(**given)
    assert (new, there) == (1, 0)
    assert lost.startswith("1 户没有列入") and "404" not in lost
    assert services.add_households_once(**given) == (new, there, lost)
    refused("account_unknown", services.add_households_once, **{**given, "accounts": ["404"], "key": key()})
    refused("account_unknown", services.add_households_once, **{**given, "accounts": [""], "key": key()})
    (house,) = project.households.all()
    step = {
        "household_id": house.pk,
        "given": Given(way="phone", note="没接"),
        "key": pressed + "a",
        "by": hotline.head,
        "at": LATER,
    }
    assert (
        services.step_household(verb="contact", **step) == services.step_household(verb="contact", **step) == "contact"
    )
    assert state(house) == House.CONTACTED
    house.refresh_from_db()
    assert house.tries == 1
    refused("no_such_move", services.step_household, verb="begin", **{**step, "key": key()})
    refused("no_such_move", services.step_project, project_id=project.pk, verb="burn", given=Given(), key=key(), **who)


def test_a_demolished_account_is_marked_when_its_meter_goes(hotline: Hotline) -> None:
    listed(hotline, a_project(hotline), 1)
    row = taken_to(hotline, State.READING)
    services.read(closure_id=row.pk, given=READ, uploads=[photo()], by=hotline.manager, at=LATER)
    assert customers.account_states([row.account_id])[row.account_id] == "demolished"
