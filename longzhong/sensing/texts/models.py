"""What the models learn from, and the models themselves with their cards."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from longzhong.sensing.texts.rules import MODEL_STATE_NAMES, SOURCE_NAMES, ModelState, Source, TextKind


class Lesson(models.Model):
    """A redacted text and the category that a person gave it; one a case (`label`), the latest word holds."""

    label = models.CharField(max_length=80, unique=True)
    text = models.TextField()
    category = models.ForeignKey("categories.Category", models.PROTECT, related_name="+")
    source = models.CharField(max_length=10, choices=[(one.value, SOURCE_NAMES[one]) for one in Source])
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at", "id"], name="lesson_at")]

    def __str__(self) -> str:
        return f"{self.label} → {self.category_id}"


class TextModel(models.Model):
    """One trained model and its card. `figures`: {"outside": … | None, "made": …}, see services.training."""

    kind = models.CharField(max_length=12, default=TextKind.CATEGORY.value)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=[(one.value, MODEL_STATE_NAMES[one]) for one in ModelState])
    trained_at = models.DateTimeField()
    trained_by = models.CharField(max_length=80)
    lessons = models.PositiveIntegerField()
    made_texts = models.PositiveIntegerField()
    classes = models.PositiveIntegerField()
    figures = models.JSONField()
    file = models.CharField(max_length=80, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "version"], name="text_model_version"),
            models.UniqueConstraint(fields=["kind"], condition=Q(state="installed"), name="one_installed_text_model"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"
