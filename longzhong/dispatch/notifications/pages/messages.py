"""The messages of a notice with masked addresses: who failed, who got none, and why; as Excel by `?export=list`."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.dispatch.notifications import selectors
from longzhong.dispatch.notifications.models import Notice
from longzhong.dispatch.notifications.pages.words import MESSAGE_TONES
from longzhong.dispatch.notifications.rules import CHANNEL_WORDS, MESSAGE_WORDS, READERS
from longzhong.kit import web


@dataclass(frozen=True)
class MessagesPage:
    notice: Notice
    table: web.Listing


@web.page(*READERS)
def messages(request: HttpRequest, notice_id: int) -> HttpResponseBase:
    who = web.actor(request)
    row = selectors.notice_of(who, notice_id)
    table = web.listing(
        request, selectors.messages_of(who, notice_id), COLUMNS, FILTERS, title=_("%(n)s 逐条结果") % {"n": row.number},
        sort="number", dress=selectors.message_lines, href=_account,
    )  # fmt: skip
    return web.show(request, MessagesPage(row, table), "notifications/messages.html")


def _account(line: selectors.MessageLine) -> str:
    return reverse("customers:account", args=[line.account_id]) if line.account_id else ""


COLUMNS = (
    web.Column("number", "序号", "id", "code", "id", phone=False),
    web.Column("address", "地址", lambda line: line.address or "–", note="account"),
    web.Column("channel", "渠道", "channel", sort="channel"),
    web.Column("state", "结果", lambda line: web.Badge(MESSAGE_TONES[line.state], line.state_words), "badge", "state"),
    web.Column("reason", "原因", "reason", sort="reason"),
    web.Column("provider", "通道", "provider", phone=False),
    web.Column("attempts", "次数", "attempts", "number", phone=False),
    web.Column("settled", "时间", "settled_at", "moment", "settled_at"),
)
FILTERS = (
    web.Filter(
        "state", "结果", lambda rows, state: rows.filter(state=state),
        choices=tuple((state.value, words) for state, words in MESSAGE_WORDS.items()),
    ),
    web.Filter(
        "channel", "渠道", lambda rows, channel: rows.filter(channel=channel),
        choices=tuple((channel.value, words) for channel, words in CHANNEL_WORDS.items()),
    ),
)  # fmt: skip
