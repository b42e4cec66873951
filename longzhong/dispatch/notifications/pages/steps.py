"""What a person decides about a notice: approve, send, cancel, send uncertain ones again; each POST once."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.notifications import services
from longzhong.dispatch.notifications.pages.forms import CancelForm
from longzhong.dispatch.notifications.rules import APPROVERS, COMPOSERS
from longzhong.kit import clock, web


@require_POST
@web.page(*APPROVERS)
def approve(request: HttpRequest, notice_id: int) -> HttpResponseBase:
    def do(who: web.Actor, at: datetime) -> object:
        return services.approve_notice(notice_id=notice_id, by=who, at=at)

    return _once(request, notice_id, "approve", do, _("已批准，组织人可以发送。"))


@require_POST
@web.page(*COMPOSERS)
def queue(request: HttpRequest, notice_id: int) -> HttpResponseBase:
    def do(who: web.Actor, at: datetime) -> object:
        return services.queue_notice(notice_id=notice_id, by=who, at=at)

    return _once(request, notice_id, "queue", do, _("已排队，随即开始发送；可以离开这个页面。"))


@require_POST
@web.page(*COMPOSERS)
def cancel(request: HttpRequest, notice_id: int) -> HttpResponseBase:
    form = CancelForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""

    def do(who: web.Actor, at: datetime) -> object:
        return services.cancel_notice(notice_id=notice_id, reason=reason, by=who, at=at)

    return _once(request, notice_id, "cancel", do, _("已取消，没发出的全部收回。"))


@require_POST
@web.page(*COMPOSERS)
def resend(request: HttpRequest, notice_id: int) -> HttpResponseBase:
    def do(who: web.Actor, at: datetime) -> object:
        return services.resend_uncertain(notice_id=notice_id, by=who, at=at)

    return _once(request, notice_id, "resend", do, _("结果不明的已重新排队。"))


def _once(
    request: HttpRequest, notice_id: int, verb: str, do: Callable[[web.Actor, datetime], object], done: str
) -> HttpResponseBase:
    who, at, key = web.actor(request), clock.now(), request.POST.get("client_key", "")

    def act() -> str:
        do(who, at)
        return verb

    def run() -> str:
        return matters.once(key=key, what=f"notifications.{verb}:{notice_id}", act=act, by=who, at=at)

    return web.act(request, run, done=done, back=reverse("notifications:notice", args=[notice_id]))
