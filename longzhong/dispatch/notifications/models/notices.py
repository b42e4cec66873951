"""Notices: batches of messages with one text, one cause and one end."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from longzhong.dispatch.notifications.rules import MOVING, PURPOSES, STATE_WORDS, State


class Notice(models.Model):
    """`cause` is a label that isn't resolved here; `audience` is the free choice of the composer's page, resolved by a job.

    `counts` are as of `counted_at`; the truth is in the messages. `token` begins our numbers, so that two installations
    behind one provider don't meet.
    """

    number = models.CharField(max_length=24, blank=True)
    template = models.ForeignKey(
        "notifications.Template", on_delete=models.PROTECT, related_name="notices"
    )  # the edition that was current then
    title = models.CharField(max_length=120)
    purpose = models.CharField(max_length=10, choices=[(key.value, row.words) for key, row in PURPOSES.items()])
    rank = models.PositiveSmallIntegerField(default=1)  # of its purpose: who goes first
    cause = models.CharField(max_length=80, blank=True)
    key = models.CharField(max_length=80, null=True, unique=True)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    channels = ArrayField(models.CharField(max_length=8))
    params = models.JSONField(default=dict)
    audience = models.JSONField(null=True)
    state = models.CharField(
        max_length=10, choices=[(key.value, words) for key, words in STATE_WORDS.items()], default=State.COMPOSING
    )
    token = models.CharField(max_length=8)
    expected = models.PositiveIntegerField(null=True)
    composed = models.PositiveIntegerField(default=0)  # recipients resolved so far
    counts = models.JSONField(default=dict)
    counted_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by_user = models.BigIntegerField(null=True)
    approved_by_user = models.BigIntegerField(null=True)
    send_from = models.DateTimeField(null=True)
    send_until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["unit", "-made_at"], name="notifications_notice_list"),
            models.Index(fields=["cause"], condition=~models.Q(cause=""), name="notifications_notice_cause"),
            models.Index(
                fields=["rank", "id"], condition=models.Q(state__in=MOVING), name="notifications_notice_moving"
            ),
            models.Index(
                fields=["closed_at"], condition=models.Q(erased_at__isnull=True), name="notifications_notice_erase"
            ),
        ]

    def __str__(self) -> str:
        return self.number
