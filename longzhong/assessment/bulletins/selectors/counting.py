"""Counting a week of a company: every number as the rows that it counts, by unit; nothing is written here."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from functools import partial

from longzhong.assessment.bulletins.models import Turn
from longzhong.assessment.bulletins.rules import Figure, Limits, until
from longzhong.cases.hotline.selectors import statistics
from longzhong.cases.hotline.selectors.statistics import Hit, Week
from longzhong.kit.clock import day_start
from longzhong.register.policies import selectors as policies

Counts = Mapping[int, Mapping[Figure, list[Hit]]]


def limits_of(unit_id: int, week: date) -> Limits:
    """The policies of the bulletin for a unit on the day after the week."""
    return policies.limits(Limits, "bulletins", unit_id=unit_id, day=until(week))


def count(unit_id: int, below: Collection[int], week: date, as_of: datetime | None = None) -> Counts:
    """Unit → number → hits, of the units `below` a company. States are looked at as of the week's end, or of a later moment."""
    end = day_start(until(week))
    span = Week(day_start(week), end, as_of or end)
    found: dict[int, dict[Figure, list[Hit]]] = defaultdict(lambda: defaultdict(list))
    for figure, ask in _asks(unit_id, week).items():
        for hit in ask(below, span):
            found[hit.unit_id][figure].append(hit)
    return found


def _asks(unit_id: int, week: date) -> dict[Figure, Callable[[Collection[int], Week], list[Hit]]]:
    limits, day = limits_of(unit_id, week), until(week)
    fcr_h = float(str(policies.value("repeat.fcr_h", unit_id=unit_id, day=day)))
    return {
        Figure.SLOW: partial(statistics.slow_cases, hours=limits.slow_h),
        Figure.PROMISES_BROKEN: statistics.promises_broken,
        Figure.LATE: statistics.late_cases,
        Figure.PROMISES_OPEN: statistics.promises_open,
        Figure.PROMISES_DUE: statistics.promises_due,
        Figure.URGES: statistics.urged,
        Figure.REPEATS: statistics.repeated,
        Figure.FCR: partial(statistics.first_contacts, hours=fcr_h),
        Figure.SATISFACTION: statistics.call_back_answers,
        Figure.RETURNED: _turns,
    }


def _turns(units: Collection[int], week: Week) -> list[Hit]:
    rows = Turn.objects.filter(unit__in=units, at__gte=week.start, at__lt=week.until).order_by("id")
    return [Hit(row.unit_id, row.case_id, row.pk) for row in rows]
