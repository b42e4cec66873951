"""Contacts, consents, marks, states and reveals, with their refusals."""

from datetime import date, timedelta

import pytest

from longzhong.kit.actor import Actor, Scope
from longzhong.kit.errors import Refused
from longzhong.kit.models import JournalEntry
from longzhong.register.customers import selectors, services
from longzhong.register.customers.models import Contact, Person, Priority, Standing, Tag
from longzhong.register.customers.rules.contacts import Purpose, Relation
from longzhong.register.customers.rules.priority import Basis, Grade
from longzhong.register.customers.services import ContactForm, PriorityForm
from tests.register.customers.make import DAY, MACHINE, NOW, Town, grid_manager, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Town:
    return town()


def refused(code: str, act: object, **words: object) -> None:
    with pytest.raises(Refused) as refusal:
        act(**words)  # type: ignore[operator]
    assert refusal.value.code == code


def test_contacts_are_added_changed_and_ended(made: Town) -> None:
    by = grid_manager(made.net)
    account = made.ids[1]
    tenant = ContactForm(phone="+86 139 0013 9000", name="郝东生", relation=Relation.TENANT, preferred=True)
    row = services.set_contact(account_id=account, contact=tenant, by=by, at=NOW)
    again = services.set_contact(account_id=account, contact=tenant, by=by, at=NOW)
    assert (again.pk, again.person_id) == (row.pk, row.person_id)
    assert Contact.objects.filter(account=account, preferred=True, ended_on=None).get().pk == row.pk
    assert selectors.find(by, "13900139000")[0].phone == "139****9000"
    consent = services.give_consent(contact_id=row.pk, purpose=Purpose.VISIT, separate=False, by=by, at=NOW)
    services.end_contact(contact_id=row.pk, by=by, at=NOW)
    consent.refresh_from_db()
    assert consent.withdrawn_at == NOW
    refused("not_found", services.end_contact, contact_id=row.pk, by=by, at=NOW)
    bad = ContactForm(phone="不知道")
    refused("phone_unreadable", services.set_contact, account_id=account, contact=bad, by=by, at=NOW)
    nul = ContactForm(phone="13900139001", name="a\0")
    refused("text_has_nul", services.set_contact, account_id=account, contact=nul, by=by, at=NOW)


def test_consent_is_given_once_separately_where_needed_and_can_be_withdrawn(made: Town) -> None:
    by, contact = grid_manager(made.net), Contact.objects.get(account=made.ids[1]).pk
    give = {"contact_id": contact, "by": by, "at": NOW}
    refused("separate_consent_needed", services.give_consent, purpose=Purpose.SHARE_ESTATE, separate=False, **give)
    row = services.give_consent(purpose=Purpose.SHARE_ESTATE, separate=True, **give)  # type: ignore[arg-type]
    refused("consent_stands", services.give_consent, purpose=Purpose.SHARE_ESTATE, separate=True, **give)
    services.withdraw_consent(consent_id=row.pk, by=by, at=NOW)
    refused("consent_withdrawn", services.withdraw_consent, consent_id=row.pk, by=by, at=NOW)
    refused("not_found", services.withdraw_consent, consent_id=row.pk, by=grid_manager(made.net, "G2"), at=NOW)
    services.give_consent(purpose=Purpose.SHARE_ESTATE, separate=True, **give)  # type: ignore[arg-type]


def test_priority_needs_its_basis_and_the_note_is_sealed(made: Town) -> None:
    by, account = grid_manager(made.net), made.ids[1]
    ill = PriorityForm(grade=Grade.CRITICALLY_ILL, from_on=DAY, basis=Basis.CONSENT, note="家用呼吸机")
    plain = PriorityForm(grade=Grade.CRITICALLY_ILL, from_on=DAY)
    refused("health_basis_needed", services.mark_priority, account_id=account, mark=plain, by=by, at=NOW)
    refused("health_consent_missing", services.mark_priority, account_id=account, mark=ill, by=by, at=NOW)
    contact = Contact.objects.get(account=account)
    services.give_consent(contact_id=contact.pk, purpose=Purpose.HEALTH, separate=True, by=by, at=NOW)
    row = services.mark_priority(account_id=account, mark=ill, by=by, at=NOW)
    assert "呼吸机" not in row.note_sealed
    assert services.reveal(account_id=account, field="note", reason="保供电前核实", by=by, at=NOW) == "家用呼吸机"
    refused("priority_stands", services.mark_priority, account_id=account, mark=ill, by=by, at=NOW)


def test_a_new_important_grade_takes_over_on_its_day(made: Town) -> None:
    account = made.ids[4]
    day = DAY + timedelta(days=30)
    services.mark_priority(account_id=account, mark=PriorityForm(grade=Grade.FIRST, from_on=day), by=MACHINE, at=NOW)
    before, after = Priority.objects.filter(account=account).order_by("from_on")
    assert (before.grade, before.to_on, after.grade, after.to_on) == (Grade.IMPORTANT, day, Grade.FIRST, None)
    earlier = PriorityForm(grade=Grade.SECOND, from_on=DAY)
    refused("priority_stands", services.mark_priority, account_id=account, mark=earlier, by=MACHINE, at=NOW)
    empty = PriorityForm(grade=Grade.SECOND, from_on=day, to_on=day)
    refused("span_empty", services.mark_priority, account_id=account, mark=empty, by=MACHINE, at=NOW)
    services.end_priority(priority_id=after.pk, to_on=day + timedelta(days=5), by=MACHINE, at=NOW)
    refused(
        "priority_ended", services.end_priority, priority_id=after.pk, to_on=day + timedelta(days=9), by=MACHINE, at=NOW
    )
    refused("not_found", services.end_priority, priority_id=0, to_on=day, by=MACHINE, at=NOW)


