"""The topology check over what an actor may see (S4-21): counts by problem, and the rows behind each count."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.register.network.models import Feeder, Meter, MeterArea, Section
from longzhong.register.network.rules import (
    CHECK_OF,
    CHECKS,
    AreaFact,
    Check,
    MeterKind,
    Noun,
    Phase,
    Problem,
    SectionFact,
    check_areas,
    check_sections,
    supplied_sections,
)
from longzhong.register.network.selectors.areas import areas, visible_to
from longzhong.register.network.selectors.lines import visible_feeders
from longzhong.register.network.selectors.meters import visible_meters
from longzhong.register.org import selectors as org

METER_PROBLEMS = {
    Problem.METER_NO_PHASE: Q(kind=MeterKind.CUSTOMER, phase=Phase.UNKNOWN),
    Problem.METER_WRONG_PHASE: Q(wiring=1, phase=Phase.ABC) | Q(wiring=3, phase__in=("A", "B", "C")),
}


@dataclass(frozen=True)
class ReportLine:
    check: Check
    count: int
    of: int

    @property
    def share(self) -> float:
        """How many of the rows looked at have the problem, 0..1."""
        return self.count / self.of if self.of else 0.0


@dataclass(frozen=True)
class TopologyReport:
    lines: tuple[ReportLine, ...]
    areas: int
    meters: int
    sections: int
    feeders: int

    @property
    def problems(self) -> int:
        return sum(line.count for line in self.lines)

    def count(self, problem: Problem) -> int:
        return next(line.count for line in self.lines if line.check.problem is problem)


def topology_report(actor: Actor, day: date | None = None) -> TopologyReport:
    today = day or clock.today()
    found = _found(actor, today)
    counts = {problem: len(ids) for problem, ids in found.items()}
    meters = visible_meters(actor, today)
    counts |= {
        problem: _meters_with(meters, problem, today).count()
        for problem in Problem
        if CHECK_OF[problem].noun is Noun.METER
    }
    of = {
        Noun.AREA: visible_to(actor).count(),
        Noun.METER: meters.count(),
        Noun.FEEDER: visible_feeders(actor).count(),
        Noun.SECTION: _sections(actor).count(),
    }
    lines = tuple(ReportLine(check, counts[check.problem], of[check.noun]) for check in CHECKS)
    return TopologyReport(lines, of[Noun.AREA], of[Noun.METER], of[Noun.SECTION], of[Noun.FEEDER])


def problem_rows(actor: Actor, problem: Problem, day: date | None = None) -> QuerySet[Any]:
    """The rows behind one count: areas, meters, sections or feeders."""
    today = day or clock.today()
    noun = CHECK_OF[problem].noun
    if noun is Noun.METER:
        return _meters_with(visible_meters(actor, today), problem, today).order_by("code", "id")
    ids = _found(actor, today)[problem]
    if noun is Noun.AREA:
        return areas(actor).filter(pk__in=ids)
    if noun is Noun.SECTION:
        return Section.objects.filter(pk__in=ids).select_related("feeder", "upstream").order_by("code", "id")
    return Feeder.objects.filter(pk__in=ids).select_related("substation").order_by("code", "id")


def _found(actor: Actor, day: date) -> dict[Problem, list[int]]:
    """Ids by problem of everything but meters. Lines are walked whole; only what the actor may see is named."""
    sections = [
        SectionFact(*row) for row in Section.objects.order_by("id").values_list("id", "feeder_id", "upstream_id")
    ]
    feeders = {pk: home is not None for pk, home in Feeder.objects.values_list("id", "substation_id")}
    found = check_sections(sections, feeders)
    mine = {
        Noun.SECTION: set(_sections(actor).values_list("id", flat=True)),
        Noun.FEEDER: set(visible_feeders(actor).values_list("id", flat=True)),
    }
    found = {problem: [pk for pk in ids if pk in mine[CHECK_OF[problem].noun]] for problem, ids in found.items()}
    return found | check_areas(_area_facts(actor, day), supplied_sections(sections, feeders))


def _area_facts(actor: Actor, day: date) -> list[AreaFact]:
    own = MeterArea.objects.on(day).filter(area=OuterRef("pk"), meter__kind=MeterKind.AREA)
    rows = visible_to(actor).annotate(metered=Exists(own)).order_by("id")
    columns = ("id", "code", "name", "kva", "section_id", "grid_id", "metered", "lat", "lon")
    held = list(rows.values_list(*columns))
    managed = org.managers_of({row[5] for row in held if row[5]}, day).keys()
    return [
        AreaFact(pk, code, name, kva, section, grid, grid in managed, metered, lat, lon)
        for pk, code, name, kva, section, grid, metered, lat, lon in held
    ]


def _sections(actor: Actor) -> QuerySet[Section]:
    """Sections of visible feeders, and those of no feeder."""
    return Section.objects.filter(Q(feeder__in=visible_feeders(actor)) | Q(feeder=None))


def _meters_with(meters: QuerySet[Meter], problem: Problem, day: date) -> QuerySet[Meter]:
    if problem is Problem.METER_NO_AREA:
        return meters.filter(~Exists(MeterArea.objects.on(day).filter(meter=OuterRef("pk"))))
    return meters.filter(METER_PROBLEMS[problem])
