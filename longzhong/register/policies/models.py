"""The rule table: `Key` names a policy, `Policy` rows say what held when, `Stamp` tells processes of a change."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from longzhong.kit.dated import Dated
from longzhong.register.policies.rules import CONFIDENCE_LABELS, EDITION_LABELS, Confidence, Edition


class Key(models.Model):
    """A policy by name. Title and group are labels, not history; `least` and `most` bound what people may set."""

    key = models.CharField(max_length=80, primary_key=True)
    title = models.CharField(max_length=80, blank=True)
    group = models.CharField(max_length=40, blank=True)
    least = models.FloatField(null=True, blank=True)
    most = models.FloatField(null=True, blank=True)
    pack = models.CharField(max_length=40)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["group", "key"], name="policy_key_group")]

    def __str__(self) -> str:
        return self.key


class Policy(Dated):
    """One line of the rule table. Added, and closed once; value and reason never change."""

    key = models.ForeignKey(Key, models.PROTECT, related_name="policies", db_column="key")
    edition = models.CharField(max_length=3, blank=True, choices=[(e.value, EDITION_LABELS[e]) for e in Edition])
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    value = models.JSONField()
    measure = models.CharField(max_length=12)
    source = models.CharField(max_length=300)
    confidence = models.CharField(max_length=4, choices=[(c.value, CONFIDENCE_LABELS[c]) for c in Confidence])
    reason = models.CharField(max_length=300, blank=True)
    by_user_id = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=models.F("from_on")), name="policy_span"
            ),
            models.CheckConstraint(
                condition=Q(by_user_id__isnull=True) | ~Q(reason=""), name="policy_change_has_reason"
            ),
            models.UniqueConstraint(
                "key", "edition", Coalesce("unit_id", 0), condition=Q(to_on__isnull=True), name="policy_one_open"
            ),
            models.UniqueConstraint(
                "key",
                "edition",
                Coalesce("unit_id", 0),
                "from_on",
                condition=Q(to_on__isnull=True) | Q(to_on__gt=models.F("from_on")),
                name="policy_one_a_day",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["key", "from_on"], name="policy_key_from")]

    def __str__(self) -> str:
        return f"{self.key_id} {self.edition} {self.value} from {self.from_on}"


class Stamp(models.Model):
    """One row. Every change of the rule table gives it a new random mark, in the same transaction, under its lock."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    mark = models.CharField(max_length=36, default="")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="one_policy_stamp")]

    def __str__(self) -> str:
        return self.mark