def test_priority_behind_areas_and_counts_of_units(made: Town) -> None:
    areas = made.net.areas
    found = selectors.priority_of_areas(areas.values(), DAY)
    assert {area: (count.important, count.sensitive, count.special) for area, count in found.items()} == {
        areas["A2"]: (0, 0, 1),
        areas["A3"]: (1, 0, 0),
    }
    assert selectors.priority_of_areas(areas.values(), date(2020, 1, 1)) == {}
    services.move_account(account_id=made.ids[4], verb="demolish", by=MACHINE, at=NOW)
    assert areas["A3"] not in selectors.priority_of_areas(areas.values(), DAY)
    station = made.net.city.units["42060202"]
    count = selectors.counts([station])[station]
    assert (count.active, count.demolished, count.standing) == (1, 1, 1)
    assert selectors.accounts_of_areas(areas.values()) == {areas["A1"]: 2, areas["A2"]: 1, areas["A3"]: 1}


def test_tags_hold_no_personal_numbers(made: Town) -> None:
    account = made.ids[1]
    services.tag_account(account_id=account, tag=" 早出晚归 ", by=MACHINE, at=NOW)
    services.tag_account(account_id=account, tag="早出晚归", by=MACHINE, at=NOW)
    assert Tag.objects.get(account=account).tag == "早出晚归"
    refused("personal_data_in_text", services.tag_account, account_id=account, tag="打13800138000", by=MACHINE, at=NOW)
    refused("tag_empty", services.tag_account, account_id=account, tag=" ", by=MACHINE, at=NOW)
    services.untag_account(account_id=account, tag="早出晚归", by=MACHINE, at=NOW)
    refused("not_found", services.untag_account, account_id=account, tag="早出晚归", by=MACHINE, at=NOW)


def test_a_tier_is_plain_data(made: Town) -> None:
    services.set_tier(account_id=made.ids[1], tier=3, by=MACHINE, at=NOW)
    services.set_tier(account_id=made.ids[1], tier=2, by=MACHINE, at=NOW)
    assert Standing.objects.get().tier == 2
    assert selectors.find(MACHINE, "4200000000001")[0].tier == 2


def test_the_life_of_an_account_is_taken_step_by_step(made: Town) -> None:
    by, account = grid_manager(made.net), made.ids[1]
    refused("wrong_state", services.move_account, account_id=account, verb="close", by=by, at=NOW)
    services.move_account(account_id=account, verb="begin_closing", by=by, at=NOW)
    moved = services.move_account(account_id=account, verb="close", by=by, at=NOW)
    assert (moved.state, moved.state_on) == ("closed", DAY)
    crew = Actor(3, None, "抢修", (Scope("crew", frozenset(made.net.city.units.values())),))
    refused("not_allowed", services.move_account, account_id=made.ids[2], verb="demolish", by=crew, at=NOW)


REVEALS = (
    ("name", "张惠芳"), ("code", "4200000000001"), ("address", "檀溪街道名仕家天下12号楼3单元101号房间"),
    ("phone", "13800138001"), ("contact_name", "张惠芳"), ("id_number", "11010519491231002X"), ("note", ""),
)  # fmt: skip


@pytest.mark.parametrize(("field", "value"), REVEALS)
def test_a_reveal_answers_in_plain_and_is_journalled(made: Town, field: str, value: str) -> None:
    by = grid_manager(made.net)
    assert services.reveal(account_id=made.ids[1], field=field, reason="上门核对停电", by=by, at=NOW) == value
    entry = JournalEntry.objects.get(act="customers.reveal")
    assert (entry.user_id, entry.label, entry.reason, entry.ids) == (
        by.user_id, f"customers.account:{made.ids[1]}", "上门核对停电", {"field": field},
    )  # fmt: skip


def test_a_reveal_is_refused_without_reason_field_scope_or_role(made: Town) -> None:
    by, account = grid_manager(made.net), made.ids[1]
    ask = {"account_id": account, "by": by, "at": NOW}
    for reason in ("", "查", "1111", "    "):
        refused("reveal_needs_reason", services.reveal, field="name", reason=reason, **ask)
    refused("personal_data_in_text", services.reveal, field="name", reason="回拨13800138001", **ask)
    refused("text_has_nul", services.reveal, field="name", reason="核对地址\0", **ask)
    for field in ("password", "phone:x", ""):
        refused("field_unknown", services.reveal, field=field, reason="核对联系电话", **ask)
    refused("not_found", services.reveal, field="phone:999999", reason="核对联系电话", **ask)
    other = {**ask, "by": grid_manager(made.net, "G2")}
    refused("not_found", services.reveal, field="name", reason="核对联系电话", **other)
    leader = {**ask, "by": Actor(4, None, "领导", (Scope("leader", frozenset(made.net.city.units.values())),))}
    refused("not_allowed", services.reveal, field="name", reason="核对联系电话", **leader)
    assert not JournalEntry.objects.filter(act="customers.reveal").exists()


def test_one_contact_of_several_is_revealed_by_its_number(made: Town) -> None:
    contact = Contact.objects.get(account=made.ids[2])
    ask = {"account_id": made.ids[2], "reason": "欠费前电话核实", "by": MACHINE, "at": NOW}
    assert services.reveal(field=f"phone:{contact.pk}", **ask) == "07103512345"  # type: ignore[arg-type]
    assert services.reveal(field=f"contact_name:{contact.pk}", **ask) == "郝东生"  # type: ignore[arg-type]
    assert services.reveal(field="id_number", **ask) == ""  # type: ignore[arg-type]
    assert Person.objects.filter(contacts=contact).count() == 1
