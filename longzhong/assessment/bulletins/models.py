"""Bulletins with their frozen numbers and answers; returns as they were heard; subscriptions of departments."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from longzhong.assessment.bulletins.rules import FIGURES, STATE_LABELS, State


class Bulletin(models.Model):
    """The numbers of one week for a company and all units below it. `counted_at`: when its numbers were taken last."""

    week = models.DateField()
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=[(k.value, v) for k, v in STATE_LABELS.items()], default=State.DRAFT)
    counted_at = models.DateTimeField()
    comment = models.CharField(max_length=500, blank=True)
    issued_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["week", "unit"], name="bulletin_once_a_week"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(issued_at__isnull=False), name="bulletin_issued_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.week:%Y-%m-%d}"


class Line(models.Model):
    """One number of one unit. `items` are [case, item, good] of what it counted, so that its list never changes either."""

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="lines")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    figure = models.CharField(max_length=16, choices=[(k.value, v.label) for k, v in FIGURES.items()])
    number = models.PositiveIntegerField()
    base = models.PositiveIntegerField(default=0)
    items = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bulletin", "unit", "figure"], name="bulletin_line_once")
        ]

    def __str__(self) -> str:
        return f"{self.bulletin_id} {self.unit_id} {self.figure}"


class Answer(models.Model):
    """What a unit does about a pressed number, and by which day; a later answer stands beside the earlier ones."""

    line = models.ForeignKey(Line, models.PROTECT, related_name="answers")
    measure = models.CharField(max_length=500)
    promise_on = models.DateField()
    by_staff = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["line", "-at"], name="bulletin_answer_line")]

    def __str__(self) -> str:
        return f"{self.line_id} {self.promise_on}"


class Turn(models.Model):
    """A case was sent back to be done again (审核退回, 退单, 回访不满意), as the hotline told it."""

    case_id = models.BigIntegerField()
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    verb = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case_id", "verb", "at"], name="turn_heard_once")]
        indexes: ClassVar = [models.Index(fields=["unit", "at"], name="turn_unit")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.verb}"


class Subscription(models.Model):
    """A department reads new cases of a category (with all below it; none: all) of a unit and all below it (跨专业信息共享)."""

    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    category = models.ForeignKey("categories.Category", models.PROTECT, null=True, related_name="+")
    of_unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    made_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "category", "of_unit"], condition=Q(ended_at=None), nulls_distinct=False,
                name="subscription_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit_id} ← {self.of_unit_id}"


class FeedRead(models.Model):
    """Up to when somebody has read the feed of a department."""

    user_id = models.BigIntegerField()
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user_id", "unit"], name="feed_read_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.unit_id}"
