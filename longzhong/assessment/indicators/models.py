"""What was counted: one row a unit, month and kind of alert."""

from typing import ClassVar

from django.db import models


class Snapshot(models.Model):
    """Alerts of a kind raised in a month by one unit, and where they stood when they were counted last.

    The unit is the one that an alert had when it was raised; shares of upper units are sums over the tree.
    """

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    kind = models.CharField(max_length=20)
    found = models.PositiveIntegerField()
    verified = models.PositiveIntegerField()
    unproven = models.PositiveIntegerField()
    dismissed = models.PositiveIntegerField()
    late = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "month", "kind"], name="one_snapshot_per_month")
        ]
        indexes: ClassVar = [models.Index(fields=["month", "unit"], name="snapshot_month")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month:%Y-%m} {self.kind}"
