"""What a customer reports online: plain words for the 95598 category and the danger that they mean (REFERENCE §1.6, S3-12)."""

from dataclasses import dataclass
from enum import StrEnum

from longzhong.cases.hotline.rules.words import Hazard


class FaultKind(StrEnum):
    MY_HOME = "my_home"
    WHOLE_BLOCK = "whole_block"
    LOW = "low"
    SWING = "swing"
    METER = "meter"
    BOX = "box"
    WIRE = "wire"
    POLE = "pole"
    SHOCK = "shock"
    FIRE = "fire"


@dataclass(frozen=True)
class Fault:
    """`no_power`: a known outage may explain it. `category`: the code in the 95598 tree."""

    label: str
    category: str
    hazard: Hazard = Hazard.NONE
    no_power: bool = False


FAULTS: dict[FaultKind, Fault] = {
    FaultKind.MY_HOME: Fault("我家没电，邻居家有电", "repair.lv.single_out", no_power=True),
    FaultKind.WHOLE_BLOCK: Fault("整栋楼或周围一片都没电", "repair.lv.area_out", no_power=True),
    FaultKind.LOW: Fault("电压低，灯暗，电器带不动", "repair.quality.low"),
    FaultKind.SWING: Fault("灯一闪一闪，电压忽高忽低", "repair.quality.swing"),
    FaultKind.METER: Fault("电表烧坏或黑屏", "repair.meter.burnt"),
    FaultKind.BOX: Fault("表箱、开关、进户线坏了", "repair.lv.box"),
    FaultKind.WIRE: Fault("危险：电线断了或掉下来了", "repair.lv.wire_down", Hazard.WIRE_BROKEN),
    FaultKind.POLE: Fault("危险：电杆倒了或歪了", "repair.danger.pole", Hazard.POLE_DOWN),
    FaultKind.SHOCK: Fault("危险：漏电、有人触电", "repair.lv.leak", Hazard.SHOCK),
    FaultKind.FIRE: Fault("危险：电线或设备冒火、冒烟", "repair.lv.fire", Hazard.FIRE),
}
HAZARD_WORDS = (
    "倒杆断线请勿靠近：离开至少 8 米，叫住别人也不要靠近，不要碰触电者；"
    "马上拨打 95598，起火或有人受伤同时拨打 119、120。"
)
"""8 m: the step voltage distance of the outdoors (GB 26860, 室外 8 m)."""


@dataclass(frozen=True)
class Report:
    """A fault as a stranger reports it. `tail`: end of the account number; `where`: their own words of the place.

    `key`: the client's own long random key of this report; a second post with it changes nothing.
    """

    kind: FaultKind
    phone: str
    key: str
    tail: str = ""
    place: str = ""
    where: str = ""
    words: str = ""
    photo: bytes = b""
    photo_name: str = ""


def report_text(report: Report, place: str) -> str:
    """What the desk reads; where exactly it is stays with the caller's sealed address."""
    parts = [f"【网上报修】{FAULTS[report.kind].label}"]
    if place:
        parts.append(f"地点：{place}")
    if report.words:
        parts.append(f"客户说：{report.words}")
    return "。".join(parts)
