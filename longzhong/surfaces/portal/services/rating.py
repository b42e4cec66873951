"""Rate the service (S4-12): 1 to 5 stars and words, once a case; the hotline hears of a low one."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline.rules.redact import redact
from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.kit.texts import clean_text
from longzhong.register.customers import selectors as customers
from longzhong.surfaces.portal.models import Rating
from longzhong.surfaces.portal.rules import ENDED, STARS
from longzhong.surfaces.portal.selectors import limits_on
from longzhong.surfaces.portal.services.following import case_of_code, external_of, tell_hotline

MOST_WORDS = 300


@transaction.atomic
def rate(*, code: str, stars: int, words: str, key: str, by: Actor, at: datetime) -> Rating:
    """Keep the rating of an ended case; the same key again gives the same rating, another one is refused."""
    case = case_of_code(code=code, at=at)
    external, index = external_of(key=key), vault.index(key, "portal.key")
    held = Rating.objects.select_for_update().filter(case=case.id).first()
    if held is not None:
        if held.key_index == index:
            return held
        raise Refused("portal_rated", _("这件事您已经评过了，谢谢；没有重复登记。"))
    if stars not in STARS:
        raise Refused("portal_stars_wrong", _("请选 1 到 5 星；什么都没有登记。"))
    if case.state not in ENDED:
        raise Refused("portal_not_ended", _("这件事还没有办结，办结后再请您评价；什么都没有登记。"))
    names = customers.names_behind(case.account_id) if case.account_id else ()
    said = redact(clean_text(words, MOST_WORDS), names=names)[:500]
    row = Rating(
        case_id=case.id, unit_id=case.unit_id, owner_id=case.owner_id, stars=stars, words=said, key_index=index, at=at
    )
    if stars <= limits_on(civil_day(at)).low_stars:
        text = _("【自助门户】%(number)s 客户评价 %(stars)s 星（%(label)s），建议回访，必要时重新办理。%(words)s")
        told = text % {"number": case.number, "stars": stars, "label": STARS[stars], "words": said}
        row.call_id = tell_hotline(case=case, text=told, external=external, by=by, at=at)
    Rating.objects.bulk_create([row])
    return row
