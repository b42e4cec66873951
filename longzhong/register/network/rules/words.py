"""The words of the network (电网台账): what a row may say, with its Chinese word.

From the substation down: substation (变电站) → feeder (10 kV 线路) → section, pole or switch (线段、杆塔、开关) →
area (台区: one transformer and what hangs on it) → meter (area meter 总表, customer meter 户表).
"""

from datetime import date
from enum import StrEnum

EVER = date(1990, 1, 1)  # the first day of a relation of which nobody said since when it holds


class SectionKind(StrEnum):
    SECTION = "section"
    POLE = "pole"
    SWITCH = "switch"


class AreaKind(StrEnum):
    PUBLIC = "public"
    DEDICATED = "dedicated"


class Connection(StrEnum):
    """Winding connection of the transformer; the unbalance limits differ (Q/GDW 1519, REFERENCE §4.2)."""

    YYN0 = "Yyn0"
    DYN11 = "Dyn11"


class Site(StrEnum):
    """Site class (现场分类) of REFERENCE §1.4: arrival limits differ."""

    URBAN = "urban"
    RURAL = "rural"
    REMOTE = "remote"


class MeterKind(StrEnum):
    AREA = "area"
    CUSTOMER = "customer"


class Phase(StrEnum):
    UNKNOWN = ""
    A = "A"
    B = "B"
    C = "C"
    ABC = "ABC"


SECTION_KIND_NAMES = {SectionKind.SECTION: "线段", SectionKind.POLE: "杆塔", SectionKind.SWITCH: "开关"}
AREA_KIND_NAMES = {AreaKind.PUBLIC: "公变", AreaKind.DEDICATED: "专变"}
CONNECTION_NAMES = {Connection.YYN0: "Yyn0", Connection.DYN11: "Dyn11"}
SITE_NAMES = {Site.URBAN: "城区", Site.RURAL: "农村", Site.REMOTE: "特殊边远地区"}
METER_KIND_NAMES = {MeterKind.AREA: "台区总表", MeterKind.CUSTOMER: "用户表"}
PHASE_NAMES = {
    Phase.UNKNOWN: "相别未知", Phase.A: "A相", Phase.B: "B相", Phase.C: "C相", Phase.ABC: "三相",
}  # fmt: skip
