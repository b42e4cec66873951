"""Findings, areas' faults and day verdicts for other systems, read-only."""

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from longzhong.kit import web
from longzhong.kit.actor import need
from longzhong.kit.errors import Refused
from longzhong.register.network import selectors as network
from longzhong.register.org.rules import Role
from longzhong.sensing.curves import selectors
from longzhong.sensing.curves.models import AreaFault, Finding
from longzhong.sensing.curves.rules import ELECTRIC, Kind

router = Router(tags=["curves"])
READERS = (Role.GRID, Role.CREW, Role.DESK, Role.STATION, Role.QUALITY, Role.DEPT, Role.LEADER)


class FindingOut(Schema):
    """A curve that was abnormal or undetermined; `first` and `last` are slots of 15 minutes, `worst` V or %."""

    meter_code: str
    phase: int
    area_id: int | None
    day: date
    kind: str
    verdict: str
    slots: int
    conf: int
    poss: int
    worst: float | None
    first: int | None
    last: int | None
    days_abnormal: int
    duration_class: str


class FaultOut(Schema):
    """An area abnormal in one kind on one day."""

    area_id: int
    kind: str
    day: date
    meters: int
    worst: float | None
    beyond_pct: float
    slots: int
    days_abnormal: int
    days_window: int
    duration_class: str


class VerdictOut(Schema):
    """What a day says of an area and kind, and the load (kVA, or kW fed back) under which it was reached."""

    day: date
    verdict: str
    meters_abnormal: int
    load_kw: float | None


class Asked(Schema):
    first: date
    last: date
    kind: str = Field("", max_length=12)
    limit: int = Field(50, ge=1, le=500)
    offset: int = Field(0, ge=0, le=1_000_000)


@router.get("findings", response=list[FindingOut], summary="Findings of some days that one may see")
def findings(request: HttpRequest, asked: Query[Asked]) -> list[Finding]:
    who = web.actor(request)
    need(who, *READERS)
    rows = selectors.findings(who, asked.first, asked.last)
    rows = rows.filter(kind=asked.kind) if asked.kind else rows
    return list(rows[asked.offset : asked.offset + asked.limit])


@router.get("faults", response=list[FaultOut], summary="Abnormal areas of some days that one may see")
def faults(request: HttpRequest, asked: Query[Asked]) -> list[AreaFault]:
    who = web.actor(request)
    need(who, *READERS)
    rows = selectors.faults(who, asked.first, asked.last)
    rows = rows.filter(kind=asked.kind) if asked.kind else rows
    return list(rows[asked.offset : asked.offset + asked.limit])


@router.get("areas/{int:area_id}/verdict", response=VerdictOut, summary="What one day says of one area and kind")
def verdict(request: HttpRequest, area_id: int, kind: Kind, day: date) -> selectors.DayVerdict:
    who = web.actor(request)
    need(who, *READERS)
    if not network.visible_to(who).filter(pk=area_id).exists():
        raise Refused("not_found", _("没有这个台区，或不在您的管辖范围内。"), area=area_id)
    if kind not in ELECTRIC:
        raise Refused("not_an_area_kind", _("这类异常只针对计量点，不针对台区。"), kind=kind.value)
    return selectors.verdicts(area_id, kind.value, [day])[0]
