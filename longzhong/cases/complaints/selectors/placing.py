"""Who is to investigate: the responsible unit and department by the 1+1+1 map, and whom a complaint may be given (S4-02, S4-03)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import State
from longzhong.cases.hotline import selectors as hotline
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.dated import on_day
from longzhong.register.org import selectors as org
from longzhong.register.org.rules.roles import HEADS, ROLE_NAMES
from longzhong.register.org.rules.tree import UnitKind

HOUSE = Actor.machine("complaints")


@dataclass(frozen=True)
class Placed:
    """The responsible unit, its cell (None where the unit above investigates), and the professional department."""

    unit_id: int
    grid_id: int | None
    department_id: int | None


def placed_of(case_id: int, at: datetime) -> Placed:
    """Where a new complaint lies. Who is complained about as the head of a unit isn't investigated by their own unit, nor reviewed
    by their own department (the office then chooses another); a secret one lies in no cell, whose manager would know in which
    one the customer lives.
    """
    case, day = hotline.case_of(HOUSE, case_id), civil_day(at)
    words = case.category.code.split(".")
    codes = [".".join(words[:size]) for size in range(len(words), 0, -1)]
    unit = case.about_unit_id or case.unit_id
    found = org.responsible_among(codes, unit, day)
    department = found.department_id if found else case.department_id
    free = free_of(case.about_staff_id, unit, at)
    told = free == case.unit_id and not hotline.is_secret(case)
    own = department is not None and is_headed_by(case.about_staff_id, department, at)
    return Placed(free, case.grid_id if told else None, None if own else department)


def free_of(about_staff_id: int | None, unit_id: int, at: datetime) -> int:
    """The unit, or the nearest one above that the person complained about doesn't head, nor any above it."""
    chain, closed = org.chain(unit_id, civil_day(at)) or [unit_id], closed_to(about_staff_id, at)
    return next((one for one in chain if one not in closed), chain[-1])


def is_headed_by(about_staff_id: int | None, unit_id: int, at: datetime) -> bool:
    """Whether the person complained about heads this unit (or department) or one above it."""
    return unit_id in closed_to(about_staff_id, at)


def closed_to(about_staff_id: int | None, at: datetime) -> set[int]:
    """The units that may not deal with a complaint about this person: those they head, and all below."""
    headed = headed_by(about_staff_id, at) if about_staff_id is not None else set()
    return headed.union(*org.subtrees(headed, civil_day(at)).values())


def may_handle(staff_id: int, row: Complaint, unit_id: int, at: datetime) -> bool:
    """Whether somebody is at work in a unit (or a part of it that the accused doesn't head) on this day."""
    return staff_id in dict(handlers(row, at, unit_id=unit_id))


def handlers(row: Complaint, at: datetime, *, unit_id: int | None = None) -> list[tuple[int, str]]:
    """Who may be given a complaint: the people of the unit, never who is complained about; ids with names."""
    day, unit = civil_day(at), unit_id or row.unit_id
    units = (set(org.descendants(unit, day)) or {unit}) - closed_to(row.about_staff_id, at)
    posted = on_day(day, "posts__") & Q(posts__unit__in=units)
    staff = org.visible_staff(HOUSE).filter(posted).exclude(pk=row.about_staff_id or 0)
    return list(staff.order_by("name", "id").distinct().values_list("id", "name"))


def respondents(row: Complaint, at: datetime) -> list[tuple[int, str]]:
    """Whom a complaint may be about, for a form: the people of the unit where it happened and of those that deal with it."""
    day = civil_day(at)
    roots = {one for one in (row.case.about_unit_id, row.case.unit_id, row.unit_id, row.department_id) if one}
    units = roots.union(*org.subtrees(roots, day).values())
    staff = org.visible_staff(HOUSE).filter(on_day(day, "posts__") & Q(posts__unit__in=units))
    found = staff.exclude(pk=row.about_staff_id or 0).order_by("name", "id").distinct()
    return [(pk, f"{name}（{code}）") for pk, name, code in found.values_list("id", "name", "code")]


def took_part(row: Complaint) -> set[int]:
    """Whose work stands in the present investigation: who investigates, wrote the last reply, passed it."""
    waits = row.state not in (State.REPLIED, State.REVIEWED)
    last = None if waits else row.replies.order_by("-number").first()
    people = {row.handler_id, last.by_staff_id if last else None}
    people |= {last.reviewed_by_id} if last and row.state == State.REVIEWED else set()
    return {one for one in people if one is not None}


def headed_by(staff_id: int, at: datetime) -> set[int]:
    """The units that somebody heads on a day by their own post or in somebody's place; who stands in for them doesn't make them
    another's.
    """
    day = civil_day(at)
    leading = {ROLE_NAMES[role] for role in HEADS}
    people = {staff_id, *(absent for absent, acting in org.stand_ins(day).items() if acting == staff_id)}
    posts = (post for one in people for post in org.staff_card(HOUSE, one).posts if post.role in leading)
    return {post.unit_id for post in posts if post.from_on <= day and (post.to_on is None or day < post.to_on)}


def units_for(row: Complaint, at: datetime) -> list[tuple[int, str]]:
    """The units that may investigate: from the responsible one upwards, and those beside it; ids with names."""
    day = civil_day(at)
    chain = org.chain(row.case.about_unit_id or row.case.unit_id, day) or [row.unit_id]
    around = {*chain, row.unit_id, *(org.descendants(chain[1], day) if len(chain) > 1 else ())}
    names = org.unit_names(around - closed_to(row.about_staff_id, at))
    ordered = sorted(names, key=lambda one: (one != row.unit_id, one not in chain, one))
    return [(one, names[one]) for one in ordered]


def departments_for(row: Complaint, at: datetime) -> list[tuple[int, str]]:
    """The professional departments of the companies above the unit that may review; ids with names, the present one first."""
    day = civil_day(at)
    above, closed = set(org.chain(row.unit_id, day)), closed_to(row.about_staff_id, at)
    departments = (node for node in org.tree(day) if node.kind == UnitKind.DEPARTMENT)
    found = [node for node in departments if node.parent_id in above and node.id not in closed]
    return [(node.id, node.name) for node in sorted(found, key=lambda node: (node.id != row.department_id, node.code))]
