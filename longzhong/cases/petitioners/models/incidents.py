"""An incident at the window: a clerk calls the hall head to take over an upset visitor (窗口“灭火”岗, S0-17)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from longzhong.cases.petitioners.models.files import Petitioner
from longzhong.cases.petitioners.rules import INCIDENT_LABELS, MOOD_LABELS, SETTLED_LABELS, IncidentState, Mood

_LIVE = Q(state__in=["escalated", "taken"])


class Incident(models.Model):
    """`window` is where (window 3, meeting room); `owner` who has taken it over: nobody while it waits, exactly one after. What
    it is about are the steps' words; the visitor is a file or nobody known.
    """

    number = models.CharField(max_length=24, null=True, unique=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    petitioner = models.ForeignKey(Petitioner, models.PROTECT, null=True, related_name="incidents")
    window = models.CharField(max_length=40)
    mood = models.CharField(max_length=8, choices=[(k.value, v) for k, v in MOOD_LABELS.items()], default=Mood.EXCITED)
    state = models.CharField(
        max_length=10, choices=[(k.value, v) for k, v in INCIDENT_LABELS.items()], default=IncidentState.ESCALATED
    )
    outcome = models.CharField(max_length=8, blank=True, choices=[(k.value, v) for k, v in SETTLED_LABELS.items()])
    case = models.CharField(max_length=60, blank=True)
    called_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    called_by_user_id = models.BigIntegerField(null=True)
    owner = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    owner_user_id = models.BigIntegerField(null=True)
    escalated_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="settled") | (~Q(outcome="") & Q(owner_user_id__isnull=False)),
                name="petitioners_settled_has_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state="taken") | Q(owner_user_id__isnull=False), name="petitioners_taken_has_owner"
            ),
            models.CheckConstraint(condition=_LIVE | Q(ended_at__isnull=False), name="petitioners_ended_has_time"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "escalated_at"], condition=_LIVE, name="petitioners_incident_live"),
            models.Index(fields=["unit", "-escalated_at"], name="petitioners_incident_unit"),
            models.Index(fields=["owner"], condition=_LIVE, name="petitioners_incident_owner"),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"
