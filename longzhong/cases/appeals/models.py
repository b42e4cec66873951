"""Appeals against verdicts, the windows in which they may be made, their seals and panels. What people wrote is sealed."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from longzhong.cases.appeals.rules import (
    ASK_LABELS,
    CHOICE_LABELS,
    JUDGED,
    LEVEL_LABELS,
    LIVE,
    PART_LABELS,
    STATE_LABELS,
    State,
)
from longzhong.cases.complaints.rules import RESPONSIBILITY_LABELS, VERDICT_LABELS

_LEVELS = [(k.value, v) for k, v in LEVEL_LABELS.items()]
_VERDICTS = [(k.value, v) for k, v in VERDICT_LABELS.items() if k]
_RESPONSIBILITIES = [(k.value, v) for k, v in RESPONSIBILITY_LABELS.items() if k]


class Window(models.Model):
    """Until when a verdict may be appealed against, as promised when it was given: the policy and the calendar of that moment
    (`value`, `measure`, `policy_source`, `why` line by line). `last_at` is the end of the last day. One a level and round.
    """

    complaint = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="+")
    level = models.CharField(max_length=8, choices=_LEVELS)
    round = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    value = models.FloatField()
    measure = models.CharField(max_length=8)
    policy_key = models.CharField(max_length=60)
    policy_source = models.CharField(max_length=200, blank=True)
    why = ArrayField(models.TextField(), default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["complaint", "level", "round"], name="appeals_window_once"),
            models.CheckConstraint(condition=Q(last_at__gt=models.F("opened_at")), name="appeals_window_opens_first"),
        ]
        indexes: ClassVar = [models.Index(fields=["last_at"], name="appeals_window_last")]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.level}"


class Appeal(models.Model):
    """One appeal of the responsible unit. `was_*` is what stood against it when it was written; `result_*` what a panel that
    allowed it put in its place. `basis_sealed` the unit's words, `conclusion_sealed` the panel's. `number` (SS…) from submission.
    """

    number = models.CharField(max_length=24, null=True, unique=True)
    complaint = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="+")
    window = models.ForeignKey(Window, models.PROTECT, related_name="appeals")
    level = models.CharField(max_length=8, choices=_LEVELS)
    round = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=10, choices=[(k.value, v) for k, v in STATE_LABELS.items()], default=State.DRAFT
    )
    grounds = ArrayField(models.CharField(max_length=16))
    ask = models.CharField(max_length=14, choices=[(k.value, v) for k, v in ASK_LABELS.items()])
    asked_responsibility = models.CharField(max_length=14, blank=True, choices=_RESPONSIBILITIES)
    duplicate_of = models.ForeignKey("complaints.Complaint", models.PROTECT, null=True, related_name="+")
    basis_sealed = models.TextField()
    was_verdict = models.CharField(max_length=10, choices=_VERDICTS)
    was_responsibility = models.CharField(max_length=14, blank=True, choices=_RESPONSIBILITIES)
    drafted_by = models.ForeignKey("org.Staff", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    seated_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    concluded_at = models.DateTimeField(null=True)
    concluded_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    result_verdict = models.CharField(max_length=10, blank=True, choices=_VERDICTS)
    result_responsibility = models.CharField(max_length=14, blank=True, choices=_RESPONSIBILITIES)
    conclusion_sealed = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["complaint"], condition=Q(state__in=LIVE), name="appeals_one_live"),
            models.UniqueConstraint(
                fields=["complaint", "level", "round"], condition=Q(state__in=JUDGED), name="appeals_judged_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=JUDGED) | Q(concluded_at__isnull=False), name="appeals_judged_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.ALLOWED, State.PARTLY]) | ~Q(result_verdict=""),
                name="appeals_allowed_has_result",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "due_at"], name="appeals_state_due"),
            models.Index(fields=["-drafted_at", "-id"], name="appeals_new"),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"


class Seal(models.Model):
    """One level's seal as it stands on the paper."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="seals")
    part = models.CharField(max_length=10, choices=[(k.value, v) for k, v in PART_LABELS.items()])
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    staff = models.ForeignKey("org.Staff", models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["appeal", "part"], name="appeals_seal_once")]

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.part}"


class Member(models.Model):
    """Who sits on a panel, and their one vote; who left (`left_at`) without having voted was replaced."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="members")
    staff = models.ForeignKey("org.Staff", models.PROTECT, related_name="+")
    seated_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    choice = models.CharField(max_length=8, blank=True, choices=[(k.value, v) for k, v in CHOICE_LABELS.items()])
    reason_sealed = models.TextField(blank=True)
    voted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["appeal", "staff"], name="appeals_member_once"),
            models.CheckConstraint(
                condition=(Q(choice="") & Q(voted_at=None)) | (~Q(choice="") & Q(voted_at__isnull=False)),
                name="appeals_vote_has_time",
            ),
            models.CheckConstraint(condition=Q(left_at=None) | Q(voted_at=None), name="appeals_leaver_has_no_vote"),
        ]
        indexes: ClassVar = [models.Index(fields=["staff", "left_at"], name="appeals_member_staff")]

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.staff_id}"
