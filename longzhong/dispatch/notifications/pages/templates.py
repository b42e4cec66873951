"""模板: what may be said, in which edition."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.dispatch.notifications import selectors
from longzhong.dispatch.notifications.rules import CHANNEL_WORDS, EDITORS, PURPOSES, READERS, Channel, Purpose
from longzhong.kit import web


@dataclass(frozen=True)
class TemplatesPage:
    table: web.Listing
    may_edit: bool
    may_read: bool


@web.page(*READERS, *EDITORS)
def templates(request: HttpRequest) -> HttpResponseBase:
    who = web.actor(request)
    table = web.listing(
        request, selectors.templates(who), COLUMNS, title=_("通知模板"), sort="code",
        href=lambda row: reverse("notifications:template", args=[row.pk]),
    )  # fmt: skip
    return web.show(request, TemplatesPage(table, who.has(*EDITORS), who.has(*READERS)), "notifications/templates.html")


COLUMNS = (
    web.Column("title", "名称", "title", sort="title"),
    web.Column("code", "编码", "code", "code", "code"),
    web.Column("purpose", "用途", lambda row: PURPOSES[Purpose(row.purpose)].words, sort="purpose"),
    web.Column("channels", "渠道", lambda row: "、".join(CHANNEL_WORDS[Channel(one)] for one in row.texts)),
    web.Column("edition", "版本", "edition", "number"),
    web.Column("approval", "审批", lambda row: "要" if row.needs_approval else "不要", phone=False),
    web.Column("days", "地址保存天数", "retention_days", "number", phone=False),
    web.Column("made", "修改时间", "made_at", "moment", "made_at", phone=False),
)
