"""Who a caller is: the only place of a caller's identity. Facts, steps, messages and logs hold ids."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from longzhong.cases.hotline.models.calls import Call
from longzhong.cases.hotline.models.cases import Case
from longzhong.cases.hotline.rules.words import PartyKind


class CaseParty(models.Model):
    """A person behind a call and, when it became one, a case. Name, phone and address are sealed; masks are what everybody
    may see; the keyed `phone_index` finds the person's other calls. `erased_at`: the identity was erased on request (PIPL 47).
    """

    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="parties")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="parties")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in PartyKind], default=PartyKind.CALLER)
    account = models.ForeignKey("customers.Account", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("customers.Person", models.PROTECT, null=True, related_name="+")
    name_sealed = models.TextField(blank=True)
    name_mask = models.CharField(max_length=40, blank=True)
    phone_sealed = models.TextField(blank=True)
    phone_mask = models.CharField(max_length=24, blank=True)
    phone_index = models.CharField(max_length=64, blank=True)
    address_sealed = models.TextField(blank=True)
    at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(call__isnull=False) | Q(case__isnull=False), name="hotline_party_of_something"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["phone_index", "-at"], condition=~Q(phone_index=""), name="hotline_party_phone"),
            models.Index(fields=["account", "-at"], condition=Q(account__isnull=False), name="hotline_party_account"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
