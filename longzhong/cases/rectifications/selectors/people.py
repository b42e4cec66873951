"""Who signs a part on a day and in whose place; who may own a measure. Posts decide, not grants: with the post goes the part."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from longzhong.cases.rectifications.models import Form, Signature
from longzhong.cases.rectifications.rules import Part, Sign
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.dated import on_day
from longzhong.register.org import selectors as org
from longzhong.register.org.rules import ROLE_NAMES, Role, UnitKind
from longzhong.register.org.rules.roles import HEADS
from longzhong.register.policies import selectors as policies

HOUSE = Actor.machine("rectifications")
PART_ROLES: dict[UnitKind, tuple[str, ...]] = {
    UnitKind.DEPARTMENT: ("dept",),
    UnitKind.OFFICE: ("quality",),
    UnitKind.STATION: ("station",),
    UnitKind.COUNTY: ("leader", "quality"),
    UnitKind.CITY: ("leader", "quality"),
}


@dataclass(frozen=True)
class Standing:
    """How somebody may sign a part: in their own right, or as deputy (代) of `for_staff_id`."""

    for_staff_id: int | None = None
    is_deputy: bool = False


def holders(part: Part, day: date, barred: Collection[int] = ()) -> list[int]:
    """Who signs for a part on a day, stand-ins applied. Where nobody may, the same role of the unit above, then its head. Whoever
    only stands in for somebody barred doesn't sign in their name.
    """
    chain = org.chain(part.unit_id, day) or [part.unit_id]
    for unit in chain:
        if found := _free(org.staff_with_role(unit, part.role, day), unit, (part.role,), day, barred):
            return found
    for unit in chain[1:]:
        if found := _free(org.head_of(unit, day), unit, HEADS, day, barred):
            return found
    return []


def _free(found: Collection[int], unit: int, roles: Collection[str], day: date, barred: Collection[int]) -> list[int]:
    """Those who aren't barred and hold the post themselves, or for somebody who isn't."""
    pairs = org.stand_ins(day) if barred else {}
    silent = {acting for absent, acting in pairs.items() if absent in barred}

    def speaks(one: int) -> bool:
        voices = {one, *(absent for absent, acting in pairs.items() if acting == one and absent not in barred)}
        return one not in silent or any(_posted(Part(unit, role), voices, day) for role in roles)

    return [one for one in found if one not in barred and speaks(one)]


def standing_of(row: Signature, staff_id: int | None, day: date, barred: Collection[int] = ()) -> Standing | None:
    """How this person may sign the part today; None: they may not."""
    if staff_id is None or staff_id in barred:
        return None
    if row.delegate_id == staff_id and is_delegated(row, day):
        return Standing(row.delegated_by_id, is_deputy=True)
    if staff_id not in holders(part_of(row), day, barred):
        return None
    if _posted(part_of(row), {staff_id}, day):
        return Standing()
    away = _posted(
        part_of(row), {absent for absent, acting in org.stand_ins(day).items() if acting == staff_id} - {*barred}, day
    )
    return Standing(min(away), is_deputy=True) if away else Standing()


def is_delegated(row: Signature, day: date) -> bool:
    """Whether a part may be signed by its delegate today: within the days, and as long as neither has moved. With the post goes the
    delegation: whoever gave it still answers for the part (themselves, or who stands in for them), who got it is still a colleague.
    """
    first, last, giver = row.delegate_from, row.delegate_to, row.delegated_by_id
    if row.delegate_id is None or giver is None or first is None or last is None or not first <= day <= last:
        return False
    if giver == row.form.complaint.about_staff_id:  # named as complained about since
        return False
    part = part_of(row)
    answers = bool(_posted(part, {giver}, day)) or bool({giver, org.stand_ins(day).get(giver)} & {*holders(part, day)})
    units = {part.unit_id} | org.descendants(part.unit_id, day)
    return answers and _at_work(units, day).filter(pk=row.delegate_id).exists()


def part_of(row: Signature) -> Part:
    return Part(row.unit_id, row.role)


def barred_from(row: Form) -> set[int]:
    """Who may not sign (again) in the present round: whom the complaint is about, and who has signed."""
    signed = row.signatures.filter(round=row.signing_round, state=Sign.SIGNED).values_list("staff_id", flat=True)
    accused = {row.complaint.about_staff_id} if row.complaint.about_staff_id else set()
    return {one for one in signed if one is not None} | accused


def waiting_for(actor: Actor, day: date) -> QuerySet[Signature]:
    """The parts that wait for this very person today: by post, as stand-in, by delegation, or as named; not in the place of whom
    the complaint is about.
    """
    waiting = Signature.objects.filter(state=Sign.WAITING)
    if (me := actor.staff_id) is None:
        return waiting.none()
    pairs = org.stand_ins(day)
    ids = {absent for absent, acting in pairs.items() if acting == me} | ({me} - pairs.keys())
    held = on_day(day, "posts__") & Q(posts__unit=OuterRef("unit"), posts__role=OuterRef("role"))
    asked = Q(signer=me) | Q(delegate=me, delegate_from__lte=day, delegate_to__gte=day)
    asked |= Q(Exists(org.visible_staff(HOUSE).filter(held, pk__in=ids)))
    mine = waiting.filter(asked).exclude(form__complaint__about_staff__isnull=False, form__complaint__about_staff=me)
    accused = Q(form__complaint__about_staff__in=ids - {me}) | Q(
        delegate=me, delegated_by=F("form__complaint__about_staff")
    )
    doubtful = mine.filter(accused).select_related("form__complaint")
    silent = [row.pk for row in doubtful if standing_of(row, me, day, barred_from(row.form)) is None]
    return mine.exclude(pk__in=silent)


def candidates(row: Form, at: datetime) -> list[tuple[int, str]]:
    """Who may own a measure: people at work in the unit or the department, never who is complained about; ids with names."""
    day = civil_day(at)
    roots = [one for one in (row.unit_id, row.department_id) if one is not None]
    units = set(roots).union(*org.subtrees(roots, day).values())
    return _people(units, day, row)


def colleagues(row: Form, part: Signature, at: datetime) -> list[tuple[int, str]]:
    """To whom a part may be delegated: people at work in the part's unit and below; ids with names."""
    day = civil_day(at)
    return _people({part.unit_id} | org.descendants(part.unit_id, day), day, row)


