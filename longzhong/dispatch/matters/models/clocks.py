"""Clocks of matters, their pauses, and what was told on their way."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from longzhong.dispatch.matters.rules.ladder import MarkKind
from longzhong.dispatch.matters.rules.verdicts import LIVE, ClockState, Verdict

_LIVE = Q(state__in=[state.value for state in LIVE])


class Clock(models.Model):
    """One named time limit of one matter, with the policy as it stood at its start.

    `lineage` is the id of the first clock of a line of superseding clocks (NULL: this one began it); escalation levels belong
    to the line. `next_at` is the
    next moment at which something has to be told; NULL while paused, when done, or when the ladder is climbed.
    """

    matter = models.CharField(max_length=60)
    name = models.CharField(max_length=40)
    label = models.CharField(max_length=40)
    title = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=[(state.value, state.value) for state in ClockState])
    verdict = models.CharField(max_length=8, choices=[(verdict.value, verdict.value) for verdict in Verdict])
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)
    predecessor = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="successor")
    lineage = models.BigIntegerField(null=True)

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("org.Staff", null=True, on_delete=models.PROTECT, related_name="+")

    policy_id = models.BigIntegerField(null=True)
    policy_key = models.CharField(max_length=80)
    policy_edition = models.CharField(max_length=8, blank=True)
    policy_source = models.CharField(max_length=200, blank=True)
    policy_confidence = models.CharField(max_length=8, blank=True)
    value = models.FloatField()
    measure = models.CharField(max_length=8)
    office_hours = models.CharField(max_length=80)
    warn_at = models.JSONField()
    late_at = models.JSONField()

    next_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "name"], condition=_LIVE, name="matters_one_live_clock"),
            models.CheckConstraint(condition=_LIVE | Q(ended_at__isnull=False), name="matters_clock_ended"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_at", "id"], condition=Q(next_at__isnull=False), name="matters_clock_next"),
            models.Index(fields=["matter", "id"], name="matters_clock_matter"),
            models.Index(
                fields=["due_at", "id"], condition=Q(provisional=True, state="running"), name="matters_clock_prov"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.name} {self.state}/{self.verdict}"


class ClockPause(models.Model):
    """A stretch that doesn't count, with the reason and who approved it; copied along when a clock is superseded."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="pauses")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=24)
    approved_by_user = models.BigIntegerField(null=True)
    approved_by_name = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clock"], condition=Q(to_at__isnull=True), name="matters_one_open_pause")
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.from_at:%Y-%m-%d %H:%M} {self.reason}"


class Escalation(models.Model):
    """A mark that was passed and told: a warning of a clock, or a level of its line. Written once, whoever sweeps."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="escalations")
    lineage = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in MarkKind])
    level = models.PositiveSmallIntegerField()
    mark_at = models.DateTimeField()
    at = models.DateTimeField()
    unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    staff_ids = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clock", "kind", "level"], name="matters_mark_once"),
            models.UniqueConstraint(fields=["lineage", "level"], condition=Q(kind="late"), name="matters_level_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "-id"], name="matters_escalation_unit"),
            models.Index(fields=["lineage", "id"], name="matters_escalation_line"),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.kind} {self.level}"
