"""What the holder of a code may do with the case: urge it, say that it is solved or that it isn't."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline import services as hotline
from longzhong.cases.hotline.rules.machine import State
from longzhong.cases.hotline.rules.repeats import UrgeReason
from longzhong.cases.hotline.rules.words import CallResult, Channel, Purpose
from longzhong.cases.hotline.services import Caller, NewCall
from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.kit.texts import clean_text
from longzhong.surfaces.portal.models import Follow
from longzhong.surfaces.portal.rules import AskKind, key_fits
from longzhong.surfaces.portal.selectors import Followed, follow_of, followed, is_urged, limits_on
from longzhong.surfaces.portal.services.asking import count_asks

MOST_WORDS = 300
DAY = timedelta(days=1)
WISH = "客户本人在自助门户确认"
DENIED = "客户在自助门户反映没有解决"


@transaction.atomic
def press(*, code: str, reason: UrgeReason, words: str, key: str, by: Actor, at: datetime) -> int:
    """Urge the case (催办); which urge it is. Once for a key, and at most so many a day."""
    case = case_of_code(code=code, at=at)
    said, external = clean_text(words, MOST_WORDS), external_of(key=key)
    if not is_urged(case.id, external):
        most = limits_on(civil_day(at)).urge_per_case_d
        counted = [(vault.index(str(case.id), "portal.case"), most)]
        count_asks(kind=AskKind.URGE, counted=counted, window=DAY, at=at)
    return hotline.urge(case_id=case.id, reason=reason, words=said, external_no=external, by=by, at=at).number


@transaction.atomic
def answer_done(*, code: str, solved: bool, words: str, key: str, by: Actor, at: datetime) -> bool:
    """The customer says whether it is solved. While we ask (待回访) that is the call-back's verdict; after the end a 'no' becomes
    a kept call that suggests reopening. False if it was said already (a second post).
    """
    case = case_of_code(code=code, at=at)
    said, external = clean_text(words, MOST_WORDS), external_of(key=key)
    if case.state == State.CALLING:
        result = CallResult.SATISFIED if solved else CallResult.DISSATISFIED
        hotline.record_call(
            case_id=case.id, purpose=Purpose.REVIEW, result=result, words=said or DENIED, wish=WISH, by=by, at=at
        )
        return True
    if solved and case.state == State.CLOSED:
        return False
    if case.state != State.CLOSED:
        raise Refused("portal_not_asked", _("现在还不到确认的时候；有话要说请用“催一下”。什么都没有改动。"))
    text = _("【自助门户】客户反映 %(number)s 办结后没有解决，建议回访或重新办理。%(words)s")
    tell_hotline(case=case, text=text % {"number": case.number, "words": said}, external=external, by=by, at=at)
    return True


def case_of_code(*, code: str, at: datetime) -> Followed:
    """The case behind a code, its follow's row locked: two posts of one customer queue up. Refused while it is no case."""
    follow = Follow.objects.select_for_update().get(pk=follow_of(code, at).pk)
    case = followed(follow)
    if case is None:
        raise Refused("portal_no_case", _("这条报修还没有立单，请稍后再来；着急请拨打 95598。什么都没有改动。"))
    return case


def tell_hotline(*, case: Followed, text: str, external: str, by: Actor, at: datetime) -> int:
    """A kept call of the case's own customer, for the desk to decide on; its id."""
    call = NewCall(
        channel=Channel.ONLINE, text=text, caller=Caller(account_id=case.account_id), unit_id=case.unit_id,
        area_id=case.area_id, external_no=external,
    )  # fmt: skip
    return hotline.take_call(call=call, by=by, at=at).pk


def external_of(*, key: str) -> str:
    """A client key as another system's number, so that the hotline does it once."""
    if not key_fits(key):
        raise Refused("client_key_missing", _("请求缺少唯一编号，没有处理；请刷新页面后重试。"))
    return f"P-{vault.index(key, 'portal.key')[:40]}"
