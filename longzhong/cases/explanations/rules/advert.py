"""The advert "one kWh a night" (一天一夜一度电) against a bedroom (S0-20): under which conditions it holds, and what changes it.

1 kWh over 8 hours is 125 W on average: an inverter machine that only keeps a room cool which is cool already. Each
condition below stands beside what is usual at home; the factors are our own judgement (U), to be confirmed by the
office, and only say "about how much".
"""

from dataclasses import dataclass

ADVERT_KWH = 1.0
ADVERT_HOURS = 8.0
TONIGHT_HOURS = 24.0


@dataclass(frozen=True)
class Condition:
    """One condition of the advert, what is usual at home, and by how much it raises the energy (1.0: not at all)."""

    code: str
    title: str
    advert: str
    home: str
    factor: float
    confidence: str = "U"


CONDITIONS: dict[str, Condition] = {
    row.code: row
    for row in (
        Condition("mode", "运行模式", "节能（ECO）模式，降频低风", "普通制冷，风速自动", 2.0),
        Condition("set_point", "设定温度", "26 ℃ 及以上", "22–24 ℃（每低 1 ℃ 约多用 6–8 %）", 1.25),
        Condition("outdoor", "室外温度", "夜间 30 ℃ 以下", "高温夜 32–35 ℃", 1.4),
        Condition("start", "开机时的房间", "已经凉透，只维持", "从 32 ℃ 以上降下来，先满负荷 1–2 小时", 1.5),
        Condition("room", "房间", "15 ㎡ 左右，密闭隔热好", "面积大、西晒、门窗漏风", 1.4),
        Condition("machine", "机型", "一级能效 1 匹变频新机", "定频或多年旧机，滤网积灰", 1.6),
        Condition("hours", "时间", "一夜 8 小时", "昼夜连开 24 小时", 3.0),
    )
}


@dataclass(frozen=True)
class Night:
    """About what the machine uses in the conditions at home: kWh, the average W, and which conditions differ."""

    kwh: float
    average_w: float
    hours: float
    differing: tuple[Condition, ...]


def night_of(codes: tuple[str, ...]) -> Night:
    """The advert's kWh raised by every condition that differs at home; unknown codes are left out."""
    differing = tuple(row for code, row in CONDITIONS.items() if code in codes)
    kwh = ADVERT_KWH
    for row in differing:
        kwh *= row.factor
    hours = TONIGHT_HOURS if "hours" in codes else ADVERT_HOURS
    return Night(kwh, 1000 * kwh / hours, hours, differing)