def parts_for(row: Form, at: datetime) -> list[tuple[Part, str]]:
    """Which parts a form may be given: departments, offices, stations of the company, and those above; the usual ones first."""
    day = civil_day(at)
    chain = org.chain(row.unit_id, day) or [row.unit_id]
    company = chain[1] if len(chain) > 1 else chain[0]
    wanted = org.descendants(company, day) | set(chain)
    found = [
        (Part(node.id, role), f"{node.label} · {ROLE_NAMES[Role(role)]}")
        for node in org.tree(day, only=wanted)
        for role in PART_ROLES.get(node.kind, ())
    ]
    usual = [one.unit_id for one in default_parts(row, at)]
    return sorted(found, key=lambda one: usual.index(one[0].unit_id) if one[0].unit_id in usual else len(usual))


def default_parts(row: Form, at: datetime) -> list[Part]:
    """Responsible unit, professional department, the office of the company: who usually signs."""
    day = civil_day(at)
    chain = org.chain(row.unit_id, day) or [row.unit_id]
    kinds = {
        node.id: node.kind for node in org.tree(day, only={*chain, *([row.department_id] if row.department_id else [])})
    }
    wanted = [row.unit_id, row.department_id]
    parts = [
        Part(one, PART_ROLES[kinds[one]][0]) for one in wanted if one in kinds and kinds[one] in PART_ROLES
    ]  # fmt: skip
    office = next((one for one in chain if org.staff_with_role(one, "quality", day)), None)
    return list(dict.fromkeys([*parts, *([Part(office, "quality")] if office else [])]))


def usual_order(row: Form, at: datetime) -> str:
    """The company's usual way of signing (policy)."""
    return str(policies.value("rectification.order", unit_id=row.unit_id, day=civil_day(at)))


def responsible(unit_id: int, about_staff_id: int | None, at: datetime) -> tuple[int, int | None]:
    """The unit whose head owns the form, and that head: the nearest upwards that the person complained about doesn't lead."""
    day = civil_day(at)
    chain = org.chain(unit_id, day) or [unit_id]
    for unit in chain:
        heads = org.head_of(unit, day)
        if heads and about_staff_id not in heads:
            return unit, heads[0]
    return chain[-1], None


def _posted(part: Part, staff: Collection[int], day: date) -> list[int]:
    """Those of these people who hold the part's post themselves."""
    held = on_day(day, "posts__") & Q(posts__unit=part.unit_id, posts__role=part.role)
    return sorted(org.visible_staff(HOUSE).filter(held, pk__in=staff).values_list("id", flat=True)) if staff else []


def _people(units: Collection[int], day: date, row: Form) -> list[tuple[int, str]]:
    staff = _at_work(units, day).exclude(pk=row.complaint.about_staff_id or 0)
    return list(staff.order_by("name", "id").distinct().values_list("id", "name"))


def _at_work(units: Collection[int], day: date) -> QuerySet[Any]:
    """Who holds a post in one of these units."""
    return org.visible_staff(HOUSE).filter(on_day(day, "posts__") & Q(posts__unit__in=units))
