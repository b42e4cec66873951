"""The 1+1+1 map: who leads and which department coordinates, by category and unit."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit import journal
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused
from longzhong.register.org.models import Category, Responsibility
from longzhong.register.org.rules.roles import Role
from longzhong.register.org.rules.rows import Share
from longzhong.register.org.rules.tree import UnitKind
from longzhong.register.org.services.dated_rows import Series
from longzhong.register.org.services.doors import not_past, nothing_to_change, unit_of

MAPPERS = (Role.QUALITY, Role.SECURITY)


@transaction.atomic
def set_responsibility(*, share: Share, from_on: date, by: Actor, at: datetime) -> Responsibility:
    """From a day on, for a category below a unit: the lead office and the professional department."""
    need(by, *MAPPERS)
    not_past(day=from_on, at=at)
    unit, lead, department = (
        unit_of(by=by, unit_id=one) for one in (share.unit_id, share.lead_id, share.department_id)
    )
    if lead.kind != UnitKind.OFFICE:
        raise Refused("lead_kind", _("牵头单位应是优服办。"))
    if department.kind != UnitKind.DEPARTMENT:
        raise Refused("department_kind", _("协同单位应是专业部门。"))
    if not share.category.strip():
        raise Refused("category_missing", _("请填写专业类别编码。"))
    row, _made = Category.objects.select_for_update().get_or_create(
        code=share.category.strip(), defaults={"name": share.name.strip() or share.category.strip()}
    )
    series = Series(Responsibility.objects.filter(category=row), from_on, "category_id", "unit_id")
    before = series.now(row.id, unit.id)
    if before is not None and (before.lead_unit_id, before.department_unit_id) == (lead.id, department.id):
        raise nothing_to_change()
    made = Responsibility(category=row, unit=unit, lead_unit=lead, department_unit=department)
    series.begin(made)
    series.write(Responsibility)
    journal.record(
        by, "org.set_responsibility", f"org.unit:{unit.id}", at=at, category=row.code, lead=lead.id,
        department=department.id, from_on=str(from_on),
    )  # fmt: skip
    return made
