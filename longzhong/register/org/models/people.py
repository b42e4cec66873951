"""Staff and their dated posts, duty hours and stand-ins. A user (access) is somebody's login, not the person."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Value

from longzhong.kit.dated import Dated, no_overlap
from longzhong.register.org.rules.roles import ROLE_NAMES

ROLE_CHOICES = [(role.value, name) for role, name in ROLE_NAMES.items()]


class Staff(models.Model):
    """Somebody who works here; the phone is sealed (kit.vault)."""

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=40)
    phone = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class Post(Dated):
    """A post (岗位) held in a unit."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=40)
    role = models.CharField(max_length=12, choices=ROLE_CHOICES)

    class Meta:
        constraints: ClassVar = [no_overlap("org_one_post_a_unit_and_day", "staff", "unit")]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.title} @ {self.unit_id}"


class Duty(models.Model):
    """On duty (值班) in a unit for a span of time, [starts_at, ends_at)."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="duties")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="duties")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="org_one_duty_at_a_time",
                expressions=[
                    (Func(F("staff"), F("staff"), Value("[]"), function="int8range"), "&&"),
                    (Func(F("starts_at"), F("ends_at"), function="tstzrange"), "&&"),
                ],
            ),
            models.CheckConstraint(name="org_duty_ends_after_start", condition=models.Q(ends_at__gt=F("starts_at"))),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "starts_at"], name="org_duty_unit_start")]

    def __str__(self) -> str:
        return f"{self.staff_id} @ {self.unit_id} {self.starts_at:%Y-%m-%d %H:%M}"


class StandIn(Dated):
    """Who acts for an absent person (代岗) on these days."""

    absent = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="absences")
    stand_in = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="stand_ins")

    class Meta:
        constraints: ClassVar = [
            no_overlap("org_one_stand_in_a_day", "absent"),
            models.CheckConstraint(name="org_stand_in_is_another", condition=~models.Q(absent=F("stand_in"))),
        ]

    def __str__(self) -> str:
        return f"{self.stand_in_id} for {self.absent_id}"
