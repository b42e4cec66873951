"""通道: through whom messages go out, in which order, how fast, and whether they are well."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.dispatch.notifications import selectors, services
from longzhong.dispatch.notifications.models import Provider
from longzhong.dispatch.notifications.pages.forms import ProviderForm
from longzhong.dispatch.notifications.pages.words import health_badge
from longzhong.dispatch.notifications.rules import CHANNEL_WORDS, KEEPERS, KINDS, Channel, Kind
from longzhong.kit import clock, web
from longzhong.kit.errors import Refused


@dataclass(frozen=True)
class ProvidersPage:
    table: web.Listing
    kinds: list[tuple[str, str]]


@dataclass(frozen=True)
class ProviderPage:
    row: Provider | None
    form: ProviderForm
    kind: str
    health: web.Badge | None
    callback: str


@web.page(*KEEPERS)
def providers(request: HttpRequest) -> HttpResponseBase:
    table = web.listing(
        request, selectors.providers(web.actor(request)), COLUMNS, title=_("通知通道"), sort="channel",
        href=lambda row: reverse("notifications:provider", args=[row.code]),
    )  # fmt: skip
    kinds = [(row.words, reverse("notifications:provider_new", args=[kind.value])) for kind, row in KINDS.items()]
    return web.show(request, ProvidersPage(table, kinds), "notifications/providers.html")


@web.page(*KEEPERS)
def provider(request: HttpRequest, code: str = "", kind: str = "") -> HttpResponseBase:
    """GET: what it must be told. POST: keep it; secrets are never shown again."""
    who = web.actor(request)
    row = selectors.provider_of(who, code) if code else None
    if row is None and kind not in Kind._value2member_map_:
        raise Refused("not_found", _("没有这种通道。"))
    of = Kind(row.kind if row else kind)
    form = ProviderForm(of, request.POST or None, row)
    if request.method == "POST" and form.is_valid():
        kept = services.keep_provider(provider=form.provider(), by=who, at=clock.now())
        messages.success(request, _("通道已保存。"))
        return redirect("notifications:provider", kept.code)
    health = health_badge(row) if row else None
    page = ProviderPage(row, form, KINDS[of].words, health, f"/api/notifications/receipts/{row.code}" if row else "")
    return web.show(request, page, "notifications/provider.html")


COLUMNS = (
    web.Column("name", "名称", "name", note="code"),
    web.Column("channel", "渠道", lambda row: CHANNEL_WORDS[Channel(row.channel)], sort=("channel", "place")),
    web.Column("kind", "类型", lambda row: KINDS[Kind(row.kind)].words, phone=False),
    web.Column("place", "顺序", "place", "number"),
    web.Column("rate", "每秒条数", "rate_per_s", "number", decimals=1),
    web.Column("health", "状况", health_badge, "badge"),
    web.Column("ok", "最近成功", "last_ok_at", "moment", phone=False),
    web.Column("error", "最近失败原因", "last_error", phone=False),
)
