"""What every change of the organisation asks first: is it theirs, is the day still to come, is there a reason."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.org.models import GridCell, Staff, Unit
from longzhong.register.org.selectors import visible_grids, visible_staff, visible_units


def unit_of(*, by: Actor, unit_id: int) -> Unit:
    row = visible_units(by).filter(pk=unit_id).first()
    if row is None:
        raise Refused("not_found", _("没有这个单位，或不在您的管辖范围内。"), unit_id=unit_id)
    return row


def locked_staff(*, by: Actor, staff_id: int) -> Staff:
    row = visible_staff(by).select_for_update(of=("self",)).filter(pk=staff_id).first()
    if row is None:
        raise Refused("not_found", _("没有这位员工，或不在您的管辖范围内。"), staff_id=staff_id)
    return row


def locked_grid(*, by: Actor, grid_id: int, day: date) -> GridCell:
    row = visible_grids(by, day).select_for_update(of=("self",)).filter(pk=grid_id).first()
    if row is None:
        raise Refused("not_found", _("没有这个网格，或不在您的管辖范围内。"), grid_id=grid_id)
    return row


def not_past(*, day: date, at: datetime) -> None:
    """History is not rewritten: a change holds from today at the earliest."""
    if day < civil_day(at):
        raise Refused("day_past", _("%(day)s 已过去；过去的关系不能改写，请从今天或以后起生效。") % {"day": day})


def reasoned(*, reason: str) -> None:
    if not reason.strip():
        raise Refused("reason_missing", _("请填写原因；什么都没有改动。"))


def nothing_to_change() -> Refused:
    return Refused("nothing_to_change", _("与现有登记相同，无需改动。"))
