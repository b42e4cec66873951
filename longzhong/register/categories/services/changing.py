"""Add, rename and retire a category: what cases were filed under stays readable."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from longzhong.kit import clock, journal
from longzhong.kit.actor import Actor, need
from longzhong.kit.dated import on_day
from longzhong.kit.errors import Refused
from longzhong.register.categories.models import Category
from longzhong.register.categories.rules import CODE, LEVELS, LONGEST_CODE
from longzhong.register.categories.services.loading import lock_tree
from longzhong.register.org.rules import Role
from longzhong.register.policies.rules import Confidence

KEEPERS = (Role.SECURITY, Role.QUALITY)


@dataclass(frozen=True)
class Draft:
    """A new category: `word` is the last word of its code."""

    word: str
    name: str
    section: str = ""
    hazard: bool = False
    attitude: bool = False


@transaction.atomic
def add_category(*, parent_id: int, draft: Draft, reason: str, by: Actor, at: datetime) -> Category:
    """A new class or item below another one, from today on; the types themselves are fixed."""
    need(by, *KEEPERS)
    lock_tree()
    parent = live(parent_id, clock.civil_day(at))
    if parent.level >= LEVELS:
        raise Refused("category_too_deep", _("分类只有三级：类型、大类、小类；没有新增。"), parent=parent.code)
    made = Category(
        code=_code(parent, draft.word), parent=parent, level=parent.level + 1, type=parent.type,
        name=_name(draft.name, parent.pk), section=draft.section.strip()[:40], position=_after(parent),
        source=_("本单位决定"), confidence=Confidence.LOCAL, hazard=draft.hazard, attitude=draft.attitude, decided=True,
        reason=needed(reason), from_on=clock.civil_day(at),
    )  # fmt: skip
    Category.objects.bulk_create([made])
    _note("category.add", made, by, at)
    return made


@transaction.atomic
def rename(*, category_id: int, name: str, reason: str, by: Actor, at: datetime) -> Category:
    """Another name for the same matter; its code, and what is filed under it, stay."""
    need(by, *KEEPERS)
    lock_tree()
    row = live(category_id, clock.civil_day(at))
    row.name, row.reason, row.decided = _name(name, row.parent_id, but=row.pk), needed(reason), True
    row.save(update_fields=["name", "reason", "decided"])
    _note("category.rename", row, by, at)
    return row


@transaction.atomic
def retire(*, category_id: int, to_on: date, reason: str, by: Actor, at: datetime) -> Category:
    """Nothing new is filed under it from a day on, today at the earliest."""
    need(by, *KEEPERS)
    lock_tree()
    row = live(category_id, clock.civil_day(at))
    if row.level == 1:
        raise Refused("category_is_type", _("业务类型是流程的根，不能停用；需要时可改名。"), category=row.code)
    if to_on < clock.civil_day(at):
        raise Refused("category_backdated", _("停用日期不能早于今天：已经归类的诉求不作追改。"), day=to_on.isoformat())
    if row.children.filter(on_day(to_on)).exists():
        raise Refused("category_has_children", _("下级分类还在使用，请先停用下级；没有改动。"), category=row.code)
    row.to_on, row.reason, row.decided = max(to_on, row.from_on), needed(reason), True
    row.save(update_fields=["to_on", "reason", "decided"])
    _note("category.retire", row, by, at)
    return row


def live(category_id: int, day: date) -> Category:
    """A category that may still be used on a day, locked."""
    row: Category | None = Category.objects.select_for_update().filter(pk=category_id).first()
    if row is None:
        raise Refused("not_found", _("没有这个分类；什么都没有改动。"), category=category_id)
    if row.to_on is not None and row.to_on <= day:
        raise Refused("category_retired", _("“%(name)s”已经停用；没有改动。") % {"name": row.name}, category=row.code)
    return row


def needed(reason: str) -> str:
    if not reason.strip():
        raise Refused("category_needs_reason", _("请写明理由；什么都没有改动。"))
    return reason.strip()[:300]


def _code(parent: Category, word: str) -> str:
    code = f"{parent.code}.{word.strip()}"
    if not CODE.fullmatch(word.strip()) or len(code) > LONGEST_CODE:
        raise Refused(
            "category_code_invalid", _("编码用小写字母开头，只含小写字母、数字和下划线；没有新增。"), category=code
        )
    if Category.objects.filter(code=code).exists():
        raise Refused(
            "category_code_taken", _("编码 %(code)s 已经用过，不能再用；没有新增。") % {"code": code}, category=code
        )
    return code


def _name(name: str, parent_id: int | None, but: int | None = None) -> str:
    chosen = name.strip()[:60]
    if not chosen:
        raise Refused("category_needs_name", _("请填写名称；什么都没有改动。"))
    if Category.objects.filter(parent=parent_id, name=chosen, to_on=None).exclude(pk=but).exists():
        raise Refused("category_name_taken", _("同级已有“%(name)s”；没有改动。") % {"name": chosen}, name=chosen)
    return chosen


def _after(parent: Category) -> int:
    """Behind its last sibling, before the parent's next one (positions of the shipped tree are ten apart)."""
    prefix = Category.objects.filter(code__startswith=f"{parent.code}.")
    last: int = prefix.aggregate(last=Max("position"))["last"] or parent.position
    return last + 1


def _note(act: str, row: Category, by: Actor, at: datetime) -> None:
    to_on = row.to_on.isoformat() if row.to_on else None
    journal.record(
        by, act, f"categories.category:{row.pk}", at=at, reason=row.reason, code=row.code, name=row.name, to_on=to_on
    )
