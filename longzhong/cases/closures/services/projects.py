"""Demolition projects: opened, changed, finished, opened again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from longzhong.cases.closures import selectors
from longzhong.cases.closures.models import Project
from longzhong.cases.closures.rules import KEEPERS, PROJECT, Work
from longzhong.cases.closures.services.moving import words_needed
from longzhong.cases.hotline.selectors.owners import has_left
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.kit.texts import clean_text
from longzhong.register.network import selectors as network
from longzhong.register.org import selectors as org


@dataclass(frozen=True, kw_only=True)
class NewProject:
    """A project as it is typed: the unit and the responsible person by their codes; areas by code, estates by name."""

    name: str
    unit: str
    responsible: str
    from_on: date
    to_on: date | None = None
    area_codes: Sequence[str] = ()
    estates: Sequence[str] = ()
    area_m2: int | None = None


@transaction.atomic
def open_project(*, new: NewProject, by: Actor, at: datetime) -> Project:
    """Put a demolition in the register; households are imported or added afterwards."""
    need(by, *KEEPERS)
    row = Project(opened_at=at, state=Work.OPEN)
    _fill(row, new, by, at)
    try:
        with transaction.atomic():
            Project.objects.bulk_create([row])
    except IntegrityError as error:
        raise _known() from error
    row.number = f"CQ{civil_day(at):%Y}{row.pk:05d}"
    row.save(update_fields=["number"])
    _note(row, "open", {"areas": len(row.area_codes), "estates": len(row.estates)}, {}, by, at)
    return row


@transaction.atomic
def edit_project(*, project_id: int, new: NewProject, by: Actor, at: datetime) -> Project:
    """Change what a project says of itself; its households stay."""
    row = _locked(project_id, by)
    if row.state != Work.OPEN:
        raise Refused("project_finished", _("拆迁项目已经结束，请先重新打开；什么都没有改动。"))
    _fill(row, new, by, at)
    try:
        with transaction.atomic():
            row.save(
                update_fields=["name", "unit", "responsible", "from_on", "to_on", "area_codes", "estates", "area_m2"]
            )
    except IntegrityError as error:
        raise _known() from error
    _note(row, "edit", {"areas": len(row.area_codes), "estates": len(row.estates)}, {}, by, at)
    return row


@transaction.atomic
def finish_project(*, project_id: int, reason: str, by: Actor, at: datetime) -> Project:
    """End a project; households that are still under way are refused with their number."""
    row, move = _locked(project_id, by), "finish"
    target = PROJECT.move(move, row.state).target
    left = row.households.filter(state__in=["documents", "removed", "settled"]).count()
    if left:
        raise Refused(
            "households_left", _("还有 %(n)s 户正在办理销户，不能结束项目；什么都没有改动。") % {"n": left}, left=left
        )
    words = words_needed(reason, _("结束的情况"))
    row.state, row.finished_at = target.value, at
    row.save(update_fields=["state", "finished_at"])
    _note(row, move, {}, {"reason": words}, by, at)
    return row


@transaction.atomic
def reopen_project(*, project_id: int, reason: str, by: Actor, at: datetime) -> Project:
    row = _locked(project_id, by)
    target = PROJECT.move("reopen", row.state).target
    words = words_needed(reason, _("为什么重新打开"))
    row.state, row.finished_at = target.value, None
    row.save(update_fields=["state", "finished_at"])
    _note(row, "reopen", {}, {"reason": words}, by, at)
    return row


def _locked(project_id: int, by: Actor) -> Project:
    row = selectors.visible_projects(by).select_for_update(of=("self",)).filter(pk=project_id).first()
    if row is None:
        raise Refused("not_found", _("没有这个拆迁项目，或不在您的管辖范围内。"), project=project_id)
    if not selectors.may_project(by, KEEPERS, row.unit_id):
        raise Refused("not_allowed", _("您的岗位不能改动拆迁项目；什么都没有改动。"), roles=sorted(KEEPERS))
    return row


def _fill(row: Project, new: NewProject, by: Actor, at: datetime) -> None:
    unit = org.unit_ids([new.unit.strip()]).get(new.unit.strip())
    if unit is None or not selectors.may_project(by, KEEPERS, unit):
        raise Refused("unit_unknown", _("没有这个单位编码，或不在您的管辖范围内；什么都没有改动。"), unit=new.unit)
    staff = org.staff_ids([new.responsible.strip()]).get(new.responsible.strip())
    if staff is None or has_left(staff, at):
        raise Refused("no_such_staff", _("没有这个工号，或已不在岗；什么都没有改动。"), staff=new.responsible)
    name = clean_text(new.name, 80)
    if not name or (new.to_on is not None and new.to_on < new.from_on):
        raise Refused("project_incomplete", _("请写明项目名称，结束日期不能早于开始日期；什么都没有改动。"))
    codes = _plain(new.area_codes, 40)
    lost = sorted(set(codes) - set(network.area_ids(codes)))
    if lost:
        raise Refused(
            "area_unknown", _("没有这些台区编号：%(codes)s；什么都没有改动。") % {"codes": "、".join(lost[:5])}
        )
    row.name, row.unit_id, row.responsible_id = name, unit, staff
    row.from_on, row.to_on, row.area_m2 = new.from_on, new.to_on, new.area_m2
    row.area_codes, row.estates = codes, _plain(new.estates, 60)


def _plain(texts: Sequence[str], most: int) -> list[str]:
    return list(dict.fromkeys(words for text in texts if (words := clean_text(text, most))))


def _known() -> Refused:
    return Refused("project_known", _("这个单位已有同名的拆迁项目；没有保存。"))


def _note(row: Project, verb: str, data: dict[str, object], words: dict[str, str], by: Actor, at: datetime) -> None:
    step = matters.NewStep(verb, data, words)
    matters.add_step(matter=selectors.project_label(row.pk), step=step, by=by, at=at)
