"""Rectification forms with their measures, signatures and re-visits. What people wrote is sealed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from longzhong.cases.rectifications.rules import (
    ORDER_LABELS,
    PROOF_LABELS,
    RESIGN_LABELS,
    SIGN_LABELS,
    STATE_LABELS,
    VISIT_LABELS,
    Proof,
    Sign,
    State,
    Visit,
)
from longzhong.register.org.rules import ROLE_NAMES


class Form(models.Model):
    """One upheld complaint's form. `owner` fills it in: who heads the responsible unit, never who is complained about. `order`
    and `resign` are kept as at the first submission; `signing_round` counts submissions, `round` rectifications. `erased_at`: its
    words and files are gone with the evidence of the complaint.
    """

    complaint = models.OneToOneField("complaints.Complaint", models.PROTECT, related_name="+")
    number = models.CharField(max_length=24, null=True, unique=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    grid = models.ForeignKey("org.GridCell", models.PROTECT, null=True, related_name="+")
    department = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        max_length=14, choices=[(k.value, v) for k, v in STATE_LABELS.items()], default=State.DRAFTING
    )
    facts_sealed = models.TextField(blank=True)
    cause_sealed = models.TextField(blank=True)
    aim_sealed = models.TextField(blank=True)
    unit_measures_sealed = models.TextField(blank=True)
    department_measures_sealed = models.TextField(blank=True)
    review_sealed = models.TextField(blank=True)
    order = models.CharField(max_length=10, blank=True, choices=[(k.value, v) for k, v in ORDER_LABELS.items()])
    resign = models.CharField(max_length=10, blank=True, choices=[(k.value, v) for k, v in RESIGN_LABELS.items()])
    signing_round = models.PositiveSmallIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)
    revisit_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state__in=[State.CLOSED, State.SUPERSEDED]) | Q(ended_at__isnull=False),
                name="rectifications_ended_has_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "state", "-opened_at"], name="rectify_unit_state"),
            models.Index(fields=["department", "state", "-opened_at"], name="rectify_dept_state"),
            models.Index(fields=["state", "due_at"], name="rectify_state_due"),
            models.Index(fields=["revisit_on"], condition=Q(revisit_on__isnull=False), name="rectify_revisit"),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"


class Measure(models.Model):
    """What is put right, by whom, until which day; the files of its proof hang on the timeline's step `proof_seq`."""

    form = models.ForeignKey(Form, models.PROTECT, related_name="measures")
    number = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField(default=1)
    text_sealed = models.TextField()
    owner = models.ForeignKey("org.Staff", models.PROTECT, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=[(k.value, v) for k, v in PROOF_LABELS.items()], default=Proof.OPEN)
    times_returned = models.PositiveSmallIntegerField(default=0)
    proof_sealed = models.TextField(blank=True)
    proof_seq = models.PositiveIntegerField(default=0)
    proved_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    proved_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form", "number"], name="rectify_measure_once"),
            models.CheckConstraint(
                condition=~Q(state=Proof.PROVED) | Q(proved_at__isnull=False), name="rectify_proved_has_time"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["owner", "state", "due_on"], name="rectify_measure_owner")]

    def __str__(self) -> str:
        return f"{self.form_id} {self.number}"


class Signature(models.Model):
    """One part of one round of countersigning. `signer` is expected (who acts in the role on the day), `staff` signed; with
    `for_staff` they signed in that person's place (代). `delegate` may sign from `delegate_from` to `delegate_to`, both included.
    """

    form = models.ForeignKey(Form, models.PROTECT, related_name="signatures")
    round = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=[(k.value, v) for k, v in ROLE_NAMES.items()])
    state = models.CharField(max_length=10, choices=[(k.value, v) for k, v in SIGN_LABELS.items()], default=Sign.LATER)
    signer = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    staff = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    for_staff = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    is_deputy = models.BooleanField(default=False)
    delegate = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    delegated_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    delegate_from = models.DateField(null=True)
    delegate_to = models.DateField(null=True)
    opinion_sealed = models.TextField(blank=True)
    waiting_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form", "round", "position"], name="rectify_part_once"),
            models.UniqueConstraint(
                fields=["form", "round", "staff"], condition=Q(state=Sign.SIGNED), name="rectify_person_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[Sign.SIGNED, Sign.REFUSED]) | Q(at__isnull=False, staff__isnull=False),
                name="rectify_signed_has_person",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "role"], condition=Q(state=Sign.WAITING), name="rectify_waiting"),
            models.Index(fields=["due_at"], condition=Q(state=Sign.WAITING), name="rectify_sign_due"),
        ]

    def __str__(self) -> str:
        return f"{self.form_id} {self.round}/{self.position}"


class Revisit(models.Model):
    """A periodic call-back on how the rectification stands (整改回访, S3-08); its words are in the timeline."""

    form = models.ForeignKey(Form, models.PROTECT, related_name="revisits")
    due_on = models.DateField()
    found = models.CharField(max_length=10, choices=[(k.value, v) for k, v in VISIT_LABELS.items()], default=Visit.DUE)
    by_staff = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["form", "due_on"], name="rectify_revisit_once")]

    def __str__(self) -> str:
        return f"{self.form_id} {self.due_on}"
