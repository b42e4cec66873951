"""The doors of closures, projects, households and lists: organisation × grid × role, as they began or as the account lies now."""

from collections.abc import Collection
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from longzhong.cases.closures.models import Closure, Household, Project, Telling, ToldAgain
from longzhong.cases.closures.rules import HOUSE_LABELS, READERS, STATE_LABELS, House, State
from longzhong.kit.actor import Actor, within
from longzhong.kit.errors import Refused

NOUN = "closures.closure"
PROJECT_NOUN = "closures.project"
HOUSE_NOUN = "closures.household"
FAULT_NOUN = "closures.fault"
Row = TypeVar("Row", bound=Model)


def _now(actor: Actor, roles: Collection[str]) -> Q:
    """By where the account lies today: whoever serves it sees it, wherever it began."""
    return within(actor, unit="account__unit_id", grid="account__area__grid_id", roles=roles)


def visible_to(actor: Actor) -> QuerySet[Closure]:
    """Closures of the actor's units and cells, and those they answer for."""
    covered = within(actor, roles=READERS) | _now(actor, READERS)
    if actor.staff_id is not None and actor.has(*READERS):
        covered |= Q(owner=actor.staff_id)
    return Closure.objects.filter(covered)


def visible_projects(actor: Actor) -> QuerySet[Project]:
    """Projects of the actor's units; a grid manager sees those with households in their cells, or that they answer for."""
    covered = within(actor, grid=None, roles=READERS)
    if actor.staff_id is not None and actor.has(*READERS):
        covered |= Q(responsible=actor.staff_id)
    cells = [cell for scope in actor.scopes if scope.role in READERS for cell in scope.grids or ()]
    if cells:
        covered |= Q(pk__in=Household.objects.filter(account__area__grid__in=cells).values("project"))
    return Project.objects.filter(covered)


def visible_households(actor: Actor) -> QuerySet[Household]:
    return Household.objects.filter(within(actor, roles=READERS) | _now(actor, READERS))


def visible_tellings(actor: Actor) -> QuerySet[Telling]:
    return Telling.objects.filter(within(actor, roles=READERS))


def visible_faults(actor: Actor) -> QuerySet[ToldAgain]:
    """Second requests of the actor's units, and those that are about oneself."""
    covered = within(actor, grid="telling__grid_id", roles=READERS)
    if actor.staff_id is not None:
        covered |= Q(staff=actor.staff_id)
    return ToldAgain.objects.filter(covered)


def closure_of(actor: Actor, closure_id: int) -> Closure:
    """One closure with what its page shows; Refused not_found."""
    rows = visible_to(actor).select_related(
        "account__unit", "account__area__grid", "unit", "grid", "owner", "case", "household__project"
    )
    return _one(rows, closure_id, _("没有这件销户，或不在您的管辖范围内。"))


def project_of(actor: Actor, project_id: int) -> Project:
    rows = visible_projects(actor).select_related("unit", "responsible")
    return _one(rows, project_id, _("没有这个拆迁项目，或不在您的管辖范围内。"))


def household_of(actor: Actor, household_id: int) -> Household:
    rows = visible_households(actor).select_related("project", "account__unit", "account__area__grid", "unit", "grid")
    return _one(rows, household_id, _("没有这个拆迁户，或不在您的管辖范围内。"))


def telling_of(actor: Actor, telling_id: int) -> Telling:
    return _one(visible_tellings(actor), telling_id, _("没有这份告知单，或不在您的管辖范围内。"))


def fault_of(actor: Actor, fault_id: int) -> ToldAgain:
    rows = visible_faults(actor).select_related("telling__closure", "telling__case", "unit", "staff", "recorded_by")
    return _one(rows, fault_id, _("没有这条二次告知记录，或不在您的管辖范围内。"))


def may(actor: Actor, roles: Collection[str], row: Closure | Household) -> bool:
    """Whether an actor holds one of these roles over the unit or cell of the row, or of its account today."""
    if actor.system:
        return True
    if isinstance(row, Closure) and actor.staff_id == row.owner_id and actor.staff_id and actor.has(*roles):
        return True
    covered = within(actor, roles=roles) | _now(actor, roles)
    return type(row)._default_manager.filter(covered, pk=row.pk).exists()


def may_project(actor: Actor, roles: Collection[str], unit_id: int) -> bool:
    """Whether an actor holds one of these roles over a project's unit as a whole."""
    return actor.system or any(
        scope.role in roles and scope.grids is None and unit_id in scope.units for scope in actor.scopes
    )


def label(closure_id: int) -> str:
    return f"{NOUN}:{closure_id}"


def project_label(project_id: int) -> str:
    return f"{PROJECT_NOUN}:{project_id}"


def household_label(household_id: int) -> str:
    return f"{HOUSE_NOUN}:{household_id}"


def fault_label(fault_id: int) -> str:
    return f"{FAULT_NOUN}:{fault_id}"


def is_visible(actor: Actor, closure_id: int) -> bool:
    return visible_to(actor).filter(pk=closure_id).exists()


def project_is_visible(actor: Actor, project_id: int) -> bool:
    return visible_projects(actor).filter(pk=project_id).exists()


def household_is_visible(actor: Actor, household_id: int) -> bool:
    return visible_households(actor).filter(pk=household_id).exists()


def fault_is_visible(actor: Actor, fault_id: int) -> bool:
    return visible_faults(actor).filter(pk=fault_id).exists()


def title(closure_id: int) -> str:
    """How lists call it; nothing personal."""
    row = Closure.objects.filter(pk=closure_id).values_list("number", "state").first()
    number, state = row or (None, State.WISHED.value)
    return f"销户 {number or closure_id} · {STATE_LABELS[State(state)]}"


def project_title(project_id: int) -> str:
    name = Project.objects.filter(pk=project_id).values_list("name", flat=True).first()
    return f"拆迁项目 {name or project_id}"


def household_title(household_id: int) -> str:
    row = Household.objects.filter(pk=household_id).values_list("project__name", "state").first()
    return f"拆迁户 · {row[0]} · {HOUSE_LABELS[House(row[1])]}" if row else f"拆迁户 {household_id}"


def fault_title(fault_id: int) -> str:
    number = ToldAgain.objects.filter(pk=fault_id).values_list("telling__number", flat=True).first()
    return f"二次告知核实 {number or fault_id}"


def _one(rows: QuerySet[Row], number: int, said: str) -> Row:
    found = rows.filter(pk=number).first()
    if found is None:
        raise Refused("not_found", said, id=number)
    return found
