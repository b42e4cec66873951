"""A call (来电): always kept, whatever becomes of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from longzhong.cases.hotline.rules.words import CALL_OUTCOME_LABELS, CHANNEL_LABELS, MOOD_LABELS, CallOutcome, Mood


class Call(models.Model):
    """Somebody turned to us, by whichever channel. Who they are is a `CaseParty`; what they said is sealed, and plain
    only with names, numbers and rooms taken out (`text`). `external_no` is the other system's number of it.
    """

    number = models.CharField(max_length=24, null=True, unique=True)
    channel = models.CharField(max_length=12, choices=[(k.value, v) for k, v in CHANNEL_LABELS.items()])
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    grid = models.ForeignKey("org.GridCell", models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey("customers.Account", models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey("network.Area", models.PROTECT, null=True, related_name="+")
    external_no = models.CharField(max_length=60, blank=True)
    text_sealed = models.TextField(blank=True)
    text = models.TextField(blank=True)
    mood = models.CharField(max_length=8, choices=[(k.value, v) for k, v in MOOD_LABELS.items()], default=Mood.CALM)
    outcome = models.CharField(
        max_length=10, choices=[(k.value, v) for k, v in CALL_OUTCOME_LABELS.items()], default=CallOutcome.KEPT
    )
    case = models.ForeignKey("hotline.Case", models.PROTECT, null=True, related_name="calls")
    outage_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "external_no"], condition=~Q(external_no=""), name="hotline_call_external_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "-at"], name="hotline_call_unit"),
            models.Index(fields=["account", "-at"], condition=Q(account__isnull=False), name="hotline_call_account"),
            models.Index(fields=["area", "-at"], condition=Q(area__isnull=False), name="hotline_call_area"),
            models.Index(fields=["case", "at"], condition=Q(case__isnull=False), name="hotline_call_case"),
            models.Index(fields=["unit", "at"], condition=Q(outcome="kept"), name="hotline_call_open"),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"
