"""Outages, the devices that are off, the areas without power, where faults were found, and stops of single accounts."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from longzhong.sensing.outages.rules.words import (
    DEVICE_LABELS,
    KIND_LABELS,
    LIVE,
    REASON_LABELS,
    STATE_LABELS,
    STOP_LABELS,
)

_LIVE = Q(state__in=[state.value for state in LIVE])


class Outage(models.Model):
    """One interruption, planned or not. `source` is the label of its cause ("hotline.case:7"), never resolved here.

    `title` names the devices as they were called then. `planned_*` are the announced plan and stay; `expected_end_at` is what
    customers are told now, and `asked_end_at` the one about which the crew was asked shortly before. `areas` to `special` repeat
    the sums over the affected areas for lists; `delays` counts how often the expected end moved later, `late_notices` how often
    that was announced too late, `changes` how often the plan itself changed. `between_*`: the interval that was announced together
    with the end `between_for_at`; another end than that stands alone. `exemption`: why it was announced too late; who asked
    and who approved are kept as ids, because nobody approves their own.
    """

    number = models.CharField(max_length=24, null=True, unique=True)
    kind = models.CharField(max_length=10, choices=[(kind.value, label) for kind, label in KIND_LABELS.items()])
    state = models.CharField(max_length=10, choices=[(state.value, label) for state, label in STATE_LABELS.items()])
    title = models.CharField(max_length=120)
    reason_code = models.CharField(max_length=16)
    reason = models.CharField(max_length=200, blank=True)
    fault_place = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=60, blank=True)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")

    registered_at = models.DateTimeField()
    planned_start = models.DateTimeField(null=True)
    planned_end = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    expected_end_at = models.DateTimeField(null=True)
    restored_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    asked_end_at = models.DateTimeField(null=True)
    between_low_at = models.DateTimeField(null=True)
    between_high_at = models.DateTimeField(null=True)
    between_for_at = models.DateTimeField(null=True)

    exemption = models.CharField(max_length=200, blank=True)
    asked_by_user = models.BigIntegerField(null=True)
    asked_by_staff = models.BigIntegerField(null=True)
    approved_by_user = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="absorbed")

    delays = models.PositiveSmallIntegerField(default=0)
    late_notices = models.PositiveSmallIntegerField(default=0)
    changes = models.PositiveSmallIntegerField(default=0)
    areas = models.PositiveIntegerField(default=0)
    accounts = models.PositiveIntegerField(default=0)
    households = models.PositiveIntegerField(default=0)
    important = models.PositiveIntegerField(default=0)
    sensitive = models.PositiveIntegerField(default=0)
    special = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source"], condition=_LIVE & ~Q(source=""), name="outages_one_live_per_source"
            ),
            models.CheckConstraint(
                condition=Q(planned_end__isnull=True) | Q(planned_end__gt=F("planned_start")),
                name="outages_plan_has_length",
            ),
            models.CheckConstraint(
                condition=Q(restored_at__isnull=True) | Q(restored_at__gte=F("started_at")),
                name="outages_restored_after_start",
            ),
            models.CheckConstraint(condition=_LIVE | Q(closed_at__isnull=False), name="outages_closed_has_time"),
            models.CheckConstraint(
                condition=~Q(state="merged") | Q(merged_into__isnull=False), name="outages_merged_into_one"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "state"], name="outages_unit_state"),
            models.Index(fields=["state", "expected_end_at"], condition=_LIVE, name="outages_live"),
            models.Index(fields=["started_at"], name="outages_started"),
            models.Index(fields=["source"], condition=~Q(source=""), name="outages_source"),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"


class Scope(models.Model):
    """A device that is off, or a section `kept` supplied from elsewhere; by kind and id, with its name of then.

    `holds`: a live fault stands on the device, and nobody reports it a second time.
    """

    outage = models.ForeignKey(Outage, on_delete=models.PROTECT, related_name="devices")
    kind = models.CharField(max_length=10, choices=[(kind.value, label) for kind, label in DEVICE_LABELS.items()])
    object_id = models.BigIntegerField()
    name = models.CharField(max_length=170)
    kept = models.BooleanField(default=False)
    holds = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["outage", "kind", "object_id"], name="outages_device_once"),
            models.UniqueConstraint(
                fields=["kind", "object_id"], condition=Q(holds=True), name="outages_one_fault_a_device"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class Affected(models.Model):
    """An area without power: its station and cell of then, how many accounts stood behind it, when it came back."""

    outage = models.ForeignKey(Outage, on_delete=models.PROTECT, related_name="affected")
    area = models.ForeignKey("network.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    grid = models.ForeignKey("org.GridCell", null=True, on_delete=models.PROTECT, related_name="+")
    accounts = models.PositiveIntegerField(default=0)
    households = models.PositiveIntegerField(default=0)
    important = models.PositiveIntegerField(default=0)
    sensitive = models.PositiveIntegerField(default=0)
    special = models.PositiveIntegerField(default=0)
    restored_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["outage", "area"], name="outages_area_once")]
        indexes: ClassVar = [models.Index(fields=["area", "-outage"], name="outages_area")]

    def __str__(self) -> str:
        return f"{self.outage_id}: {self.area_id}"


class FaultNote(models.Model):
    """Where a fault was found: line and pole, the cause, a position; its photos hang on the outage's step."""

    outage = models.ForeignKey(Outage, on_delete=models.PROTECT, related_name="faults")
    feeder = models.ForeignKey("network.Feeder", null=True, on_delete=models.PROTECT, related_name="+")
    pole = models.CharField(max_length=40)
    cause = models.CharField(max_length=16, choices=list(REASON_LABELS.items()))
    note = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    photos = models.PositiveSmallIntegerField(default=0)
    found_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["outage", "feeder", "pole", "cause"], nulls_distinct=False, name="outages_fault_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["feeder", "pole"], name="outages_fault_pole"),
            models.Index(fields=["-found_at"], name="outages_fault_found"),
        ]

    def __str__(self) -> str:
        return f"{self.outage_id}: {self.pole}"


class Stop(models.Model):
    """One account without power for a marketing reason. It is no outage: only its own customer, the desk and the station know."""

    account = models.ForeignKey("customers.Account", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(kind.value, label) for kind, label in STOP_LABELS.items()])
    source = models.CharField(max_length=60)
    stopped_at = models.DateTimeField()
    restored_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source"], name="outages_one_stop_a_source"),
            models.UniqueConstraint(
                fields=["account", "kind"], condition=Q(restored_at__isnull=True), name="outages_one_live_stop"
            ),
            models.CheckConstraint(
                condition=Q(restored_at__isnull=True) | Q(restored_at__gte=F("stopped_at")),
                name="outages_stop_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.kind}"
