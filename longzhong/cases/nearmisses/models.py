"""Averted complaints, and the lines of the staff service record."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from longzhong.cases.hotline.rules.words import CAUSE_LABELS, MOOD_LABELS, Mood
from longzhong.cases.nearmisses.rules import (
    KIND_LABELS,
    PLACE_LABELS,
    STANDING_LABELS,
    STATE_LABELS,
    Standing,
    State,
)

MOODS = [(k.value, v) for k, v in MOOD_LABELS.items()]


class NearMiss(models.Model):
    """Trouble that one member of staff dissolved before it became a complaint. What was said is the step's words (erasable).

    `unit` and `grid` are those of that day. `case`: the hotline case in which it happened; `incident`: the label of a visit
    of a long-time petitioner. The same person can record one case or incident only once.
    """

    number = models.CharField(max_length=24, null=True, unique=True)
    at = models.DateTimeField()
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    grid = models.ForeignKey("org.GridCell", models.PROTECT, null=True, related_name="+")
    staff = models.ForeignKey("org.Staff", models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey("org.Staff", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    place = models.CharField(max_length=8, choices=[(k.value, v) for k, v in PLACE_LABELS.items()])
    category = models.ForeignKey("categories.Category", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=12, choices=[(k.value, v) for k, v in CAUSE_LABELS.items()])
    means = ArrayField(models.CharField(max_length=16))
    mood_before = models.CharField(max_length=8, choices=MOODS, default=Mood.EXCITED)
    mood_after = models.CharField(max_length=8, choices=MOODS, default=Mood.CALM)
    account = models.ForeignKey("customers.Account", models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey("hotline.Case", models.PROTECT, null=True, related_name="+")
    incident = models.CharField(max_length=80, blank=True)
    state = models.CharField(
        max_length=10, choices=[(k.value, v) for k, v in STATE_LABELS.items()], default=State.RECORDED
    )
    confirmed_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    times_returned = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["staff", "case"], condition=Q(case__isnull=False), name="near_miss_once_a_case"
            ),
            models.UniqueConstraint(
                fields=["staff", "incident"], condition=~Q(incident=""), name="near_miss_once_an_incident"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False), name="near_miss_confirmed_has_time"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "state", "-at"], name="near_miss_unit"),
            models.Index(fields=["staff", "-at"], name="near_miss_staff"),
            models.Index(fields=["account", "-at"], condition=Q(account__isnull=False), name="near_miss_account"),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"


class StaffMark(models.Model):
    """One line of a person's service record: a complaint about them, praise, or trouble they dissolved.

    `cause` is the label of what it is about. `standing` is set by whoever decides complaints; the zero-complaint record counts
    complaints that are open or upheld. A mark is never deleted: one that was wrong is `withdrawn`.
    """

    staff = models.ForeignKey("org.Staff", models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=[(k.value, v) for k, v in KIND_LABELS.items()])
    cause = models.CharField(max_length=80)
    standing = models.CharField(
        max_length=10, choices=[(k.value, v) for k, v in STANDING_LABELS.items()], default=Standing.OPEN
    )
    at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["staff", "kind", "cause"], name="staff_mark_once"),
            models.UniqueConstraint(
                fields=["kind", "cause"], condition=~Q(standing="withdrawn"), name="staff_mark_one_person"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["staff", "kind", "-day"], name="staff_mark_record")]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.kind} {self.day}"
