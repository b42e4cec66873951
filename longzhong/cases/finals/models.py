"""Final answers and who approved them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from longzhong.cases.finals.rules import HOW_LABELS, LIVE, STATE_LABELS, State


class FinalAnswer(models.Model):
    """One case answered for good. The text to the customer is sealed; evidence hangs on its timeline. `number` (ZD…) is the
    filing number, given with the last approval. `chain`: the approving roles as at submission, `position` the next of them.
    """

    number = models.CharField(max_length=24, null=True, unique=True)
    case = models.ForeignKey("hotline.Case", models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    grid = models.ForeignKey("org.GridCell", models.PROTECT, null=True, related_name="+")
    grounds = ArrayField(models.CharField(max_length=16))
    answer_sealed = models.TextField()
    state = models.CharField(
        max_length=12, choices=[(k.value, v) for k, v in STATE_LABELS.items()], default=State.DRAFT
    )
    chain = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    drafted_by = models.ForeignKey("org.Staff", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_how = models.CharField(max_length=8, blank=True, choices=[(k.value, v) for k, v in HOW_LABELS.items()])
    filed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=[*LIVE, State.FILED]), name="finals_one_standing_per_case"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.APPROVED, State.TOLD, State.FILED]) | Q(number__isnull=False),
                name="finals_approved_has_number",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "state", "-drafted_at"], name="finals_unit_state"),
            models.Index(fields=["state", "-drafted_at", "-id"], name="finals_state"),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"


class Approval(models.Model):
    """One level's consent; nobody consents twice."""

    final = models.ForeignKey(FinalAnswer, models.PROTECT, related_name="approvals")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=12)
    staff = models.ForeignKey("org.Staff", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["final", "position"], name="finals_level_once"),
            models.UniqueConstraint(fields=["final", "staff"], name="finals_person_once"),
        ]

    def __str__(self) -> str:
        return f"{self.final_id} {self.position}"
