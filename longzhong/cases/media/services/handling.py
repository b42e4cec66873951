"""Grade it, report a major one, name who handles it; measure its heat again; tie it to what it is about; dismiss it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.media import selectors
from longzhong.cases.media.models import Item, Reading, Tie
from longzhong.cases.media.rules import HANDLERS, Grade, Heat
from longzhong.cases.media.services.finding import checked, suggested_for
from longzhong.cases.media.services.moving import (
    GRADE,
    REPORT,
    RESPOND,
    begin,
    clock_of,
    complete,
    needs_report,
)
from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.selectors.addresses import matter_at
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.texts import written
from longzhong.register.org import selectors as org


@transaction.atomic
def grade(*, item_id: int, grade: str, reason: str = "", by: Actor, at: datetime) -> Item:
    """Decide its grade; another than the numbers suggest needs a reason. The clocks to report and to respond start."""
    row, move = begin(item_id=item_id, verb="grade", by=by)
    _put_grade(row, grade, reason)
    row.graded_at = at
    matters.stop_clocks(matter=selectors.label(row.pk), names=(GRADE,), by=by, at=at)
    names = (RESPOND, REPORT) if needs_report(row) else (RESPOND,)
    matters.start_clocks(clocks=[clock_of(row, name) for name in names], by=by, at=at)
    said = Said({"grade": grade, "suggested": row.suggested}, {"reason": reason.strip()})
    return complete(row=row, move=move, said=said, fields=("grade", "graded_at"), by=by, at=at)


@transaction.atomic
def regrade(*, item_id: int, grade: str, reason: str, by: Actor, at: datetime) -> Item:
    """It grew or faded: the response's limit changes from the original start; what became major is reported at once."""
    row, move = begin(item_id=item_id, verb="regrade", by=by)
    if grade == row.grade:
        raise Refused("grade_same", _("已经是这个等级；什么都没有改动。"))
    why = written(reason, _("理由"))
    _put_grade(row, grade, why)
    matters.supersede_clock(new=clock_of(row, RESPOND), reason=why, by=by, at=at)
    live = {name for name, _policy in matter_reads.live_policies(selectors.label(row.pk))}
    if needs_report(row) and REPORT not in live:
        matters.start_clocks(clocks=[clock_of(row, REPORT)], by=by, at=at)
    said = Said({"grade": grade, "suggested": row.suggested}, {"reason": why})
    return complete(row=row, move=move, said=said, fields=("grade",), by=by, at=at)


@transaction.atomic
def report(*, item_id: int, reason: str, by: Actor, at: datetime) -> Item:
    """Record that the leadership was told, whom and how; once."""
    row, move = begin(item_id=item_id, verb="report", by=by)
    if row.reported_at is not None:
        raise Refused("reported_already", _("已经登记过上报；没有重复登记。"))
    words = {"note": written(reason, _("向谁、怎样上报"))}
    row.reported_at = at
    matters.stop_clocks(matter=selectors.label(row.pk), names=(REPORT,), by=by, at=at)
    return complete(row=row, move=move, said=Said({}, words), fields=("reported_at",), by=by, at=at)


@transaction.atomic
def assign(*, item_id: int, owner_id: int, by: Actor, at: datetime) -> Item:
    """Name who handles it; the running clocks become theirs."""
    row, move = begin(item_id=item_id, verb="assign", by=by)
    _give(row, owner_id, by, at)
    return complete(row=row, move=move, said=Said({"owner": owner_id}), fields=("owner",), by=by, at=at)


@transaction.atomic
def reassign(*, item_id: int, owner_id: int, reason: str, by: Actor, at: datetime) -> Item:
    """Another handles it from now on."""
    row, move = begin(item_id=item_id, verb="reassign", by=by)
    if owner_id == row.owner_id:
        raise Refused("owner_same", _("负责人没有变；什么都没有改动。"))
    words = {"reason": written(reason, _("理由"))}
    _give(row, owner_id, by, at)
    return complete(row=row, move=move, said=Said({"owner": owner_id}, words), fields=("owner",), by=by, at=at)


@transaction.atomic
def measure(*, item_id: int, heat: Heat, by: Actor, at: datetime) -> Item:
    """Count its views, comments and reposts again; the suggested grade follows, the decided one doesn't."""
    row, move = begin(item_id=item_id, verb="measure", by=by)
    now = checked(heat)
    if row.readings.filter(at__gte=at).exists():
        raise Refused("measured_later", _("已有更新的热度；什么都没有改动。"))
    row.views, row.comments, row.reposts, row.measured_at = now.views, now.comments, now.reposts, at
    row.suggested = suggested_for(row, at)
    Reading.objects.create(item=row, at=at, views=now.views, comments=now.comments, reposts=now.reposts)
    said = Said({"views": now.views, "talk": now.talk, "suggested": row.suggested})
    fields = ("views", "comments", "reposts", "measured_at", "suggested")
    return complete(row=row, move=move, said=said, fields=fields, by=by, at=at)


@transaction.atomic
def tie(*, item_id: int, address: str, by: Actor, at: datetime) -> Item:
    """Tie it to an outage, a case, a complaint, an estate's transfer: by label or by the address of its page."""
    row, move = begin(item_id=item_id, verb="tie", by=by)
    matter = matter_at(by, address, selectors.TIES)
    if row.ties.filter(matter=matter).exists():
        raise Refused("tied_already", _("已经关联过这件事项；没有重复关联。"), matter=matter)
    Tie.objects.create(item=row, matter=matter, at=at)
    return complete(row=row, move=move, said=Said({"matter": matter}), by=by, at=at)


@transaction.atomic
def dismiss(*, item_id: int, reason: str, by: Actor, at: datetime) -> Item:
    """It isn't true or isn't about us: all its clocks stop."""
    row, move = begin(item_id=item_id, verb="dismiss", by=by)
    words = {"reason": written(reason, _("理由"))}
    row.closed_at = at
    matters.stop_clocks(matter=selectors.label(row.pk), names=None, by=by, at=at)
    return complete(row=row, move=move, said=Said({}, words), fields=("closed_at",), by=by, at=at)


def _put_grade(row: Item, grade: str, reason: str) -> None:
    if grade not in set(Grade):
        raise Refused("grade_unknown", _("请选择等级；什么都没有改动。"), grade=grade)
    if grade != row.suggested and len(reason.strip()) < 2:
        raise Refused(
            "grade_needs_reason", _("与按热度建议的等级不同，请写明理由；什么都没有改动。"), suggested=row.suggested
        )
    row.grade = grade


def _give(row: Item, owner_id: int, by: Actor, at: datetime) -> None:
    """The owner is somebody whom the actor sees, on a post of today; the role to handle is checked when they act."""
    seen = org.visible_staff(by).filter(pk=owner_id, posts__role__in=HANDLERS, posts__to_on=None).exists()
    if not seen:
        raise Refused("owner_unknown", _("没有这位员工，或其岗位不能处置舆情；什么都没有改动。"), owner=owner_id)
    row.owner_id = owner_id
    matters.give_clocks(matter=selectors.label(row.pk), owner_id=owner_id, by=by, at=at)
