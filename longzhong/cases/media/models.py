"""Items of public opinion, how hot they were when, and what they are tied to."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from longzhong.cases.media.rules import (
    GRADE_LABELS,
    LIVE,
    PLATFORM_LABELS,
    STATE_LABELS,
    TOPIC_LABELS,
    Grade,
    State,
)

_LIVE = Q(state__in=[state.value for state in LIVE])


class Item(models.Model):
    """Something said in public about us. `title` and `content` are redacted; who said it is kept nowhere.

    `area` is where it says the matter is; `suggested` is the grade by the numbers, `grade` the one decided. `response` is the text
    that was approved or waits for it, written by `response_by`. `reported_at`: the leadership was told.
    """

    number = models.CharField(max_length=24, null=True, unique=True)
    platform = models.CharField(max_length=12, choices=[(k.value, v) for k, v in PLATFORM_LABELS.items()])
    topic = models.CharField(max_length=10, choices=[(k.value, v) for k, v in TOPIC_LABELS.items()])
    title = models.CharField(max_length=120)
    content = models.TextField(blank=True)
    url = models.CharField(max_length=500, blank=True)
    posted_at = models.DateTimeField()
    found_at = models.DateTimeField()
    found_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")

    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    area = models.ForeignKey("network.Area", models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")

    views = models.BigIntegerField(default=0)
    comments = models.BigIntegerField(default=0)
    reposts = models.BigIntegerField(default=0)
    measured_at = models.DateTimeField()
    suggested = models.CharField(max_length=8, choices=[(k.value, v) for k, v in GRADE_LABELS.items()])
    grade = models.CharField(max_length=8, blank=True, choices=[(k.value, v) for k, v in GRADE_LABELS.items()])
    state = models.CharField(
        max_length=10, choices=[(k.value, v) for k, v in STATE_LABELS.items()], default=State.FOUND
    )

    response = models.TextField(blank=True)
    response_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    graded_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    flares = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "url"], condition=~Q(url=""), name="media_link_once"),
            models.CheckConstraint(
                condition=Q(state__in=[State.FOUND, State.FALSE]) | ~Q(grade=""), name="media_graded_has_grade"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("response_by")), name="media_not_own_text"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.APPROVED, State.ANSWERED, State.CLOSED]) | Q(approved_by__isnull=False),
                name="media_published_was_approved",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "state", "-found_at"], name="media_unit_state"),
            models.Index(fields=["area"], condition=_LIVE, name="media_live_area"),
            models.Index(fields=["-found_at"], condition=Q(grade=Grade.MAJOR), name="media_major"),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"


class Reading(models.Model):
    """How hot an item was at a moment."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="readings")
    at = models.DateTimeField()
    views = models.BigIntegerField()
    comments = models.BigIntegerField()
    reposts = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["item", "at"], name="media_reading_once")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.at:%F %R}"


class Tie(models.Model):
    """What an item is about, by label: an outage, a case, a complaint, an estate's transfer."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="ties")
    matter = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["item", "matter"], name="media_tied_once")]
        indexes: ClassVar = [models.Index(fields=["matter"], name="media_tie_matter")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.matter}"
