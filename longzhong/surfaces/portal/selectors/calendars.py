"""The calendar of one place: plans to come, running ones, those over or called off a few days ago."""

from datetime import datetime, timedelta

from longzhong.kit.clock import civil_day
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages.rules.words import KIND_LABELS, PLANS, REASON_LABELS, Kind, State
from longzhong.sensing.outages.selectors import Outage
from longzhong.surfaces.portal.engines.calendars import Feed, Happening, calendar_file
from longzhong.surfaces.portal.selectors.limits import PORTAL, limits_on
from longzhong.surfaces.portal.selectors.places import PlaceCard

MOST_EVENTS = 100
OFF = (State.CANCELLED, State.WITHDRAWN, State.MERGED)
TOLD = (State.ANNOUNCED, State.RUNNING, State.PARTLY, State.RESTORED)


def calendar_of(place: PlaceCard, at: datetime) -> bytes:
    """The .ics file of a place; two queries. A plan that was never announced (待批豁免, or declined) isn't in it."""
    limits = limits_on(civil_day(at))
    since = at - timedelta(days=limits.cancelled_shown_d)
    rows = outages.visible_to(PORTAL).filter(
        kind__in=PLANS, state__in=(*TOLD, *OFF), planned_end__gt=since, affected__area_id__in=place.areas,
        planned_start__lte=at + timedelta(days=limits.plans_ahead_d),
    )  # fmt: skip
    found = rows.order_by("planned_start", "id").distinct()[:MOST_EVENTS]
    events = [_happening(row, place) for row in found if _was_announced(row)]
    feed = Feed(f"{place.label} 停电计划", place.label, timedelta(hours=limits.alarm_h))
    return calendar_file(feed, events)


def _was_announced(row: Outage) -> bool:
    """A plan with an exemption that nobody approved never reached the customers."""
    return row.state not in OFF or not row.exemption or row.approved_at is not None


def _happening(row: Outage, place: PlaceCard) -> Happening:
    off, kind = row.state in OFF, KIND_LABELS[Kind(row.kind)]
    starts = row.started_at or row.planned_start or row.registered_at
    ends = row.restored_at or (row.expected_end_at if row.delays else row.planned_end) or starts
    words = f"{place.label}{kind}，原因：{REASON_LABELS.get(row.reason_code, '')}。"
    words += "已取消，这次不停电。" if off else "时间如有变化，日历会自动更新。"
    words += "家里有救命设备或有疑问，请拨打 95598。"
    return Happening(
        number=row.number or str(row.pk), title=f"{'（已取消）' if off else ''}{kind} {place.name}", words=words,
        starts_at=starts, ends_at=ends, sequence=_sequence(row), cancelled=off, changed_at=_changed(row),
    )  # fmt: skip


def _sequence(row: Outage) -> int:
    """Every change, delay, start and end adds one; nothing takes one back."""
    moments = (row.started_at, row.restored_at or row.closed_at)
    return row.changes + row.delays + sum(moment is not None for moment in moments)


def _changed(row: Outage) -> datetime:
    return max(filter(None, (row.registered_at, row.approved_at, row.started_at, row.restored_at, row.closed_at)))
