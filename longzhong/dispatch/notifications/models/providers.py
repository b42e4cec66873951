"""Providers: where messages go out, with the bucket that all workers share and what is known of their health."""

from typing import ClassVar

from django.db import models

from longzhong.dispatch.notifications.rules import CHANNEL_WORDS, KINDS


class Provider(models.Model):
    """`place`: who is asked first on a channel. Moments are of the machine's own time, not the county's."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=[(key.value, row.words) for key, row in KINDS.items()])
    channel = models.CharField(max_length=8, choices=[(key.value, words) for key, words in CHANNEL_WORDS.items()])
    settings = models.JSONField(default=dict)
    secrets_sealed = models.TextField(blank=True)
    rate_per_s = models.FloatField(default=10)
    place = models.PositiveSmallIntegerField(default=1)
    enabled = models.BooleanField(default=False)
    attempts_most = models.PositiveSmallIntegerField(default=3)
    lease_s = models.PositiveSmallIntegerField(default=120)
    tokens = models.FloatField(default=0)
    refilled_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    down_until = models.DateTimeField(null=True)
    last_ok_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(rate_per_s__gt=0), name="notifications_provider_rate")
        ]

    def __str__(self) -> str:
        return self.code
