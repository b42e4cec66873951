"""Scan a day (每日研判): judge every curve kept of it, replace what was found before, and tell.

Safe twice and late: findings of the day are replaced in one transaction, files are replaced in one step, and facts are told
again. `scan_due` finds the days whose inputs (lake versions, yesterday's tails, rules) changed since they were scanned.
"""

import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused
from longzhong.kit.outbox import tell
from longzhong.register.org.rules import Role
from longzhong.sensing.curves.engines.lake import Lake
from longzhong.sensing.curves.engines.local import LocalEngine
from longzhong.sensing.curves.engines.memory import stamp_of
from longzhong.sensing.curves.models import AreaDay, AreaFault, ScanRun
from longzhong.sensing.curves.rules import RULE_VERSION
from longzhong.sensing.curves.selectors.places import lake as the_lake
from longzhong.sensing.curves.services.areawise import area_days, area_faults, area_verdicts
from longzhong.sensing.curves.services.asking import Places, places_of
from longzhong.sensing.curves.services.judging import judge_areas, judge_customers
from longzhong.sensing.curves.services.meterwise import (
    MeterFinding,
    area_findings,
    customer_findings,
    dead_areas,
    silent_areas,
)
from longzhong.sensing.curves.services.storing import replace_findings
from longzhong.sensing.curves.services.telling import facts_of

SCANNERS = (Role.ADMIN, Role.QUALITY, Role.DEPT)
LOOK_BACK_DAYS = 64


@dataclass(frozen=True)
class _DayJudged:
    places: Places
    found: list[MeterFinding]
    faults: list[AreaFault]
    days: list[AreaDay]
    curves: int


@transaction.atomic
def scan_day(*, day: date, by: Actor, at: datetime) -> ScanRun:
    """Judge a civil day and replace its findings. Refused where nothing is kept of the day."""
    need(by, *SCANNERS)
    lake = the_lake()
    if lake.current("customer", day) is None and lake.current("area", day) is None:
        raise Refused("no_curves_of_day", _("%(day)s 没有曲线数据；什么都没有改动。") % {"day": day}, day=str(day))
    fresh = {"rule_version": RULE_VERSION, "at": at}
    run, _made = ScanRun.objects.select_for_update().get_or_create(day=day, defaults=fresh)
    started = time.perf_counter()
    inputs = inputs_of(lake=lake, day=day)
    judged = _judge(lake, day)
    replace_findings(day=day, found=judged.found, places=judged.places)
    AreaFault.objects.filter(day=day).delete()
    AreaFault.objects.bulk_create(judged.faults, batch_size=2000)
    AreaDay.objects.filter(day=day).delete()
    AreaDay.objects.bulk_create(judged.days, batch_size=2000)
    tell(*facts_of(day=day, faults=judged.faults, found=judged.found, places=judged.places, at=at))
    run.rule_version, run.inputs, run.at = RULE_VERSION, inputs, at
    run.curves, run.findings, run.faults = judged.curves, len(judged.found), len(judged.faults)
    run.seconds = round(time.perf_counter() - started, 3)
    run.save(update_fields=["rule_version", "inputs", "at", "curves", "findings", "faults", "seconds"])
    return run


def scan_due(*, by: Actor, at: datetime) -> list[date]:
    """Scan every recent day whose inputs changed, oldest first, each in a transaction of its own; returns those days."""
    lake = the_lake()
    days = sorted({*lake.days("customer"), *lake.days("area")})
    if not days:
        return []
    recent = [day for day in days if (days[-1] - day).days < LOOK_BACK_DAYS]
    known = dict(ScanRun.objects.filter(day__in=recent).values_list("day", "inputs"))
    done = []
    for day in recent:
        if known.get(day) != inputs_of(lake=lake, day=day):
            scan_day(day=day, by=by, at=at)
            done.append(day)
    return done


def inputs_of(*, lake: Lake, day: date) -> dict[str, object]:
    """What a scan of the day would be made from."""
    before = day - timedelta(days=1)
    files = {kind: lake.current(kind, day) for kind in ("customer", "area")}
    return {
        "rules": RULE_VERSION,
        **{kind: file.version if file else 0 for kind, file in files.items()},
        **{f"{kind}_before": stamp_of(lake, kind, before) for kind in files},
    }


def _judge(lake: Lake, day: date) -> _DayJudged:
    places, engine = places_of(day=day), LocalEngine(lake)
    customer_file, area_file = lake.current("customer", day), lake.current("area", day)
    customers = None
    if customer_file is not None:
        customers = judge_customers(engine=engine, lake=lake, file=customer_file, places=places, day=day)
    rows = customers.rows if customers else None
    areas = None
    if area_file is not None:
        areas = judge_areas(engine=engine, lake=lake, file=area_file, places=places, day=day, customers=rows)
    hidden = dead_areas(areas=areas, places=places) | silent_areas(customers=customers, areas=areas, places=places)
    found: list[MeterFinding] = []
    if customers is not None:
        found += customer_findings(customers=customers, places=places, hidden=hidden, day=day)
    if areas is not None:
        found += area_findings(areas=areas, places=places, day=day)
    verdicts = area_verdicts(customers=customers, areas=areas, places=places, day=day)
    return _DayJudged(
        places=places,
        found=found,
        faults=area_faults(verdicts=verdicts, found=found, places=places, day=day),
        days=area_days(verdicts=verdicts, customers=customers, areas=areas, places=places, day=day),
        curves=(len(customers.rows) if customers else 0) + 8 * (len(areas.rows) if areas else 0),
    )
