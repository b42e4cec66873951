"""Usage explanation sheets."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from longzhong.cases.explanations.rules import STATE_LABELS, State


class Sheet(models.Model):
    """One explanation to one account (用电量解释单). It is evidence: figures, curves and appliances are kept as they were
    shown, so that a later correction of the lake doesn't change what the customer has in hand. Nobody's data but the
    account's own is in it: of the neighbours only a median. The customer's words are the steps' words.
    """

    number = models.CharField(max_length=24, null=True, unique=True)
    account = models.ForeignKey("customers.Account", models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    grid = models.ForeignKey("org.GridCell", models.PROTECT, null=True, related_name="+")
    case = models.CharField(max_length=60, blank=True)
    first_on = models.DateField()
    last_on = models.DateField()
    uses = models.JSONField(default=list)
    advert = models.JSONField(default=list)
    figures = models.JSONField(default=dict)
    state = models.CharField(
        max_length=12, choices=[(k.value, v) for k, v in STATE_LABELS.items()], default=State.EXPLAINED
    )
    explained_at = models.DateTimeField()
    explained_by = models.ForeignKey("org.Staff", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="explanations_sheet_span")
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "-explained_at"], name="explanations_sheet_unit"),
            models.Index(fields=["account", "-explained_at"], name="explanations_sheet_account"),
            models.Index(fields=["case"], condition=~Q(case=""), name="explanations_sheet_case"),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.pk}"
