"""回访台: who is to be called now, how often it was tried, and what to say."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.pages.words import type_words, urgency_badge
from longzhong.cases.hotline.rules.callbacks import SCRIPTS, CallLimits, may_call, next_opening
from longzhong.cases.hotline.rules.words import Purpose
from longzhong.cases.hotline.selectors import CallLine
from longzhong.dispatch.matters.rules import moment_words
from longzhong.kit import clock, web


@dataclass(frozen=True)
class CallbacksPage:
    table: web.Listing
    script: str
    quiet: str


@web.page("desk", "station", "quality", "grid")
def callbacks(request: HttpRequest) -> HttpResponseBase:
    """Cases that wait for the call-back, due soonest first."""
    who, now = web.actor(request), clock.now()
    table = web.listing(
        request, selectors.to_call(who), COLUMNS, title=_("待回访"), dress=lambda rows: selectors.call_lines(who, rows, now),
        href=lambda line: reverse("hotline:case", args=[line.case.pk]),
    )  # fmt: skip
    limits = CallLimits()
    quiet = "" if may_call(now, limits) else _("%(at)s 以后再打") % {"at": moment_words(next_opening(now, limits))}
    return web.show(request, CallbacksPage(table, SCRIPTS[Purpose.REVIEW], quiet), "hotline/callbacks.html")


def _when(line: CallLine) -> web.Badge:
    if line.is_own:
        return web.Badge("closed", _("本人办理，由他人回访"))
    if line.is_exhausted:
        return web.Badge("soon", _("已按规定多次未接通"))
    return web.Badge("info", _("现在可打")) if line.is_now else web.Badge("closed", _("稍后再打"))


COLUMNS = (
    web.Column("number", "诉求单", "case.number", "code", "id"),
    web.Column("category", "诉求内容", "case.category.name", note="case.content"),
    web.Column("phone", "联系电话", "phone"),
    web.Column("when", "何时可打", _when, "badge", note=lambda line: moment_words(line.next_at)),
    web.Column("tried", "已打", lambda line: f"{line.tried}/{line.needed}", note="last"),
    web.Column("due", "回访时限", "case.due_at", "countdown", "due_at"),
    web.Column("type", "类型", lambda line: type_words(line.case), phone=False),
    web.Column("urgency", "紧急程度", lambda line: urgency_badge(line.case), "badge", "urgency", phone=False),
    web.Column("owner", "办理人", "case.owner.name", note="case.unit.short_name", phone=False),
)
