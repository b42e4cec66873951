"""Grid cells (网格), the station and the manager of each on each day, and their counterparts outside.

S1-02: a power grid cell and the government's social grid correspond one to one, both ways, on every day; S0-12 adds
the party branch, of which a cell has one at a time and a branch may have many cells.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from longzhong.kit.dated import Dated, no_overlap
from longzhong.register.org.rules.grids import COUNTERPART_NAMES, CounterpartKind

KIND_CHOICES = [(kind.value, name) for kind, name in COUNTERPART_NAMES.items()]
_SOCIAL = Q(kind=CounterpartKind.SOCIAL_GRID.value)


class GridCell(models.Model):
    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=80)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class GridUnit(Dated):
    """Which station a cell belonged to."""

    grid = models.ForeignKey(GridCell, on_delete=models.PROTECT, related_name="stations")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="grid_cells")

    class Meta:
        constraints: ClassVar = [no_overlap("org_grid_one_station_a_day", "grid")]

    def __str__(self) -> str:
        return f"{self.grid_id} @ {self.unit_id}"


class GridManager(Dated):
    """Who managed a cell (台区经理)."""

    grid = models.ForeignKey(GridCell, on_delete=models.PROTECT, related_name="managers")
    staff = models.ForeignKey("org.Staff", on_delete=models.PROTECT, related_name="managed_grids")

    class Meta:
        constraints: ClassVar = [no_overlap("org_grid_one_manager_a_day", "grid")]

    def __str__(self) -> str:
        return f"{self.grid_id}: {self.staff_id}"


class Counterpart(models.Model):
    """A social grid of the government, or a party branch."""

    kind = models.CharField(max_length=16, choices=KIND_CHOICES)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="org_counterpart_code", fields=["kind", "code"])]

    def __str__(self) -> str:
        return self.name


class GridPairing(Dated):
    """A cell and its counterpart; `kind` repeats the counterpart's, so that the database keeps one to one."""

    grid = models.ForeignKey(GridCell, on_delete=models.PROTECT, related_name="pairings")
    counterpart = models.ForeignKey(Counterpart, on_delete=models.PROTECT, related_name="pairings")
    kind = models.CharField(max_length=16, choices=KIND_CHOICES)

    class Meta:
        constraints: ClassVar = [
            no_overlap("org_grid_one_social_grid", "grid", condition=_SOCIAL),
            no_overlap("org_social_grid_one_grid", "counterpart", condition=_SOCIAL),
            no_overlap("org_grid_one_branch", "grid", condition=~_SOCIAL),
        ]

    def __str__(self) -> str:
        return f"{self.grid_id} = {self.counterpart_id}"
