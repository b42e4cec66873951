"""Alerts and the days that prove or disprove their repair."""

from django.db import models
from django.db.models import Q

from longzhong.cases.alerts.rules import LIVE, DayProof, Level, State


class Alert(models.Model):
    """What a machine sensed at one area; at most one is live for each kind."""

    area = models.ForeignKey("network.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")  # the station that had it then
    grid = models.ForeignKey("org.GridCell", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    quality = models.BooleanField(default=False)  # a meter's fault, not the grid's
    meter = models.CharField(max_length=40, blank=True)  # the meter's code when one meter is at fault
    state = models.CharField(max_length=12, choices=[(state, state) for state in State], default=State.RAISED)
    level = models.PositiveSmallIntegerField(choices=[(level.value, level.name) for level in Level])
    points = models.PositiveSmallIntegerField(default=0)
    reasons = models.JSONField(default=list)
    raised_at = models.DateTimeField()
    first_on = models.DateField()
    last_on = models.DateField()
    meters = models.PositiveIntegerField(default=1)
    worst = models.FloatField(null=True)
    beyond_pct = models.FloatField(default=0)
    slots = models.PositiveIntegerField(default=0)
    days_abnormal = models.PositiveSmallIntegerField(default=1)
    days_window = models.PositiveSmallIntegerField(default=1)
    duration_class = models.CharField(max_length=12, blank=True)
    base_load_kw = models.FloatField(null=True)
    order_id = models.BigIntegerField(null=True)
    handled_on = models.DateField(null=True)  # the day on which the work was reported finished
    times_sent_back = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    quiet_until_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "kind", "meter"], condition=Q(state__in=LIVE), name="one_live_alert_per_area_and_kind"
            )
        ]
        indexes = [
            models.Index(fields=["unit", "state", "level", "-raised_at"], name="alert_board"),
            models.Index(fields=["state", "handled_on"], name="alert_to_prove"),
            models.Index(fields=["area", "kind", "-id"], name="alert_of_area"),
        ]

    def __str__(self) -> str:
        return f"预警 {self.pk}"


class ProofDay(models.Model):
    """What one day after the repair proved, kept as evidence."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="proof_days")
    day = models.DateField()
    round = models.PositiveSmallIntegerField(default=0)  # how often the work had been sent back before
    proof = models.CharField(max_length=12, choices=[(proof, proof) for proof in DayProof])
    load_kw = models.FloatField(null=True)
    meters_abnormal = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alert", "round", "day"], name="one_proof_per_day_and_round")]

    def __str__(self) -> str:
        return f"{self.day} {self.proof}"
