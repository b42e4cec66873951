"""The words of expected restoration (恢复预计): the crew's stages at which it is said anew, features, and reasons for people.

Where history is short the middle is a policy by site (REFERENCE §2.1: after arrival 3 h in town, 4 h in villages, plus the
arrival), and the
interval a wide guess that says so.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Stage(StrEnum):
    """When it is said: an outage was reported; its order went to somebody, was accepted, they arrived, they found the fault."""

    REPORTED = "reported"
    DISPATCHED = "dispatched"
    ACCEPTED = "accepted"
    ARRIVED = "arrived"
    DIAGNOSED = "diagnosed"


class ModelState(StrEnum):
    INSTALLED = "installed"
    RETIRED = "retired"
    REFUSED = "refused"


class Weather(StrEnum):
    FINE = "fine"
    RAIN = "rain"
    THUNDER = "thunder"
    WIND = "wind"
    SNOW = "snow"
    HEAT = "heat"


STAGE_LABELS = {
    Stage.REPORTED: "已报停电", Stage.DISPATCHED: "已派单", Stage.ACCEPTED: "已接单",
    Stage.ARRIVED: "已到场", Stage.DIAGNOSED: "已研判",
}  # fmt: skip
STAGE_OF_VERB = {
    "open": Stage.DISPATCHED, "assign": Stage.DISPATCHED, "take": Stage.ACCEPTED, "accept": Stage.ACCEPTED,
    "arrive": Stage.ARRIVED, "diagnose": Stage.DIAGNOSED,
}  # fmt: skip
MODEL_STATE_NAMES = {ModelState.INSTALLED: "在用", ModelState.RETIRED: "已换下", ModelState.REFUSED: "未采用"}
WEATHER_LABELS = {
    Weather.FINE: "晴好", Weather.RAIN: "降雨", Weather.THUNDER: "雷暴", Weather.WIND: "大风",
    Weather.SNOW: "冰雪", Weather.HEAT: "高温",
}  # fmt: skip
READERS = ("crew", "grid", "desk", "station", "quality", "dept", "leader")
ADOPTERS = ("desk", "station", "dept", "quality")
TELLERS = ("station", "dept")
"""Who makes an estimate the word for customers: they may change an outage's expected end (outages.KNOWERS)."""
TRAINERS = ("quality", "dept", "security", "admin")
FEATURES = {
    "stage": "进展", "elapsed": "已停时间", "fault": "故障类型", "cause": "故障原因", "site": "地域",
    "road": "道路条件", "crew": "班组情况",
    "weather": "天气", "customers": "停电户数", "priority": "紧急程度", "live": "同时停电数", "device": "停电设备", "hour": "时刻",
    "month": "月份", "weekday": "星期", "side": "产权",
}  # fmt: skip
_VALUES: dict[str, dict[str, str]] = {
    "stage": {k.value: v for k, v in STAGE_LABELS.items()},
    "weather": {k.value: v for k, v in WEATHER_LABELS.items()},
    "site": {"urban": "城区", "rural": "农村", "remote": "特殊边远"},
    "road": {"road": "公路可达", "rough": "便道", "foot": "无公路"},
    "crew": {"ready": "有空闲班组", "busy": "班组都在忙", "none": "没有当班班组"},
    "device": {"substation": "变电站", "feeder": "线路", "section": "线段", "area": "台区"},
}


@dataclass(frozen=True)
class Limits:
    """Policies `restorations.*`."""

    least: int = 200
    test_share: float = 0.2
    worse_by: float = 0.02
    middle_min_urban: int = 225
    middle_min_rural: int = 330
    middle_min_remote: int = 480
    wide: float = 2.5

    def middle(self, site: str) -> int:
        """Minutes from the report to the restoration where nothing is learned yet."""
        return {"rural": self.middle_min_rural, "remote": self.middle_min_remote}.get(site, self.middle_min_urban)


def reason_words(name: str, value: Any, times: float) -> str:
    """A feature that moved the middle: "天气 雷暴：比平常长 48 %"."""
    shown = value_words(name, value)
    change = round(100 * (times - 1))
    return f"{FEATURES.get(name, name)} {shown}：比平常{'长' if change > 0 else '短'} {abs(change)} %"


def value_words(name: str, value: Any) -> str:
    """A feature's value as people say it."""
    return "未知" if value in (None, "") else _VALUES.get(name, {}).get(str(value), _shown(name, value))


def _shown(name: str, value: Any) -> str:
    unit = {"customers": " 户", "elapsed": " 分钟", "hour": " 时", "month": " 月", "live": " 起"}.get(name, "")
    return f"{value:.0f}{unit}" if isinstance(value, float) else f"{value}{unit}"
