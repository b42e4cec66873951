"""Accounts as people see them: masked."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery

from longzhong.kit import clock, vault
from longzhong.kit.actor import Actor
from longzhong.register.customers.models import Account, Contact, Priority, Standing, Tag
from longzhong.register.customers.rules import masking
from longzhong.register.customers.rules.accounts import KIND_WORDS, STATE_WORDS, AccountKind, AccountState
from longzhong.register.customers.rules.priority import Grade, words_of
from longzhong.register.customers.selectors.door import is_own


@dataclass(frozen=True)
class Card:
    """One account, masked. `own`: it lies in the viewer's own grid, who therefore sees 户号 and building."""

    id: int
    code: str
    name: str
    place: str
    phone: str
    kind: str
    state: AccountState
    unit_id: int
    unit: str
    area_id: int | None
    area: str
    priorities: tuple[str, ...]
    tags: tuple[str, ...]
    tier: int | None
    own: bool

    @property
    def state_word(self) -> str:
        return STATE_WORDS[self.state]


@dataclass(frozen=True)
class _Beside:
    """What stands beside one account: its preferred phone in plain, marks of the day, tags and tier."""

    phone: str
    priorities: tuple[str, ...]
    tags: tuple[str, ...]
    tier: int | None


def cards_of(actor: Actor, accounts: Iterable[Account], day: date | None = None) -> list[Card]:
    """Cards of accounts fetched with `unit` and `area`; one query for any number."""
    rows = list(accounts)
    beside = _beside([row.pk for row in rows], day or clock.today())
    return [_card(row, beside[row.pk], own=is_own(actor, row)) for row in rows]


def _beside(ids: Collection[int], day: date) -> dict[int, _Beside]:
    """What stands in other tables beside these accounts."""
    phones = Contact.objects.filter(account=OuterRef("pk"), ended_on=None, preferred=True).values("phone_sealed")
    grades = Priority.objects.on(day).filter(account=OuterRef("pk")).order_by("from_on", "id").values("grade")
    tags = Tag.objects.filter(account=OuterRef("pk")).order_by("tag").values("tag")
    tiers = Standing.objects.filter(account=OuterRef("pk")).values("tier")
    rows = Account.objects.filter(pk__in=ids).values_list(
        "id", Subquery(phones[:1]), ArraySubquery(grades), ArraySubquery(tags), Subquery(tiers[:1])
    )
    return {
        number: _Beside(vault.unseal(phone or ""), tuple(words_of(Grade(one)) for one in marks), tuple(words), tier)
        for number, phone, marks, words, tier in rows
    }


def _card(row: Account, beside: _Beside, *, own: bool) -> Card:
    room = bool(row.room_sealed)
    building = row.building if own else ""
    place = masking.mask_address(row.town, row.village, row.estate + building, room or (bool(row.building) and not own))
    return Card(
        id=row.pk,
        code=row.code if own else masking.mask_account_code(row.code),
        name=masking.mask_party(vault.unseal(row.name_sealed)),
        place=place,
        phone=masking.mask_phone(beside.phone),
        kind=KIND_WORDS[AccountKind(row.kind)],
        state=AccountState(row.state),
        unit_id=row.unit_id,
        unit=str(row.unit),
        area_id=row.area_id,
        area=str(row.area) if row.area else "",
        priorities=beside.priorities,
        tags=beside.tags,
        tier=beside.tier,
        own=own,
    )
