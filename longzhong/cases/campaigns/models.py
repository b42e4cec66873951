"""A special campaign, its measures, and the two counts that it is judged by."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from longzhong.cases.campaigns.rules import BASIS_LABELS, STATE_LABELS, State


class Campaign(models.Model):
    """Complaints of some categories (with all below) in a unit (with all below), from `starts_on` to `ends_on`, both included.

    The baseline is frozen at the start, the result at the judgement; `upheld` are after appeal as of that moment.
    """

    title = models.CharField(max_length=80)
    aim = models.TextField(blank=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    categories = models.ManyToManyField("categories.Category", related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    basis = models.CharField(max_length=8, choices=[(k.value, v) for k, v in BASIS_LABELS.items()])
    target_pct = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=10, choices=[(k.value, v) for k, v in STATE_LABELS.items()], default=State.DRAFT
    )
    drafted_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    base_from = models.DateField(null=True)
    base_to = models.DateField(null=True)
    base_total = models.PositiveIntegerField(null=True)
    base_upheld = models.PositiveIntegerField(null=True)
    total = models.PositiveIntegerField(null=True)
    upheld = models.PositiveIntegerField(null=True)
    judged_at = models.DateTimeField(null=True)
    conclusion = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="campaigns_span"),
            models.CheckConstraint(condition=Q(target_pct__lte=100), name="campaigns_target"),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.CANCELLED]) | Q(base_total__isnull=False),
                name="campaigns_started_has_baseline",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.JUDGED) | (Q(total__isnull=False) & Q(judged_at__isnull=False)),
                name="campaigns_judged_has_result",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "state", "-starts_on"], name="campaigns_unit_state")]

    def __str__(self) -> str:
        return self.title


class Measure(models.Model):
    """What is to be done, by whom, until when; watched by a clock of its own named `measure:<id>`."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="measures")
    text = models.CharField(max_length=200)
    owner = models.ForeignKey("org.Staff", models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "due_on"], name="campaigns_measure_due")]

    def __str__(self) -> str:
        return self.text
