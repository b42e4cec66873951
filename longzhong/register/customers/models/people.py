"""The people behind accounts: a person with a known identity, the contacts of an account, and their consents."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from longzhong.register.customers.models.accounts import Account
from longzhong.register.customers.rules.contacts import (
    PREFERENCE_WORDS,
    PURPOSES,
    RELATION_WORDS,
    Preference,
    Relation,
)


class Person(models.Model):
    """A human being, who may stand behind several accounts; the identity number makes two records one person."""

    name_sealed = models.TextField(blank=True)
    id_sealed = models.TextField(blank=True)
    id_index = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["id_index"], condition=~Q(id_index=""), name="customers_person_one_identity"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Contact(models.Model):
    """Somebody who may be reached about an account. An ended contact stays, for the consents it gave.

    `imported`: known from the marketing system, whose next list may end it; others are ours.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="contacts")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="contacts")
    relation = models.CharField(
        max_length=10, choices=[(k.value, v) for k, v in RELATION_WORDS.items()], default=Relation.OWNER
    )
    phone_sealed = models.TextField(blank=True)
    phone_index = models.CharField(max_length=64, blank=True)
    preference = models.CharField(
        max_length=8, choices=[(k.value, v) for k, v in PREFERENCE_WORDS.items()], default=Preference.PHONE
    )
    preferred = models.BooleanField(default=False)
    imported = models.BooleanField(default=False)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "phone_index"], condition=Q(ended_on__isnull=True), name="customers_contact_once"
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(preferred=True, ended_on__isnull=True),
                name="customers_contact_one_preferred",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["phone_index"], condition=~Q(phone_index=""), name="customers_contact_phone")
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.relation}"


class Consent(models.Model):
    """A consent of a contact for one purpose, from its giving to its withdrawal; `separate`: asked for by itself
    (单独同意).
    """

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=16, choices=[(k.value, v.words) for k, v in PURPOSES.items()])
    separate = models.BooleanField()
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contact", "purpose"], condition=Q(withdrawn_at__isnull=True), name="customers_consent_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact_id}: {self.purpose}"
