"""Units, their dated places in the tree, and the 1+1+1 map of responsibility (专业协同)."""

from typing import ClassVar

from django.db import models

from longzhong.kit.dated import Dated, no_overlap
from longzhong.register.org.rules.tree import UNIT_KIND_NAMES, UnitKind


class Unit(models.Model):
    """A company, station, team, department or office; where it stands in the tree is in UnitPlace."""

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=12, choices=[(k.value, v) for k, v in UNIT_KIND_NAMES.items()])
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="org_unit_kind_known", condition=models.Q(kind__in=[kind.value for kind in UnitKind])
            )
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class UnitPlace(Dated):
    """Under which unit another one stood on which days; `path` is the ids from the root to itself, "/1/4/9/"."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="places")
    parent = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="child_places")
    path = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [no_overlap("org_unit_one_place_a_day", "unit")]

    def __str__(self) -> str:
        return f"{self.path} {self.from_on}–{self.to_on or ''}"


class Category(models.Model):
    """A professional category (专业类别) for which somebody leads, somebody coordinates and somebody answers."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.name


class Responsibility(Dated):
    """1+1+1: for a category, below `unit`, the lead office (优服办) and the professional department of those days.

    The third "1", the local unit that answers, is the unit of the matter itself.
    """

    category = models.ForeignKey(Category, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="responsibilities")
    lead_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    department_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [no_overlap("org_one_responsibility_a_day", "category", "unit")]

    def __str__(self) -> str:
        return f"{self.category_id} @ {self.unit_id}: {self.lead_unit_id} + {self.department_unit_id}"


class UnitProfile(Dated):
    """The declared size of a unit's service area (营业区画像) on which days."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="profiles")
    area_km2 = models.FloatField()
    population = models.PositiveIntegerField()
    customers = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [no_overlap("org_one_profile_a_day", "unit")]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.area_km2} km², {self.population}, {self.customers}"
