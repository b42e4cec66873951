"""The account (户) and its dated meters."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from longzhong.kit.dated import Dated
from longzhong.register.customers.rules.accounts import KIND_WORDS, STATE_WORDS, AccountKind, AccountState


class Account(models.Model):
    """A supply contract. Only the address down to the building is plain; name and room are sealed.

    `place` is that plain address in one piece and `grams` its bigrams. `tokens` are keyed 64-bit indexes of the name,
    its surname and pinyin initials, and of the room: without the key they say nothing. `row_digest` is the keyed digest
    of the row as it was last imported: an equal row needs no unsealing to be known as unchanged.
    """

    code = models.CharField(max_length=32, unique=True)
    kind = models.CharField(
        max_length=10, choices=[(k.value, v) for k, v in KIND_WORDS.items()], default=AccountKind.RESIDENT
    )
    state = models.CharField(
        max_length=10, choices=[(k.value, v) for k, v in STATE_WORDS.items()], default=AccountState.ACTIVE
    )
    state_on = models.DateField(null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    area = models.ForeignKey("network.Area", models.PROTECT, null=True, blank=True, related_name="+")
    town = models.CharField(max_length=60, blank=True)
    village = models.CharField(max_length=60, blank=True)
    estate = models.CharField(max_length=60, blank=True)
    building = models.CharField(max_length=60, blank=True)
    place = models.TextField(blank=True)
    grams = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    tokens = ArrayField(models.BigIntegerField(), default=list, blank=True)
    name_sealed = models.TextField(blank=True)
    room_sealed = models.TextField(blank=True)
    row_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["grams", "tokens"], name="customers_account_search"),
            models.Index(fields=["unit", "town", "estate", "code"], name="customers_account_list"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class AccountMeter(Dated):
    """Which meter measured an account on which days; a meter belongs to one account at a time.

    By its code, as the marketing system names it: accounts come before meters, and a code that the network doesn't know
    is a finding of 营配贯通, not a reason to lose the customer.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="meters")
    meter_code = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="customers_account_meter_span", condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on"))
            ),
            models.UniqueConstraint(
                fields=["meter_code"], condition=Q(to_on__isnull=True), name="customers_meter_one_open_account"
            ),
            models.UniqueConstraint(
                fields=["meter_code", "from_on"],
                condition=Q(to_on__isnull=True) | Q(to_on__gt=F("from_on")),
                name="customers_meter_one_account_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.meter_code} from {self.from_on}"
