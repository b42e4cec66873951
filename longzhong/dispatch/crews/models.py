"""Crews with their people and shifts, places that are hard to reach, and the plans of who goes where."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from longzhong.dispatch.crews.rules import HINDRANCES, ROAD_LABELS, SKILL_LABELS
from longzhong.kit.dated import Dated, no_overlap

_ROADS = [(road.value, label) for road, label in ROAD_LABELS.items()]
_SKILLS = [(skill.value, label) for skill, label in SKILL_LABELS.items()]


class Crew(models.Model):
    """A repair crew. `unit` is whose orders it takes; `standby` False: called off for now, whatever its shifts say; `ended`:
    no more.
    """

    number = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=40)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    skills = ArrayField(models.CharField(max_length=16, choices=_SKILLS))
    vehicle = models.CharField(max_length=20, blank=True)
    road = models.CharField(max_length=8, choices=_ROADS)
    lat = models.FloatField()
    lon = models.FloatField()
    standby = models.BooleanField(default=True)
    ended = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit"], condition=Q(ended=False), name="crews_unit_live")]

    def __str__(self) -> str:
        return self.name


class CrewMember(Dated):
    """Who belongs to a crew on which days; `leads`: orders are given to this one."""

    crew = models.ForeignKey(Crew, models.PROTECT, related_name="members")
    staff = models.ForeignKey("org.Staff", models.PROTECT, related_name="+")
    leads = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [no_overlap("crews_one_crew_a_day", "staff")]

    def __str__(self) -> str:
        return f"{self.staff_id} in {self.crew_id} from {self.from_on}"


class CrewShift(models.Model):
    """When a crew works."""

    crew = models.ForeignKey(Crew, models.PROTECT, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="crews_shift_has_length"),
            models.UniqueConstraint(fields=["crew", "starts_at"], name="crews_shift_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["ends_at"], name="crews_shift_end")]

    def __str__(self) -> str:
        return f"{self.crew_id} {self.starts_at:%Y-%m-%d %H:%M}"


class Access(models.Model):
    """How an area is reached; where there is no road, the group leader (村小组长) who relays. Name and phone are sealed."""

    area = models.OneToOneField("network.Area", models.PROTECT, related_name="+")
    road = models.CharField(max_length=8, choices=_ROADS)
    walk_min = models.PositiveSmallIntegerField(default=0)
    relay_name = models.TextField(blank=True)
    relay_phone = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.area_id} {self.road}"


class JobNote(models.Model):
    """What higher floors concluded about an order: how sensitive the outage is and why, how long the work will take, which
    skill.
    """

    order = models.OneToOneField("workorders.WorkOrder", models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField(default=0)
    reasons = models.JSONField(default=list)
    work_min = models.PositiveSmallIntegerField(null=True)
    skill = models.CharField(max_length=16, choices=_SKILLS, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.order_id}: {self.points}"


class PlanNeed(models.Model):
    """A unit whose plan is to be made anew."""

    unit = models.OneToOneField("org.Unit", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.unit_id} {self.asked_at:%H:%M}"


class Plan(models.Model):
    """One planning of a unit's crews. `changes`: how many orders went to another crew than in the plan before."""

    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    engine = models.CharField(max_length=8)
    seconds = models.FloatField()
    jobs = models.PositiveSmallIntegerField()
    changes = models.PositiveSmallIntegerField()
    current = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit"], condition=Q(current=True), name="crews_one_current_plan")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.made_at:%Y-%m-%d %H:%M}"


class Stop(models.Model):
    """A visit of a plan. `locked`: a person said that this crew keeps it; `confirmed_at`: the order was given to the crew;
    `begun`: accepted.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="stops")
    crew = models.ForeignKey(Crew, models.PROTECT, related_name="stops")
    order = models.ForeignKey("workorders.WorkOrder", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    arrive_at = models.DateTimeField()
    leave_at = models.DateTimeField()
    metres = models.PositiveIntegerField()
    late_min = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    points = models.PositiveSmallIntegerField(default=0)
    why = models.JSONField(default=list)
    locked = models.BooleanField(default=False)
    begun = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "order"], name="crews_stop_once")]
        indexes: ClassVar = [models.Index(fields=["plan", "crew", "position"], name="crews_stop_place")]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.order_id} by {self.crew_id}"


class Unplaced(models.Model):
    """An order that no crew gets in this plan, and why."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="unplaced")
    order = models.ForeignKey("workorders.WorkOrder", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12, choices=list(HINDRANCES.items()))
    points = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.order_id} {self.reason}"


class Relay(models.Model):
    """A status message that a village's group leader was asked to pass on (村小组长联动, S3-15), and when they said that they
    did.
    """

    order = models.ForeignKey("workorders.WorkOrder", models.PROTECT, related_name="+")
    area = models.ForeignKey("network.Area", models.PROTECT, related_name="+")
    text = models.CharField(max_length=300)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    passed_on_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["order", "-told_at"], name="crews_relay_order")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.told_at:%H:%M}"
