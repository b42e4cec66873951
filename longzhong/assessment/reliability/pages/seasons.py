"""季节清单: what to have done before 迎峰度夏 or 迎峰度冬, by whom and until when; and the lines that storms hit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.assessment.reliability import selectors, services
from longzhong.assessment.reliability.rules.seasons import KEEPERS, MEASURE_OF, READERS, RISK_LABELS, Risk
from longzhong.assessment.reliability.selectors import Season, SeasonItem
from longzhong.kit import clock, web
from longzhong.register.org import selectors as org
from longzhong.sensing.curves import selectors as curves
from longzhong.sensing.outages import selectors as outages

STORMS_D = 730  # two storm seasons


class DoneForm(forms.Form):
    note = forms.CharField(label="做了什么", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class GiveForm(forms.Form):
    owner = forms.ChoiceField(label="责任人")
    due_on = forms.DateField(label="完成日期", widget=forms.DateInput(attrs={"type": "date"}))


@dataclass(frozen=True)
class ItemLine:
    """One item with its forms."""

    row: SeasonItem
    measure: str
    state: web.Badge
    moves: list[web.MoveForm]


@dataclass(frozen=True)
class SeasonsPage:
    tabs: list[web.Tab]
    season: Season | None
    table: web.Listing
    opened: ItemLine | None
    draws: list[web.MoveForm]
    storms: Sequence[object]


@web.page(*READERS)
def seasons(request: HttpRequest) -> HttpResponseBase:
    """?season=id, ?item=id opens one line with its steps."""
    who, today = web.actor(request), clock.today()
    known, asked = selectors.seasons(), request.GET.get("season", "")
    season = next((one for one in known if str(one.pk) == asked), known[0] if known else None)
    rows = selectors.items(who, season.pk if season else None)
    table = web.listing(
        request, rows, COLUMNS, FILTERS, title=str(season or _("季节清单")),
        href=lambda row: f"?season={row.season_id}&item={row.pk}",
    )  # fmt: skip
    item = request.GET.get("item", "")
    opened = next((row for row in table.items if str(row.pk) == item), None)
    page = SeasonsPage(
        tabs=[web.Tab(str(one), f"?season={one.pk}", None, one == season) for one in known], season=season, table=table,
        opened=_line(who, opened) if opened else None, draws=_draws(who),
        storms=outages.storm_lines(who, clock.day_start(today - timedelta(days=STORMS_D))),
    )  # fmt: skip
    return web.show(request, page, "reliability/seasons.html")


@require_POST
@web.page(*KEEPERS)
def draw(request: HttpRequest) -> HttpResponseBase:
    name = request.POST.get("name", "")
    return web.act(
        request,
        lambda: services.draw_season(name=name, by=web.actor(request), at=clock.now()),
        done=_("清单已编制；已有的项目保持不变。"),
        back=reverse("reliability:seasons"),
    )


@require_POST
@web.page(*READERS)
def finish(request: HttpRequest, item_id: int) -> HttpResponseBase:
    form = DoneForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    return web.act(
        request,
        lambda: services.finish_item(item_id=item_id, note=note, by=web.actor(request), at=clock.now()),
        done=_("已登记完成。"),
        back=reverse("reliability:seasons"),
    )


@require_POST
@web.page(*KEEPERS)
def give(request: HttpRequest, item_id: int) -> HttpResponseBase:
    who = web.actor(request)
    form = _give_form(who, None, request.POST)
    form.is_valid()
    data = form.cleaned_data
    owner, due = int(data.get("owner") or 0), data.get("due_on") or clock.today()
    return web.act(
        request,
        lambda: services.give_item(item_id=item_id, owner_id=owner, due_on=due, by=who, at=clock.now()),
        done=_("责任人和日期已更新。"),
        back=reverse("reliability:seasons"),
    )


def _draws(who: web.Actor) -> list[web.MoveForm]:
    if not who.has(*KEEPERS):
        return []
    return [
        web.MoveForm(
            f"draw{number}", _("编制%s清单") % span.name, reverse("reliability:draw"),
            ask=_("按上一季异常、频繁停电和重要用户列出台区；重复编制只补充新项目。"), hidden={"name": span.name},
        )
        for number, span in enumerate(curves.spans(clock.today()))
    ]  # fmt: skip


def _line(who: web.Actor, row: SeasonItem) -> ItemLine:
    moves = []
    if row.done_at is None and who.has(*KEEPERS, "grid", "crew"):
        address = reverse("reliability:finish", args=[row.pk])
        moves.append(web.MoveForm("finish", _("完成"), address, DoneForm(), tone="primary"))
    if row.done_at is None and who.has(*KEEPERS):
        address = reverse("reliability:give", args=[row.pk])
        moves.append(web.MoveForm("give", _("调整责任人"), address, _give_form(who, row)))
    return ItemLine(row, MEASURE_OF[Risk(row.risk)], state_badge(row), moves)


def _give_form(who: web.Actor, row: SeasonItem | None, data: object = None) -> GiveForm:
    start = {"owner": row.owner_id, "due_on": row.due_on} if row else None
    form = GiveForm(data, initial=start)  # type: ignore[arg-type]
    staff = org.visible_staff(who).order_by("code").values_list("id", "name")[:400]
    form.fields["owner"].choices = list(staff)  # type: ignore[attr-defined]
    return form


def state_badge(row: SeasonItem) -> web.Badge:
    if row.done_at:
        return web.Badge("good", _("已完成"))
    late = row.due_on < clock.today()
    return web.Badge("late", _("已逾期")) if late else web.Badge("info", _("未完成"))


WEIGHTS = {Risk.FREQUENT: "停电 %s 次", Risk.IMPORTANT: "%s 户"}


def _weight(row: Any) -> str:
    """How much stands behind the risk: abnormal days of the season before, outages, important customers."""
    words = WEIGHTS.get(Risk(row.risk), "异常 %s 天")
    return words % str(row.weight)


COLUMNS = (
    web.Column("area", "台区", "area.name", sort="area__name", note="area.code"),
    web.Column("risk", "风险", lambda row: RISK_LABELS[Risk(row.risk)], sort="risk", note=_weight),
    web.Column("measure", "季前措施", lambda row: MEASURE_OF[Risk(row.risk)], phone=False),
    web.Column("unit", "供电所", "unit.short_name", sort="unit__name", note="grid.name"),
    web.Column("owner", "责任人", "owner.name"),
    web.Column("due", "完成期限", "due_on", "day", "due_on"),
    web.Column("state", "状态", state_badge, "badge", "done_at"),
)
FILTERS = (
    web.Filter(
        "risk",
        "风险",
        lambda rows, risk: rows.filter(risk=risk),
        choices=[(k.value, v) for k, v in RISK_LABELS.items()],
    ),
    web.Filter("open", "只看未完成", lambda rows, _on: rows.filter(done_at=None), "switch"),
    web.Filter("q", "台区", lambda rows, text: rows.filter(area__name__icontains=text), "text"),
)
