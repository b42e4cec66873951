"""What was promised to a customer, how often we called, and whom the contact chain asked."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from longzhong.cases.hotline.models.cases import Case
from longzhong.cases.hotline.rules.words import (
    HELPER_LABELS,
    PROMISE_LABELS,
    PURPOSE_LABELS,
    RESULT_LABELS,
    TRY_LABELS,
    PromiseState,
    TryResult,
)


class Promise(models.Model):
    """A word given to the customer with a time (承诺, S3-04), watched by a clock of its own named `promise:<id>`."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="promises")
    text = models.CharField(max_length=200)
    made_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=[(k.value, v) for k, v in PROMISE_LABELS.items()], default=PromiseState.OPEN
    )
    ended_at = models.DateTimeField(null=True)
    moved_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(state="open"), name="hotline_promise_open"),
            models.Index(fields=["case"], name="hotline_promise_case"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class CallBack(models.Model):
    """One attempt to reach the customer: one of the three calls, or the call-back (回访). Words are steps' words."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="call_backs")
    purpose = models.CharField(max_length=12, choices=[(k.value, v) for k, v in PURPOSE_LABELS.items()])
    attempt = models.PositiveSmallIntegerField()
    result = models.CharField(max_length=14, choices=[(k.value, v) for k, v in RESULT_LABELS.items()])
    at = models.DateTimeField()
    by_staff = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "purpose", "attempt"], name="hotline_call_back_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.purpose} {self.attempt}"


class ContactTry(models.Model):
    """One link of the contact chain (物业电工 → 网格员 → …): asked at, answered or not by `due_at` (S0-07)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="tries")
    position = models.PositiveSmallIntegerField()
    helper = models.CharField(max_length=12, choices=[(k.value, v) for k, v in HELPER_LABELS.items()])
    staff = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    result = models.CharField(
        max_length=10, choices=[(k.value, v) for k, v in TRY_LABELS.items()], default=TryResult.WAITING
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "position"], name="hotline_try_once"),
            models.UniqueConstraint(fields=["case"], condition=Q(result="waiting"), name="hotline_one_try_waiting"),
        ]
        indexes: ClassVar = [models.Index(fields=["due_at"], condition=Q(result="waiting"), name="hotline_try_waiting")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.position} {self.helper}"
