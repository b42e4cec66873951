"""Work orders and the milestones of those that became projects."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from longzhong.dispatch.workorders.rules.found import MILESTONES, SERVICES, SIDES, TRIAGES
from longzhong.dispatch.workorders.rules.words import CLOSED, KIND_LABELS, PRIORITY_LABELS, STATE_LABELS

_LIVE = ~Q(state__in=[state.value for state in CLOSED])


class WorkOrder(models.Model):
    """An order to somebody's hands. `cause` is a label that is never resolved here; `unit` and `grid` are those of the opening.

    `by_cell`: the owner has it as the manager of the cell, so that it goes to the next one when they leave. `offered_to` is who
    is asked to take it over. For lists, `due_at` and `due_clock` repeat the earliest running deadline of the order's clocks, and
    `alarm` the loudest that its clocks told (0 nothing, 1 a warning, 2 and more escalation level 1 and more).

    `limits` name policies of clocks that this order has of its own (clock name → policy key). The moments of the stages are those
    of the first time; `fault_place` are words of a device (line, pole number), never of a person, and can be changed.
    """

    number = models.CharField(max_length=24, null=True, unique=True)
    kind = models.CharField(max_length=16, choices=[(kind.value, label) for kind, label in KIND_LABELS.items()])
    cause = models.CharField(max_length=60)
    fault = models.CharField(max_length=24, blank=True)
    persistent = models.BooleanField(default=False)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    grid = models.ForeignKey("org.GridCell", null=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey("network.Area", null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("org.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    by_cell = models.BooleanField(default=False)
    offered_to = models.ForeignKey("org.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=[(state.value, label) for state, label in STATE_LABELS.items()])
    priority = models.PositiveSmallIntegerField(
        choices=[(level.value, label) for level, label in PRIORITY_LABELS.items()]
    )

    limits = models.JSONField(default=dict, blank=True)

    opened_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    diagnosed_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    restored_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    cause_found = models.CharField(max_length=24, blank=True)
    expected_at = models.DateTimeField(null=True)
    fault_place = models.CharField(max_length=120, blank=True)
    side = models.CharField(max_length=12, blank=True, choices=list(SIDES.items()))
    service = models.CharField(max_length=12, blank=True, choices=list(SERVICES.items()))
    triage = models.CharField(max_length=12, blank=True, choices=list(TRIAGES.items()))
    times_returned = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    due_clock = models.CharField(max_length=40, blank=True)
    alarm = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cause", "kind", "unit"], condition=_LIVE, name="workorders_one_live_order"
            ),
            models.CheckConstraint(condition=_LIVE | Q(closed_at__isnull=False), name="workorders_closed_has_time"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "state", "due_at"], name="workorders_unit_state"),
            models.Index(fields=["owner", "due_at"], condition=_LIVE, name="workorders_owner_live"),
            models.Index(fields=["offered_to"], condition=Q(offered_to__isnull=False), name="workorders_offered"),
            models.Index(fields=["state", "due_at"], condition=_LIVE, name="workorders_due"),
            models.Index(fields=["area", "-id"], name="workorders_area"),
            models.Index(fields=["cause"], name="workorders_cause"),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"


class Milestone(models.Model):
    """A step of a project with the day by which it is promised (S4-32)."""

    order = models.ForeignKey(WorkOrder, on_delete=models.PROTECT, related_name="milestones")
    code = models.CharField(max_length=16, choices=list(MILESTONES.items()))
    position = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["order", "code"], name="workorders_milestone_once")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.code} {self.due_on}"
