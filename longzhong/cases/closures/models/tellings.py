"""Lists of documents that were handed over (一次性告知单), and second requests (二次告知)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from longzhong.cases.closures.rules import FAULT_LABELS, KIND_LABELS, WAY_LABELS, Fault


class Telling(models.Model):
    """One list as it was handed over, kept as it stood; of a closure, a hotline case, or an account at the counter."""

    number = models.CharField(max_length=24, null=True, unique=True)
    kind = models.CharField(max_length=20, choices=[(k.value, v) for k, v in KIND_LABELS.items()])
    codes = ArrayField(models.CharField(max_length=12))
    source = models.CharField(max_length=200, blank=True)
    confidence = models.CharField(max_length=4, blank=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    grid = models.ForeignKey("org.GridCell", models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey("customers.Account", models.PROTECT, null=True, related_name="+")
    closure = models.ForeignKey("closures.Closure", models.PROTECT, null=True, related_name="tellings")
    case = models.ForeignKey("hotline.Case", models.PROTECT, null=True, related_name="+")
    staff = models.ForeignKey("org.Staff", models.PROTECT, related_name="+")
    way = models.CharField(max_length=8, choices=[(k.value, v) for k, v in WAY_LABELS.items()])
    told_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["closure"], condition=Q(closure__isnull=False), name="closures_told_once_closure"
            ),
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(case__isnull=False), name="closures_told_once_case"
            ),
            models.CheckConstraint(
                condition=Q(account__isnull=False) | Q(case__isnull=False), name="closures_told_to_somebody"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "-told_at", "-id"], name="closures_told_unit"),
            models.Index(fields=["account", "-id"], name="closures_told_account"),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"


class ToldAgain(models.Model):
    """A document asked for that wasn't on the list handed over: our fault until a judge lifts it. Words are in the step."""

    telling = models.ForeignKey(Telling, models.PROTECT, related_name="again")
    code = models.CharField(max_length=12)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    staff = models.ForeignKey("org.Staff", models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey("org.Staff", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=[(k.value, v) for k, v in FAULT_LABELS.items()], default=Fault.RECORDED
    )
    judged_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["telling", "code"], name="closures_told_again_once")]
        indexes: ClassVar = [models.Index(fields=["unit", "state", "-at"], name="closures_told_again")]

    def __str__(self) -> str:
        return f"{self.telling_id}: {self.code}"
