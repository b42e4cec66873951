"""Accounts by month (the denominator), watches of frequent outage, seasonal lists, guarantee plans."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from longzhong.assessment.reliability.rules import LIVE, STATE_LABELS, Level, State
from longzhong.assessment.reliability.rules.seasons import RISK_LABELS


class CustomerBase(models.Model):
    """How many accounts a unit itself served in a month, written while the month ran: later closures don't rewrite history."""

    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    month = models.DateField()
    accounts = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "month"], name="reliability_base_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month:%Y-%m}: {self.accounts}"


class Watch(models.Model):
    """Frequent outage of an area (频繁停电); at most one is live. `times` and `last_at` are those of the window when last seen."""

    area = models.ForeignKey("network.Area", models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    grid = models.ForeignKey("org.GridCell", models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        max_length=12, choices=[(k.value, v) for k, v in STATE_LABELS.items()], default=State.RAISED
    )
    level = models.PositiveSmallIntegerField(choices=[(level.value, level.word) for level in Level])
    times = models.PositiveSmallIntegerField()
    accounts = models.PositiveIntegerField(default=0)
    important = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    raised_at = models.DateTimeField()
    order_id = models.BigIntegerField(null=True)
    handled_at = models.DateTimeField(null=True)
    times_sent_back = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    quiet_until_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["area"],
                condition=Q(state__in=[state.value for state in LIVE]),
                name="reliability_one_live_watch",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "state", "level"], name="reliability_watch_board")]

    def __str__(self) -> str:
        return f"频繁停电 {self.pk}"


class Season(models.Model):
    """One coming season (迎峰度夏 2026); both days included."""

    name = models.CharField(max_length=40)
    first_on = models.DateField()
    last_on = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["name", "first_on"], name="reliability_season_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.first_on.year}"


class SeasonItem(models.Model):
    """One thing to have done at an area before the season; its words are in the steps."""

    season = models.ForeignKey(Season, models.PROTECT, related_name="items")
    area = models.ForeignKey("network.Area", models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    grid = models.ForeignKey("org.GridCell", models.PROTECT, null=True, related_name="+")
    risk = models.CharField(max_length=12, choices=[(k.value, v) for k, v in RISK_LABELS.items()])
    weight = models.PositiveIntegerField()
    owner = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["season", "area", "risk"], name="reliability_season_item_once")
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "season", "due_on"], name="reliability_season_items")]

    def __str__(self) -> str:
        return f"{self.area_id}: {self.risk}"


class Guarantee(models.Model):
    """A guarantee plan of an important customer (保电方案); loads in kW; `checks` are [text, day done or ""]."""

    account = models.ForeignKey("customers.Account", models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    grade = models.CharField(max_length=16)
    event = models.CharField(max_length=60)
    from_on = models.DateField()
    to_on = models.DateField()
    sources = models.PositiveSmallIntegerField()
    generator_kw = models.FloatField()
    security_kw = models.FloatField()
    contact_sealed = models.TextField(blank=True)
    phone_sealed = models.TextField(blank=True)
    checks = models.JSONField(default=list)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="reliability_guarantee_span"),
            models.UniqueConstraint(
                fields=["account", "event"], condition=Q(ended_at=None), name="reliability_guarantee_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "to_on"], name="reliability_guarantees")]

    def __str__(self) -> str:
        return f"保电方案 {self.pk}"
