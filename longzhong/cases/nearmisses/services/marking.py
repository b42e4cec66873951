"""The lines of the service record, written from what happened elsewhere; each safe to hear twice and in any order."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline.rules.machine import State
from longzhong.cases.nearmisses.models import StaffMark
from longzhong.cases.nearmisses.rules import MarkKind, Standing, kind_of_type
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused

VERDICTS = (Standing.OPEN, Standing.UPHELD, Standing.DISMISSED)


@transaction.atomic
def mark_case(*, case_id: int, by: Actor, at: datetime) -> int:
    """A case took a step: the record of whom it is about says what it says now. Returns how many marks stand for it.

    A case that was voided, filed under another type or is about somebody else withdraws the mark it had left.
    """
    case, cause = hotline.case_of(by, case_id), hotline.label(case_id)
    kind = kind_of_type(case.type)
    if kind is None or case.about_staff_id is None or case.state == State.VOID:
        withdraw_marks(cause=cause, keep=None, by=by, at=at)
        return 0
    keep_mark(
        staff_id=case.about_staff_id, unit_id=case.about_unit_id or case.unit_id, kind=kind, cause=cause,
        day=civil_day(case.opened_at), by=by, at=at,
    )  # fmt: skip
    return 1


@transaction.atomic
def set_standing(*, cause: str, standing: str, by: Actor, at: datetime) -> None:
    """The verdict about a complaint (属实, 不属实), by whoever investigates it; the zero-complaint record follows."""
    need(by, "quality")
    if standing not in VERDICTS:
        raise Refused("standing_unknown", _("没有这种定性；什么都没有改动。"), standing=standing)
    matters.lock_matter(matter=f"nearmisses.marks:{cause}")
    live = StaffMark.objects.filter(cause=cause, kind=MarkKind.COMPLAINT).exclude(standing=Standing.WITHDRAWN)
    if not live.update(standing=standing, changed_at=at):
        raise Refused("mark_unknown", _("服务档案里没有这件投诉；什么都没有改动。"), cause=cause)


def keep_mark(
    *, staff_id: int, unit_id: int, kind: MarkKind, cause: str, day: date, by: Actor, at: datetime
) -> StaffMark:
    """One mark of this kind for this cause, about this person; marks it left elsewhere are withdrawn. A verdict stays."""
    withdraw_marks(cause=cause, keep=(staff_id, kind), by=by, at=at)
    row = StaffMark.objects.filter(staff=staff_id, kind=kind, cause=cause).first()
    if row is None:
        return StaffMark.objects.create(
            staff_id=staff_id, unit_id=unit_id, kind=kind, cause=cause, day=day, at=at, changed_at=at
        )
    if row.standing == Standing.WITHDRAWN:
        row.standing, row.changed_at = Standing.OPEN, at
        row.save(update_fields=["standing", "changed_at"])
    return row


def withdraw_marks(
    *,
    cause: str,
    keep: tuple[int, MarkKind] | None,
    by: Actor,  # noqa: ARG001  every service says who
    at: datetime,
) -> int:
    """Withdraw what this cause left, but for one person's mark of one kind; holds the cause's lock from here on."""
    matters.lock_matter(matter=f"nearmisses.marks:{cause}")
    rows = StaffMark.objects.filter(cause=cause).exclude(standing=Standing.WITHDRAWN)
    if keep is not None:
        rows = rows.exclude(staff=keep[0], kind=keep[1])
    return rows.update(standing=Standing.WITHDRAWN, changed_at=at)
