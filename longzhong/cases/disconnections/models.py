"""Open and paid bills, and the disconnections that follow from them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from longzhong.cases.disconnections.rules import LIVE, RECEIPT_LABELS, STATE_LABELS, State


class Arrears(models.Model):
    """One bill past or near its last day for paying, as the marketing system knows it; in fen. Seen by who needs it (MONEY)."""

    account = models.ForeignKey("customers.Account", models.PROTECT, related_name="+")
    bill = models.CharField(max_length=40)
    amount_fen = models.BigIntegerField()
    due_on = models.DateField()
    paid_at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "bill"], name="disconnections_bill_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="disconnections_bill_amount"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_on", "account"], condition=Q(paid_at=None), name="disconnections_open_bills")
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.bill}"


class Disconnection(models.Model):
    """One attempt to disconnect an account for arrears; at most one is live.

    `unit` and `grid` are those of the proposal; who serves the account now sees it too. `owed_fen` and `due_on` follow the open
    bills while it is live. Who asked for approval and who gave it are kept as ids, because nobody approves their own.
    """

    number = models.CharField(max_length=24, null=True, unique=True)
    account = models.ForeignKey("customers.Account", models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    grid = models.ForeignKey("org.GridCell", models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        max_length=12, choices=[(k.value, v) for k, v in STATE_LABELS.items()], default=State.PROPOSED
    )
    owed_fen = models.BigIntegerField()
    due_on = models.DateField()
    is_resident = models.BooleanField()

    proposed_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    contacted_at = models.DateTimeField(null=True)
    noticed_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=12, blank=True, choices=[(k.value, v) for k, v in RECEIPT_LABELS.items()])
    asked_by_user = models.BigIntegerField(null=True)
    asked_by_staff = models.BigIntegerField(null=True)
    approved_by_user = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    executed_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    reconnected_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    quiet_until_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(state__in=[state.value for state in LIVE]),
                name="disconnections_one_live",
            ),
            models.CheckConstraint(
                condition=Q(reconnected_at=None) | Q(reconnected_at__gte=F("executed_at")),
                name="disconnections_in_order",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "state", "due_on"], name="disconnections_board"),
            models.Index(fields=["account", "-id"], name="disconnections_account"),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"
