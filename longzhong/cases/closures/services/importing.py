"""Household lists (拆迁户清单) in bulk: new, changed, unchanged, refused with a reason; six queries for any number of rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q

from longzhong.cases.closures import selectors
from longzhong.cases.closures.models import Closure, Household, Project
from longzhong.cases.closures.rules import (
    HOUSE_LIVE,
    IMPORTERS,
    LIVE,
    ROW_WORDS,
    House,
    HouseholdRow,
    HouseholdsKept,
    State,
    Work,
)
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor, need
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.rules.accounts import AccountState
from longzhong.register.org.rules.rows import RefusedRow

BATCH = 2_000
ONE_IMPORT = 0x4C5A_4148  # advisory lock: two imports of households wait for each other
DEDICATED = "dedicated"
HOUSE = Actor.machine("closures.import")
AS_CLOSURE = {State.SETTLING: House.REMOVED, State.SETTLED: House.SETTLED}


@dataclass(frozen=True)
class _Home:
    """What a row's account is today."""

    id: int
    unit_id: int
    grid_id: int | None
    area_code: str
    estate: str
    state: str
    dedicated: bool


@dataclass
class _Batch:
    """What is known of the rows' projects and accounts, and what becomes of them."""

    projects: dict[str, Project]
    homes: dict[str, _Home]
    allowed: Collection[int] | None
    known: dict[tuple[int, int], Household]
    elsewhere: dict[int, int]
    closing: dict[int, Closure]
    at: datetime
    fresh: dict[tuple[int, int], Household] = field(default_factory=dict)
    changed: dict[int, Household] = field(default_factory=dict)
    seen: dict[tuple[int, int], HouseholdRow] = field(default_factory=dict)
    counts: dict[int, dict[str, int]] = field(default_factory=dict)
    refused: list[RefusedRow] = field(default_factory=list)
    remarks: list[RefusedRow] = field(default_factory=list)


@transaction.atomic
def keep_households(*, rows: Sequence[HouseholdRow], by: Actor, at: datetime) -> HouseholdsKept:
    """Bring projects' lists to what the rows say. A household that isn't named any more stays: taking it off is a person's act."""
    need(by, *IMPORTERS)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [ONE_IMPORT])
    batch = _read(rows, by, at)
    for index, row in enumerate(rows):
        _take(batch, index, row)
    made = Household.objects.bulk_create(batch.fresh.values(), batch_size=BATCH)
    Household.objects.bulk_update(
        batch.changed.values(), ["moved_away", "next_on", "dedicated", "changed_at"], batch_size=BATCH
    )
    _tie(made, batch.closing)
    for project_id, counts in sorted(batch.counts.items()):
        step = matters.NewStep("import", {**counts})
        matters.add_step(matter=selectors.project_label(project_id), step=step, by=by, at=at)
    total = {name: sum(one.get(name, 0) for one in batch.counts.values()) for name in ("new", "changed", "unchanged")}
    return HouseholdsKept(
        total["new"], total["changed"], total["unchanged"], tuple(batch.refused), remarks=tuple(batch.remarks)
    )


def _read(rows: Sequence[HouseholdRow], by: Actor, at: datetime) -> _Batch:
    """Six queries for any number of rows; the projects' rows are locked."""
    allowed = None if by.system else by.units(*IMPORTERS)
    names = {row.project for row in rows}
    found = Project.objects.select_for_update().filter(Q(number__in=names) | Q(name__in=names))
    open_to = [one for one in found.order_by("id") if allowed is None or one.unit_id in allowed]
    projects = {one.name: one for one in open_to} | {one.number: one for one in open_to if one.number}
    fields = (
        "code", "id", "unit_id", "area__grid_id", "area__code", "estate", "state", "area__kind",
    )  # fmt: skip
    accounts = customers.visible_to(HOUSE).filter(code__in={row.account for row in rows}).order_by("id")
    homes = {
        code: _Home(number, unit, grid, area or "", estate, state, kind == DEDICATED)
        for code, number, unit, grid, area, estate, state, kind in accounts.values_list(*fields)
    }
    ids = {home.id for home in homes.values()}
    known = Household.objects.filter(project__in={one.pk for one in open_to}, account__in=ids)
    live = Household.objects.filter(account__in=ids, state__in=HOUSE_LIVE).values_list("account_id", "project_id")
    closing = Closure.objects.filter(account__in=ids, state__in=LIVE, household=None)
    return _Batch(
        projects, homes, allowed, {(one.project_id, one.account_id): one for one in known}, dict(live),
        {one.account_id: one for one in closing}, at,
    )  # fmt: skip


