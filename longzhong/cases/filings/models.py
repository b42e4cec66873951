"""Filings ahead, what they are tied to, and units whose right to file is suspended."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from longzhong.cases.filings.rules import COVERING, KIND_LABELS, STATE_LABELS, State

_KEPT = Q(state__in=[state.value for state in (*COVERING, State.MISUSED)])


class Filing(models.Model):
    """A risk filed ahead. `area_ids` are all areas of its scope as at drafting: those named and those behind `feeder_ids`.

    `category_ids` hold the categories named with everything below them; empty: all. A customer is an account or the keyed index of
    a phone with its mask; the number itself is kept nowhere. `grounds` and `title` are redacted. `late`: submitted after its time.
    `author_ids`: the staff who drafted, changed or submitted it; none of them judges it.
    """

    number = models.CharField(max_length=24, null=True, unique=True)
    kind = models.CharField(max_length=8, choices=[(k.value, v) for k, v in KIND_LABELS.items()])
    title = models.CharField(max_length=80)
    grounds = models.TextField()
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=[(k.value, v) for k, v in STATE_LABELS.items()], default=State.DRAFT
    )

    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    late = models.BooleanField(default=False)
    late_reason = models.CharField(max_length=200, blank=True)

    whole_unit = models.BooleanField(default=False)
    named_area_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    feeder_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    area_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    estates = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    named_category_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    category_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    account = models.ForeignKey("customers.Account", models.PROTECT, null=True, related_name="+")
    phone_index = models.CharField(max_length=64, blank=True)
    phone_mask = models.CharField(max_length=24, blank=True)

    drafted_by = models.ForeignKey("org.Staff", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    author_ids = ArrayField(models.BigIntegerField(), default=list)
    submitted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    audited_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    audited_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="filings_span_has_length"),
            models.CheckConstraint(
                condition=~_KEPT | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="filings_kept_was_accepted",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=F("drafted_by")),
                name="filings_not_own_acceptance",
            ),
            models.CheckConstraint(
                condition=Q(audited_by__isnull=True)
                | (~Q(audited_by=F("drafted_by")) & ~Q(audited_by=F("accepted_by"))),
                name="filings_not_own_audit",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "state", "-drafted_at"], name="filings_unit_state"),
            models.Index(fields=["begins_at", "ends_at"], condition=_KEPT, name="filings_span"),
            models.Index(fields=["ends_at"], condition=Q(state=State.ACCEPTED), name="filings_running"),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"


class Tie(models.Model):
    """A matter that a filing is about, by its label: a final answer, a petitioner's file, a case, an outage, a media item."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="ties")
    matter = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["filing", "matter"], name="filings_tied_once")]
        indexes: ClassVar = [models.Index(fields=["matter"], name="filings_tie_matter")]

    def __str__(self) -> str:
        return f"{self.filing_id}: {self.matter}"


class Suspension(models.Model):
    """A unit may not file for a while, because this filing was found misused (弄虚作假，暂停报备)."""

    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    filing = models.OneToOneField(Filing, models.PROTECT, related_name="suspension")
    months = models.PositiveSmallIntegerField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="filings_suspension_has_length")
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "until_at"], name="filings_suspended")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.until_at:%F}"
