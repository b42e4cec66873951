"""A typical case of the library, and who has learned it. Nothing personal stands in it: that is checked, not hoped."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from longzhong.cases.hotline.rules.words import CAUSE_LABELS
from longzhong.cases.lessons.rules import STATE_LABELS, State


class Lesson(models.Model):
    """What happened, what was missed, how it should be done. `source` is the label that it comes from; `unit` is the author's.

    `version` counts the saved texts (an older one is no base to write upon), `edition` the publications: each is learned anew.
    `grams` are its words for search.
    """

    title = models.CharField(max_length=80)
    happened = models.TextField()
    missed = models.TextField()
    better = models.TextField()
    categories = models.ManyToManyField("categories.Category", related_name="+")
    root_cause = models.CharField(max_length=12, choices=[(k.value, v) for k, v in CAUSE_LABELS.items()])
    tags = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    source = models.CharField(max_length=60, blank=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    author = models.ForeignKey("org.Staff", models.PROTECT, related_name="+")
    editor = models.ForeignKey("org.Staff", models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=[(k.value, v) for k, v in STATE_LABELS.items()], default=State.DRAFT
    )
    version = models.PositiveSmallIntegerField(default=1)
    edition = models.PositiveSmallIntegerField(default=0)
    written_at = models.DateTimeField()
    published_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)
    grams = ArrayField(models.CharField(max_length=16), default=list, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | Q(published_by__isnull=False, published_at__isnull=False),
                name="lessons_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | ~Q(published_by=models.F("author")), name="lessons_not_by_author"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-published_at", "-id"], name="lessons_state_new"),
            models.Index(fields=["root_cause"], name="lessons_cause"),
            GinIndex(fields=["grams"], name="lessons_search"),
        ]

    def __str__(self) -> str:
        return self.title


class Receipt(models.Model):
    """Somebody has learned an edition of a case; `unit` is where they worked that day."""

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="receipts")
    edition = models.PositiveSmallIntegerField()
    staff = models.ForeignKey("org.Staff", models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lesson", "edition", "staff"], name="lessons_learned_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.lesson_id}.{self.edition}"
