"""Lessons: a redacted text and the category that a person gave it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit import journal
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.categories import selectors as categories
from longzhong.sensing.texts.models import Lesson
from longzhong.sensing.texts.rules import Source, fold

LONGEST = 2000


@transaction.atomic
def teach(*, text: str, category_id: int, source: str, label: str, by: Actor, at: datetime) -> Lesson:  # noqa: ARG001
    """Keep a lesson of the matter `label` ("hotline.case:71"). A later word replaces an earlier one; an older one changes nothing.

    The text must be redacted already: lessons are kept and read by training for as long as models are.
    """
    if not fold(text):
        raise Refused("lesson_empty", _("没有文字可学；没有记录。"))
    if source not in set(Source) or not label.strip():
        raise Refused("lesson_source_unknown", _("样本的来源或所属事项不明；没有记录。"), source=source, label=label)
    if category_id not in categories.by_ids([category_id]):
        raise Refused("not_found", _("没有这个分类；没有记录。"), category=category_id)
    fresh = Lesson(label=label, text=text[:LONGEST], category_id=category_id, source=source, at=at)
    Lesson.objects.bulk_create([fresh], ignore_conflicts=True)
    row = Lesson.objects.select_for_update().get(label=label)
    if row.at <= at and (row.text, row.category_id, row.source) != (fresh.text, category_id, source):
        row.text, row.category_id, row.source, row.at = fresh.text, category_id, source, at
        row.save(update_fields=["text", "category_id", "source", "at"])
    return row


@transaction.atomic
def forget(*, labels: Sequence[str], reason: str, by: Actor, at: datetime) -> int:
    """Erase the lessons of these matters (a person's right, PIPL §47); models trained before hold no text of theirs."""
    gone, _each = Lesson.objects.filter(label__in=labels).delete()
    if gone:
        journal.record(by, "lesson.forget", "texts.lesson:many", at=at, reason=reason, count=gone)
    return gone
