"""What hangs together: the same matter told twice, a repeat, and a customer who urges."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from longzhong.cases.hotline.models.calls import Call
from longzhong.cases.hotline.models.cases import Case
from longzhong.cases.hotline.rules.words import LINK_LABELS


class Link(models.Model):
    """A case tells of the same matter as an earlier one; `score` and `reasons` say why (policy, S4-17). A person may
    decide otherwise (`overridden`): the pair isn't offered again.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="links")
    earlier = models.ForeignKey(Case, models.PROTECT, related_name="later_links")
    kind = models.CharField(max_length=12, choices=[(k.value, v) for k, v in LINK_LABELS.items()])
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    at = models.DateTimeField()
    by_staff = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "earlier"], name="hotline_link_once"),
            models.CheckConstraint(condition=~Q(case=F("earlier")), name="hotline_link_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.earlier_id}"


class Urge(models.Model):
    """A customer urges an open case (催办, §2.6): its own record with time, reason, unit; its words are the step's."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="urges")
    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="urges")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=20)
    at = models.DateTimeField()
    by_staff = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    urged_unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    within_limit = models.BooleanField()
    dispatched = models.BooleanField()
    external_no = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="hotline_urge_once"),
            models.UniqueConstraint(
                fields=["external_no"], condition=~Q(external_no=""), name="hotline_urge_external_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"


class Oversight(models.Model):
    """Somebody above was told that a customer calls again and again about one matter (提级督办): added oversight, the owner
    stays. `first_case` is where the current run of calls began; each level is told once for a run.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="oversights")
    first_case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    calls = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["first_case", "level"], name="hotline_oversight_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.level}"
