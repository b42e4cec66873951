"""Where an account lies and what is marked on it, for apps that route a matter to it; and whose phone it is.

No actor asks: these answer services that place what they were told, and show nobody anything.
"""

from dataclasses import dataclass
from datetime import date

from longzhong.kit import vault
from longzhong.register.customers.models import Account, AccountMeter, Contact, Priority, Tag
from longzhong.register.customers.rules.numbers import normal_phone

PHONE_KIND = "phone"


@dataclass(frozen=True)
class Placed:
    """An account's unit, area, newest meter and marks (`groups` of priority, `grades`, `tags`) on a day."""

    id: int
    code: str
    unit_id: int
    area_id: int | None
    meter_code: str
    state: str
    groups: frozenset[str]
    grades: frozenset[str]
    tags: frozenset[str]


@dataclass(frozen=True)
class Seat:
    """Where an account belongs: what placing a call needs, in one query."""

    id: int
    code: str
    unit_id: int
    area_id: int | None


def seat_of(account_id: int) -> Seat | None:
    """None for an account that isn't there."""
    row = Account.objects.filter(pk=account_id).values_list("id", "code", "unit_id", "area_id").first()
    return Seat(*row) if row else None


def meter_of(account_id: int, day: date) -> str:
    """The account's newest meter on a day; "" for none."""
    meters = AccountMeter.objects.on(day).filter(account=account_id).order_by("-from_on", "-id")
    return meters.values_list("meter_code", flat=True).first() or ""


def placed(account_id: int, day: date) -> Placed | None:
    """None for an account that isn't there; four queries."""
    row = Account.objects.filter(pk=account_id).first()
    if row is None:
        return None
    marks = list(Priority.objects.on(day).filter(account=row).values_list("group", "grade"))
    return Placed(
        id=row.pk,
        code=row.code,
        unit_id=row.unit_id,
        area_id=row.area_id,
        meter_code=meter_of(row.pk, day),
        state=row.state,
        groups=frozenset(group for group, _grade in marks),
        grades=frozenset(grade for _group, grade in marks),
        tags=frozenset(Tag.objects.filter(account=row).values_list("tag", flat=True)),
    )


def phone_index(phone: str) -> str:
    """The keyed index under which a phone is found in every table that keeps one; "" for none."""
    return vault.index(normal_phone(phone), PHONE_KIND)


def accounts_of_phone(phone: str) -> list[int]:
    """The accounts that may be reached under a phone, at most twenty."""
    index = phone_index(phone)
    if not index:
        return []
    rows = Contact.objects.filter(phone_index=index, ended_on=None).order_by("account_id")
    return list(rows.values_list("account_id", flat=True).distinct()[:20])


def names_behind(account_id: int) -> tuple[str, ...]:
    """The holder's and contacts' names in plain, only for taking them out of a text; never shown, never kept."""
    holder = Account.objects.filter(pk=account_id).values_list("name_sealed", flat=True).first()
    people = Contact.objects.filter(account=account_id, person__isnull=False).values_list(
        "person__name_sealed", flat=True
    )
    return tuple(filter(None, map(vault.unseal, [holder or "", *people])))
