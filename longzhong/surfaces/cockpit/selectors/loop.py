"""The loop in numbers: sensed → warned → dispatched → handled → verified, of what was found in a period."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from longzhong.cases.alerts import selectors as alerts
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.register.org import selectors as org
from longzhong.sensing.curves import selectors as curves
from longzhong.surfaces.cockpit.rules import Step


@dataclass(frozen=True)
class Period:
    """Civil days, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Period":
        """The period of the same length just before this one, for comparison."""
        return Period(self.first - timedelta(days=self.days), self.first - timedelta(days=1))


@dataclass(frozen=True)
class Loop:
    """Sensed counts pairs of area and kind with an abnormal day; the others count alerts raised in the period."""

    sensed: int
    warned: int
    dispatched: int
    handled: int
    verified: int
    rate_before: float | None = None  # of the period just before

    @property
    def rate(self) -> float | None:
        """Governance rate: verified of warned."""
        return self.verified / self.warned if self.warned else None


@dataclass(frozen=True)
class Trend:
    """Alerts raised and verified on each day of a period."""

    days: list[date]
    raised: list[int]
    verified: list[int]


@dataclass(frozen=True)
class UnitRate:
    unit_id: int
    unit: str
    found: int
    verified: int

    @property
    def rate(self) -> float:
        return self.verified / self.found


def period(days: int) -> Period:
    """The last so many days up to the county's today."""
    today = clock.today()
    return Period(today - timedelta(days=days - 1), today)


def loop(actor: Actor, span: Period) -> Loop:
    """The funnel's five numbers; two queries."""
    earlier = span.before
    found, was = alerts.funnels(actor, (span.first, span.last), (earlier.first, earlier.last))
    sensed = curves.abnormal_groups(actor, span.first, span.last).count()
    rate_before = was.verified / was.warned if was.warned else None
    return Loop(sensed, found.warned, found.dispatched, found.handled, found.verified, rate_before)


def loop_alerts(actor: Actor, step: Step, span: Period) -> QuerySet[Any]:
    """The alerts behind one of the funnel's numbers."""
    conditions = {
        Step.WARNED: Q(),
        Step.DISPATCHED: Q(order_id__isnull=False),
        Step.HANDLED: Q(handled_on__isnull=False),
        Step.VERIFIED: Q(state="verified"),
    }
    return alerts.raised_between(actor, span.first, span.last).filter(conditions[step])


def trend(actor: Actor, span: Period) -> Trend:
    """Per day; one query."""
    start = clock.day_start(span.first)
    rows = alerts.visible_to(actor).filter(Q(raised_at__gte=start) | Q(closed_at__gte=start)).order_by()
    days = list(clock.each_day(span.first, span.last))
    known = list(rows.values_list("raised_at", "closed_at", "state"))
    raised = _per_day((raised for raised, _closed, _state in known), days)
    verified = _per_day((closed for _raised, closed, state in known if closed and state == "verified"), days)
    return Trend(days, raised, verified)


def governance_by_unit(actor: Actor, span: Period) -> list[UnitRate]:
    """Found and verified by station, the lowest rate first; two queries."""
    rows = alerts.raised_between(actor, span.first, span.last).order_by().values("unit_id")
    counted = list(rows.annotate(found=Count("id"), verified=Count("id", filter=Q(state="verified"))))
    names = org.unit_names({row["unit_id"] for row in counted})
    rates = [UnitRate(row["unit_id"], names.get(row["unit_id"], ""), row["found"], row["verified"]) for row in counted]
    return sorted(rates, key=lambda one: (one.rate, -one.found))


def _per_day(moments: Iterable[datetime], days: list[date]) -> list[int]:
    counts = dict.fromkeys(days, 0)
    for moment in moments:
        day = clock.civil_day(moment)
        if day in counts:
            counts[day] += 1
    return list(counts.values())
