"""The words of crews (抢修力量): skills, roads, limits. Skills and roads are ours and to be confirmed by the office (U).

Road classes (S3-16 无公路抢修现实): `road` any vehicle, `rough` a vehicle with four driven wheels, `foot` the last stretch is
walked (特殊边远).
A crew's class is the worst that it can manage.
"""

from dataclasses import dataclass
from enum import StrEnum


class Skill(StrEnum):
    LOW_VOLTAGE = "low_voltage"
    HIGH_VOLTAGE = "high_voltage"
    LIVE_LINE = "live_line"
    METERING = "metering"
    CABLE = "cable"


class Road(StrEnum):
    ROAD = "road"
    ROUGH = "rough"
    FOOT = "foot"


SKILL_LABELS = {
    Skill.LOW_VOLTAGE: "低压", Skill.HIGH_VOLTAGE: "10千伏", Skill.LIVE_LINE: "带电作业", Skill.METERING: "计量",
    Skill.CABLE: "电缆",
}  # fmt: skip
ROAD_LABELS = {Road.ROAD: "公路可达", Road.ROUGH: "便道（越野车）", Road.FOOT: "无公路，步行"}
ROAD_RANK = {Road.ROAD: 0, Road.ROUGH: 1, Road.FOOT: 2}
SKILL_OF_FAULT = {
    "fallen_pole": Skill.HIGH_VOLTAGE,
    "broken_strand": Skill.HIGH_VOLTAGE,
    "line_over_road": Skill.HIGH_VOLTAGE,
}
"""A fault that nobody has said more of asks for low-voltage skill."""
HINDRANCES = {
    "no_crew": "没有当班的抢修班组",
    "no_skill": "当班班组没有所需技能",
    "no_road": "当班班组到不了（道路条件）",
    "no_position": "台区没有坐标，无法排路线",
    "shift_over": "当班时间内排不下",
}
READERS = ("crew", "grid", "desk", "station", "quality", "dept", "leader")
PLANNERS = ("station", "desk", "dept")
"""Who confirms, locks, moves and asks for a new plan."""
KEEPERS = ("station", "dept")
"""Who keeps crews, shifts and places without a road."""


@dataclass(frozen=True)
class Limits:
    """Policies `crews.*`."""

    solve_s: float = 5.0
    most_jobs: int = 150
    switch_min: int = 20
    speed_road_kmh: float = 35.0
    speed_rough_kmh: float = 18.0
    detour: float = 1.4
    work_min: int = 60
    after_shift_min: int = 60
    urgent_points: int = 40
