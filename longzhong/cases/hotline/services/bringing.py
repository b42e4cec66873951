"""Bring in orders of other systems, pasted, from a file or pushed: each is kept as a call, a sure one becomes a case.

Nothing is lost and nothing doubled (S1-25): a known (channel, number) is said to be known; what can't be understood is kept with
its words and a sentence about what is missing; an order that urges another one (催办) urges it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline.models import Call, Case
from longzhong.cases.hotline.rules import bringing as meaning
from longzhong.cases.hotline.rules.cues import Cues, cues_of
from longzhong.cases.hotline.rules.given import TAKERS, Caller, NewCall, NewCase
from longzhong.cases.hotline.rules.layouts import Incoming, deadline, moment
from longzhong.cases.hotline.rules.pushed import Push, incoming_of
from longzhong.cases.hotline.rules.repeats import UrgeReason
from longzhong.cases.hotline.rules.words import Channel, Grade, Hazard, Mood, Urgency, Voltage
from longzhong.cases.hotline.selectors.guessing import Guesses, guesses_of_order
from longzhong.cases.hotline.services.opening import open_case
from longzhong.cases.hotline.services.taking import take_call
from longzhong.cases.hotline.services.urging import urge
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers
from longzhong.register.org import selectors as org

MOST_ORDERS = 200


@dataclass(frozen=True)
class Brought:
    """What became of one order: "opened", "kept" (a person must look), "known" or "urged"; `message` for people."""

    status: str
    message: str
    call: Call | None = None
    case: Case | None = None
    external_no: str = ""
    understood: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wish:
    """What the bringer decides for all orders: where they come from, and categories chosen by hand (order's place → id)."""

    channel: Channel = Channel.PHONE_95598
    unit_id: int | None = None
    chosen: dict[int, int] = field(default_factory=dict)


def bring_in(*, orders: Sequence[Incoming], wish: Wish, by: Actor, at: datetime) -> list[Brought]:
    """Take every order by itself, in its own transaction: one that fails doesn't take the others with it."""
    need(by, *TAKERS)
    if not orders:
        raise Refused("nothing_pasted", _("没有读到任何内容；请粘贴工单文字或选择文件。"))
    if len(orders) > MOST_ORDERS:
        raise Refused("too_many_orders", _("一次最多 %(most)s 单，请分批；什么都没有登记。") % {"most": MOST_ORDERS})
    return [bring_one(order=one, place=place, wish=wish, by=by, at=at) for place, one in enumerate(orders)]


@transaction.atomic
def bring_one(*, order: Incoming, place: int = 0, wish: Wish, by: Actor, at: datetime) -> Brought:
    """One order: known, urging, opened, or kept."""
    channel = meaning.code_of(order.get("source_word"), meaning.CHANNEL_WORDS, wish.channel)
    number = order.get("external_no")
    if number and (known := Call.objects.filter(channel=channel, external_no=number).select_related("case").first()):
        words = _("工单 %(no)s 已经受理过（%(number)s），没有重复登记。") % {
            "no": number,
            "number": known.case or known,
        }
        return _brought(order, "known", words, known, known.case)
    if meaning.is_urge(order.get("type_word")) and (case := _urged(order, channel)):
        return _press(order, case, by=by, at=at)
    call = take_call(call=_call(order, channel, wish, by, at), by=by, at=at)
    return _opened(order, call, wish.chosen.get(place), by=by, at=at)


def _brought(order: Incoming, status: str, message: str, call: Call | None = None, case: Case | None = None) -> Brought:
    return Brought(status, message, call, case, order.get("external_no"), order.understood, order.missing)


def _call(order: Incoming, channel: Channel, wish: Wish, by: Actor, at: datetime) -> NewCall:
    caller = Caller(
        order.get("name")[:60], order.get("phone")[:40], order.get("address")[:200], _account(order, by, at)
    )
    said_at = moment(order.get("accepted_words"), at) if order.get("accepted_words") else None
    mood = meaning.code_of(order.get("mood_word"), meaning.MOOD_WORDS, cues_of(order.text).mood)
    return NewCall(
        channel=channel, text=order.text, caller=caller, unit_id=_unit(order) or wish.unit_id, mood=mood,
        external_no=order.get("external_no"), at=said_at,
    )  # fmt: skip


def _unit(order: Incoming) -> int | None:
    word = order.get("unit_word")
    return org.unit_ids([word]).get(word) if word else None


def _account(order: Incoming, by: Actor, at: datetime) -> int | None:
    """The account that the order names: by 户号, by meter, else by an address that means exactly one."""
    if code := order.get("account_code"):
        return customers.account_ids([code]).get(code)
    if meter := order.get("meter_code"):
        return customers.accounts_of_meters([meter], civil_day(at)).get(meter)
    if len(order.get("address")) < 4 or order.get("phone"):
        return None  # a phone says more than an address: take_call looks for it
    found = list(customers.matching(by, order.get("address")[:60])[:2])
    return found[0].pk if len(found) == 1 else None


def _opened(order: Incoming, call: Call, chosen: int | None, *, by: Actor, at: datetime) -> Brought:
    found = guesses_of_order(order, call.channel, at)
    best = found.best
    category = chosen or (best.category_id if best else None)
    if category is None or not (chosen or found.sure):
        return _brought(order, "kept", _missing_words(order, found), call)
    case = _case(order, call, category)
    confidence = best.confidence if best and best.category_id == category else None
    hand = chosen is not None or (best is not None and best.said)
    try:
        with transaction.atomic():
            row = open_case(call_id=call.pk, case=_with(case, hand, confidence), by=by, at=at)
    except Refused as refusal:
        return _brought(order, "kept", refusal.message, call)
    words = _("已立单 %(number)s。") % {"number": row.number}
    if order.get("due_words") and case.external_due_at is None:
        words += _("处理时限“%(due)s”没有看懂，按本单位制度计时。") % {"due": order.get("due_words")[:30]}
    return _brought(order, "opened", words, call, row)


def _case(order: Incoming, call: Call, category: int) -> NewCase:
    heard: Cues = cues_of(order.text)
    calendar = org.calendar().assuming()
    due = deadline(order.get("due_words"), call.at, calendar) if order.get("due_words") else None
    return NewCase(
        category_id=category, external_due_at=due, mood=Mood(call.mood), hazard=heard.hazard or Hazard.NONE,
        urgency=min(meaning.code_of(order.get("urgency_word"), meaning.URGENCY_WORDS, Urgency.NORMAL), heard.urgency),
        secrecy=meaning.code_of(order.get("secrecy_word"), meaning.SECRECY_WORDS, heard.secrecy),
        over_level=meaning.is_yes(order.get("over_word")) or bool(heard.over),
        grade=meaning.code_of(order.get("grade_word"), meaning.GRADE_WORDS, Grade.GENERAL),
        site=meaning.code_of(order.get("site_word"), meaning.SITE_WORDS, None),
        voltage=meaning.code_of(order.get("voltage_word"), meaning.VOLTAGE_WORDS, Voltage.LOW),
        wants_call_back=order.get("call_back_word") not in ("否", "不回访", "0"),
    )  # fmt: skip


def _with(case: NewCase, chosen: bool, confidence: float | None) -> NewCase:
    return replace(case, chosen=chosen, confidence=confidence)


def _missing_words(order: Incoming, found: Guesses) -> str:
    """What was understood and what wasn't, in a sentence."""
    words = (
        _("已留存待处理：分类没有把握，请人工选定。")
        if found.top
        else _("已留存待处理：没有看出属于哪类诉求，请人工选定。")
    )
    if order.missing:
        words += _("没有读到：%(fields)s。") % {"fields": "、".join(order.missing)}
    return words


def _urged(order: Incoming, channel: Channel) -> Case | None:
    number = order.get("urged_no") or order.get("same_no")
    return Case.objects.filter(channel=channel, external_no=number).first() if number else None


def _press(order: Incoming, case: Case, *, by: Actor, at: datetime) -> Brought:
    row = urge(
        case_id=case.pk, reason=UrgeReason.OVERDUE, words=order.text, external_no=order.get("external_no"), by=by, at=at
    )
    words = _("已登记对 %(number)s 的第 %(n)s 次催办。") % {"number": case.number, "n": row.number}
    return _brought(order, "urged", words, None, case)


@transaction.atomic
def take_push(*, push: Push, by: Actor, at: datetime) -> Brought:
    """An order that a platform pushes: the same request again (`key`) or the same number again gives the same answer."""
    need(by, *TAKERS)
    wish = Wish(push.channel)
    if not push.key or by.user_id is None:
        return bring_one(order=incoming_of(push), wish=wish, by=by, at=at)
    made: list[Brought] = []

    def act() -> str:
        made.append(bring_one(order=incoming_of(push), wish=wish, by=by, at=at))
        return made[0].status

    matters.once(key=push.key, what=f"hotline.push {push.channel} {push.external_no}", act=act, by=by, at=at)
    return made[0] if made else bring_one(order=incoming_of(push), wish=wish, by=by, at=at)
