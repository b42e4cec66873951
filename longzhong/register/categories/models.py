"""The tree of matters that customers bring, and what other systems call them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from longzhong.kit.dated import Dated
from longzhong.register.categories.rules import LEVELS, LONGEST_CODE, TYPE_NAMES, CaseType
from longzhong.register.policies.rules import CONFIDENCE_LABELS, Confidence


class Category(Dated):
    """One node: type, class or item. Retired by `to_on`, never deleted: cases keep the category they had.

    `code` is the dotted path from the type and never changes; `section` is a heading between class and item (服务行为).
    `decided` says that a person has renamed, added or retired it, so that the shipped tree no longer has the word.
    """

    code = models.CharField(max_length=LONGEST_CODE, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    level = models.PositiveSmallIntegerField()
    type = models.CharField(max_length=12, choices=[(one.value, TYPE_NAMES[one]) for one in CaseType])
    name = models.CharField(max_length=60)
    section = models.CharField(max_length=40, blank=True)
    position = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    confidence = models.CharField(max_length=4, choices=[(c.value, CONFIDENCE_LABELS[c]) for c in Confidence])
    hazard = models.BooleanField(default=False)
    attitude = models.BooleanField(default=False)
    decided = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=LEVELS), name="category_level"),
            models.CheckConstraint(
                condition=Q(level=1, parent=None) | Q(level__gt=1, parent__isnull=False), name="category_parent"
            ),
            models.CheckConstraint(condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="category_span"),
            models.UniqueConstraint(fields=["parent", "name"], condition=Q(to_on=None), name="category_one_name"),
        ]
        indexes: ClassVar = [models.Index(fields=["type", "position"], name="category_type_position")]

    def __str__(self) -> str:
        return self.code


class ExternalCode(models.Model):
    """What another system (95598, 12345, a vendor's call centre) calls a category; a code means one category only."""

    system = models.CharField(max_length=40)
    code = models.CharField(max_length=80)
    category = models.ForeignKey(Category, models.PROTECT, related_name="external_codes")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["system", "code"], name="one_meaning_of_external_code")
        ]

    def __str__(self) -> str:
        return f"{self.system}:{self.code}"
