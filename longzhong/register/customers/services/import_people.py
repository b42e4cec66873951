"""The part of an import behind the account: people and contacts, meters, priority and tags. Ours stay, the list's are
replaced.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from longzhong.kit import vault
from longzhong.register.customers.models import AccountMeter, Contact, Person, Priority, Tag
from longzhong.register.customers.rules.contacts import Preference
from longzhong.register.customers.rules.priority import Basis, Grade, group_of
from longzhong.register.customers.rules.rows import AccountRow, CleanRow, id_number_of
from longzhong.register.customers.services.copying import copy_rows, take_ids

CONTACT_COLUMNS = (
    "id", "account_id", "person_id", "relation", "phone_sealed", "phone_index", "preference", "preferred", "imported",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ready:
    """A checked row with its unit, its area and its keyed digest."""

    clean: CleanRow
    unit_id: int
    area_id: int | None
    digest: str

    @property
    def row(self) -> AccountRow:
        return self.clean.row


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One contact that the list names: an account, a phone (may be empty) and its keyed index."""

    account_id: int
    one: Ready
    phone: str
    phone_index: str
    first: bool


def keep_people(*, new: Sequence[Ready], changed: Sequence[Ready], ids: Mapping[str, int], day: date) -> None:
    """Contacts of the list: added where missing, ended where the list no longer names them."""
    people = _people([*new, *changed])
    wanted = [want for one in (*new, *changed) for want in _wanted(one, ids[one.row.code])]
    live, preferred = _live([ids[one.row.code] for one in changed])
    named = {(want.account_id, want.phone_index) for want in wanted}
    gone = [number for key, (number, imported) in live.items() if imported and key not in named]
    if gone:
        preferred -= set(Contact.objects.filter(pk__in=gone, preferred=True).values_list("account_id", flat=True))
        Contact.objects.filter(pk__in=gone).update(ended_on=day)
    missing = [want for want in wanted if (want.account_id, want.phone_index) not in live]
    numbers = take_ids(
        model=Contact, count=len(missing)
    )  # before the copy: a connection that copies answers nothing else
    fresh = [
        (
            number, want.account_id, people.get(want.one.clean.index), want.one.row.relation, vault.seal(want.phone),
            want.phone_index, Preference.PHONE.value, want.first and want.account_id not in preferred, True,
        )
        for number, want in zip(numbers, missing, strict=True)
    ]  # fmt: skip
    copy_rows(model=Contact, columns=CONTACT_COLUMNS, rows=fresh)
    for want in wanted:
        person = people.get(want.one.clean.index)
        number, imported = live.get((want.account_id, want.phone_index), (0, False))
        if imported and person is not None:
            Contact.objects.filter(pk=number).exclude(person=person).update(person=person)


def _wanted(one: Ready, account_id: int) -> Iterable[_Wanted]:
    if not one.clean.phones and (one.row.contact or id_number_of(one.clean)):
        yield _Wanted(account_id, one, "", "", True)
    for order, phone in enumerate(one.clean.phones):
        yield _Wanted(account_id, one, phone, vault.index(phone, "phone"), order == 0)


def _live(accounts: Sequence[int]) -> tuple[dict[tuple[int, str], tuple[int, bool]], set[int]]:
    """(account, phone index) → (contact, imported) of contacts that stand, and the accounts that have a preferred
    one.
    """
    rows = list(
        Contact.objects.filter(account__in=accounts, ended_on=None).values_list(
            "id", "account_id", "phone_index", "imported", "preferred"
        )
    )
    live = {(account, index): (number, imported) for number, account, index, imported, _ in rows}
    return live, {account for _, account, _, _, preferred in rows if preferred}


def _people(ready: Sequence[Ready]) -> dict[int, int]:
    """Row index → person, for rows that name somebody beside the contract holder or carry an identity number."""
    named = [one for one in ready if id_number_of(one.clean) or one.row.contact not in ("", one.row.name)]
    indexes = {one.clean.index: vault.index(id_number_of(one.clean), "id_number") for one in named}
    known = dict(
        Person.objects.filter(id_index__in={index for index in indexes.values() if index}).values_list("id_index", "id")
    )
    found: dict[int, int] = {}
    fresh: list[tuple[Any, ...]] = []
    numbers = iter(take_ids(model=Person, count=len(named)))
    for one in named:
        index = indexes[one.clean.index]
        if not index or index not in known:
            number = next(numbers)
            fresh.append(
                (number, vault.seal(one.row.contact or one.row.name), vault.seal(id_number_of(one.clean)), index)
            )
            known |= {index: number} if index else {}
            found[one.clean.index] = number
        else:
            found[one.clean.index] = known[index]
    copy_rows(model=Person, columns=("id", "name_sealed", "id_sealed", "id_index"), rows=fresh)
    return found


def keep_meters(*, ready: Sequence[Ready], ids: Mapping[str, int], day: date) -> None:
    """The account's meter as the list has it; a meter that measured another account until now is closed there."""
    wanted = {one.row.meter_code: ids[one.row.code] for one in ready if one.row.meter_code}
    since = {one.row.meter_code: one.row.opened_on or day for one in ready if one.row.meter_code}
    accounts = set(wanted.values())
    history = AccountMeter.objects.filter(Q(meter_code__in=wanted) | Q(account__in=accounts, to_on=None))
    every = list(history.order_by("id").values_list("id", "meter_code", "account_id", "to_on"))
    rows = [row[:3] for row in every if row[3] is None]
    standing = {code for _, code, account in rows if wanted.get(code) == account}
    used = {code for _, code, _, _ in every}
    AccountMeter.objects.filter(pk__in=[number for number, code, _ in rows if code not in standing]).update(to_on=day)
    replaced = {account for _, code, account in rows if code not in wanted}
    fresh = [
        (account, code, day if code in used or account in replaced else min(since[code], day))
        for code, account in wanted.items()
        if code not in standing
    ]
    copy_rows(model=AccountMeter, columns=("account_id", "meter_code", "from_on"), rows=fresh)


def keep_marks(*, ready: Sequence[Ready], ids: Mapping[str, int], day: date) -> None:
    """Priority groups and tags of the list; a mark of ours in the same group stands before that of the list."""
    tags = [Tag(account_id=ids[one.row.code], tag=one.row.tag) for one in ready if one.row.tag]
    Tag.objects.bulk_create(tags, ignore_conflicts=True, batch_size=1_000)
    marked = {ids[one.row.code]: Grade(one.row.priority) for one in ready if one.row.priority}
    groups: dict[int, set[str]] = defaultdict(set)
    for account, group in Priority.objects.filter(account__in=marked, to_on=None).values_list("account_id", "group"):
        groups[account].add(group)
    Priority.objects.bulk_create(
        [
            Priority(account_id=account, group=group_of(grade), grade=grade, basis=Basis.AUTHORITY, from_on=day)
            for account, grade in marked.items()
            if group_of(grade) not in groups[account]
        ],
        batch_size=1_000,
    )
