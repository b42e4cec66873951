"""What judging leaves in the database. The curves themselves live in the lake (engines/lake.py)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from longzhong.sensing.curves.rules import KIND_NAMES, LASTING_NAMES, VERDICT_NAMES

HOURS = 24
KIND_CHOICES = [(str(code), name) for code, name in KIND_NAMES.items()]
VERDICT_CHOICES = [(str(code), name) for code, name in VERDICT_NAMES.items()]
LASTING_CHOICES = [(str(code), name) for code, name in LASTING_NAMES.items()]


class ScanRun(models.Model):
    """The latest scan of a day; `inputs` are the lake versions, tails and rules that it was made from."""

    day = models.DateField(unique=True)
    rule_version = models.CharField(max_length=20)
    inputs = models.JSONField(default=dict)
    curves = models.PositiveIntegerField(default=0)
    findings = models.PositiveIntegerField(default=0)
    faults = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0.0)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.day} {self.rule_version}"


class Finding(models.Model):
    """One curve of one meter, abnormal or undetermined in one kind on one day. Replaced as a whole by a new scan of the day.

    `slots` counts abnormal slots, `conf` and `poss` are the longest certain and possible runs, `first` and `last` slots
    (null: none), `worst` in V or %. `phase` 0 is the meter as a whole.
    """

    meter_code = models.CharField(max_length=40)
    meter = models.ForeignKey("network.Meter", models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey("network.Area", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    grid = models.ForeignKey("org.GridCell", models.PROTECT, null=True, related_name="+")
    phase = models.PositiveSmallIntegerField(default=0)
    day = models.DateField()
    kind = models.CharField(max_length=12, choices=KIND_CHOICES)
    verdict = models.CharField(max_length=12, choices=VERDICT_CHOICES)
    slots = models.PositiveSmallIntegerField()
    conf = models.PositiveSmallIntegerField()
    poss = models.PositiveSmallIntegerField()
    worst = models.FloatField(null=True)
    first = models.PositiveSmallIntegerField(null=True)
    last = models.PositiveSmallIntegerField(null=True)
    days_abnormal = models.PositiveSmallIntegerField(default=0)
    duration_class = models.CharField(max_length=10, choices=LASTING_CHOICES, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meter_code", "phase", "day", "kind"], name="curves_found_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["day", "kind", "verdict"], name="curves_finding_day"),
            models.Index(fields=["area", "day"], name="curves_finding_area"),
            models.Index(fields=["unit", "day"], name="curves_finding_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.meter_code} {self.day} {self.kind} {self.verdict}"


class AreaDay(models.Model):
    """What a day says of an area: a letter (N A U, - not judged) for each electric kind, and its load hour by hour.

    `kva_by_hour` is the mean apparent power of the area meter, `export_by_hour` what its customers fed back, kW; null: unknown.
    """

    area = models.ForeignKey("network.Area", models.PROTECT, related_name="+")
    day = models.DateField()
    verdicts = models.CharField(max_length=7)
    meters = models.PositiveIntegerField(default=0)
    kva_by_hour = ArrayField(models.FloatField(null=True), size=HOURS)
    export_by_hour = ArrayField(models.FloatField(null=True), size=HOURS)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["area", "day"], name="curves_area_day_once")]
        indexes: ClassVar = [models.Index(fields=["day"], name="curves_area_day_day")]

    def __str__(self) -> str:
        return f"{self.area_id} {self.day} {self.verdicts}"


class AreaFault(models.Model):
    """An area abnormal in one electric kind on a day: its findings put together."""

    area = models.ForeignKey("network.Area", models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    grid = models.ForeignKey("org.GridCell", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=KIND_CHOICES)
    day = models.DateField()
    meters = models.PositiveIntegerField()
    worst = models.FloatField(null=True)
    beyond_pct = models.FloatField(default=0.0)
    slots = models.PositiveSmallIntegerField()
    first = models.PositiveSmallIntegerField(null=True)
    last = models.PositiveSmallIntegerField(null=True)
    days_abnormal = models.PositiveSmallIntegerField()
    days_window = models.PositiveSmallIntegerField()
    duration_class = models.CharField(max_length=10, choices=LASTING_CHOICES)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["area", "kind", "day"], name="curves_fault_once")]
        indexes: ClassVar = [
            models.Index(fields=["day", "kind"], name="curves_fault_day"),
            models.Index(fields=["unit", "day"], name="curves_fault_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.day} {self.kind}"


class Correction(models.Model):
    """A version of a day that replaced or completed readings of the one before; the values themselves are in the lake."""

    kind = models.CharField(max_length=8)
    day = models.DateField()
    version = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    rows = models.PositiveIntegerField()
    slots_corrected = models.PositiveIntegerField()
    slots_late = models.PositiveIntegerField()
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "day", "version"], name="curves_correction_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day} v{self.version}: {self.slots_corrected} + {self.slots_late}"
