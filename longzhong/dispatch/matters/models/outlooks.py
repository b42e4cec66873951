"""When a matter will probably be over, as the floor that knows concluded; plain data that every page may show."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Outlook(models.Model):
    """The newest estimate of a matter's end (`matter` is its label): the middle and an interval that holds most of the time.

    `stage`: how far the work was when it was said, in words; `reasons`: why, in sentences. It binds nobody: a person's word is
    kept by the matter itself and wins. `ended_at`: the matter is over, nothing is shown any more.
    """

    matter = models.CharField(max_length=60, unique=True)
    stage = models.CharField(max_length=20)
    low_at = models.DateTimeField()
    middle_at = models.DateTimeField()
    high_at = models.DateTimeField()
    reasons = models.JSONField(default=list)
    said_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(low_at__lte=F("middle_at"), high_at__gte=F("middle_at")), name="matters_outlook_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.stage}"
