"""Contacts of an account and what they agreed to."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit import journal, vault
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.kit.texts import clean_text
from longzhong.register.customers.models import Account, Consent, Contact, Person
from longzhong.register.customers.rules.accounts import KEEPERS
from longzhong.register.customers.rules.contacts import Preference, Purpose, Relation, needs_separate
from longzhong.register.customers.rules.numbers import is_phone, normal_phone
from longzhong.register.customers.selectors.door import locked, visible_to


@dataclass(frozen=True, kw_only=True)
class ContactForm:
    """How somebody may be reached: phone in plain (sealed here), name where it isn't the contract holder's."""

    phone: str
    name: str = ""
    relation: Relation = Relation.OWNER
    preference: Preference = Preference.PHONE
    preferred: bool = False


@transaction.atomic
def set_contact(*, account_id: int, contact: ContactForm, by: Actor, at: datetime) -> Contact:
    """Add a contact, or change the one with this phone. The first contact of an account is its preferred one."""
    need(by, *KEEPERS)
    account = locked(by, account_id)
    phone = normal_phone(clean_text(contact.phone, 40))
    if not is_phone(phone):
        raise Refused("phone_unreadable", _("这不是一个可以拨打的电话号码。"))
    name = clean_text(contact.name, 60)
    live = Contact.objects.filter(account=account, ended_on=None)
    row = live.filter(phone_index=vault.index(phone, "phone")).select_related("person").first()
    first = contact.preferred or not live.filter(preferred=True).exists()
    if first:
        live.exclude(pk=row.pk if row else 0).update(preferred=False)
    values = {
        "relation": contact.relation, "preference": contact.preference, "imported": False,
        "preferred": first or (row is not None and row.preferred), "person": _person(row, name),
    }  # fmt: skip
    if row is None:
        row = Contact.objects.create(
            account=account, phone_sealed=vault.seal(phone), phone_index=vault.index(phone, "phone"), **values
        )
    else:
        Contact.objects.filter(pk=row.pk).update(**values)
        row.refresh_from_db()
    journal.record(by, "customers.contact", _label(account), at=at, contact=row.pk)
    return row


def _person(row: Contact | None, name: str) -> Person | None:
    """The person of a contact: kept when the name is the same, new otherwise; none without a name."""
    if not name:
        return row.person if row else None
    if row and row.person and vault.unseal(row.person.name_sealed) == name:
        return row.person
    return Person.objects.create(name_sealed=vault.seal(name))


@transaction.atomic
def end_contact(*, contact_id: int, by: Actor, at: datetime) -> None:
    """Nobody is to be reached there any more; consents given by this contact are withdrawn with it."""
    need(by, *KEEPERS)
    contact = _contact(by, contact_id)
    Consent.objects.filter(contact=contact, withdrawn_at=None).update(withdrawn_at=at)
    Contact.objects.filter(pk=contact.pk).update(ended_on=civil_day(at), preferred=False)
    journal.record(by, "customers.contact_end", _label(contact.account), at=at, contact=contact.pk)


@transaction.atomic
def give_consent(*, contact_id: int, purpose: Purpose, separate: bool, by: Actor, at: datetime) -> Consent:
    """Keep that a contact agreed. `separate`: asked for by itself; some purposes count only so."""
    need(by, *KEEPERS)
    contact = _contact(by, contact_id)
    if needs_separate(purpose) and not separate:
        raise Refused("separate_consent_needed", _("这项用途要单独征得同意，不能和其他事项一起勾选。"))
    if Consent.objects.filter(contact=contact, purpose=purpose, withdrawn_at=None).exists():
        raise Refused("consent_stands", _("这位联系人已经同意过这项用途。"))
    row = Consent.objects.create(contact=contact, purpose=purpose, separate=separate, given_at=at)
    journal.record(by, "customers.consent", _label(contact.account), at=at, consent=row.pk, purpose=purpose)
    return row


@transaction.atomic
def withdraw_consent(*, consent_id: int, by: Actor, at: datetime) -> Consent:
    """Keep that a contact no longer agrees. The row stays as the proof of both."""
    need(by, *KEEPERS)
    row = (
        Consent.objects.select_for_update(of=("self",))
        .select_related("contact__account")
        .filter(contact__account__in=visible_to(by))
        .filter(pk=consent_id)
        .first()
    )
    if row is None:
        raise Refused("not_found", _("没有这条同意记录，或不在您的管辖范围内。"))
    if row.withdrawn_at is not None:
        raise Refused("consent_withdrawn", _("这条同意已经撤回过了。"))
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    journal.record(by, "customers.consent_withdrawn", _label(row.contact.account), at=at, consent=row.pk)
    return row


def _contact(by: Actor, contact_id: int) -> Contact:
    """A standing contact of an account in the actor's scope, its account locked."""
    contact = Contact.objects.filter(pk=contact_id, ended_on=None, account__in=visible_to(by)).first()
    if contact is None:
        raise Refused("not_found", _("没有这位联系人，或不在您的管辖范围内。"))
    contact.account = locked(by, contact.account_id)
    return contact


def _label(account: Account) -> str:
    return f"customers.account:{account.pk}"
