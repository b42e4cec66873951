"""A small network on the city of tests/register/org, built through the services.

Substation H1 feeds feeder F1: S1 ─ S2 ─ S3, and S4 behind S2. Areas A1 on S3, A2 on S4 (cell G1), A3 on S2 (cell G2).
"""

from dataclasses import dataclass

from longzhong.register.network import selectors, services
from longzhong.register.network.models import Feeder, Meter, Section
from longzhong.register.network.rules import AreaRow, FeederRow, MeterRow, SectionRow, SubstationRow
from tests.register.org.make import DAY, MACHINE, NOW, City, city

STATIONS = (SubstationRow("H1", "110kV隆中变", 32.0, 112.0),)
FEEDERS = (FeederRow("F1", "10kV隆中一线", "H1"),)
SECTIONS = (
    SectionRow("S3", "3号杆", "F1", "S2", "pole"),
    SectionRow("S1", "出线段", "F1"),
    SectionRow("S2", "主干二段", "F1", "S1"),
    SectionRow("S4", "支线", "F1", "S2"),
)
AREAS = (
    AreaRow("A1", "隆中一台区", 200, "Dyn11", "rural", "public", "S3", "G1", "", 32.001, 112.001),
    AreaRow("A2", "隆中二台区", 400, "Yyn0", "urban", "public", "S4", "G1", "", 32.002, 112.002),
    AreaRow("A3", "檀溪一台区", 315, "Dyn11", "urban", "public", "S2", "G2", "", 32.003, 112.003),
)
METERS = (
    MeterRow("T1", "area", "ABC", 3, 80, "A1"),
    MeterRow("T2", "area", "ABC", 3, 120, "A2"),
    MeterRow("T3", "area", "", 3, 100, "A3"),
    MeterRow("M1", "customer", "A", 1, 1, "A1"),
    MeterRow("M2", "customer", "B", 1, 1, "A1"),
    MeterRow("M3", "customer", "", 1, 1, "A2"),
)


@dataclass(frozen=True)
class Net:
    """Ids by code."""

    city: City
    areas: dict[str, int]
    meters: dict[str, int]
    sections: dict[str, int]
    feeders: dict[str, int]


def network() -> Net:
    made = city()
    services.keep_substations(rows=STATIONS, by=MACHINE, at=NOW)
    services.keep_feeders(rows=FEEDERS, by=MACHINE, at=NOW)
    services.keep_sections(rows=SECTIONS, by=MACHINE, at=NOW)
    services.keep_areas(rows=AREAS, by=MACHINE, at=NOW)
    services.keep_meters(rows=METERS, by=MACHINE, at=NOW)
    return Net(
        made,
        selectors.area_ids([row.code for row in AREAS]),
        dict(Meter.objects.values_list("code", "id")),
        dict(Section.objects.values_list("code", "id")),
        dict(Feeder.objects.values_list("code", "id")),
    )


__all__ = ["AREAS", "DAY", "MACHINE", "METERS", "NOW", "SECTIONS", "Net", "network"]
