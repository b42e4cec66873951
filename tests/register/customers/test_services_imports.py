"""keep_accounts: counted without a rest, idempotent, ours stays, the list's is replaced."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from longzhong.kit.actor import Actor, Scope
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors, services
from longzhong.register.customers.models import Account, AccountMeter, Consent, Contact, Person, Priority, Tag
from longzhong.register.customers.rules.contacts import Purpose
from longzhong.register.customers.rules.priority import Grade
from longzhong.register.customers.rules.rows import AccountRow
from longzhong.register.customers.services import ContactForm, PriorityForm
from tests.register.customers.make import DAY, MACHINE, NOW, ROWS, town
from tests.register.network.make import network

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)


def test_rows_become_accounts_with_people_meters_and_marks() -> None:
    made = town()
    account = Account.objects.get(pk=made.ids[1])
    assert (account.unit_id, account.area_id) == (made.net.city.units["42060201"], made.net.areas["A1"])
    assert account.place == "檀溪街道名仕家天下12号楼"
    assert Contact.objects.filter(preferred=True).count() == 5
    assert Person.objects.count() == 3
    assert selectors.accounts_of_meters(["M1", "M2", "M3"], DAY) == {"M1": made.ids[1], "M2": made.ids[2]}
    assert Priority.objects.count() == 2
    assert Tag.objects.get().tag == "租户"


def test_twice_changes_nothing_and_costs_few_queries() -> None:
    town()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        kept = services.keep_accounts(rows=ROWS, by=MACHINE, at=LATER)
    assert (kept.new, kept.changed, kept.unchanged) == (0, 0, 5)
    assert len(queries) < 25
    assert Contact.objects.count() == 5


def test_a_changed_phone_replaces_that_of_the_list_and_keeps_ours() -> None:
    made = town()
    ours = services.set_contact(account_id=made.ids[1], contact=ContactForm(phone="13900139000"), by=MACHINE, at=NOW)
    rows = [replace(ROWS[0], phone="13700137000/13700137001", building="13号楼")]
    kept = services.keep_accounts(rows=rows, by=MACHINE, at=LATER)
    assert (kept.changed, kept.read) == (1, 1)
    live = Contact.objects.filter(account=made.ids[1], ended_on=None)
    assert set(live.values_list("imported", flat=True)) == {True, False}
    assert live.count() == 3
    assert live.get(pk=ours.pk).preferred is False
    assert live.filter(preferred=True).count() == 1
    assert [card.id for card in selectors.find(MACHINE, "13700137001")] == [made.ids[1]]
    assert selectors.find(MACHINE, "13800138001") == []
    assert [card.id for card in selectors.find(MACHINE, "名仕家天下13号楼")] == [made.ids[1]]


def test_a_phone_that_stays_keeps_its_consents() -> None:
    made = town()
    contact = Contact.objects.get(account=made.ids[1])
    services.give_consent(contact_id=contact.pk, purpose=Purpose.VISIT, separate=False, by=MACHINE, at=NOW)
    services.keep_accounts(rows=[replace(ROWS[0], room="3单元102")], by=MACHINE, at=LATER)
    assert Consent.objects.get().contact_id == contact.pk
    assert Contact.objects.get(account=made.ids[1]).ended_on is None


def test_a_meter_that_moves_is_closed_where_it_was() -> None:
    made = town()
    services.keep_accounts(rows=[replace(ROWS[4], meter_code="M1")], by=MACHINE, at=LATER)
    assert selectors.accounts_of_meters(["M1"], DAY) == {"M1": made.ids[1]}
    assert selectors.accounts_of_meters(["M1"], LATER.date()) == {"M1": made.ids[5]}
    services.keep_accounts(rows=[replace(ROWS[4], meter_code="M9")], by=MACHINE, at=LATER + timedelta(days=1))
    assert list(
        AccountMeter.objects.filter(to_on=None).order_by("meter_code").values_list("meter_code", flat=True)
    ) == ["M2", "M9"]


def test_a_state_of_the_list_is_kept_and_an_empty_one_changes_nothing() -> None:
    made = town()
    services.move_account(account_id=made.ids[1], verb="begin_closing", by=MACHINE, at=NOW)
    services.keep_accounts(rows=[replace(ROWS[0], room="9")], by=MACHINE, at=LATER)
    assert Account.objects.get(pk=made.ids[1]).state == "closing"
    services.keep_accounts(rows=[replace(ROWS[0], state="closed")], by=MACHINE, at=LATER)
    closed = Account.objects.get(pk=made.ids[1])
    assert (closed.state, closed.state_on) == ("closed", LATER.date())


def test_a_mark_of_ours_stands_before_that_of_the_list() -> None:
    made = town()
    services.mark_priority(
        account_id=made.ids[1], mark=PriorityForm(grade=Grade.FIRST, from_on=DAY), by=MACHINE, at=NOW
    )
    services.keep_accounts(rows=[replace(ROWS[0], priority="important")], by=MACHINE, at=LATER)
    assert Priority.objects.get(account=made.ids[1]).grade == Grade.FIRST


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (AccountRow(code="", area_code="A1"), "code_missing"),
        (AccountRow(code="9", area_code="nowhere"), "unit_unknown"),
        (AccountRow(code="9", name="a\0b", area_code="A1"), "text_has_nul"),
        (AccountRow(code="9", name="\ud800", area_code="A1"), "text_not_unicode"),
        (AccountRow(code="9" * 33, area_code="A1"), "text_too_long"),
        (AccountRow(code="9", kind="palace", area_code="A1"), "choice_unknown"),
        (AccountRow(code="9", area_code="A\0"), "text_has_nul"),
    ],
)
def test_a_bad_row_is_refused_and_the_others_are_kept(row: AccountRow, code: str) -> None:
    network()
    kept = services.keep_accounts(rows=[row, ROWS[0]], by=MACHINE, at=NOW)
    assert (kept.new, kept.read) == (1, 2)
    assert [(note.index, note.code) for note in kept.refused] == [(0, code)]
    assert "13800138001" not in kept.refused[0].message


def test_rows_kept_in_part_are_remarked() -> None:
    network()
    rows = [
        replace(ROWS[0], phone="无", id_number="110105194912310021"),
        replace(ROWS[1], area_code="nowhere", unit_code="42060202"),
        replace(ROWS[2], meter_code="M7"),
        replace(ROWS[3], meter_code="M7"),
        ROWS[2],
        replace(ROWS[2], meter_code="M7"),
    ]
    kept = services.keep_accounts(rows=rows, by=MACHINE, at=NOW)
    assert {note.code for note in kept.remarks} == {
        "phone_unreadable",
        "id_unreadable",
        "area_unknown",
        "meter_repeated",
    }
    assert (kept.new, kept.unchanged, [note.code for note in kept.refused]) == (4, 1, ["code_repeated"])
    assert not Contact.objects.filter(account__code=ROWS[0].code).exists()
    assert Person.objects.filter(id_index="").count() == Person.objects.count()


def test_only_an_administrator_imports_and_only_into_their_units() -> None:
    net = network()
    clerk = Actor(1, None, "坐席", (Scope("desk", frozenset(net.city.units.values())),))
    with pytest.raises(Refused) as refusal:
        services.keep_accounts(rows=ROWS, by=clerk, at=NOW)
    assert refusal.value.code == "not_allowed"
    admin = Actor(2, None, "管理员", (Scope("admin", frozenset({net.city.units["42060201"]})),))
    kept = services.keep_accounts(rows=ROWS, by=admin, at=NOW)
    assert (kept.new, [note.code for note in kept.refused]) == (3, ["unit_not_yours"] * 2)


def test_accounts_follow_the_station_of_their_area() -> None:
    made = town()
    Account.objects.filter(pk=made.ids[1]).update(unit=made.net.city.units["42060202"])
    assert services.settle_units(by=MACHINE, at=NOW) == 1
    assert Account.objects.get(pk=made.ids[1]).unit_id == made.net.city.units["42060201"]
    assert services.settle_units(by=MACHINE, at=NOW) == 0


def test_many_rows_cross_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    network()
    monkeypatch.setattr("longzhong.register.customers.services.imports.BATCH", 7)
    rows = [
        AccountRow(code=f"7{n:06}", name="李四", area_code="A1", phone=f"139{n:08}", id_number="11010519491231002X")
        for n in range(30)
    ]
    assert services.keep_accounts(rows=rows, by=MACHINE, at=NOW).new == 30
    assert Person.objects.count() == 1
    assert services.keep_accounts(rows=[*rows, rows[0]], by=MACHINE, at=NOW).unchanged == 31
