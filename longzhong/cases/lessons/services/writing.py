"""Write, review, publish, learn and retire typical cases."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline.rules.grams import grams
from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.lessons import selectors
from longzhong.cases.lessons.models import Lesson, Receipt
from longzhong.cases.lessons.rules import MACHINE, MAKERS, Text
from longzhong.cases.lessons.services.checking import check
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move
from longzhong.kit.texts import written
from longzhong.register.org import selectors as org

WRITTEN = ("title", "happened", "missed", "better", "root_cause", "tags", "source", "grams", "version", "editor")


@transaction.atomic
def draft(*, text: Text, by: Actor, at: datetime) -> Lesson:
    """Write a case, of one's own unit."""
    need(by, *MAKERS)
    home = selectors.home_of(by.staff_id, at) if by.staff_id is not None else None
    if by.staff_id is None or home is None:
        raise Refused("no_staff", _("您的账号没有对应在岗员工，不能编写案例；什么都没有改动。"))
    check(text=text, by=by)
    row = Lesson(unit_id=home, author_id=by.staff_id, written_at=at)
    _fill(row, text, by)
    Lesson.objects.bulk_create([row])
    row.categories.set(text.category_ids)
    matters.add_step(matter=selectors.label(row.pk), step=matters.NewStep("draft", _said(text)), by=by, at=at)
    return row


@transaction.atomic
def edit(*, lesson_id: int, text: Text, base: int, by: Actor, at: datetime) -> Lesson:
    """Change the text upon version `base`; an older one is refused."""
    row, move = _begin(lesson_id, "edit", by)
    if base != row.version:
        raise Refused(
            "stale_version", _("您修改期间别人保存过；什么都没有改动，您写的内容还在。"), base=base, version=row.version
        )
    check(text=text, by=by)
    row.version += 1
    _fill(row, text, by)
    row.categories.set(text.category_ids)
    return _complete(row, move, {**_said(text), "version": row.version}, WRITTEN, by=by, at=at)


@transaction.atomic
def submit(*, lesson_id: int, by: Actor, at: datetime) -> Lesson:
    """Hand it to the office."""
    row, move = _begin(lesson_id, "submit", by)
    return _complete(row, move, {"version": row.version}, by=by, at=at)


@transaction.atomic
def send_back(*, lesson_id: int, reason: str, by: Actor, at: datetime) -> Lesson:
    """Return it to its author, with the reason."""
    row, move = _begin(lesson_id, "return", by)
    return _complete(row, move, {"version": row.version}, words=_reason(reason), by=by, at=at)


@transaction.atomic
def publish(*, lesson_id: int, by: Actor, at: datetime) -> Lesson:
    """Let everybody read it; never one's own. A further edition is learned anew."""
    row, move = _begin(lesson_id, "publish", by)
    row.published_by_id, row.published_at, row.retired_at = by.staff_id, at, None
    row.edition += 1
    fields = ("published_by", "published_at", "retired_at", "edition")
    return _complete(row, move, {"edition": row.edition}, fields, by=by, at=at)


@transaction.atomic
def revise(*, lesson_id: int, reason: str, by: Actor, at: datetime) -> Lesson:
    """Take it back to be written anew; receipts of its editions stay."""
    row, move = _begin(lesson_id, "revise", by)
    return _complete(row, move, {"edition": row.edition}, words=_reason(reason), by=by, at=at)


@transaction.atomic
def retire(*, lesson_id: int, reason: str, by: Actor, at: datetime) -> Lesson:
    """It is no longer shown as an example, with the reason."""
    row, move = _begin(lesson_id, "retire", by)
    row.retired_at = at
    return _complete(row, move, {}, ("retired_at",), _reason(reason), by=by, at=at)


@transaction.atomic
def learn(*, lesson_id: int, by: Actor, at: datetime) -> bool:
    """Say that one has learned this edition (已学习); saying it twice changes nothing. Whether it is new.

    The receipt is the record: hundreds of readers would drown the timeline.
    """
    row, _move = _begin(lesson_id, "learn", by)
    if by.staff_id is None:
        raise Refused("no_staff", _("您的账号没有对应在岗员工，不能登记学习；什么都没有改动。"))
    if row.receipts.filter(edition=row.edition, staff=by.staff_id).exists():
        return False
    Receipt.objects.create(
        lesson=row, edition=row.edition, staff_id=by.staff_id, unit_id=selectors.home_of(by.staff_id, at), at=at
    )
    return True


@transaction.atomic
def meet(*, lesson_id: int, unit_id: int, held_on: date, decisions: str, by: Actor, at: datetime) -> Lesson:
    """A meeting on the spot (现场办公会, S4-07) was held on this case at a unit: when, and what was decided."""
    row, move = _begin(lesson_id, "meet", by)
    unit = org.visible_units(by).filter(pk=unit_id).first()
    if unit is None:
        raise Refused("unit_unknown", _("没有这个单位，或不在您的管辖范围内；什么都没有改动。"), unit=unit_id)
    if held_on > civil_day(at):
        raise Refused("meeting_ahead", _("现场办公会开过之后再登记；什么都没有改动。"), held_on=f"{held_on}")
    said = f"{held_on} {unit.name}：{_reason(decisions)['reason']}"
    data = {"unit": unit_id, "held_on": f"{held_on}"}
    return _complete(row, move, data, words={"text": said}, by=by, at=at)


def _begin(lesson_id: int, verb: str, by: Actor) -> tuple[Lesson, Move]:
    """Door, lock, rule and conflict: nobody judges what they wrote."""
    row = selectors.visible_to(by).select_for_update(of=("self",)).filter(pk=lesson_id).first()
    if row is None:
        raise Refused("not_found", _("没有这个案例，或还没有发布给您。"), lesson=lesson_id)
    move = MACHINE.move(verb, row.state)
    if not selectors.may(by, move.roles, row):
        raise Refused("not_allowed", _("您的岗位不能对这个案例做这一步；什么都没有改动。"), roles=sorted(move.roles))
    if selectors.is_own(by, row, verb):
        raise Refused("own_lesson", _("这个案例是您写的，须由另一人审核；什么都没有改动。"), lesson=lesson_id)
    return row, move


def _complete(
    row: Lesson,
    move: Move,
    data: Mapping[str, Any],
    fields: Sequence[str] = (),
    words: Mapping[str, Any] | None = None,
    *,
    by: Actor,
    at: datetime,
) -> Lesson:
    was, row.state = row.state, move.target.value
    row.save(update_fields=["state", *fields])
    step = matters.NewStep(move.verb, {**data, "from": was, "to": row.state}, words or {})
    matters.add_step(matter=selectors.label(row.pk), step=step, by=by, at=at)
    return row


def _fill(row: Lesson, text: Text, by: Actor) -> None:
    row.title, row.happened, row.missed = text.title.strip(), text.happened.strip(), text.missed.strip()
    row.better, row.root_cause, row.tags, row.source = text.better.strip(), text.cause, list(text.tags), text.source
    row.editor_id = by.staff_id  # type: ignore[assignment]
    row.grams = grams("\n".join([row.title, row.happened, row.missed, row.better, *row.tags]))


def _said(text: Text) -> dict[str, object]:
    return {"categories": sorted(text.category_ids), "cause": text.cause, "source": text.source}


def _reason(text: str) -> dict[str, str]:
    return {"reason": redact(written(text, _("原因")))}
