"""A case (诉求工单): one matter of one customer, with exactly one owner at every moment."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from longzhong.cases.hotline.rules.machine import DONE, LIVE, STATE_LABELS, State
from longzhong.cases.hotline.rules.reviewing import AUDITS
from longzhong.cases.hotline.rules.words import (
    CAUSE_LABELS,
    CHANNEL_LABELS,
    GRADE_LABELS,
    HAZARD_LABELS,
    MOOD_LABELS,
    OUTCOME_LABELS,
    SECRECY_LABELS,
    SIDE_LABELS,
    SITE_LABELS,
    TYPE_LABELS,
    URGENCY_LABELS,
    VOLTAGE_LABELS,
    Grade,
    Mood,
    Secrecy,
    Urgency,
    Voltage,
)

_DOOR = ["unit", "grid", "owner", "first_asked", "offered_to", "state"]  # what decides who may see a case
# The very words of the lists' question, so that the index answers it without asking the state again.
_OPEN = [state.value for state in LIVE]
_LIVE = ~Q(state__in=[state.value for state in DONE])


class Case(models.Model):
    """`first_asked` took it (首问) and never changes; `owner` answers for it now: never null, so no case is without one.

    `content` is what they said with names, numbers and rooms taken out; the words as spoken are sealed. `unit`, `grid` and
    `area` are those of the opening. `about_staff`/`about_unit`: whom a complaint or praise is about; they may not read
    who the caller is if the case is confidential. `governed`: a higher app decides about it
    (投诉治理). `due_at`, `due_clock`, `alarm` repeat the nearest running clock for lists.
    `audit`: what an audit of its whole process found (S4-11). `calls_count`, `urges_count`: how often the customer turned to us
    about it. `grams` are its words for full-text search.
    """

    number = models.CharField(max_length=24, null=True, unique=True)
    type = models.CharField(max_length=12, choices=[(k.value, v) for k, v in TYPE_LABELS.items()])
    category = models.ForeignKey("categories.Category", models.PROTECT, related_name="+")
    confidence = models.FloatField(null=True)
    chosen = models.BooleanField(default=True)
    channel = models.CharField(max_length=12, choices=[(k.value, v) for k, v in CHANNEL_LABELS.items()])
    external_no = models.CharField(max_length=60, blank=True)
    external_due_at = models.DateTimeField(null=True)
    grade = models.CharField(
        max_length=10, choices=[(k.value, v) for k, v in GRADE_LABELS.items()], default=Grade.GENERAL
    )
    mood = models.CharField(max_length=8, choices=[(k.value, v) for k, v in MOOD_LABELS.items()], default=Mood.CALM)
    urgency = models.PositiveSmallIntegerField(
        choices=[(k.value, v) for k, v in URGENCY_LABELS.items()], default=Urgency.NORMAL
    )
    secrecy = models.CharField(
        max_length=12, choices=[(k.value, v) for k, v in SECRECY_LABELS.items()], default=Secrecy.OPEN
    )
    over_level = models.BooleanField(default=False)
    governed = models.BooleanField(default=False)
    hazard = models.CharField(max_length=12, blank=True, choices=[(k.value, v) for k, v in HAZARD_LABELS.items() if k])
    site = models.CharField(max_length=8, choices=[(k.value, v) for k, v in SITE_LABELS.items()])
    voltage = models.CharField(
        max_length=8, choices=[(k.value, v) for k, v in VOLTAGE_LABELS.items()], default=Voltage.LOW
    )
    root_cause = models.CharField(max_length=12, blank=True, choices=[(k.value, v) for k, v in CAUSE_LABELS.items()])
    side = models.CharField(max_length=10, blank=True, choices=[(k.value, v) for k, v in SIDE_LABELS.items() if k])

    account = models.ForeignKey("customers.Account", models.PROTECT, null=True, related_name="+")
    meter_code = models.CharField(max_length=40, blank=True)
    area = models.ForeignKey("network.Area", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    grid = models.ForeignKey("org.GridCell", models.PROTECT, null=True, related_name="+")
    department = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    about_staff = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    about_unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    first_asked = models.ForeignKey("org.Staff", models.PROTECT, related_name="+")
    owner = models.ForeignKey("org.Staff", models.PROTECT, related_name="+")
    offered_to = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    order_id = models.BigIntegerField(null=True)
    outage_id = models.BigIntegerField(null=True)

    content_sealed = models.TextField(blank=True)
    content = models.TextField(blank=True)
    grams = ArrayField(models.CharField(max_length=16), default=list, blank=True)

    state = models.CharField(
        max_length=12, choices=[(k.value, v) for k, v in STATE_LABELS.items()], default=State.TAKEN
    )
    outcome = models.CharField(
        max_length=12, blank=True, choices=[(k.value, v) for k, v in OUTCOME_LABELS.items() if k]
    )
    wants_call_back = models.BooleanField(default=True)
    calls_count = models.PositiveSmallIntegerField(default=1)
    urges_count = models.PositiveSmallIntegerField(default=0)
    times_returned = models.PositiveSmallIntegerField(default=0)
    times_dissatisfied = models.PositiveSmallIntegerField(default=0)
    times_reopened = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField()
    expected_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    audited_at = models.DateTimeField(null=True)
    audit = models.CharField(max_length=8, blank=True, choices=list(AUDITS.items()))
    due_at = models.DateTimeField(null=True)
    due_clock = models.CharField(max_length=40, blank=True)
    alarm = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "external_no"], condition=~Q(external_no=""), name="hotline_case_external_once"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="hotline_case_not_own_parent"),
            models.CheckConstraint(condition=_LIVE | Q(closed_at__isnull=False), name="hotline_case_done_has_time"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "state", "due_at"], name="hotline_case_unit_state"),
            models.Index(fields=["unit", "-opened_at", "-id"], name="hotline_case_unit_new"),
            models.Index(fields=["-opened_at", "-id"], include=_DOOR, name="hotline_case_new"),
            models.Index(fields=["type", "-opened_at", "-id"], include=_DOOR, name="hotline_case_type_new"),
            models.Index(
                fields=["due_at", "id"], condition=Q(state__in=_OPEN), include=_DOOR, name="hotline_case_live"
            ),
            models.Index(fields=["owner", "due_at"], condition=_LIVE, name="hotline_case_owner"),
            models.Index(fields=["offered_to"], condition=Q(offered_to__isnull=False), name="hotline_case_offered"),
            models.Index(fields=["state", "due_at"], condition=_LIVE, name="hotline_case_due"),
            models.Index(fields=["outage_id"], condition=Q(outage_id__isnull=False), name="hotline_case_outage"),
            models.Index(
                fields=["account", "-opened_at"], condition=Q(account__isnull=False), name="hotline_case_account"
            ),
            models.Index(fields=["area", "-opened_at"], condition=Q(area__isnull=False), name="hotline_case_area"),
            models.Index(fields=["parent"], condition=Q(parent__isnull=False), name="hotline_case_parent"),
            models.Index(fields=["order_id"], condition=Q(order_id__isnull=False), name="hotline_case_order"),
            models.Index(
                fields=["about_staff", "-opened_at"], condition=Q(about_staff__isnull=False), name="hotline_case_about"
            ),
            models.Index(fields=["meter_code", "-opened_at"], condition=~Q(meter_code=""), name="hotline_case_meter"),
            models.Index(fields=["unit", "-opened_at"], condition=Q(calls_count__gte=2), name="hotline_case_repeats"),
            GinIndex(fields=["grams"], name="hotline_case_search"),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"
