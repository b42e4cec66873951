"""Storms: many faults of a unit within hours propose a filing (恶劣天气报备提示). A person drafts it, or doesn't."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from longzhong.cases.filings.models import Filing
from longzhong.cases.filings.rules import LIVE, Kind, Limits, State
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.org import selectors as org
from longzhong.register.policies import selectors as policies
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages.rules import HAPPENED, STORMY
from longzhong.sensing.outages.rules import Kind as OutageKind


@dataclass(frozen=True)
class Proposal:
    """A unit hit by a storm: faults begun since `since`, those with a cause of storms, the areas and accounts they took."""

    unit_id: int
    unit: str
    faults: int
    stormy: int
    area_ids: tuple[int, ...]
    accounts: int
    since: datetime
    first_at: datetime


def storm_proposals(actor: Actor, at: datetime) -> list[Proposal]:
    """Units with so many confirmed faults within hours (policy) that no running filing is about; the worst first."""
    limits = policies.limits(Limits, "filings", day=civil_day(at))
    since = at - timedelta(hours=limits.storm_hours)
    rows = outages.visible_to(actor).filter(kind=OutageKind.FAULT, state__in=HAPPENED, started_at__gte=since)
    units = actor.units("station", "quality", "dept")
    by_unit: dict[int, list[tuple[int, str, int, datetime]]] = {}
    for unit, *fault in (
        rows.filter(unit__in=units)
        .order_by("started_at", "id")
        .values_list("unit_id", "id", "reason_code", "accounts", "started_at")
    ):
        by_unit.setdefault(unit, []).append(tuple(fault))  # type: ignore[arg-type]
    hit = {unit: faults for unit, faults in by_unit.items() if len(faults) >= limits.storm_faults}
    filed = set(
        Filing.objects.filter(unit__in=hit, kind=Kind.STORM, state__in=LIVE, ends_at__gt=at)
        .exclude(state=State.EXPIRED)
        .values_list("unit_id", flat=True)
    )
    names = org.unit_names(hit)
    found = [_proposal(unit, names[unit], faults, since) for unit, faults in hit.items() if unit not in filed]
    return sorted(found, key=lambda one: (-one.faults, -one.accounts, one.unit_id))


def _proposal(unit: int, name: str, faults: list[tuple[int, str, int, datetime]], since: datetime) -> Proposal:
    areas = {area for outage, *_rest in faults for area in outages.areas_of_outage(outage)}
    return Proposal(
        unit_id=unit, unit=name, faults=len(faults), stormy=sum(reason in STORMY for _id, reason, _n, _at in faults),
        area_ids=tuple(sorted(areas)), accounts=sum(accounts for _id, _reason, accounts, _at in faults), since=since,
        first_at=min(started for *_rest, started in faults),
    )  # fmt: skip
