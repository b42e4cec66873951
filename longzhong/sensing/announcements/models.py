"""What was told of an outage and what is suggested next, the errands of those who go there, and the groups of partners."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from longzhong.sensing.announcements.rules import (
    AUDIENCE_LABELS,
    ERRAND_LABELS,
    RECEIPT_LABELS,
    STATE_LABELS,
    TALE_LABELS,
    Outcome,
    State,
)

_TALES = [(one.value, words) for one, words in TALE_LABELS.items()]


class Round(models.Model):
    """One telling (一次告知): what was told to whom, in the words of that moment (`said`). `notice`: the batch of its messages.

    `counted` are the numbers of the preview that a person confirmed; `fallen_at`: the outage changed and this no longer holds.
    """

    outage = models.ForeignKey("outages.Outage", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    tale = models.CharField(max_length=10, choices=_TALES)
    audiences = ArrayField(models.CharField(max_length=10, choices=[(k.value, v) for k, v in AUDIENCE_LABELS.items()]))
    units = ArrayField(models.BigIntegerField(), null=True)
    only_new = models.BooleanField(default=False)
    said = models.JSONField()
    ends_at = models.DateTimeField(null=True)
    counted = models.JSONField(default=dict)
    notice = models.ForeignKey("notifications.Notice", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_by_user = models.BigIntegerField(null=True)
    fallen_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["notice"], name="announcements_round_notice")]
        indexes: ClassVar = [models.Index(fields=["outage", "-id"], name="announcements_round_outage")]

    def __str__(self) -> str:
        return f"{self.outage_id}: {self.tale}"


class Proposal(models.Model):
    """What follows from a step of an outage; kept for each step once, so that a fact heard twice does nothing again.

    `tale` "": nothing is suggested. One is open an outage; a newer one replaces it.
    """

    outage = models.ForeignKey("outages.Outage", on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=20)
    at = models.DateTimeField()
    tale = models.CharField(max_length=10, choices=_TALES, blank=True)
    outcome = models.CharField(max_length=10, blank=True, default=Outcome.NONE)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["outage", "verb", "at"], name="announcements_proposal_once"),
            models.UniqueConstraint(
                fields=["outage"], condition=Q(closed_at=None), name="announcements_one_open_proposal"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False) | ~Q(tale=""), name="announcements_open_says_what"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outage_id}: {self.verb}"


class Errand(models.Model):
    """Somebody goes there: a written notice for one account, or an announcement at one place of a cell.

    `unit` and `grid` are those of the opening. `accounts`: how many live behind a posting. `no_place`: the photo had no position,
    and why; the words are in the step. `replaces`: the errand that fell before this one.
    """

    number = models.CharField(max_length=24, null=True, unique=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="errands")
    outage = models.ForeignKey("outages.Outage", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=[(k.value, v) for k, v in ERRAND_LABELS.items()])
    state = models.CharField(max_length=10, choices=[(k.value, v) for k, v in STATE_LABELS.items()], default=State.OPEN)
    account = models.ForeignKey("customers.Account", on_delete=models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=150, blank=True)
    accounts = models.PositiveIntegerField(default=1)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    grid = models.ForeignKey("org.GridCell", on_delete=models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey("org.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    receipt = models.CharField(max_length=8, blank=True, choices=[(k.value, v) for k, v in RECEIPT_LABELS.items()])
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("org.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    no_place = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="written", account__isnull=False) | (Q(kind="posting", account=None) & ~Q(place="")),
                name="announcements_errand_where",
            ),
            models.UniqueConstraint(
                fields=["outage", "account"], condition=Q(kind="written", state="open"), name="announcements_one_paper"
            ),
            models.UniqueConstraint(
                fields=["outage", "grid", "place"], condition=Q(kind="posting", state="open"), nulls_distinct=False,
                name="announcements_one_posting",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(done_at__gte=F("opened_at")), name="announcements_errand_in_order"
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["unit", "state", "due_at"], name="announcements_errand_board"),
            models.Index(fields=["grid", "due_at"], condition=Q(state="open"), name="announcements_errand_grid"),
            models.Index(fields=["outage", "state"], name="announcements_errand_outage"),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"


class Group(models.Model):
    """A partner's group chat (物业群、村民群) that our robot may write to; its key is sealed and never shown again."""

    name = models.CharField(max_length=60)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    estate = models.CharField(max_length=60, blank=True)
    robot_sealed = models.TextField()
    robot_index = models.CharField(max_length=64)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["robot_index"], condition=Q(ended_on=None), name="announcements_group_once")
        ]

    def __str__(self) -> str:
        return self.name
