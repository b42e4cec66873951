"""What a campaign counts, against what, and how sure it is.

Like is compared with like: against the year before, a campaign that still runs is held against the same days as have come; the
part of today that is over counts as a part of a day. Units are those of the campaign's first day and of the counted span's last: a
station that moves away during the campaign doesn't look like a success. Verdicts of the baseline stand as they did at the start,
those of the result as they did at the judgement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from longzhong.cases.campaigns.models import Campaign
from longzhong.cases.campaigns.rules import Basis, Doubt, Effect, Grounds, baseline, doubts, effect_of, length
from longzhong.cases.campaigns.selectors.door import label, visible_to
from longzhong.cases.complaints.rules import Kind
from longzhong.cases.complaints.rules.intervals import Interval, ratio
from longzhong.cases.complaints.selectors.counting import Span, counted, kept_since, standing, tallies
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import StepCard
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day, day_start
from longzhong.kit.errors import Refused
from longzhong.register.categories import selectors as categories
from longzhong.register.org import selectors as org
from longzhong.register.policies import selectors as policies

HOUSE = Actor.machine("campaigns")
DAY = timedelta(days=1)
LEAST_KEY = "campaigns.least_events"


@dataclass(frozen=True)
class Counted:
    """The campaign's days so far against those of the baseline that it is held against: all complaints, and those upheld after
    appeal. `elapsed`: the campaign's days with today's as the part that is over. `base_to`: the last of the baseline's days here.
    """

    days: int
    total: int
    upheld: int
    base_days: int
    base_total: int
    base_upheld: int
    elapsed: float
    base_to: date

    @property
    def rate(self) -> Interval | None:
        """The daily rate of complaints over that of the baseline."""
        return ratio(self.total, self.elapsed, self.base_total, self.base_days)

    @property
    def effect(self) -> Effect:
        return effect_of(self.rate)


@dataclass(frozen=True)
class Compared:
    """Beside the campaign's own rate: that of all other complaints of its units over the same days, and what has to be said."""

    other: Interval | None
    doubts: tuple[Doubt, ...]


def counting_for(row: Campaign, at: datetime, steps: Sequence[StepCard] | None = None) -> Counted | None:
    """The frozen result once judged, else what is counted now; None before the start."""
    if row.base_from is None or row.base_to is None:
        return None
    last, base_to = _ends(row, at)
    base = (row.base_total or 0, row.base_upheld or 0)
    if base_to != row.base_to:
        base = count(row, row.base_from, base_to, started_at(row, steps)) if base_to >= row.base_from else (0, 0)
    days, base_days = max(0, length(row.starts_on, last)), max(0, length(row.base_from, base_to))
    if row.total is not None:
        return Counted(days, row.total, row.upheld or 0, base_days, *base, float(days), base_to)
    if not days:
        return Counted(0, 0, 0, base_days, *base, 0.0, base_to)
    elapsed = min(float(days), (at - day_start(row.starts_on)) / DAY)
    return Counted(days, *count(row, row.starts_on, last, at), base_days, *base, elapsed, base_to)


def comparison(row: Campaign, now: Counted, at: datetime, steps: Sequence[StepCard] | None = None) -> Compared:
    """What else moved over the same days, and what may have done what the campaign seems to have done."""
    last, _base_to = _ends(row, at)
    base_from = row.base_from or now.base_to
    others = (
        _others(row, row.starts_on, last, row.judged_at or at),
        _others(row, base_from, now.base_to, started_at(row, steps)),
    )
    other = ratio(others[0], now.elapsed, others[1], now.base_days)
    since = kept_since()
    grounds = Grounds(
        before=row.basis == Basis.BEFORE, events=now.total + now.base_total, base_from=base_from,
        since=civil_day(since) if since else None, rate=now.rate, other=other,
        least=int(str(policies.value(LEAST_KEY, unit_id=row.unit_id, day=row.starts_on))),
    )  # fmt: skip
    return Compared(other, doubts(grounds))


def started_at(row: Campaign, steps: Sequence[StepCard] | None = None) -> datetime:
    """When it was begun: as of then the baseline's verdicts are frozen."""
    told = matters.steps(label(row.pk)) if steps is None else steps
    return next((one.at for one in told if one.verb == "start"), row.drafted_at)


def count(row: Campaign, first: date, last: date, at: datetime) -> tuple[int, int]:
    """Complaints of the campaign's categories and units accepted on these days (both included): all, upheld after appeal."""
    found = tallies(covered(row, HOUSE, first, last, at), "all", at).get(Kind.COMPLAINT.value)
    return (found.total, found.final) if found else (0, 0)


def covered(row: Campaign, actor: Actor, first: date, last: date, at: datetime) -> QuerySet[Any]:
    """The complaints that a campaign counts, as far as the actor may see them."""
    return _of_units(row, actor, first, last, at).filter(category__in=category_ids(row))


def behind(actor: Actor, campaign_id: int, *, base: bool, upheld: bool, at: datetime) -> tuple[Campaign, QuerySet[Any]]:
    """A campaign and the complaints behind a number of its page (frozen ones as they stood then), as far as the actor sees them."""
    row = visible_to(actor).filter(pk=campaign_id).first()
    if row is None or (base and (row.base_from is None or row.base_to is None)):
        raise Refused("not_found", _("没有这个专项整治，或不在您的管辖范围内。"), campaign=campaign_id)
    last, base_to = _ends(row, at)
    if base and row.base_from is not None:
        first, last, as_of = row.base_from, base_to, started_at(row)
    else:
        first, as_of = row.starts_on, row.judged_at or at
    rows = covered(row, actor, first, last, as_of)
    return row, rows.filter(standing(as_of)[2]) if upheld else rows


def category_ids(row: Campaign) -> set[int]:
    """Its categories with all below them."""
    return set().union(*(categories.below(one) for one in row.categories.values_list("id", flat=True)))


def _ends(row: Campaign, at: datetime) -> tuple[date, date]:
    """The last day that has come, and the last of the baseline's days that it is held against."""
    last = row.ends_on if row.total is not None else min(row.ends_on, civil_day(at))
    whole = row.base_to or row.ends_on
    if row.basis != Basis.YEAR or last == row.ends_on:
        return last, whole
    return last, min(whole, baseline(row.starts_on, last, Basis.YEAR)[1])


def _of_units(row: Campaign, actor: Actor, first: date, last: date, at: datetime) -> QuerySet[Any]:
    units = org.descendants(row.unit_id, row.starts_on) | org.descendants(row.unit_id, last)
    return counted(actor, Span(day_start(first), day_start(last + DAY), at)).filter(unit__in=units)


def _others(row: Campaign, first: date, last: date, at: datetime) -> int:
    """Complaints of other categories in the same units on these days."""
    rows = _of_units(row, HOUSE, first, last, at).exclude(category__in=category_ids(row))
    found = tallies(rows, "all", at).get(Kind.COMPLAINT.value)
    return found.total if found else 0
