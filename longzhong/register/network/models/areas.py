"""Areas (台区) and meters, with their dated relations: the cell of an area, the area of a meter, day by day."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from longzhong.kit.dated import Dated, no_overlap
from longzhong.register.network.rules import (
    AREA_KIND_NAMES,
    CONNECTION_NAMES,
    METER_KIND_NAMES,
    PHASE_NAMES,
    SITE_NAMES,
    AreaKind,
    Connection,
    Phase,
    Site,
)


class Area(models.Model):
    """A transformer area. `grid` and `unit` are today's, written with AreaGrid; a past day asks AreaGrid."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    kva = models.FloatField()
    connection = models.CharField(
        max_length=5, choices=[(k.value, v) for k, v in CONNECTION_NAMES.items()], default=Connection.YYN0
    )
    site = models.CharField(max_length=6, choices=[(k.value, v) for k, v in SITE_NAMES.items()], default=Site.URBAN)
    kind = models.CharField(
        max_length=9, choices=[(k.value, v) for k, v in AREA_KIND_NAMES.items()], default=AreaKind.PUBLIC
    )
    section = models.ForeignKey("network.Section", models.PROTECT, null=True, blank=True, related_name="areas")
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    grid = models.ForeignKey("org.GridCell", models.PROTECT, null=True, blank=True, related_name="+")
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["name"], name="network_area_name")]

    def __str__(self) -> str:
        return self.name


class AreaGrid(Dated):
    """Which grid cell an area belonged to on which days."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="grids")
    grid = models.ForeignKey("org.GridCell", models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [no_overlap("network_area_one_grid_a_day", "area")]

    def __str__(self) -> str:
        return f"{self.area_id} in {self.grid_id} from {self.from_on}"


class Meter(models.Model):
    """`ratio` turns secondary into primary values (综合倍率); the topology check finds meters without a phase."""

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=8, choices=[(k.value, v) for k, v in METER_KIND_NAMES.items()])
    phase = models.CharField(
        max_length=3, choices=[(k.value, v) for k, v in PHASE_NAMES.items()], default=Phase.UNKNOWN, blank=True
    )
    wiring = models.PositiveSmallIntegerField(default=1)
    ratio = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="network_meter_wiring", condition=Q(wiring__in=(1, 3))),
            models.CheckConstraint(name="network_meter_ratio", condition=Q(ratio__gte=1)),
        ]
        indexes: ClassVar = [models.Index(fields=["id"], condition=Q(phase=""), name="network_meter_no_phase")]

    def __str__(self) -> str:
        return self.code


class MeterArea(Dated):
    """On which area a meter hung on which days.

    Two plain unique indexes and the services keep it free of overlaps: at 200,000 rows an exclusion constraint costs
    several times more.
    """

    meter = models.ForeignKey(Meter, models.PROTECT, related_name="areas")
    area = models.ForeignKey(Area, models.PROTECT, related_name="meters")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="network_meter_area_span", condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on"))
            ),
            models.UniqueConstraint(
                fields=["meter"], condition=Q(to_on__isnull=True), name="network_meter_one_open_area"
            ),
            models.UniqueConstraint(
                fields=["meter", "from_on"],
                condition=Q(to_on__isnull=True) | Q(to_on__gt=F("from_on")),
                name="network_meter_one_area_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meter_id} on {self.area_id} from {self.from_on}"
