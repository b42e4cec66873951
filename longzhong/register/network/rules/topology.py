"""The topology check (营配贯通数据治理, S4-21): what is missing or contradictory from the meter up to the feeder.

Orphans (孤立), loops (环), meters without a phase (无相别), areas without a grid manager (无台区经理), doubtful
duplicates and missing positions. Plain checks over small facts; nothing here knows where they come from.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from longzhong.register.network.rules.tracing import loops, unsupplied


class Noun(StrEnum):
    AREA = "area"
    METER = "meter"
    SECTION = "section"
    FEEDER = "feeder"


class Problem(StrEnum):
    AREA_NO_SECTION = "area_no_section"
    AREA_UNSUPPLIED = "area_unsupplied"
    AREA_NO_GRID = "area_no_grid"
    AREA_NO_MANAGER = "area_no_manager"
    AREA_NO_METER = "area_no_meter"
    AREA_NO_CAPACITY = "area_no_capacity"
    AREA_NO_POSITION = "area_no_position"
    AREA_DOUBTFUL_DUPLICATE = "area_doubtful_duplicate"
    METER_NO_AREA = "meter_no_area"
    METER_NO_PHASE = "meter_no_phase"
    METER_WRONG_PHASE = "meter_wrong_phase"
    SECTION_NO_FEEDER = "section_no_feeder"
    SECTION_LOOP = "section_loop"
    SECTION_OTHER_FEEDER = "section_other_feeder"
    FEEDER_NO_SUBSTATION = "feeder_no_substation"


@dataclass(frozen=True)
class Check:
    """One line of the report: what is looked for, of which noun, what it means and what mends it."""

    problem: Problem
    noun: Noun
    label: str
    means: str


CHECKS: tuple[Check, ...] = (
    Check(Problem.AREA_NO_SECTION, Noun.AREA, "台区未挂接线路", "停电研判找不到它；请补上所属线段或杆塔。"),
    Check(Problem.AREA_UNSUPPLIED, Noun.AREA, "台区追溯不到变电站", "上游断开、成环或线路无变电站。"),
    Check(Problem.AREA_NO_GRID, Noun.AREA, "台区未划入网格", "预警派不到人；请指定网格。"),
    Check(Problem.AREA_NO_MANAGER, Noun.AREA, "台区无台区经理", "所在网格今天无人负责；请在网格处指定或安排代岗。"),
    Check(Problem.AREA_NO_METER, Noun.AREA, "台区无总表", "算不出负载率和不平衡度；请登记台区总表。"),
    Check(Problem.AREA_NO_CAPACITY, Noun.AREA, "台区容量缺失", "算不出负载率；请补上额定容量。"),
    Check(Problem.AREA_NO_POSITION, Noun.AREA, "台区坐标缺失", "地图上看不到；请补上经纬度。"),
    Check(Problem.AREA_DOUBTFUL_DUPLICATE, Noun.AREA, "台区疑似重复", "编码只差写法（大小写、全半角、前导零），或同名同位置。"),
    Check(Problem.METER_NO_AREA, Noun.METER, "电表未挂接台区", "户变关系缺失；请指定所属台区。"),
    Check(Problem.METER_NO_PHASE, Noun.METER, "电表相别未知", "三相不平衡治理定位不到户；请补上相别。"),
    Check(Problem.METER_WRONG_PHASE, Noun.METER, "电表相别与接线不符", "单相表应为 A、B 或 C 相，三相表应为三相。"),
    Check(Problem.SECTION_NO_FEEDER, Noun.SECTION, "线段无所属线路", "请补上所属 10 kV 线路。"),
    Check(Problem.SECTION_LOOP, Noun.SECTION, "线段上游成环", "沿上游回到自己，追溯不到电源；请修正上游关系。"),
    Check(Problem.SECTION_OTHER_FEEDER, Noun.SECTION, "线段与上游不同线路", "上下游分属两条线路；请核对联络开关。"),
    Check(Problem.FEEDER_NO_SUBSTATION, Noun.FEEDER, "线路无变电站", "请补上所属变电站。"),
)  # fmt: skip
CHECK_OF: Mapping[Problem, Check] = {check.problem: check for check in CHECKS}


@dataclass(frozen=True, slots=True)
class SectionFact:
    id: int
    feeder_id: int | None
    upstream_id: int | None


@dataclass(frozen=True, slots=True)
class AreaFact:
    """An area as the check sees it; `managed` means that somebody is responsible for its grid cell today."""

    id: int
    code: str
    name: str
    kva: float
    section_id: int | None
    grid_id: int | None
    managed: bool
    metered: bool
    lat: float | None
    lon: float | None


def check_sections(sections: Sequence[SectionFact], feeders: Mapping[int, bool]) -> dict[Problem, list[int]]:
    """Section ids by problem, feeder ids for feeders; `feeders` says of each whether its substation is known."""
    feeder_of = {one.id: one.feeder_id for one in sections}
    upstream = {one.id: one.upstream_id for one in sections}
    crossing = [
        one.id
        for one in sections
        if one.upstream_id is not None and one.feeder_id is not None
        and feeder_of.get(one.upstream_id) not in (one.feeder_id, None)
    ]  # fmt: skip
    return {
        Problem.SECTION_NO_FEEDER: [one.id for one in sections if one.feeder_id is None],
        Problem.SECTION_LOOP: [section for circle in loops(upstream) for section in circle],
        Problem.SECTION_OTHER_FEEDER: crossing,
        Problem.FEEDER_NO_SUBSTATION: [feeder for feeder, known in feeders.items() if not known],
    }


def supplied_sections(sections: Sequence[SectionFact], feeders: Mapping[int, bool]) -> set[int]:
    """The sections from which a walk upstream reaches a feeder with a known substation."""
    upstream = {one.id: one.upstream_id for one in sections}
    heads = {one.id for one in sections if one.upstream_id is None and feeders.get(one.feeder_id or 0)}
    return set(upstream) - unsupplied(upstream, heads)


def check_areas(areas: Sequence[AreaFact], supplied: Collection[int]) -> dict[Problem, list[int]]:
    """Area ids by problem. An area on no line at all counts as that, not also as unsupplied."""
    return {
        Problem.AREA_NO_SECTION: [one.id for one in areas if one.section_id is None],
        Problem.AREA_UNSUPPLIED: [
            one.id for one in areas if one.section_id is not None and one.section_id not in supplied
        ],
        Problem.AREA_NO_GRID: [one.id for one in areas if one.grid_id is None],
        Problem.AREA_NO_MANAGER: [one.id for one in areas if one.grid_id is not None and not one.managed],
        Problem.AREA_NO_METER: [one.id for one in areas if not one.metered],
        Problem.AREA_NO_CAPACITY: [one.id for one in areas if not one.kva > 0],
        Problem.AREA_NO_POSITION: [one.id for one in areas if one.lat is None or one.lon is None],
        Problem.AREA_DOUBTFUL_DUPLICATE: doubtful_duplicates(areas),
    }


def doubtful_duplicates(areas: Iterable[AreaFact]) -> list[int]:
    """Areas whose codes differ only in writing, or which bear one name at one place."""
    groups: dict[object, list[int]] = {}
    for one in areas:
        groups.setdefault(plain_code(one.code), []).append(one.id)
        if one.lat is not None and one.lon is not None:
            groups.setdefault((one.name, round(one.lat, 5), round(one.lon, 5)), []).append(one.id)
    return sorted({area for group in groups.values() if len(group) > 1 for area in group})


def plain_code(code: str) -> str:
    """A code without what typing adds: width, case, spaces, dashes, leading zeros."""
    text = unicodedata.normalize("NFKC", code).upper()
    return "".join(char for char in text if char.isalnum()).lstrip("0")
