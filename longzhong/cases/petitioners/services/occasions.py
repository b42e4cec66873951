"""One contact more in a file: noted by hand after a talk, or taken away again where it was somebody else."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.petitioners.models import Occasion, Petitioner
from longzhong.cases.petitioners.rules import Channel, Mood
from longzhong.cases.petitioners.services.moving import enter_open, note, said
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.texts import clean_text
from longzhong.register.categories import selectors as categories

AHEAD = timedelta(minutes=5)  # clocks of two machines


@dataclass(frozen=True, kw_only=True)
class NewOccasion:
    """When and where, in which mood, about what; `text` is what was said, erasable."""

    met_at: datetime
    channel: str
    mood: str
    category_id: int | None = None
    case: str = ""
    text: str = ""


@transaction.atomic
def note_occasion(*, petitioner_id: int, occasion: NewOccasion, by: Actor, at: datetime) -> Occasion:
    """Keep a visit or talk that didn't come through the hotline; `by` received the person."""
    row = enter_open(petitioner_id=petitioner_id, by=by)
    _check(occasion, by, at)
    kept = Occasion.objects.create(
        petitioner=row, at=occasion.met_at, channel=occasion.channel, category_id=occasion.category_id, mood=occasion.mood,
        case=occasion.case, staff_id=by.staff_id,
    )  # fmt: skip
    seen(row=row, met_at=occasion.met_at)
    data = {"occasion": kept.pk, "channel": occasion.channel, "mood": occasion.mood, "case": occasion.case}
    note(row=row, verb="met", data=data, words={"text": clean_text(occasion.text, 1000)}, by=by, at=at)
    return kept


@transaction.atomic
def detach_occasion(*, petitioner_id: int, occasion_id: int, reason: str, by: Actor, at: datetime) -> None:
    """It was somebody else (a neighbour, the next owner of the phone): the contact counts for this file no more."""
    row = enter_open(petitioner_id=petitioner_id, by=by)
    words = said(reason)
    if not Occasion.objects.filter(pk=occasion_id, petitioner=row, detached_at=None).update(detached_at=at):
        raise Refused("occasion_unknown", _("这份档案没有这次联系；什么都没有改动。"), occasion=occasion_id)
    row.last_at = Occasion.objects.filter(petitioner=row, detached_at=None).aggregate(last=Max("at"))["last"]
    row.save(update_fields=["last_at"])
    note(row=row, verb="detach", data={"occasion": occasion_id}, words={"reason": words}, by=by, at=at)


def seen(*, row: Petitioner, met_at: datetime) -> None:
    """The latest contact of a locked file."""
    if row.last_at is None or row.last_at < met_at:
        row.last_at = met_at
        row.save(update_fields=["last_at"])


def _check(occasion: NewOccasion, by: Actor, at: datetime) -> None:
    if occasion.met_at > at + AHEAD:
        raise Refused("occasion_in_future", _("联系时间还没到；什么都没有改动。"))
    if occasion.channel not in set(map(str, Channel)) or occasion.mood not in set(map(str, Mood)):
        raise Refused("occasion_words", _("没有这种联系方式或情绪；什么都没有改动。"))
    if occasion.category_id is not None and occasion.category_id not in categories.by_ids([occasion.category_id]):
        raise Refused("category_unknown", _("没有这个业务类别；什么都没有改动。"), category=occasion.category_id)
    if occasion.case:
        case_id = hotline.case_id_of(occasion.case)
        if case_id is None or not hotline.is_visible(by, case_id):
            raise Refused("case_unknown", _("没有这件诉求，或不在您的管辖范围内；什么都没有改动。"), case=occasion.case)