def _take(batch: _Batch, index: int, row: HouseholdRow) -> None:
    """One row: refused, or counted as new, changed or unchanged."""
    project, home = batch.projects.get(row.project), batch.homes.get(row.account)
    if (code := _fault(batch, row, project, home)) or project is None or home is None:
        batch.refused.append(RefusedRow(index, code, ROW_WORDS[code]))
        return
    key = (project.pk, home.id)
    held = batch.known.get(key)
    if key in batch.seen:
        fate = "unchanged"
    elif held is None:
        batch.fresh[key], fate = _made(batch, row, project, home), "new"
        batch.elsewhere[home.id] = project.pk
    else:
        fate = "changed" if _change(held, row, home, batch.at) else "unchanged"
        if fate == "changed":
            batch.changed[held.pk] = held
    if key not in batch.seen:
        batch.remarks += [RefusedRow(index, one, ROW_WORDS[one]) for one in _remarks(project, home)]
    batch.seen.setdefault(key, row)
    counts = batch.counts.setdefault(project.pk, {})
    counts[fate] = counts.get(fate, 0) + 1


def _fault(batch: _Batch, row: HouseholdRow, project: Project | None, home: _Home | None) -> str:
    if project is None:
        return "project_unknown"
    if project.state != Work.OPEN:
        return "project_finished"
    if home is None:
        return "account_unknown"
    if batch.allowed is not None and home.unit_id not in batch.allowed:
        return "account_out_of_scope"
    before = batch.seen.get((project.pk, home.id))
    if before is not None and (before.moved_away, before.next_on) != (row.moved_away, row.next_on):
        return "listed_twice"
    return "listed_elsewhere" if batch.elsewhere.get(home.id, project.pk) != project.pk else ""


def _made(batch: _Batch, row: HouseholdRow, project: Project, home: _Home) -> Household:
    closure = batch.closing.get(home.id)
    state = House.CLOSED if home.state == AccountState.CLOSED else House.LISTED
    if closure is not None:
        state = AS_CLOSURE.get(State(closure.state), House.DOCUMENTS)
    return Household(
        project=project, account_id=home.id, unit_id=home.unit_id, grid_id=home.grid_id, state=state,
        dedicated=home.dedicated, moved_away=bool(row.moved_away), next_on=row.next_on, listed_at=batch.at,
        changed_at=batch.at,
    )  # fmt: skip


def _change(held: Household, row: HouseholdRow, home: _Home, at: datetime) -> bool:
    """What the list says anew; an empty cell leaves what is known alone."""
    moved = held.moved_away if row.moved_away is None else row.moved_away
    next_on = held.next_on if row.next_on is None else row.next_on
    if (moved, next_on, home.dedicated) == (held.moved_away, held.next_on, held.dedicated):
        return False
    held.moved_away, held.next_on, held.dedicated, held.changed_at = moved, next_on, home.dedicated, at
    return True


def _remarks(project: Project, home: _Home) -> list[str]:
    bounded = bool(project.area_codes or project.estates)
    inside = home.area_code in project.area_codes or home.estate in project.estates
    found = {
        "dedicated": home.dedicated,
        "closed_already": home.state == AccountState.CLOSED,
        "outside_project": bounded and not inside,
    }
    return [code for code, holds in found.items() if holds]


def _tie(made: Sequence[Household], closing: dict[int, Closure]) -> None:
    """A closure that was under way before the list came belongs to its household."""
    tied = []
    for one in made:
        if (closure := closing.get(one.account_id)) is not None:
            closure.household = one
            tied.append(closure)
    Closure.objects.bulk_update(tied, ["household"], batch_size=BATCH)
