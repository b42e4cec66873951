"""Hand-overs between people, and the client keys that make a repeated POST harmless."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Handover(models.Model):
    """An offer to take over a matter; the owner stays the owner until it is accepted."""

    OFFERED, ACCEPTED, DECLINED, WITHDRAWN = "offered", "accepted", "declined", "withdrawn"

    matter = models.CharField(max_length=60)
    from_staff = models.ForeignKey("org.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    to_staff = models.ForeignKey("org.Staff", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=OFFERED)
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter"], condition=Q(state="offered"), name="matters_one_open_offer")
        ]
        indexes: ClassVar = [models.Index(fields=["to_staff", "state"], name="matters_handover_to")]

    def __str__(self) -> str:
        return f"{self.matter} {self.from_staff_id}→{self.to_staff_id} {self.state}"


class ClientKey(models.Model):
    """A key that a phone or a platform gave its POST: the second POST with it is answered with the first one's outcome."""

    user_id = models.BigIntegerField()
    key = models.CharField(max_length=64)
    what = models.CharField(max_length=120)
    outcome = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user_id", "key"], name="matters_client_key")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.key} {self.what}"
