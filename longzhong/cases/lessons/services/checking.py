"""What must hold of a case's text before it is kept: whole, sanitised, of our categories, from something its author may see."""

from django.utils.translation import gettext as _

from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.hotline.rules.words import RootCause
from longzhong.cases.hotline.selectors import untold
from longzhong.cases.lessons.rules import MOST_TEXT, MOST_TITLE, PART_LABELS, PARTS, SOURCES, Text, personal
from longzhong.dispatch.matters.rules import noun_of
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.categories import selectors as categories

HOUSE = Actor.machine("lessons")
NAMED = "保密的客户"


def check(*, text: Text, by: Actor) -> None:
    """Refuse a text that may not stand in the library; says what was found, never the personal words themselves."""
    if not text.title.strip() or not all(getattr(text, one).strip() for one in PARTS):
        raise Refused("text_incomplete", _("请写明标题、发生了什么、哪里没做到、应该怎么做；什么都没有改动。"))
    if len(text.title) > MOST_TITLE or any(len(getattr(text, one)) > MOST_TEXT for one in PARTS):
        raise Refused(
            "text_too_long",
            _("标题或正文超过了 %(a)s、%(b)s 字；什么都没有改动。") % {"a": MOST_TITLE, "b": MOST_TEXT},
        )
    if text.cause not in set(RootCause):
        raise Refused("cause_unknown", _("请从五大主因里选择；什么都没有改动。"), cause=text.cause)
    if not text.category_ids or set(text.category_ids) - set(categories.by_ids(text.category_ids)):
        raise Refused("category_unknown", _("请从分类里选择；什么都没有改动。"))
    _check_source(text.source, by)
    _check_personal(text, by)


def _check_source(source: str, by: Actor) -> None:
    if not source:
        return
    seen = source.rpartition(":")[0] in SOURCES
    if seen:
        noun, number = noun_of(source)
        seen = noun.door(by, number)
    if not seen:
        raise Refused(
            "source_unknown", _("没有这件投诉或化解记录，或不在您的管辖范围内；什么都没有改动。"), source=source
        )


def _check_personal(text: Text, by: Actor) -> None:
    """Numbers, addresses, names that are said to be names, and the names of whom the source complaint is about and of a
    confidential customer whom the author knows.
    """
    number = complaints.complaint_id_of(text.source)
    row = complaints.complaint_of(HOUSE, number) if number is not None else None
    names = [row.about_staff.name] if row is not None and row.about_staff is not None else []
    parts = {"标题": text.title, "标签": " ".join(text.tags), **{PART_LABELS[one]: getattr(text, one) for one in PARTS}}
    found = {word: kinds for word, part in parts.items() if (kinds := personal(part, names))}
    if row is not None:
        found |= {
            word: (NAMED,) for word, part in parts.items() if untold(by, row.case, part) != part and word not in found
        }
    if found:
        said = "；".join(f"{word}：{'、'.join(kinds)}" for word, kinds in found.items())
        raise Refused(
            "personal_data", _("案例里还有个人信息（%(found)s），请删去或改写；什么都没有改动。") % {"found": said}
        )
