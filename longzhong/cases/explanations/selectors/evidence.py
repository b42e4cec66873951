"""What is measured of an account: energy and load of some days, and the neighbours' median beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from longzhong.cases.explanations.engines.energies import mean_energies
from longzhong.cases.explanations.rules import DayUse, Limits, Picture, day_use, median_of, picture_of, total
from longzhong.cases.explanations.rules.curves import SLOTS
from longzhong.kit.actor import Actor
from longzhong.kit.clock import each_day
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.rules.accounts import AccountState
from longzhong.register.customers.selectors import AccountDetail, Card
from longzhong.register.network import selectors as network
from longzhong.register.policies import selectors as policies
from longzhong.sensing.curves import selectors as curves

MOST_DAYS = 31
MOST_NEIGHBOURS = 400
STANDING = (AccountState.ACTIVE.value, AccountState.CLOSING.value)
Values = list[float | None]


@dataclass(frozen=True)
class Span:
    """The days looked at, both included, and the one whose curve is drawn (None: the one with most energy)."""

    first: date
    last: date
    chosen: date | None = None


@dataclass(frozen=True)
class Neighbours:
    """Mean kWh a day: the median over `count` other accounts of the same area and kind; None: too few to show."""

    median: float | None
    count: int
    least: int


@dataclass(frozen=True)
class Evidence:
    """Everything measured: the account (masked), its meters, each day, the curves (kW) of each day, all days together."""

    card: Card
    meters: tuple[str, ...]
    span: Span
    picture: Picture
    curves: Mapping[date, Values]
    chosen: date | None
    average: Values
    neighbours: Neighbours


def span_of(first: date | None, last: date | None, chosen: date | None, *, today: date, limits: Limits) -> Span:
    """The days that were asked for, else the newest days of which the lake has curves."""
    kept = curves.lake().days("customer")
    newest = kept[-1] if kept else today
    end = min(last or newest, today)
    begin = first or end - timedelta(days=limits.span_d - 1)
    if begin > end:
        raise Refused("span_empty", _("开始日期要早于结束日期；请重新选择。"))
    begin = max(begin, end - timedelta(days=MOST_DAYS - 1))
    return Span(begin, end, chosen if chosen and begin <= chosen <= end else None)


def evidence(actor: Actor, account_id: int, span: Span) -> Evidence:
    """What the meters of an account counted in these days; Refused not_found through the customers' door."""
    detail = customers.account_detail(actor, account_id, span.last)
    limits = policies.limits(Limits, "explanations", unit_id=detail.card.unit_id, day=span.last)
    loads, meters = _loads(detail, span)
    picture = picture_of([day_use(day, values, limits) for day, values in loads.items()])
    return Evidence(
        card=detail.card,
        meters=meters,
        span=span,
        picture=picture,
        curves=loads,
        chosen=span.chosen or _heaviest(picture.days),
        average=_average([loads[one.day] for one in picture.days if one.kwh is not None]),
        neighbours=_neighbours(detail.card, meters, span, limits),
    )


def _loads(detail: AccountDetail, span: Span) -> tuple[dict[date, Values], tuple[str, ...]]:
    """kW of each day from the meter that hung that day: a change of meter in between is followed."""
    loads: dict[date, Values] = {}
    used: list[str] = []
    days = list(each_day(span.first, span.last))
    for meter in detail.meters:
        own = [day for day in days if meter.from_on <= day and (meter.to_on is None or day < meter.to_on)]
        if not own:
            continue
        used.append(meter.code)
        found = curves.meter_curves(meter.code, own[0], own[-1])
        phases = [values for name, values in sorted(found.lines.items()) if name.startswith("p")]
        for index, day in enumerate(own):
            loads[day] = total([values[index * SLOTS : (index + 1) * SLOTS] for values in phases])
    return {day: loads.get(day, [None] * SLOTS) for day in days}, tuple(used)


def _heaviest(days: Sequence[DayUse]) -> date | None:
    known = [one for one in days if one.kwh is not None]
    return max(known, key=lambda one: (one.kwh or 0.0, one.day)).day if known else None


def _average(days: Sequence[Values]) -> Values:
    """The mean day: each slot over the days that have it."""
    mean: Values = []
    for slot in range(SLOTS):
        known = [value for day in days if (value := day[slot]) is not None]
        mean.append(round(sum(known) / len(known), 4) if known else None)
    return mean


def _neighbours(card: Card, own: Sequence[str], span: Span, limits: Limits) -> Neighbours:
    """Only a number over at least `neighbours_min` accounts ever leaves this function."""
    if card.area_id is None:
        return Neighbours(None, 0, limits.neighbours_min)
    refs = network.meters_of_area(card.area_id, span.last)
    codes = [code for code, ref in refs if ref.kind == "customer" and code not in own][:MOST_NEIGHBOURS]
    accounts = customers.accounts_of_meters(codes, span.last)
    alike = _alike(card.id, card.area_id)
    wanted = {code: account for code, account in accounts.items() if account in alike}
    energies = mean_energies(list(wanted), list(each_day(span.first, span.last)), limits.coverage_min)
    by_account: dict[int, float] = {}
    for code, kwh in energies.items():
        by_account[wanted[code]] = by_account.get(wanted[code], 0.0) + kwh
    found = list(by_account.values())
    return Neighbours(median_of(found, limits.neighbours_min), len(found), limits.neighbours_min)


def _alike(account_id: int, area_id: int) -> frozenset[int]:
    """Other accounts in use of the same area and kind, whoever may see them: nobody is shown, only counted."""
    rows = customers.visible_to(Actor.machine("explanations.neighbours")).filter(area_id=area_id, state__in=STANDING)
    kind = rows.filter(pk=account_id).values("kind")
    return frozenset(rows.filter(kind__in=kind).exclude(pk=account_id).values_list("id", flat=True))
