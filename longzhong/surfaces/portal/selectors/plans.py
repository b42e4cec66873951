"""Planned outages as the public may know them: when, what kind, why, which estates and villages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from longzhong.kit.clock import civil_day, day_start
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages.rules.words import KIND_LABELS, PLANS, REASON_LABELS, Kind, State
from longzhong.sensing.outages.selectors import Outage
from longzhong.surfaces.portal.selectors.limits import PORTAL, limits_on
from longzhong.surfaces.portal.selectors.places import PlaceCard, affected_places, card_of

MOST_PLANS = 200
SHOWN = (State.ANNOUNCED, State.RUNNING, State.PARTLY)


@dataclass(frozen=True)
class PlanLine:
    """One planned outage. `places` are shown at most to some dozens; `state` in a customer's word."""

    id: int
    number: str
    kind: str
    reason: str
    starts_at: datetime
    ends_at: datetime
    state: str
    tone: str
    places: tuple[PlaceCard, ...]

    @property
    def day(self) -> date:
        return civil_day(self.starts_at)


def plan_lines(at: datetime, *, town: str = "", day: date | None = None, words: str = "") -> list[PlanLine]:
    """Those that run or come within the days of the policy, of a town, a day, a name; three queries."""
    rows = outages.visible_to(PORTAL).filter(kind__in=PLANS, state__in=SHOWN)
    until = at + timedelta(days=limits_on(civil_day(at)).plans_ahead_d)
    rows = rows.filter(planned_start__lte=until, planned_end__gt=at - timedelta(days=1))
    if day is not None:
        rows = rows.filter(planned_start__lt=day_start(day + timedelta(days=1)), planned_end__gt=day_start(day))
    lines = _lines(list(rows.order_by("planned_start", "id")[:MOST_PLANS]), at)
    return [kept for line in lines if (kept := _narrowed(line, town, words)) is not None]


def plans_of(place: PlaceCard, at: datetime) -> list[PlanLine]:
    """The plans that concern one place."""
    return [line for line in plan_lines(at) if any(one.token == place.token for one in line.places)]


def areas_of(outage_ids: Iterable[int]) -> dict[int, set[int]]:
    """Outage → its areas; one query."""
    rows = outages.visible_to(PORTAL).filter(pk__in=list(outage_ids)).values_list("pk", "affected__area_id")
    found: dict[int, set[int]] = {}
    for outage, area in rows:
        found.setdefault(outage, set()).update([area] if area else [])
    return found


def _lines(rows: list[Outage], at: datetime) -> list[PlanLine]:
    areas = areas_of(row.pk for row in rows)
    places = affected_places({area for found in areas.values() for area in found})
    return [
        _line(row, at, tuple(card_of(one) for one in places if not areas.get(row.pk, set()).isdisjoint(one.areas)))
        for row in rows
    ]


def _line(row: Outage, at: datetime, places: tuple[PlaceCard, ...]) -> PlanLine:
    ends = row.expected_end_at or row.planned_end or at
    state, tone = ("计划中", "info") if row.state == State.ANNOUNCED else ("正在停电", "late")
    return PlanLine(
        row.pk, row.number or "", KIND_LABELS[Kind(row.kind)], REASON_LABELS.get(row.reason_code, ""),
        row.started_at or row.planned_start or row.registered_at, ends, state, tone, places,
    )  # fmt: skip


def _narrowed(line: PlanLine, town: str, words: str) -> PlanLine | None:
    """The line if it concerns the town and the name asked for; a plan without a public place is shown in the whole list."""
    asked = words.split()
    if not town and not asked:
        return line
    hit = [
        one for one in line.places
        if (not town or one.town == town) and all(word in one.town + one.name for word in asked)
    ]  # fmt: skip
    return line if hit else None
