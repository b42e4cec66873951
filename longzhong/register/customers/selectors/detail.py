"""One account whole, masked: its contacts and consents, marks, meters, supply path, and who looked at it in plain."""

from dataclasses import dataclass
from datetime import date, datetime

from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.kit.models import JournalEntry
from longzhong.register.customers.models import AccountMeter, Consent, Contact, Priority
from longzhong.register.customers.rules import masking
from longzhong.register.customers.rules.contacts import (
    PREFERENCE_WORDS,
    PURPOSES,
    RELATION_WORDS,
    Preference,
    Purpose,
    Relation,
)
from longzhong.register.customers.rules.priority import BASIS_WORDS, Basis, Grade, words_of
from longzhong.register.customers.rules.reveals import FIELD_WORDS, RevealField
from longzhong.register.customers.selectors.cards import Card, cards_of
from longzhong.register.customers.selectors.search import one_account
from longzhong.register.network import selectors as network
from longzhong.register.network.selectors import SupplyPath

MOST_LOOKS = 20


@dataclass(frozen=True)
class ConsentLine:
    id: int
    purpose: str
    separate: bool
    given_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class ContactLine:
    """Somebody who may be reached; name and phone masked."""

    id: int
    name: str
    phone: str
    relation: str
    preference: str
    preferred: bool
    imported: bool
    consents: tuple[ConsentLine, ...]


@dataclass(frozen=True)
class MarkLine:
    id: int
    words: str
    basis: str
    from_on: date
    to_on: date | None
    has_note: bool


@dataclass(frozen=True)
class MeterLine:
    code: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True)
class LookLine:
    """A reveal: who looked at which field, when and why."""

    at: datetime
    actor: str
    field: str
    reason: str


@dataclass(frozen=True)
class AccountDetail:
    card: Card
    opened_on: date | None
    state_on: date | None
    contacts: tuple[ContactLine, ...]
    marks: tuple[MarkLine, ...]
    meters: tuple[MeterLine, ...]
    supply: SupplyPath | None
    looks: tuple[LookLine, ...]


def account_detail(actor: Actor, account_id: int, day: date) -> AccountDetail:
    """Everything that the account's page shows; Refused not_found."""
    account = one_account(actor, account_id)
    meters = AccountMeter.objects.filter(account=account).order_by("to_on", "-from_on", "id")
    marks = Priority.objects.filter(account=account).order_by("-from_on", "id")
    return AccountDetail(
        card=cards_of(actor, [account], day)[0],
        opened_on=account.opened_on,
        state_on=account.state_on,
        contacts=_contacts(account_id),
        marks=tuple(
            MarkLine(
                m.pk, words_of(Grade(m.grade)), BASIS_WORDS[Basis(m.basis)], m.from_on, m.to_on, bool(m.note_sealed)
            )
            for m in marks
        ),
        meters=tuple(MeterLine(m.meter_code, m.from_on, m.to_on) for m in meters),
        supply=network.trace_up(account.area_id) if account.area_id else None,
        looks=_looks(account_id),
    )


def _contacts(account_id: int) -> tuple[ContactLine, ...]:
    consents: dict[int, list[ConsentLine]] = {}
    for row in Consent.objects.filter(contact__account=account_id).order_by("-given_at", "id"):
        line = ConsentLine(row.pk, PURPOSES[Purpose(row.purpose)].words, row.separate, row.given_at, row.withdrawn_at)
        consents.setdefault(row.contact_id, []).append(line)
    contacts = Contact.objects.filter(account=account_id, ended_on=None).select_related("person")
    return tuple(
        ContactLine(
            id=row.pk,
            name=masking.mask_name(vault.unseal(row.person.name_sealed)) if row.person else "",
            phone=masking.mask_phone(vault.unseal(row.phone_sealed)),
            relation=RELATION_WORDS[Relation(row.relation)],
            preference=PREFERENCE_WORDS[Preference(row.preference)],
            preferred=row.preferred,
            imported=row.imported,
            consents=tuple(consents.get(row.pk, ())),
        )
        for row in contacts.order_by("-preferred", "id")
    )


def _looks(account_id: int) -> tuple[LookLine, ...]:
    entries = JournalEntry.objects.filter(label=f"customers.account:{account_id}", act="customers.reveal").order_by(
        "-id"
    )
    return tuple(
        LookLine(one.at, one.actor, _field_words(str(one.ids.get("field", ""))), one.reason)
        for one in entries[:MOST_LOOKS]
    )


def _field_words(field: str) -> str:
    return FIELD_WORDS[RevealField(field.partition(":")[0])]
