"""Messages, the accounts that each stands for, and what came back about them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from longzhong.dispatch.notifications.rules import CHANNEL_WORDS, HEARD_WORDS, MESSAGE_WORDS, MessageState


class Message(models.Model):
    """One address on one channel. Address and own values are sealed (joined ones in Covered); the text is never kept.

    `variant` tells apart messages to one address that say different things; `passed` are the providers that gave up on it;
    `claim` is the token of the worker that has it. `claimed_at`, `lease_until`, `next_at`: the machine's own time.
    """

    notice = models.ForeignKey("notifications.Notice", on_delete=models.PROTECT, related_name="messages")
    channel = models.CharField(max_length=8, choices=[(key.value, words) for key, words in CHANNEL_WORDS.items()])
    account_id = models.BigIntegerField(null=True)  # the first account; all of them are in Covered
    address_sealed = models.TextField(blank=True)
    address_index = models.CharField(max_length=64, blank=True)
    variant = models.CharField(max_length=8, blank=True)
    params_sealed = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=[(key.value, words) for key, words in MESSAGE_WORDS.items()])
    reason = models.CharField(max_length=40, blank=True)
    provider = models.ForeignKey("notifications.Provider", null=True, on_delete=models.PROTECT, related_name="+")
    provider_ref = models.CharField(max_length=80, blank=True)
    passed = ArrayField(models.BigIntegerField(), default=list)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    claim = models.BigIntegerField(null=True)
    claimed_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    parts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["notice", "channel", "address_index", "variant"],
                condition=~Q(address_index="") & ~Q(state=MessageState.SKIPPED),
                name="notifications_message_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["notice", "channel", "id"],
                condition=Q(state=MessageState.QUEUED),
                name="notifications_msg_queue",
            ),
            models.Index(
                fields=["lease_until"],
                condition=Q(state__in=[MessageState.CLAIMED, MessageState.UNCERTAIN]),
                name="notifications_msg_lease",
            ),
            models.Index(fields=["notice", "state"], name="notifications_msg_state"),
            models.Index(
                fields=["provider", "provider_ref"], condition=~Q(provider_ref=""), name="notifications_msg_ref"
            ),
            models.Index(
                fields=["address_index", "notice"], condition=~Q(address_index=""), name="notifications_msg_address"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} · {self.pk}"


class Covered(models.Model):
    """An account for which a message stands, with that account's own values (sealed)."""

    message = models.ForeignKey("notifications.Message", on_delete=models.PROTECT, related_name="accounts")
    account = models.ForeignKey("customers.Account", on_delete=models.PROTECT, related_name="+")
    params_sealed = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "message"], name="notifications_covered_account")]

    def __str__(self) -> str:
        return f"{self.message_id} ← {self.account_id}"


class Receipt(models.Model):
    """What came back about a message. One that comes before its message is settled waits with the provider's number."""

    message = models.ForeignKey("notifications.Message", null=True, on_delete=models.PROTECT, related_name="receipts")
    provider = models.ForeignKey("notifications.Provider", null=True, on_delete=models.PROTECT, related_name="+")
    provider_ref = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=14, choices=[(key.value, words) for key, words in HEARD_WORDS.items()])
    code = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "kind"], name="notifications_receipt_once"),
            models.UniqueConstraint(
                fields=["provider", "provider_ref", "kind"],
                condition=Q(message__isnull=True),
                name="notifications_receipt_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.kind}"
