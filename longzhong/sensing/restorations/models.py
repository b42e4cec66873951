"""What was said of a restoration at each stage and how it came out; the models that say it; the weather that they are told."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from longzhong.sensing.restorations.rules import (
    MODEL_STATE_NAMES,
    STAGE_LABELS,
    WEATHER_LABELS,
    ModelState,
)


class Estimate(models.Model):
    """One saying about a matter (`label`: "workorders.order:7", "outages.outage:3") at a stage of it; never changed but for
    its outcome.

    `version` 0: no model, the table of policies. `features` are what was known at that moment, so that learning meets nothing of
    later. `restored_at` is filled in when the power is back. `unit`: whose it is; `title`: how it was called then.
    """

    label = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    stage = models.CharField(max_length=12, choices=[(one.value, words) for one, words in STAGE_LABELS.items()])
    began_at = models.DateTimeField()
    at = models.DateTimeField()
    low_at = models.DateTimeField()
    median_at = models.DateTimeField()
    high_at = models.DateTimeField()
    version = models.PositiveIntegerField()
    reasons = models.JSONField(default=list)
    features = models.JSONField()
    restored_at = models.DateTimeField(null=True)
    adopted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["label", "stage", "at"], name="restorations_said_once"),
            models.CheckConstraint(
                condition=Q(low_at__lte=F("median_at"), high_at__gte=F("median_at")), name="restorations_in_order"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["label", "-at"], name="restorations_label"),
            models.Index(fields=["at"], condition=Q(restored_at__isnull=False), name="restorations_known"),
            models.Index(fields=["unit", "-at"], condition=Q(restored_at__isnull=True), name="restorations_open"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.stage}"


class Tie(models.Model):
    """A cause of repairs ("hotline.case:7") that an outage explains: the stages of its repair are the outage's."""

    cause = models.CharField(max_length=60, unique=True)
    outage_id = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["outage_id"], name="restorations_tie_outage")]

    def __str__(self) -> str:
        return f"{self.cause} in {self.outage_id}"


class RestorationModel(models.Model):
    """One trained model and its card (`figures`, see services.training)."""

    version = models.PositiveIntegerField(unique=True)
    state = models.CharField(max_length=10, choices=[(one.value, words) for one, words in MODEL_STATE_NAMES.items()])
    trained_at = models.DateTimeField()
    trained_by = models.CharField(max_length=80)
    rows = models.PositiveIntegerField()
    matters = models.PositiveIntegerField()
    figures = models.JSONField()
    file = models.CharField(max_length=80, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=ModelState.INSTALLED.value), name="restorations_one_installed"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version}"


class WeatherNote(models.Model):
    """The weather of a unit and all below it for some hours, by somebody's word; the latest word holds."""

    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=[(one.value, words) for one, words in WEATHER_LABELS.items()])
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="restorations_weather_length")
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "ends_at"], name="restorations_weather")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind}"
