"""Signals that the power is off, the troubles that explain them, and which signal belongs to which trouble."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from longzhong.sensing.troubles.rules import KIND_LABELS, LEVEL_LABELS, LIVE, STATE_LABELS, State


class Signal(models.Model):
    """Somebody or something says that the power is off. `source` is the sender's label ("hotline.case:7"), never resolved here.

    `area` is what the register said then and may be wrong; `device` ("section:12") only for a device's own event. `outage_id`:
    the registered outage that explains it.
    """

    kind = models.CharField(max_length=12, choices=[(k.value, v) for k, v in KIND_LABELS.items()])
    source = models.CharField(max_length=80)
    at = models.DateTimeField()
    heard_at = models.DateTimeField()
    meter_code = models.CharField(max_length=40, blank=True)
    area = models.ForeignKey("network.Area", on_delete=models.PROTECT, null=True, related_name="+")
    device = models.CharField(max_length=40, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    outage_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "kind"], name="troubles_signal_once")]
        indexes: ClassVar = [
            models.Index(fields=["at"], condition=Q(outage_id=None), name="troubles_signal_at"),
            models.Index(fields=["area", "at"], name="troubles_signal_area"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source}"


class Trouble(models.Model):
    """A probable outage (疑似停电): the device that best explains its signals.

    `device` is "feeder:3", "section:12", "area:7" or "" (unknown, or a single meter); `name` as it was called then.
    `confidence` 0..1; `evidence` are counts (rules.words puts them into sentences). `signals`, `areas`, `accounts` repeat sums
    for lists. `corrected`: a person had a hand in it. `outage_id`: the registered outage that it became.
    """

    level = models.CharField(max_length=8, choices=[(k.value, v) for k, v in LEVEL_LABELS.items()])
    device = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=170)
    state = models.CharField(max_length=10, choices=[(k.value, v) for k, v in STATE_LABELS.items()], default=State.OPEN)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    began_at = models.DateTimeField()
    last_at = models.DateTimeField()
    confidence = models.FloatField()
    evidence = models.JSONField(default=dict)
    signals = models.PositiveIntegerField(default=0)
    areas = models.PositiveIntegerField(default=0)
    accounts = models.PositiveIntegerField(default=0)
    corrected = models.BooleanField(default=False)
    outage_id = models.BigIntegerField(null=True)
    found_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in LIVE]) | Q(closed_at__isnull=False),
                name="troubles_closed_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CONFIRMED) | Q(outage_id__isnull=False), name="troubles_confirmed_has_outage"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-began_at"], name="troubles_state"),
            models.Index(fields=["outage_id"], condition=Q(outage_id__isnull=False), name="troubles_outage"),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.name}"


class Member(models.Model):
    """A signal's trouble: exactly one. `fixed`: a person put it there, and no grouping takes it away."""

    signal = models.OneToOneField(Signal, on_delete=models.PROTECT, related_name="member")
    trouble = models.ForeignKey(Trouble, on_delete=models.PROTECT, related_name="members")
    fixed = models.BooleanField(default=False)
    joined_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.signal_id} in {self.trouble_id}"


class Dark(models.Model):
    """An area that is probably without power by a trouble; `spoke`: signals of it were heard."""

    trouble = models.ForeignKey(Trouble, on_delete=models.CASCADE, related_name="dark")
    area = models.ForeignKey("network.Area", on_delete=models.PROTECT, related_name="+")
    spoke = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["trouble", "area"], name="troubles_area_once")]
        indexes: ClassVar = [models.Index(fields=["area", "-trouble"], name="troubles_dark_area")]

    def __str__(self) -> str:
        return f"{self.trouble_id}: {self.area_id}"
