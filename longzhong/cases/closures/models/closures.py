"""The closure of an account, from a spoken wish to the legal end, and the documents that it needs."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from longzhong.cases.closures.rules import CHANNEL_LABELS, GROUND_LABELS, KIND_LABELS, LIVE, STATE_LABELS, State


class Closure(models.Model):
    """One attempt to close an account; at most one is live. `unit` and `grid` are those of the account at its beginning.

    `shown`: the one document it was accepted with; `signed`: a commitment letter covers what is missing. `final_fen`: the last
    bill in fen, `receipt` its receipt's number. `next_on` is when the customer is contacted next (the clock `contact`).
    """

    number = models.CharField(max_length=24, null=True, unique=True)
    account = models.ForeignKey("customers.Account", models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    grid = models.ForeignKey("org.GridCell", models.PROTECT, null=True, related_name="+")
    household = models.ForeignKey("closures.Household", models.PROTECT, null=True, related_name="closures")
    case = models.ForeignKey("hotline.Case", models.PROTECT, null=True, related_name="+")
    ground = models.CharField(max_length=12, choices=[(k.value, v) for k, v in GROUND_LABELS.items()])
    channel = models.CharField(max_length=8, choices=[(k.value, v) for k, v in CHANNEL_LABELS.items()])
    kind = models.CharField(max_length=20, choices=[(k.value, v) for k, v in KIND_LABELS.items()])
    state = models.CharField(
        max_length=12, choices=[(k.value, v) for k, v in STATE_LABELS.items()], default=State.WISHED
    )
    owner = models.ForeignKey("org.Staff", models.PROTECT, related_name="+")
    shown = models.CharField(max_length=12, blank=True)
    agent = models.BooleanField(default=False)
    signed = models.BooleanField(default=False)
    idle_since_on = models.DateField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_on = models.DateField(null=True)
    begun_at = models.DateTimeField()
    contacted_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    kwh = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    removed = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True)
    final_fen = models.BigIntegerField(null=True)
    receipt = models.CharField(max_length=40, blank=True)
    closed_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(state__in=[state.value for state in LIVE]), name="closures_one_live"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.WISHED, State.WITHDRAWN, State.CLOSED]) | ~Q(shown=""),
                name="closures_applied_with_paper",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SETTLED) | Q(settled_at__isnull=False), name="closures_settled_has_time"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "state", "next_on"], name="closures_board"),
            models.Index(fields=["account", "-id"], name="closures_account"),
            models.Index(fields=["owner", "next_on"], condition=~Q(next_on=None), name="closures_owner"),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"


class ClosurePaper(models.Model):
    """One document that a closure needs; `told` False: asked for after the list was handed over."""

    closure = models.ForeignKey(Closure, models.PROTECT, related_name="papers")
    code = models.CharField(max_length=12)
    told = models.BooleanField(default=True)
    asked_at = models.DateTimeField()
    brought_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["closure", "code"], name="closures_paper_once")]

    def __str__(self) -> str:
        return f"{self.closure_id}: {self.code}"
