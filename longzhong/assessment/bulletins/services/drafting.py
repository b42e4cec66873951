"""Draft the bulletins of weeks that are over: by the house every Monday, each once, missed ones too."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from longzhong.assessment.bulletins import selectors
from longzhong.assessment.bulletins.models import Bulletin, Line
from longzhong.assessment.bulletins.rules import EDITORS, FIGURES, Figure, Limits, State, tally, until, weeks_due
from longzhong.cases.hotline.selectors.statistics import Hit
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import CST, civil_day
from longzhong.register.org import selectors as org
from longzhong.register.org.rules.tree import UnitKind
from longzhong.register.policies import selectors as policies


def draft_missing(*, by: Actor, at: datetime) -> int:
    """Draft what should have been drafted by now for every county company; returns how many were new."""
    made = 0
    for node in org.tree(civil_day(at)):
        if node.kind != UnitKind.COUNTY:
            continue
        limits = policies.limits(Limits, "bulletins", unit_id=node.id, day=civil_day(at))
        weeks = weeks_due(at, limits.draft_hour, limits.catch_up_weeks, CST)
        have = set(Bulletin.objects.filter(unit=node.id, week__in=weeks).values_list("week", flat=True))
        for week in weeks:
            if week not in have:
                draft_week(week=week, unit_id=node.id, by=by, at=at)
                made += 1
    return made


@transaction.atomic
def draft_week(*, week: date, unit_id: int, by: Actor, at: datetime) -> Bulletin:
    """Draft a company's week; the same week again is recounted while it is a draft, and left alone once issued."""
    need(by, *EDITORS)
    row = Bulletin(week=week, unit_id=unit_id, counted_at=at)
    Bulletin.objects.bulk_create([row], ignore_conflicts=True)
    bulletin = Bulletin.objects.select_for_update().get(week=week, unit=unit_id)
    if bulletin.state == State.DRAFT:
        fill(bulletin=bulletin, by=by, at=at)
    return bulletin


def fill(*, bulletin: Bulletin, by: Actor, at: datetime) -> None:
    """Take the numbers of a locked draft anew."""
    day = until(bulletin.week) - timedelta(days=1)
    below = org.descendants(bulletin.unit_id, day) or {bulletin.unit_id}
    counts = selectors.count(bulletin.unit_id, below, bulletin.week)
    stations = {node.id for node in org.tree(day, only=below) if node.kind == UnitKind.STATION}
    again = bulletin.lines.exists()
    bulletin.lines.all().delete()
    Line.objects.bulk_create(
        _line(bulletin, unit, figure, counts.get(unit, {}).get(figure, ()))
        for unit in sorted(stations | set(counts))
        for figure in FIGURES
    )
    bulletin.counted_at = at
    bulletin.save(update_fields=["counted_at"])
    step = matters.NewStep("recount" if again else "draft", {"week": bulletin.week, "units": len(stations)})
    matters.add_step(matter=selectors.label(bulletin.pk), step=step, by=by, at=at)


def _line(bulletin: Bulletin, unit_id: int, figure: Figure, hits: Iterable[Hit]) -> Line:
    found = list(hits)
    told = tally(figure, [hit.good for hit in found])
    items = [[hit.case_id, hit.item_id, hit.good] for hit in found]
    return Line(bulletin=bulletin, unit_id=unit_id, figure=figure, number=told.number, base=told.base, items=items)
