"""事件投递: facts that couldn't be delivered, each with its reason, and a way to try again."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.kit import clock, journal, outbox, web
from longzhong.kit.models import Delivery

TONES: dict[str, web.Tone] = {Delivery.PENDING: "info", Delivery.PARKED: "late", Delivery.DONE: "good"}
WORDS = {Delivery.PENDING: "待投递", Delivery.PARKED: "已搁置", Delivery.DONE: "已送达"}


@dataclass(frozen=True)
class OutboxPage:
    tabs: list[web.Tab]
    table: web.Listing
    retry: list[web.MoveForm]


@web.page("admin", "auditor")
def outbox_page(request: HttpRequest) -> HttpResponseBase:
    """Parked deliveries first; pending and delivered ones by tab."""
    state = request.GET.get("state", Delivery.PARKED)
    counts = outbox.counts()
    tabs = [web.Tab(_(word), f"?state={key}", counts.get(key, 0), key == state) for key, word in WORDS.items()]
    table = web.listing(request, outbox.deliveries(state), COLUMNS, title=_("事件投递"))
    parked = counts.get(Delivery.PARKED, 0)
    retry = web.MoveForm(
        "retry", _("全部重新投递"), reverse("outbox_retry"), icon="refresh",
        ask=_("将 %(n)s 条搁置的投递重新排队；反应可重复执行，不会重复办理。") % {"n": parked},
    )  # fmt: skip
    can_retry = parked and web.actor(request).has("admin")
    return web.show(request, OutboxPage(tabs, table, [retry] if can_retry else []), "project/outbox.html")


@require_POST
@web.page("admin")
def outbox_retry(request: HttpRequest) -> HttpResponseBase:
    """Queue every parked delivery again."""
    tried = outbox.retry_all_parked()
    journal.record(web.actor(request), "outbox_retry", at=clock.now(), deliveries=tried)
    return web.act(request, lambda: None, done=_("已重新排队。"), back=reverse("outbox"))


COLUMNS = (
    web.Column("id", "编号", "pk", "code"),
    web.Column("fact", "事件", "fact.name", note=lambda row: f"#{row.fact_id}"),
    web.Column("reaction", "由谁处理", lambda row: row.reaction.removeprefix("longzhong.")),
    web.Column("state", "状态", lambda row: web.Badge(TONES[row.state], WORDS[row.state]), "badge"),
    web.Column("attempts", "已试次数", "attempts", "number"),
    web.Column("error", "最近一次失败的原因", "error"),
    web.Column("at", "发生时间", "fact.at", "moment"),
    web.Column("next", "下次投递", "next_at", "moment", phone=False),
)
