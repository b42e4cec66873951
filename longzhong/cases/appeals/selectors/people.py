"""Who may put a seal, and who may sit on a panel: posts of the day, and ties to the complaint (回避)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Q, prefetch_related_objects

from longzhong.cases.appeals.models import Appeal, Member
from longzhong.cases.appeals.rules import JUDGED, PART_LABELS, Level, Part
from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.complaints.rules import SIT
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.dated import on_day
from longzhong.register.org import selectors as org
from longzhong.register.org.rules.tree import UnitKind
from longzhong.register.policies import selectors as policies

HOUSE = Actor.machine("appeals")
ROLES_KEY = "complaint.appeal_panel_roles"
COMPANIES = (UnitKind.COUNTY, UnitKind.CITY)


def seal_units(row: Appeal, day: date) -> Mapping[Part, frozenset[int]]:
    """Whose seals count at each level: the responsible unit with all below it; its department (any of the company's, if none is
    named); the companies above it and their offices.
    """
    complaint, nodes = row.complaint, org.tree(day)
    chain = org.chain(complaint.unit_id, day)
    company = {node.id for node in nodes if node.kind in COMPANIES and node.id in chain}
    beside = {node.id: node.kind for node in nodes if node.parent_id in company}
    departments = {unit for unit, kind in beside.items() if kind == UnitKind.DEPARTMENT}
    own = set(org.descendants(complaint.unit_id, day)) | {complaint.unit_id}
    return {
        Part.UNIT: frozenset(own - departments if complaint.unit_id in company else own),
        Part.DEPARTMENT: frozenset({complaint.department_id} if complaint.department_id else departments),
        Part.QUALITY: frozenset(company | {unit for unit, kind in beside.items() if kind == UnitKind.OFFICE}),
    }


def seal_unit(row: Appeal, part: Part, staff_id: int, day: date) -> int | None:
    """The unit for which somebody could put this seal on a day; None where they had no post there."""
    units = seal_units(row, day)[part]
    posts = {post.unit_id for post in org.staff_card(HOUSE, staff_id).posts
             if post.from_on <= day and (post.to_on is None or day < post.to_on)}  # fmt: skip
    return min(posts & units, default=None)


def sealers(row: Appeal, at: datetime) -> list[tuple[int, str]]:
    """Who may put a seal, for a form: ids with level and name, never who is complained about."""
    day = civil_day(at)
    found = []
    for part, units in seal_units(row, day).items():
        posted = org.visible_staff(HOUSE).filter(on_day(day, "posts__"), posts__unit__in=units)
        rows = posted.exclude(pk=row.complaint.about_staff_id or 0).order_by("name", "id").distinct()
        found += [(pk, f"{PART_LABELS[part]} · {name}") for pk, name in rows.values_list("id", "name")]
    return list(dict.fromkeys(found))


def tie_of(staff_id: int, row: Appeal) -> str | None:
    """The code that keeps somebody from this panel; None where nothing does."""
    person = Actor(user_id=None, staff_id=staff_id, name="")
    if (code := complaints.conflict(person, row.complaint, SIT)) is not None:
        return code
    if staff_id == row.drafted_by_id:
        return "own_appeal"
    if staff_id in {one.staff_id for one in row.seals.all()}:
        return "own_seal"
    return "sat_before" if row.level == Level.FINAL and staff_id in _sat_before(row) else None


def eligible(row: Appeal, day: date) -> list[tuple[int, str]]:
    """Everybody of the companies above the unit who holds a post of the panel's roles on a day; ids with names."""
    roles = policies.value(ROLES_KEY, unit_id=row.complaint.unit_id, day=day)
    known = [str(role) for role in roles] if isinstance(roles, list | tuple) else [str(roles)]
    nodes, top = org.tree(day), set(_companies(row.complaint.unit_id, day))
    units = {node.id for node in nodes if node.id in top or node.parent_id in top}
    posted = on_day(day, "posts__") & Q(posts__role__in=known, posts__unit__in=units)
    rows = org.visible_staff(HOUSE).filter(posted).order_by("name", "id").distinct()
    return list(rows.values_list("id", "name"))


def company_of(unit_id: int, day: date) -> int:
    """The nearest company above a unit, whose office names the panel; the unit itself where there is none."""
    return next(iter(_companies(unit_id, day)), unit_id)


def candidates(row: Appeal, at: datetime) -> list[tuple[int, str]]:
    """Who may be seated now: eligible, without a tie, not on the panel already."""
    prefetch_related_objects([row.complaint], "replies", "decisions")
    prefetch_related_objects([row], "seals", "members")
    seated = {one.staff_id for one in row.members.all()}
    people = eligible(row, civil_day(at))
    return [(one, name) for one, name in people if one not in seated and tie_of(one, row) is None]


def _companies(unit_id: int, day: date) -> list[int]:
    """The companies above a unit, the nearest first."""
    chain = org.chain(unit_id, day)
    kinds = {node.id: node.kind for node in org.tree(day, only=set(chain))}
    return [one for one in chain if kinds.get(one) in COMPANIES]


def _sat_before(row: Appeal) -> set[int]:
    seats = Member.objects.filter(
        appeal__complaint=row.complaint_id, appeal__round=row.round, appeal__level=Level.FIRST,
        appeal__state__in=JUDGED, voted_at__isnull=False,
    )  # fmt: skip
    return set(seats.values_list("staff", flat=True))
