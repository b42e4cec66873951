"""Tables of the tool chest: the county's clock, facts with their deliveries, and the journal."""

from django.db import models
from django.db.models import Q


class CountyClock(models.Model):
    """One row at most. Without it the county lives in real time; with it, `county_at` was the time at `real_at`."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    real_at = models.DateTimeField()
    county_at = models.DateTimeField()
    speed = models.FloatField(default=1.0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_county_clock")]

    def __str__(self) -> str:
        return f"{self.county_at:%Y-%m-%d %H:%M} ×{self.speed:g}"


class Fact(models.Model):
    """Something that happened, kept in the writer's own transaction."""

    name = models.CharField(max_length=80)
    body = models.JSONField()
    at = models.DateTimeField()
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class Delivery(models.Model):
    """One reaction's copy of a fact: pending until its reaction has run in a transaction of its own, or parked."""

    PENDING, DONE, PARKED = "pending", "done", "parked"

    fact = models.ForeignKey(
        Fact, on_delete=models.CASCADE, related_name="deliveries"
    )  # swept together after retention
    reaction = models.CharField(max_length=160)
    state = models.CharField(max_length=8, default=PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    error = models.TextField(default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fact", "reaction"], name="one_delivery_per_reaction")]
        indexes = [
            models.Index(fields=["next_at", "id"], condition=Q(state="pending"), name="delivery_pending"),
            models.Index(fields=["-id"], condition=Q(state="parked"), name="delivery_parked"),
        ]

    def __str__(self) -> str:
        return f"{self.reaction} ← fact {self.fact_id}: {self.state}"


class JournalEntry(models.Model):
    """Who read or changed what: sign-ins, reveals, policies, grants, exports. Added, never changed; ids only, no personal data."""

    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=80)
    act = models.CharField(max_length=60)
    label = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    ids = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["label", "-id"], name="journal_label"),
            models.Index(fields=["user_id", "-id"], name="journal_user"),
            models.Index(fields=["act", "-id"], name="journal_act"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act} {self.label}"
