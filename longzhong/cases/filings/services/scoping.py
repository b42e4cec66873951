"""What was typed as a filing's scope, resolved: areas, lines, estates, categories, one customer; each through its own door."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from longzhong.cases.filings.models import Filing
from longzhong.cases.filings.rules import Asked, Kind
from longzhong.cases.hotline.rules.redact import redact
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.categories import selectors as categories
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.rules.numbers import is_phone, normal_phone
from longzhong.register.network import selectors as network
from longzhong.register.org.rules.masking import masked_phone

FIELDS = (
    "kind", "title", "grounds", "begins_at", "ends_at", "late_reason", "whole_unit", "named_area_ids", "feeder_ids",
    "area_ids", "estates", "named_category_ids", "category_ids", "account", "phone_index", "phone_mask",
)  # fmt: skip


def put_asked(*, row: Filing, asked: Asked, by: Actor) -> None:
    """Write what was asked onto a filing that isn't saved yet; refuses what isn't whole."""
    _put_words(row, asked)
    _put_places(row, asked, by)
    _put_customer(row, asked, by)
    named = categories.by_codes(asked.categories)
    if missing := sorted(set(asked.categories) - set(named)):
        raise Refused(
            "scope_unknown", _("没有这些诉求分类：%(codes)s；什么都没有改动。") % {"codes": "、".join(missing)}
        )
    row.named_category_ids = sorted(node.id for node in named.values())
    row.category_ids = sorted({one for node in named.values() for one in categories.below(node.id)})
    has_customer = row.account_id is not None or bool(row.phone_index)
    if row.kind == Kind.DEMAND and not has_customer:
        raise Refused("customer_missing", _("不合理重复诉求的报备须写明一户（户号）或一个来电号码；什么都没有改动。"))
    if not (has_customer or row.whole_unit or row.area_ids or row.estates):
        raise Refused("scope_missing", _("请写明报备的范围：台区、线路、小区、整个单位或一户；什么都没有改动。"))


def _put_words(row: Filing, asked: Asked) -> None:
    if asked.kind not in set(Kind):
        raise Refused("kind_missing", _("请选择报备的类型；什么都没有改动。"), kind=asked.kind)
    begins, ends = asked.begins_at, asked.ends_at
    if begins is None or ends is None or ends <= begins:
        raise Refused("span_wrong", _("报备的起止时间不对，结束须晚于开始；什么都没有改动。"))
    if not asked.title.strip() or len(asked.grounds.strip()) < 10:
        raise Refused("grounds_missing", _("请写明报备的标题和依据（至少 10 个字）；什么都没有改动。"))
    row.kind, row.begins_at, row.ends_at = asked.kind, begins, ends
    row.title, row.grounds = redact(asked.title.strip())[:80], redact(asked.grounds.strip())
    row.late_reason = redact(asked.late_reason.strip())[:200]


def _put_places(row: Filing, asked: Asked, by: Actor) -> None:
    areas = dict(network.visible_to(by).filter(code__in=asked.areas).values_list("code", "id"))
    lines = dict(network.visible_feeders(by).filter(code__in=asked.feeders).values_list("code", "id"))
    if missing := [*_missing(asked.areas, areas), *_missing(asked.feeders, lines)]:
        text = _("没有这些台区或线路，或不在您的管辖范围内：%(codes)s；什么都没有改动。")
        raise Refused("scope_unknown", text % {"codes": "、".join(missing)})
    row.whole_unit = asked.whole_unit
    row.named_area_ids, row.feeder_ids = sorted(areas.values()), sorted(lines.values())
    row.area_ids = sorted({*areas.values(), *network.trace_down_many(feeder_ids=row.feeder_ids)})
    row.estates = sorted({one.strip()[:80] for one in asked.estates if one.strip()})


def _put_customer(row: Filing, asked: Asked, by: Actor) -> None:
    """The customer named; nothing typed keeps the one that stands, whose number isn't shown again."""
    if code := asked.account.strip():
        row.account_id = customers.visible_to(by).filter(code=code).values_list("id", flat=True).first()
        if row.account_id is None:
            raise Refused("scope_unknown", _("没有这个户号，或不在您的管辖范围内；什么都没有改动。"))
    if phone := normal_phone(asked.phone):
        if not is_phone(phone):
            raise Refused("phone_wrong", _("来电号码不像电话号码；什么都没有改动。"))
        row.phone_index, row.phone_mask = customers.phone_index(phone), masked_phone(phone)[:24]


def _missing(codes: Sequence[str], found: dict[str, int]) -> list[str]:
    return sorted(set(codes) - set(found))
