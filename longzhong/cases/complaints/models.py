"""A governed matter and what its investigation, reviews and decisions left. Words about people are sealed."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from longzhong.cases.complaints.rules import (
    DONE,
    EVIDENCE_LABELS,
    KIND_LABELS,
    RESPONSIBILITY_LABELS,
    STATE_LABELS,
    VERDICT_LABELS,
    State,
)
from longzhong.cases.hotline.rules.words import CAUSE_LABELS, GRADE_LABELS, Grade

_VERDICTS = [(k.value, v) for k, v in VERDICT_LABELS.items() if k]
_RESPONSIBILITIES = [(k.value, v) for k, v in RESPONSIBILITY_LABELS.items() if k]


class Complaint(models.Model):
    """One case under governance. `unit` is the responsible unit (责任单位), `department` its profession's (专业部门), `handler`
    who investigates. Both ledgers (两本账): `verdict`/`decided_at` as first decided, `final_verdict`/`final_at` after appeal (the
    same until an appeal changes them), `corrected_by` the appeal's label. `round` counts investigations. `summary_sealed`: what a
    confidential customer complains of, retold by the office. `grounds`: why this grade was suggested. `keep_until`: retention.
    """

    case = models.OneToOneField("hotline.Case", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(k.value, v) for k, v in KIND_LABELS.items()])
    state = models.CharField(
        max_length=14, choices=[(k.value, v) for k, v in STATE_LABELS.items()], default=State.ACCEPTED
    )
    grade = models.CharField(
        max_length=10, choices=[(k.value, v) for k, v in GRADE_LABELS.items()], default=Grade.GENERAL
    )
    grounds = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    category = models.ForeignKey("categories.Category", models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    grid = models.ForeignKey("org.GridCell", models.PROTECT, null=True, related_name="+")
    department = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    handler = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    about_staff = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    about_unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    secrecy = models.CharField(max_length=12)
    over_level = models.BooleanField(default=False)
    channel = models.CharField(max_length=12)
    summary_sealed = models.TextField(blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    times_returned = models.PositiveSmallIntegerField(default=0)

    verdict = models.CharField(max_length=10, blank=True, choices=_VERDICTS)
    responsibility = models.CharField(max_length=14, blank=True, choices=_RESPONSIBILITIES)
    root_cause = models.CharField(max_length=12, blank=True, choices=[(k.value, v) for k, v in CAUSE_LABELS.items()])
    violations = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    decided_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    final_verdict = models.CharField(max_length=10, blank=True, choices=_VERDICTS)
    final_responsibility = models.CharField(max_length=14, blank=True, choices=_RESPONSIBILITIES)
    final_at = models.DateTimeField(null=True)
    corrected_by = models.CharField(max_length=40, blank=True)

    accepted_at = models.DateTimeField()
    dispatched_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    due_clock = models.CharField(max_length=40, blank=True)
    alarm = models.PositiveSmallIntegerField(default=0)
    keep_until = models.DateField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(verdict="") & Q(decided_at=None)) | (~Q(verdict="") & Q(decided_at__isnull=False)),
                name="complaints_verdict_has_time",
            ),
            models.CheckConstraint(
                condition=(Q(final_verdict="") & Q(final_at=None)) | (~Q(final_verdict="") & Q(final_at__isnull=False)),
                name="complaints_final_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[one.value for one in DONE]) | Q(closed_at__isnull=False),
                name="complaints_done_has_time",
            ),
            models.CheckConstraint(
                condition=Q(about_staff=None) | Q(handler=None) | ~Q(handler=models.F("about_staff")),
                name="complaints_handler_not_accused",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "state", "due_at"], name="complaints_unit_state"),
            models.Index(fields=["department", "state", "due_at"], name="complaints_dept_state"),
            models.Index(fields=["handler", "state"], name="complaints_handler"),
            models.Index(fields=["kind", "-accepted_at", "-id"], name="complaints_kind_new"),
            models.Index(fields=["category", "-accepted_at"], name="complaints_category"),
            models.Index(fields=["keep_until"], condition=Q(keep_until__isnull=False, erased_at=None),
                         name="complaints_keep"),
            models.Index(fields=["about_staff", "-accepted_at"], condition=Q(about_staff__isnull=False),
                         name="complaints_about"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"#{self.pk}"


class Finding(models.Model):
    """One piece of the investigation (调查): evidence with its words (sealed); its files hang on the timeline's step `seq`."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="findings")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=[(k.value, v) for k, v in EVIDENCE_LABELS.items()])
    words_sealed = models.TextField(blank=True)
    files = models.PositiveSmallIntegerField(default=0)
    seq = models.PositiveIntegerField(default=0)
    by_staff = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["complaint", "at"], name="complaints_finding_at")]

    def __str__(self) -> str:
        return f"{self.pk}"


class Reply(models.Model):
    """The unit's reply (单位回复) of one round, and what the department said to it (专业审核)."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="replies")
    number = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField(default=1)
    facts_sealed = models.TextField()
    verdict = models.CharField(max_length=10, blank=True, choices=_VERDICTS)
    responsibility = models.CharField(max_length=14, blank=True, choices=_RESPONSIBILITIES)
    root_cause = models.CharField(max_length=12, blank=True)
    measures_sealed = models.TextField(blank=True)
    by_staff = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    passed = models.BooleanField(null=True)
    analysis_sealed = models.TextField(blank=True)
    review_measures_sealed = models.TextField(blank=True)
    reviewed_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["complaint", "number"], name="complaints_reply_once"),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.number}"


class Decision(models.Model):
    """What the quality office decided (核定), with its basis (sealed); corrections by appeal are decisions too (`appeal`)."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField(default=1)
    verdict = models.CharField(max_length=10, choices=_VERDICTS)
    responsibility = models.CharField(max_length=14, blank=True, choices=_RESPONSIBILITIES)
    root_cause = models.CharField(max_length=12, blank=True)
    violations = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    basis_sealed = models.TextField()
    appeal = models.CharField(max_length=40, blank=True)
    by_staff = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["complaint", "number"], name="complaints_decision_once"),
            models.UniqueConstraint(
                fields=["complaint", "appeal"], condition=~Q(appeal=""), name="complaints_appeal_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.number}"
