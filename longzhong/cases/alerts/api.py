"""Alerts over the API: read only; alerts are raised by scans and closed by proof."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from longzhong.cases.alerts import selectors
from longzhong.cases.alerts.models import Alert
from longzhong.cases.alerts.rules import READERS
from longzhong.kit import web
from longzhong.kit.actor import need

router = Router(tags=["alerts"])


class AlertOut(Schema):
    """An alert; `worst` in the kind's own unit, `level` 1 is the most urgent."""

    id: int
    area_code: str
    kind: str
    state: str
    level: int
    raised_at: datetime
    meter: str
    worst: float | None
    beyond_pct: float
    days_abnormal: int
    days_window: int
    order_id: int | None

    @staticmethod
    def resolve_area_code(alert: Alert) -> str:
        return alert.area.code


class Paging(Schema):
    state: str = Field("live", max_length=12)
    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0, le=1_000_000)


@router.get("", response=list[AlertOut])
def alerts(request: HttpRequest, paging: Query[Paging]) -> list[Alert]:
    """Alerts that one may see, the most urgent first; `state` is a state's code or "live"."""
    who = web.actor(request)
    need(who, *READERS)
    rows = selectors.live(who) if paging.state == "live" else selectors.board(who).filter(state=paging.state)
    return list(rows[paging.offset : paging.offset + paging.limit])


@router.get("{int:alert_id}", response=AlertOut)
def alert(request: HttpRequest, alert_id: int) -> Alert:
    """One alert."""
    who = web.actor(request)
    need(who, *READERS)
    return selectors.alert_of(who, alert_id)
