"""Places that strangers may ask about, how often they asked, the codes they keep, and what they said of the service."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from longzhong.surfaces.portal.rules import STARS, AskKind, PlaceKind


class Place(models.Model):
    """An estate or a village with enough accounts that it points at nobody; `token` is its public name in addresses.

    `areas`: the areas that supply it. A place that fell below the least number is no longer `live`.
    """

    kind = models.CharField(max_length=8, choices=[(one.value, one.value) for one in PlaceKind])
    town = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=60)
    token = models.CharField(max_length=24, unique=True)
    areas = ArrayField(models.BigIntegerField(), default=list)
    accounts = models.PositiveIntegerField(default=0)
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    live = models.BooleanField(default=True)
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "town", "name"], name="portal_place_once")]
        indexes: ClassVar = [
            GinIndex(fields=["areas"], name="portal_place_areas"),
            models.Index(fields=["town", "name"], name="portal_place_town"),
        ]

    def __str__(self) -> str:
        return f"{self.town}{self.name}"


class Ask(models.Model):
    """One question of a stranger, for the limits only: a keyed digest of an address or a phone. Swept after a day."""

    kind = models.CharField(max_length=8, choices=[(one.value, one.value) for one in AskKind])
    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["kind", "key", "at"], name="portal_ask_key"),
            models.Index(fields=["at"], name="portal_ask_at"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class Follow(models.Model):
    """A code by which a report is followed; only keyed digests of the code, the client's key and the phone are kept."""

    code_index = models.CharField(max_length=64, unique=True)
    key_index = models.CharField(max_length=64, unique=True)
    said_index = models.CharField(max_length=64)
    call = models.OneToOneField("hotline.Call", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.call_id}"


class Rating(models.Model):
    """What a customer said of the service after the case ended, once a case. Words are kept without personal data.

    `unit`, `owner`: who answered for the case then. `call`: the kept call by which the hotline hears of a low rating.
    """

    case = models.OneToOneField("hotline.Case", models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    owner = models.ForeignKey("org.Staff", models.PROTECT, related_name="+")
    stars = models.PositiveSmallIntegerField(choices=list(STARS.items()))
    words = models.CharField(max_length=500, blank=True)
    key_index = models.CharField(max_length=64)
    call = models.ForeignKey("hotline.Call", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(stars__gte=1, stars__lte=5), name="portal_rating_one_to_five")
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "-at"], name="portal_rating_unit")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.stars}"
