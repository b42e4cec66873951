"""When the person came or called, and how the three-step script went."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from longzhong.cases.petitioners.models.files import Petitioner
from longzhong.cases.petitioners.rules import BY_WORDS, CHANNEL_LABELS, MOOD_LABELS, OUTCOME_LABELS, MatchBy, Mood


class Occasion(models.Model):
    """One contact. `source` names the call or case that it came from: heard twice, kept once. `matched_by` says how sure it is that
    it was this person; a `detached` one was somebody else after all, and counts no more.
    """

    petitioner = models.ForeignKey(Petitioner, models.PROTECT, related_name="occasions")
    at = models.DateTimeField()
    channel = models.CharField(max_length=10, choices=[(k.value, v) for k, v in CHANNEL_LABELS.items()])
    category = models.ForeignKey("categories.Category", models.PROTECT, null=True, related_name="+")
    mood = models.CharField(max_length=8, choices=[(k.value, v) for k, v in MOOD_LABELS.items()], default=Mood.CALM)
    case = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=60, blank=True)
    matched_by = models.CharField(
        max_length=8, choices=[(k.value, v) for k, v in BY_WORDS.items()], default=MatchBy.HAND
    )
    staff = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    detached_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source"], condition=~Q(source=""), name="petitioners_occasion_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["petitioner", "-at"], name="petitioners_occasion_file"),
            models.Index(fields=["case"], condition=~Q(case=""), name="petitioners_occasion_case"),
        ]

    def __str__(self) -> str:
        return f"{self.petitioner_id}: {self.at}"


class ScriptRun(models.Model):
    """One run of the three steps with a person; at most one is open."""

    petitioner = models.ForeignKey(Petitioner, models.PROTECT, related_name="runs")
    incident = models.ForeignKey("petitioners.Incident", models.PROTECT, null=True, related_name="runs")
    started_at = models.DateTimeField()
    staff = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True, choices=[(k.value, v) for k, v in OUTCOME_LABELS.items()])

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["petitioner"], condition=Q(ended_at__isnull=True), name="petitioners_one_open_run"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(outcome=""), name="petitioners_ended_run_has_outcome"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petitioner_id}: {self.started_at}"


class ScriptStep(models.Model):
    """One step that was done, or left out; the reason is in the timeline's words."""

    run = models.ForeignKey(ScriptRun, models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    staff = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    skipped = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "position"], name="petitioners_step_once"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=3),
                name="petitioners_step_of_three",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}.{self.position}"
