"""How far a demolition is: its households by state, each number with the list that it counts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from longzhong.cases.closures.models import Project
from longzhong.cases.closures.rules import HOUSE_DONE, HOUSE_LIVE, House
from longzhong.cases.closures.selectors.door import visible_households, visible_projects
from longzhong.dispatch.notifications import selectors as notifications
from longzhong.kit.actor import Actor


@dataclass(frozen=True)
class Progress:
    """Households by state; `total` without those taken off; `withheld`: to how many a message wasn't sent (S0-38).

    `due`: to how many somebody has to go by now.
    """

    by: dict[str, int]
    withheld: int = 0
    due: int = 0

    @property
    def total(self) -> int:
        return sum(number for state, number in self.by.items() if state != House.DROPPED)

    @property
    def done(self) -> int:
        return sum(self.by.get(state, 0) for state in HOUSE_DONE)

    @property
    def share(self) -> float | None:
        """Done of total, 0..1; None for an empty list."""
        return self.done / self.total if self.total else None

    def of(self, state: str) -> int:
        return self.by.get(state, 0)


@dataclass(frozen=True)
class ProjectLine:
    """A project with its progress, as the list shows it."""

    row: Project
    progress: Progress


def projects(actor: Actor) -> QuerySet[Project]:
    """Projects, the newest first."""
    return visible_projects(actor).select_related("unit", "responsible").order_by("-from_on", "-id")


def project_lines(actor: Actor, rows: Collection[Project]) -> list[ProjectLine]:
    """Projects with what the actor sees of their households; one query for any number."""
    found: dict[int, dict[str, int]] = {}
    counted = visible_households(actor).filter(project__in=[row.pk for row in rows]).order_by()
    for project, state, number in counted.values_list("project", "state").annotate(n=Count("id")):
        found.setdefault(project, {})[state] = number
    return [ProjectLine(row, Progress(found.get(row.pk, {}))) for row in rows]


def progress_of(actor: Actor, project_id: int, day: date) -> Progress:
    """How far one project is, as far as the actor sees it."""
    unsent = Exists(notifications.withheld_rows().filter(account=OuterRef("account")))
    rows = visible_households(actor).filter(project=project_id).order_by().annotate(unsent=unsent)
    due = Q(state__in=HOUSE_LIVE, next_on__lte=day)
    counted = rows.values_list("state").annotate(
        n=Count("id"), m=Count("id", filter=Q(unsent=True)), d=Count("id", filter=due)
    )
    found = list(counted)
    return Progress(
        {state: n for state, n, _m, _d in found}, sum(row[2] for row in found), sum(row[3] for row in found)
    )
