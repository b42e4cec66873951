"""Substations, 10 kV feeders, and the sections, poles and switches along them."""

from typing import ClassVar

from django.db import models

from longzhong.register.network.rules import SECTION_KIND_NAMES


class Substation(models.Model):
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Feeder(models.Model):
    """A feeder whose substation isn't known is kept, and found by the topology check."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    kv = models.FloatField(default=10)
    substation = models.ForeignKey(Substation, models.PROTECT, null=True, blank=True, related_name="feeders")

    def __str__(self) -> str:
        return self.name


class Section(models.Model):
    """A piece of a feeder; `upstream` is the next piece towards the substation, none for the first one."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=[(k.value, v) for k, v in SECTION_KIND_NAMES.items()])
    feeder = models.ForeignKey(Feeder, models.PROTECT, null=True, blank=True, related_name="sections")
    upstream = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="downstream")
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="network_section_kind_known",
                condition=models.Q(kind__in=[kind.value for kind in SECTION_KIND_NAMES]),
            )
        ]

    def __str__(self) -> str:
        return self.name
