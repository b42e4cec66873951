"""A new explanation: the curve of some days, the appliances at home, and what the two say of each other."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from longzhong.cases.explanations import selectors, services
from longzhong.cases.explanations.pages.forms import SpanForm, UsesForm
from longzhong.cases.explanations.pages.words import VERDICT_TONES, day_chart, load_chart
from longzhong.cases.explanations.rules import (
    APPLIANCES,
    GROUPS,
    WRITERS,
    Appliance,
    Comparison,
    Limits,
    Line,
    compare,
    estimate,
)
from longzhong.dispatch.matters import services as matters
from longzhong.kit import clock, web
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.selectors import Card
from longzhong.register.policies import selectors as policies

MOST_FOUND = 10


@dataclass(frozen=True)
class ApplianceRow:
    """One row of the appliance table with its three fields."""

    kind: Appliance
    group: str
    pieces: Any
    hours: Any
    watts: Any


@dataclass(frozen=True)
class NewPage:
    """`found` is None until an account is chosen; `made` until something was tried."""

    account_id: int | None
    case: str
    query: str
    cards: list[Card]
    found: selectors.Evidence | None
    span: SpanForm | None
    form: UsesForm | None
    rows: list[ApplianceRow]
    facts: list[web.Fact]
    chart: dict[str, Any] | None
    days: dict[str, Any] | None
    made: Comparison | None
    lines: tuple[Line, ...]
    verdict: web.Badge | None
    wrong: list[str]


@web.page(*WRITERS)
def new(request: HttpRequest) -> HttpResponseBase:
    """GET with ?account= shows what was measured; POST tries an estimate (do=try) or saves the sheet (do=save)."""
    who = web.actor(request)
    account = request.GET.get("account", "")
    if not account.isdecimal() or len(account) > 18:
        return web.show(request, _choose(request, who), "explanations/new.html")
    span_form = SpanForm(request.GET)
    first, last, day = span_form.asked()
    today = clock.today()
    span = selectors.span_of(first, last, day, today=today, limits=policies.limits(Limits, "explanations", day=today))
    form = UsesForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and request.POST.get("do") == "save" and form.is_valid():
        return _save(request, int(account), span, form)
    found = selectors.evidence(who, int(account), span)
    return web.show(request, _page(request, found, form), "explanations/new.html")


def _save(request: HttpRequest, account_id: int, span: selectors.Span, form: UsesForm) -> HttpResponseBase:
    who, now, said = web.actor(request), clock.now(), form.cleaned_data
    asked = services.Asked(span, form.uses(), said["advert"], request.GET.get("case", "")[:60], said["note"])

    def act() -> str:
        return str(services.explain(account_id=account_id, asked=asked, by=who, at=now).pk)

    key = request.POST.get("client_key", "")
    number = matters.once(key=key, what=f"explanations.explain:{account_id}", act=act, by=who, at=now)
    messages.success(request, _("解释单已保存，可以打印给客户。"))
    return redirect("explanations:detail", sheet_id=int(number))


def _choose(request: HttpRequest, who: web.Actor) -> NewPage:
    """Without an account: find one."""
    query = request.GET.get("q", "").strip()[:100]
    cards = customers.find(who, query, MOST_FOUND) if query else []
    case = request.GET.get("case", "")[:60]
    return NewPage(None, case, query, cards, None, None, None, [], [], None, None, None, (), None, [])


def _page(request: HttpRequest, found: selectors.Evidence, form: UsesForm) -> NewPage:
    tried = estimate(form.uses()) if form.is_bound and form.is_valid() else None
    made = compare(found.picture.mean_kwh, tried) if tried else None
    chosen = found.curves[found.chosen] if found.chosen else []
    shown = {"first": found.span.first, "last": found.span.last, "day": found.chosen}
    counted = found.picture.counted > 0
    return NewPage(
        account_id=found.card.id, case=request.GET.get("case", "")[:60], query="", cards=[], found=found,
        span=SpanForm(initial={key: day.isoformat() for key, day in shown.items() if day}),
        form=form, rows=_rows(form), facts=_facts(found),
        chart=load_chart(found.average, chosen, f"{found.chosen:%m-%d}" if found.chosen else "", found.picture.base_kw)
        if counted else None,
        days=day_chart([(f"{one.day:%m-%d}", one.kwh) for one in found.picture.days]) if counted else None,
        made=made, lines=tried.lines if tried else (), verdict=web.Badge(VERDICT_TONES[made.verdict], made.words) if made else None,
        wrong=_wrong(form),
    )  # fmt: skip


def _wrong(form: UsesForm) -> list[str]:
    """What was typed wrongly, each with the appliance that it stands beside."""
    if not form.is_bound or form.is_valid():
        return []
    named = (
        (form.fields[name].widget.attrs.get("aria-label") or form.fields[name].label, errors)
        for name, errors in form.errors.items()
    )
    return [f"{name}：{'；'.join(map(str, errors))}" for name, errors in named]


def _rows(form: UsesForm) -> list[ApplianceRow]:
    return [
        ApplianceRow(row, GROUPS[row.group], form[f"n_{row.code}"], form[f"h_{row.code}"], form[f"w_{row.code}"])
        for row in APPLIANCES.values()
    ]


def _facts(found: selectors.Evidence) -> list[web.Fact]:
    seen, near = found.picture, found.neighbours
    share = "" if seen.base_share is None else _("折合全天约占 %.0f %%") % (100 * seen.base_share)
    few = _("可比的不足 %s 户，为保护隐私不显示") % near.least
    return [
        web.Fact(_("平均每天"), _kwh(seen.mean_kwh), note=_("%(n)s 天数据完整") % {"n": seen.counted}),
        web.Fact(_("夜间基础负荷"), "–" if seen.base_kw is None else f"{seen.base_kw:.2f} kW", note=share),
        web.Fact(_("最高负荷"), "–" if seen.peak_kw is None else f"{seen.peak_kw:.2f} kW"),
        web.Fact(
            _("邻里中位数"),
            _kwh(near.median),
            note=few if near.median is None else _("同台区同类 %s 户，只有中位数") % near.count,
        ),
    ]


def _kwh(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f} kWh"
