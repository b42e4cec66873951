"""信息共享: new cases for a department that subscribed to them, and its subscriptions."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.assessment.bulletins import selectors, services
from longzhong.assessment.bulletins.pages.forms import SubscribeForm
from longzhong.assessment.bulletins.selectors import Department
from longzhong.cases.hotline.rules.machine import STATE_LABELS, State
from longzhong.cases.hotline.rules.words import TYPE_LABELS, CaseType
from longzhong.cases.hotline.selectors import voices
from longzhong.kit import clock, web
from longzhong.kit.web import Badge, Column, Listing, MoveForm, Tab
from longzhong.register.org import selectors as org

SUBSCRIBERS = ("dept", "quality", "leader")


@dataclass(frozen=True)
class ShownSubscription:
    label: str
    moves: list[MoveForm]
    id: int


@dataclass(frozen=True)
class FeedPage:
    name: str
    tabs: list[Tab]
    table: Listing | None
    new: int
    subscriptions: list[ShownSubscription]
    moves: list[MoveForm]


@web.page(*SUBSCRIBERS)
def feed(request: HttpRequest) -> HttpResponseBase:
    """The feed of ?unit=, else of one's first department."""
    return _show(request, request.GET.get("unit", ""))


@require_POST
@web.page(*SUBSCRIBERS)
def subscribe(request: HttpRequest, unit_id: int) -> HttpResponseBase:
    form = SubscribeForm(selectors.places(unit_id, org.tree(clock.today())), request.POST)
    if not form.is_valid():
        return _show(request, str(unit_id), form)
    category = form.cleaned_data["category"]
    return web.act(
        request,
        lambda: services.subscribe(
            unit_id=unit_id, category_id=int(category) if category else None, of_unit_id=int(form.cleaned_data["of_unit"]),
            by=web.actor(request), at=clock.now(),
        ),
        done=_("已订阅，新的诉求会出现在这里。"), back=_address(unit_id),
    )  # fmt: skip


@require_POST
@web.page(*SUBSCRIBERS)
def unsubscribe(request: HttpRequest, subscription_id: int) -> HttpResponseBase:
    return web.act(
        request,
        lambda: services.unsubscribe(subscription_id=subscription_id, by=web.actor(request), at=clock.now()),
        done=_("已取消订阅。"),
        back=reverse("bulletins:feed"),
    )


@require_POST
@web.page(*SUBSCRIBERS)
def read(request: HttpRequest, unit_id: int) -> HttpResponseBase:
    return web.act(
        request,
        lambda: services.mark_read(unit_id=unit_id, by=web.actor(request), at=clock.now()),
        done=_("已全部标为已读。"),
        back=_address(unit_id),
    )


def _show(request: HttpRequest, asked: str, typed: SubscribeForm | None = None) -> HttpResponseBase:
    who = web.actor(request)
    nodes = org.tree(clock.today())
    known = selectors.departments(who, nodes)
    chosen = next((one for one in known if str(one.id) == asked), known[0] if known else None)
    if chosen is None:
        return web.show(request, FeedPage("", [], None, 0, [], []), "bulletins/feed.html")
    rows = selectors.feed(who, chosen, nodes, clock.now())
    new = selectors.new_count(rows, chosen.read_at)
    tabs = [Tab(one.name, _address(one.id), new if one is chosen else None, one is chosen) for one in known]
    table = web.listing(request, rows, _columns(chosen), title=_("信息共享"), dress=voices.feed_lines)
    own = [_subscription(one) for one in chosen.subscriptions]
    form = typed or SubscribeForm(selectors.places(chosen.id, nodes))
    page = FeedPage(chosen.name, tabs, table, new, own, _moves(chosen, new, form))
    return web.show(request, page, "bulletins/feed.html")


def _columns(department: Department) -> tuple[Column, ...]:
    def new(line: Any) -> Badge | str:
        return Badge("info", _("新")) if department.read_at is None or line.opened_at > department.read_at else ""

    return (
        Column("new", _("未读"), new, "badge"),
        Column("number", _("诉求"), "number", "code"),
        Column("type", _("类型"), lambda line: TYPE_LABELS[CaseType(line.type)], note="category"),
        Column("unit", _("单位"), "unit", note="area"),
        Column("content", _("内容"), lambda line: line.content or _("客户要求保密，内容不共享")),
        Column("opened", _("受理时间"), "opened_at", "moment", "opened_at"),
        Column("state", _("状态"), lambda line: STATE_LABELS[State(line.state)]),
    )


def _subscription(row: Any) -> ShownSubscription:
    label = f"{row.of_unit} · {row.category.name if row.category else _('全部诉求')}"
    action = reverse("bulletins:unsubscribe", args=[row.pk])
    return ShownSubscription(
        label, [MoveForm("unsubscribe", _("取消"), action, ask=_("以后不再收到这一类新诉求。"))], row.pk
    )


def _moves(department: Department, new: int, form: SubscribeForm) -> list[MoveForm]:
    action = reverse("bulletins:subscribe", args=[department.id])
    moves = [MoveForm("subscribe", _("添加订阅"), action, form, tone="secondary" if new else "primary")]
    if new:
        moves.append(MoveForm("read", _("全部已读"), reverse("bulletins:read", args=[department.id]), tone="primary"))
    return moves


def _address(unit_id: int) -> str:
    return f"{reverse('bulletins:feed')}?unit={unit_id}"
