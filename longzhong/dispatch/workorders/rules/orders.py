"""What a step of an order brings along, checked for shape before anything is changed."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import asin, cos, radians, sin, sqrt

from longzhong.dispatch.workorders.rules.found import (
    CAUSES,
    GROUNDS,
    MEASURED,
    SERVICES,
    SIDES,
    TRIAGES,
    UNSPOKEN,
    WAYS,
)
from longzhong.dispatch.workorders.rules.words import Kind
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
    """What was found and done; a matter of service ends with a way of the answer (`triage`) and the words to the customer.

    `restored_at` is when the power came back, by the crew's word. Without a photo, why not.
    """

    cause_found: str = ""
    work_done: str = ""
    no_photo_reason: str = ""
    measured: Mapping[str, float] = field(default_factory=dict)
    restored_at: datetime | None = None
    triage: str = ""
    reply: str = ""


@dataclass(frozen=True)
class Diagnosis:
    """What a crew says of a fault before it is mended: until when, where (line, pole number, device), on whose side.

    `service` is how customers are helped with equipment of their own.
    """

    expected_at: datetime | None = None
    fault_place: str = ""
    side: str = ""
    service: str = ""


def check_position(position: Position) -> None:
    """A position on earth, or a reason."""
    if position.known:
        if not (abs(position.lat or 0) <= 90 and abs(position.lon or 0) <= 180):
            raise Refused("position_invalid", "定位坐标无效；到场没有登记，请重新定位或填写原因。")
    elif not position.reason.strip():
        raise Refused("position_missing", "到场需要定位；确实无法定位请填写原因。到场没有登记。")


def check_outcome(kind: Kind, needs: Collection[str], outcome: Outcome, photos: int) -> None:
    """All that the finishing move of this kind needs: cause, words, photo or why none; or the way of the answer and its words."""
    for need, check in _OUTCOME.items():
        if need in needs:
            check(kind, outcome, photos)


def check_diagnosis(diagnosis: Diagnosis, said_at: datetime) -> None:
    """A place, a side, and until when; on the customer's side how they are helped instead (S4-24)."""
    if not diagnosis.fault_place.strip():
        raise Refused("place_missing", "请写明故障位置（线路、杆号或设备）；研判没有登记。")
    if diagnosis.side not in SIDES:
        raise Refused("side_unknown", "请选择故障设备的产权归属；研判没有登记。", side=diagnosis.side)
    if diagnosis.side == "customer":
        if diagnosis.service not in SERVICES:
            raise Refused(
                "service_missing", "客户产权设备请选择服务方式：指导、有偿（费用先说明）或特殊群体帮办；研判没有登记。"
            )
    elif diagnosis.service:
        raise Refused("service_not_due", "服务方式只用于客户产权设备；研判没有登记。", side=diagnosis.side)
    elif diagnosis.expected_at is None:
        raise Refused("expected_missing", "请选择预计恢复供电时间；研判没有登记。")
    if diagnosis.expected_at is not None and diagnosis.expected_at <= said_at:
        raise Refused("expected_past", "预计恢复供电时间要晚于现在；研判没有登记。")


def check_restored(restored_at: datetime, opened_at: datetime, at: datetime) -> None:
    """Power came back after the order was opened, and not in the future."""
    if not opened_at <= restored_at <= at:
        raise Refused("restored_invalid", "恢复送电时间要在派单之后、现在之前；工单没有改动。")


def check_ground(ground: str) -> None:
    """An order is sent away for a ground of the list only."""
    if ground not in GROUNDS:
        raise Refused("ground_unknown", "请从清单里选择退单理由；工单没有改动。", ground=ground)


def check_way(way: str, note: str) -> None:
    """A way of the list; where nobody was spoken to, why."""
    if way not in WAYS:
        raise Refused("way_unknown", "请选择联系方式；工单没有改动。", way=way)
    if way in UNSPOKEN and not note.strip():
        raise Refused("reason_missing", "没有联系上客户，请写明原因；工单没有改动。")


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


def _check_cause(kind: Kind, outcome: Outcome, _photos: int) -> None:
    if outcome.cause_found not in CAUSES[kind]:
        raise Refused(
            "cause_unknown", "请从清单里选择原因；填写的内容已保留，工单没有改动。", cause=outcome.cause_found
        )


def _check_work(_kind: Kind, outcome: Outcome, _photos: int) -> None:
    if not outcome.work_done.strip():
        raise Refused("work_missing", "请写明做了什么处理；工单没有改动。")


def _check_photo(_kind: Kind, outcome: Outcome, photos: int) -> None:
    if not photos and not outcome.no_photo_reason.strip():
        raise Refused("photo_missing", "完成需要至少一张现场照片；确实无法拍照请填写原因。工单没有改动。")


def _check_measured(_kind: Kind, outcome: Outcome, _photos: int) -> None:
    for key, value in outcome.measured.items():
        if key not in MEASURED or not MEASURED[key][2] <= value <= MEASURED[key][3]:
            raise Refused("measured_invalid", "实测值不在合理范围内；工单没有改动。", key=key, value=value)


def _check_triage(_kind: Kind, outcome: Outcome, _photos: int) -> None:
    if outcome.triage not in TRIAGES:
        raise Refused(
            "triage_missing", "请选择能办即办、能解释即解释或上报后答复；工单没有改动。", triage=outcome.triage
        )


def _check_reply(_kind: Kind, outcome: Outcome, _photos: int) -> None:
    if not outcome.reply.strip():
        raise Refused("reply_missing", "请写明给客户的答复；工单没有改动。")


_OUTCOME: dict[str, Callable[[Kind, Outcome, int], None]] = {
    "cause_found": _check_cause,
    "work_done": _check_work,
    "photo": _check_photo,
    "measured": _check_measured,
    "triage": _check_triage,
    "reply": _check_reply,
}
