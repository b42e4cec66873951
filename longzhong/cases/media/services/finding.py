"""Keep what was found in public: one by one, or a pasted list. Nothing is fetched; who wrote it is kept nowhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.media.models import Item, Reading
from longzhong.cases.media.rules import FINDERS, Heat, Limits, NewItem, Platform, Topic, pasted, suggested
from longzhong.cases.media.services.moving import GRADE, clock_of, note, refresh_due
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.network import selectors as network
from longzhong.register.policies import selectors as policies

MOST_URL = 500


@dataclass(frozen=True)
class Pasted:
    """What became of a pasted list: ids kept, lines known already, and why others weren't taken."""

    made: tuple[int, ...]
    known: tuple[int, ...]
    refused: tuple[str, ...]


@transaction.atomic
def find(*, new: NewItem, unit_id: int, by: Actor, at: datetime) -> Item:
    """Keep one item of a unit; its area, if one is named, says which station. The clock to grade it starts."""
    need(by, *FINDERS)
    if unit_id not in by.units(*FINDERS) and not by.system:
        raise Refused("not_found", _("没有这个单位，或不在您的管辖范围内。"), unit=unit_id)
    row = _row(new, unit_id, by, at)
    if (held := Item.objects.filter(unit=row.unit_id, url=row.url).exclude(url="").first()) is not None:
        raise _known(held)
    try:
        with transaction.atomic():
            Item.objects.bulk_create([row])
    except IntegrityError as error:  # somebody else found it at the same moment
        raise _known(None) from error
    row.number = f"YQ{civil_day(at):%Y%m%d}{row.pk:06}"
    matters.start_clocks(clocks=[clock_of(row, GRADE)], by=by, at=at)
    refresh_due(row=row)
    row.save(update_fields=["number", "due_at"])
    Reading.objects.create(item=row, at=at, views=row.views, comments=row.comments, reposts=row.reposts)
    data = {"platform": row.platform, "topic": row.topic, "suggested": row.suggested, "area": row.area_id}
    note(row=row, verb="find", said=Said(data), by=by, at=at)
    return row


@transaction.atomic
def find_pasted(*, text: str, unit_id: int, by: Actor, at: datetime) -> Pasted:
    """Keep every readable line of a pasted list; a line that is refused leaves the others standing."""
    made: list[int] = []
    known: list[int] = []
    refused: list[str] = []
    for line in pasted(text):
        if line.item is None:
            refused.append(_("第 %(n)s 行：%(why)s") % {"n": line.number, "why": line.wrong})
            continue
        try:
            made.append(find(new=line.item, unit_id=unit_id, by=by, at=at).pk)
        except Refused as no:
            if no.code == "media_known":
                known.append(line.number)
            else:
                refused.append(_("第 %(n)s 行：%(why)s") % {"n": line.number, "why": no.message})
    return Pasted(tuple(made), tuple(known), tuple(refused))


def suggested_for(row: Item, at: datetime) -> str:
    """The grade that an item's numbers suggest by the unit's policies of the day."""
    limits = policies.limits(Limits, "media", unit_id=row.unit_id, day=civil_day(at))
    return suggested(Heat(row.views, row.comments, row.reposts), row.platform, limits).value


def checked(heat: Heat) -> Heat:
    """Counts that can be counts."""
    if min(heat.views, heat.comments, heat.reposts) < 0:
        raise Refused("heat_wrong", _("浏览、评论、转发不能是负数；什么都没有改动。"))
    return heat


def _row(new: NewItem, unit_id: int, by: Actor, at: datetime) -> Item:
    if new.platform not in set(Platform) or new.topic not in set(Topic):
        raise Refused("platform_unknown", _("请从清单里选择平台和主题；什么都没有保存。"))
    content = redact(new.content.strip())
    title = redact(new.title.strip())[:120] or content[:40]
    if not title:
        raise Refused("content_missing", _("请写明标题或内容；什么都没有保存。"))
    posted = new.posted_at or at
    if posted > at + timedelta(minutes=5):
        raise Refused("posted_ahead", _("发布时间在将来；什么都没有保存。"))
    heat = checked(new.heat)
    area_id, unit_id = _place(new.area, unit_id, by)
    row = Item(
        platform=new.platform, topic=new.topic, title=title, content=content, url=_link(new.url), posted_at=posted,
        found_at=at, found_by_id=by.staff_id, unit_id=unit_id, area_id=area_id, views=heat.views, comments=heat.comments,
        reposts=heat.reposts, measured_at=at,
    )  # fmt: skip
    row.suggested = suggested_for(row, at)
    return row


def _place(code: str, unit_id: int, by: Actor) -> tuple[int | None, int]:
    """The area that was named and its station; no area: the unit that found it."""
    if not code.strip():
        return None, unit_id
    found = network.visible_to(by).filter(code=code.strip()).values_list("id", "unit_id").first()
    if found is None:
        raise Refused("area_unknown", _("没有这个台区，或不在您的管辖范围内；什么都没有保存。"), area=code)
    return found[0], found[1] or unit_id


def _link(url: str) -> str:
    """The address as it was pasted; only what a browser opens as a page."""
    plain = url.strip()
    if plain and (urlsplit(plain).scheme not in ("http", "https") or len(plain) > MOST_URL):
        raise Refused("link_wrong", _("链接须以 http:// 或 https:// 开头，且不超过 500 个字；什么都没有保存。"))
    return plain


def _known(held: Item | None) -> Refused:
    number = held.number if held else ""
    return Refused("media_known", _("这条链接已登记过 %(number)s；没有重复登记。") % {"number": number or ""})
