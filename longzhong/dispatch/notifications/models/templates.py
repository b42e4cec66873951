"""Templates in editions: a change is a new row, so that a sent notice can always be shown as it was."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from longzhong.dispatch.notifications.rules import INTERRUPTED_WORDS, PURPOSES, Interrupted


class Template(models.Model):
    """`texts`: channel → {"body", "subject"}; `variables`: rows of `rules.texts.Variable`. One edition of a code is current."""

    code = models.CharField(max_length=40)
    edition = models.PositiveIntegerField()
    current = models.BooleanField(default=True)
    title = models.CharField(max_length=60)
    purpose = models.CharField(max_length=10, choices=[(key.value, row.words) for key, row in PURPOSES.items()])
    signature = models.CharField(max_length=20, blank=True)
    texts = models.JSONField()
    variables = models.JSONField(default=list)
    interrupted = models.CharField(
        max_length=8, choices=[(key.value, words) for key, words in INTERRUPTED_WORDS.items()], default=Interrupted.HOLD
    )
    retention_days = models.PositiveSmallIntegerField(default=180)
    needs_approval = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by_user = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "edition"], name="notifications_template_edition"),
            models.UniqueConstraint(fields=["code"], condition=Q(current=True), name="notifications_template_current"),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.edition}"
