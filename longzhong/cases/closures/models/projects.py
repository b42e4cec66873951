"""Demolition projects and the households on their lists."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from longzhong.cases.closures.rules import (
    HOUSE_LABELS,
    HOUSE_LIVE,
    TRANSFER_LABELS,
    WORK_LABELS,
    House,
    Work,
)


class Project(models.Model):
    """A demolition (棚改、拆迁): where by area codes and estates, from when to when, who answers for it. `area_m2`: floor space."""

    number = models.CharField(max_length=24, null=True, unique=True)
    name = models.CharField(max_length=80)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    area_codes = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    estates = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    area_m2 = models.PositiveIntegerField(null=True, blank=True)
    responsible = models.ForeignKey("org.Staff", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(k.value, v) for k, v in WORK_LABELS.items()], default=Work.OPEN)
    opened_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "name"], name="closures_project_name"),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="closures_project_span"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "state", "-from_on"], name="closures_project_unit")]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"


class Household(models.Model):
    """One account on a project's list and how far it is. Who it is stays with the account; what was said is in the steps.

    `unit` and `grid` are those of the account when it was listed. An account goes through one project at a time.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="households")
    account = models.ForeignKey("customers.Account", models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    grid = models.ForeignKey("org.GridCell", models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        max_length=12, choices=[(k.value, v) for k, v in HOUSE_LABELS.items()], default=House.LISTED
    )
    dedicated = models.BooleanField(default=False)
    moved_away = models.BooleanField(default=False)
    transfer = models.CharField(max_length=8, blank=True, choices=[(k.value, v) for k, v in TRANSFER_LABELS.items()])
    tries = models.PositiveSmallIntegerField(default=0)
    contacted_at = models.DateTimeField(null=True)
    next_on = models.DateField(null=True)
    listed_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "account"], name="closures_household_once"),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(state__in=[state.value for state in HOUSE_LIVE]),
                name="closures_household_one_live",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["project", "state", "id"], name="closures_household_state"),
            models.Index(fields=["grid", "state", "next_on"], name="closures_household_grid"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.account_id}"
