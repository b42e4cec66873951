"""Transfers of estates' installations, their defects, disputes, and what they are tied to."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from longzhong.cases.transfers.rules import DEFECT_LABELS, LIVE, PARTY_LABELS, STATE_LABELS, DefectState, State

_LIVE = Q(state__in=[state.value for state in LIVE])


class Transfer(models.Model):
    """One estate whose installation is to be taken over. Developer and property company are organisations; no person is kept."""

    number = models.CharField(max_length=24, null=True, unique=True)
    estate = models.CharField(max_length=80)
    developer = models.CharField(max_length=80, blank=True)
    property_company = models.CharField(max_length=80, blank=True)
    households = models.PositiveIntegerField(default=0)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    grid = models.ForeignKey("org.GridCell", models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey("network.Area", models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        max_length=12, choices=[(k.value, v) for k, v in STATE_LABELS.items()], default=State.SURVEY
    )
    opened_by = models.ForeignKey("org.Staff", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    contract_no = models.CharField(max_length=60, blank=True)
    handed_over_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "estate"], condition=_LIVE, name="transfers_one_live_per_estate"),
            models.CheckConstraint(
                condition=~Q(state=State.HANDED_OVER) | (~Q(contract_no="") & Q(handed_over_at__isnull=False)),
                name="transfers_handed_over_has_contract",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "state", "-opened_at"], name="transfers_unit_state"),
            models.Index(fields=["due_at"], condition=_LIVE, name="transfers_due"),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"


class Defect(models.Model):
    """Something to be put right before acceptance: whose it is, until when; a clock of its own runs while it is open."""

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="defects")
    text = models.CharField(max_length=200)
    party = models.CharField(max_length=10, choices=[(k.value, v) for k, v in PARTY_LABELS.items()])
    due_on = models.DateField()
    state = models.CharField(
        max_length=8, choices=[(k.value, v) for k, v in DEFECT_LABELS.items()], default=DefectState.OPEN
    )
    found_at = models.DateTimeField()
    fixed_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    fixed_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True)
    times_failed = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=models.F("fixed_by")),
                name="transfers_not_own_check",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=Q(state=DefectState.OPEN), name="transfers_open_defects")
        ]

    def __str__(self) -> str:
        return f"{self.transfer_id}: {self.pk}"


class Dispute(models.Model):
    """A quarrel about the transfer; its words are redacted. One open at a time."""

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="disputes")
    text = models.TextField()
    begun_at = models.DateTimeField()
    was = models.CharField(max_length=12, choices=[(k.value, v) for k, v in STATE_LABELS.items()])
    result = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["transfer"], condition=Q(settled_at__isnull=True), name="transfers_one_open_dispute"
            )
        ]

    def __str__(self) -> str:
        return f"{self.transfer_id} {self.begun_at:%F}"


class Tie(models.Model):
    """A complaint, a case, an item of public opinion about this transfer, by label."""

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="ties")
    matter = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["transfer", "matter"], name="transfers_tied_once")]
        indexes: ClassVar = [models.Index(fields=["matter"], name="transfers_tie_matter")]

    def __str__(self) -> str:
        return f"{self.transfer_id}: {self.matter}"
