"""A complaint's penetration analysis and the versions of its words."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from longzhong.cases.analyses.rules import STATE_LABELS, State


class Report(models.Model):
    """One report of one complaint. `required`: the policy of the day asked for it (an appeal that dismisses ends it);
    `version` is the number of its newest version; `due_at` repeats the running deadline for lists.
    """

    complaint = models.OneToOneField("complaints.Complaint", models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=[(k.value, v) for k, v in STATE_LABELS.items()], default=State.DRAFT
    )
    required = models.BooleanField(default=False)
    version = models.PositiveSmallIntegerField(default=0)
    times_returned = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state=State.APPROVED) | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="analyses_approved_by_somebody",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_at"], name="analyses_state_due")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Version(models.Model):
    """The five parts as they were saved once, sealed; never changed, emptied only when the complaint's evidence is erased.

    `by_staff` None: prefilled by the house from the complaint's own records.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    by_staff = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    body_sealed = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "number"], name="analyses_version_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.report_id}.{self.number}"
