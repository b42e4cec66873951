"""An order that a platform pushes (接口推送), and the same in the words of the other layouts."""

from dataclasses import dataclass
from datetime import datetime

from longzhong.cases.hotline.rules.layouts import Incoming
from longzhong.cases.hotline.rules.words import CHANNEL_LABELS, Channel
from longzhong.register.org.rules.hours import CST

LAYOUT = "接口推送"


@dataclass(frozen=True, kw_only=True)
class Push:
    """Fields as in the API; `key` is the platform's own key of this request, "" if it sent none."""

    external_no: str
    channel: Channel = Channel.PHONE_95598
    text: str = ""
    type_code: str = ""
    class_code: str = ""
    name: str = ""
    phone: str = ""
    address: str = ""
    account_code: str = ""
    meter_code: str = ""
    unit_code: str = ""
    accepted_at: datetime | None = None
    due_at: datetime | None = None
    due_words: str = ""
    urgency: str = ""
    mood: str = ""
    secrecy: str = ""
    over_level: bool = False
    wants_call_back: bool = True
    key: str = ""


def incoming_of(push: Push) -> Incoming:
    """The order as the other layouts give it."""
    values = {
        "external_no": push.external_no.strip(), "name": push.name, "phone": push.phone, "address": push.address,
        "account_code": push.account_code.strip(), "meter_code": push.meter_code.strip(), "content": push.text,
        "type_word": push.type_code, "class_word": push.class_code, "unit_word": push.unit_code,
        "accepted_words": _words(push.accepted_at), "due_words": _words(push.due_at) or push.due_words,
        "urgency_word": push.urgency, "mood_word": push.mood, "secrecy_word": push.secrecy,
        "over_word": "是" if push.over_level else "", "call_back_word": "" if push.wants_call_back else "否",
        "source_word": CHANNEL_LABELS[push.channel],
    }  # fmt: skip
    return Incoming(LAYOUT, push.text, {field: value for field, value in values.items() if value})


def _words(at: datetime | None) -> str:
    return f"{at.astimezone(CST):%Y-%m-%d %H:%M}" if at else ""
