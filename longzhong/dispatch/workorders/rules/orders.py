"""What a step of an order brings along, checked for shape before anything is changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt

from longzhong.dispatch.workorders.rules.words import CAUSES, MEASURED, Kind
from longzhong.kit.errors import Refused

EARTH_M = 6_371_000.0
FAR_M = 1_000.0  # an arrival further than this from its area is shown as doubtful, never refused


@dataclass(frozen=True)
class Place:
    """Where an order belongs: the unit that answers, the grid cell, the area."""

    unit_id: int
    grid_id: int | None = None
    area_id: int | None = None


@dataclass(frozen=True)
class Position:
    """Where a phone says that it is, or why it can't say."""

    lat: float | None = None
    lon: float | None = None
    accuracy_m: float | None = None
    reason: str = ""

    @property
    def known(self) -> bool:
        return self.lat is not None and self.lon is not None


@dataclass(frozen=True)
class Outcome:
    """What was found and done on site; without a photo, why not."""

    cause_found: str
    work_done: str
    no_photo_reason: str = ""
    measured: Mapping[str, float] = field(default_factory=dict)


def check_position(position: Position) -> None:
    """A position on earth, or a reason."""
    if position.known:
        if not (abs(position.lat or 0) <= 90 and abs(position.lon or 0) <= 180):
            raise Refused("position_invalid", "定位坐标无效；到场没有登记，请重新定位或填写原因。")
    elif not position.reason.strip():
        raise Refused("position_missing", "到场需要定位；确实无法定位请填写原因。到场没有登记。")


def check_outcome(kind: Kind, outcome: Outcome, photos: int) -> None:
    """A known cause, words, and a photo or the reason for none."""
    if outcome.cause_found not in CAUSES[kind]:
        raise Refused(
            "cause_unknown", "请从清单里选择原因；填写的内容已保留，工单没有改动。", cause=outcome.cause_found
        )
    if not outcome.work_done.strip():
        raise Refused("work_missing", "请写明做了什么处理；工单没有改动。")
    if not photos and not outcome.no_photo_reason.strip():
        raise Refused("photo_missing", "完成需要至少一张现场照片；确实无法拍照请填写原因。工单没有改动。")
    for key, value in outcome.measured.items():
        if key not in MEASURED or not MEASURED[key][2] <= value <= MEASURED[key][3]:
            raise Refused("measured_invalid", "实测值不在合理范围内；工单没有改动。", key=key, value=value)


def check_reason(reason: str) -> str:
    """A person's decision needs words."""
    if not reason.strip():
        raise Refused("reason_missing", "请写明理由；工单没有改动。")
    return reason.strip()


def distance_m(position: Position, lat: float | None, lon: float | None) -> int | None:
    """Metres between a position and a place; None where either is unknown."""
    if position.lat is None or position.lon is None or lat is None or lon is None:
        return None
    a, b = radians(position.lat), radians(lat)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(lon - position.lon) / 2) ** 2
    return round(2 * EARTH_M * asin(sqrt(half)))
