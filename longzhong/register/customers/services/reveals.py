"""Showing one masked value in plain: asked for with a reason, and kept in the journal before it is shown."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit import journal, vault
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused
from longzhong.kit.texts import clean_text
from longzhong.register.customers.models import Account, Contact
from longzhong.register.customers.rules.accounts import REVEALERS
from longzhong.register.customers.rules.numbers import holds_personal_number
from longzhong.register.customers.rules.reveals import RevealField, good_reason
from longzhong.register.customers.selectors.door import locked


@transaction.atomic
def reveal(*, account_id: int, field: str, reason: str, by: Actor, at: datetime) -> str:
    """One value in plain: name, address, code, note, or phone / contact_name / id_number of a contact ("phone:12").

    Without a contact's number the preferred contact is meant. An empty answer means that nothing is known.
    """
    need(by, *REVEALERS)
    words = clean_text(reason, 200)
    if not good_reason(words):
        raise Refused("reveal_needs_reason", _("查看明文要写明事由（至少 4 个字）。"))
    if holds_personal_number(words):
        raise Refused("personal_data_in_text", _("事由里不能写手机号或证件号。"))
    kind, _colon, number = field.partition(":")
    if kind not in set(map(str, RevealField)) or (number and not number.isdecimal()):
        raise Refused("field_unknown", _("没有这个可查看的项目。"))
    account = locked(by, account_id)
    value = _value(account, RevealField(kind), int(number) if number else None)
    label = f"customers.account:{account.pk}"
    journal.record(by, "customers.reveal", label, at=at, reason=words, field=field)
    return value


def _value(account: Account, field: RevealField, number: int | None) -> str:
    if field is RevealField.NAME:
        return vault.unseal(account.name_sealed)
    if field is RevealField.CODE:
        return account.code
    if field is RevealField.ADDRESS:
        plain = account.town + account.village + account.estate + account.building
        return plain + vault.unseal(account.room_sealed)
    if field is RevealField.NOTE:
        notes = account.priorities.filter(to_on=None).order_by("from_on", "id").values_list("note_sealed", flat=True)
        return "；".join(filter(None, map(vault.unseal, notes)))
    return _of_contact(account, field, number)


def _of_contact(account: Account, field: RevealField, number: int | None) -> str:
    contacts = Contact.objects.filter(account=account).select_related("person").order_by("ended_on", "-preferred", "id")
    contacts = contacts.filter(pk=number) if number else contacts.filter(ended_on=None)
    contact = contacts.first()
    if contact is None:
        if number:
            raise Refused("not_found", _("这一户没有这位联系人。"))
        return ""
    if field is RevealField.PHONE:
        return vault.unseal(contact.phone_sealed)
    if contact.person is None:
        return ""
    sealed = contact.person.id_sealed if field is RevealField.ID_NUMBER else contact.person.name_sealed
    return vault.unseal(sealed)
