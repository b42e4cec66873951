"""保电方案: plans of important customers, what each lacks, which end soon, and who has none."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.assessment.reliability import selectors, services
from longzhong.assessment.reliability.rules.guarantees import KEEPERS, READERS, Given
from longzhong.assessment.reliability.selectors import Guarantee, PlanLine
from longzhong.dispatch.matters import selectors as matters
from longzhong.kit import clock, web
from longzhong.register.customers.rules.priority import Grade, words_of
from longzhong.register.customers.selectors import Card


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))


class PlanForm(forms.Form):
    event = forms.CharField(label="保电任务", max_length=60)
    from_on = _day("开始日期")
    to_on = _day("结束日期")
    sources = forms.IntegerField(label="电源路数", min_value=0, max_value=9)
    security_kw = forms.FloatField(label="保安负荷 kW", min_value=0)
    generator_kw = forms.FloatField(label="自备应急电源 kW", min_value=0)
    contact = forms.CharField(label="联系人", max_length=40, required=False, help_text="加密保存；修改时不填即不变。")
    phone = forms.CharField(label="联系电话", max_length=20, required=False)

    def given(self) -> Given:
        return Given(**self.cleaned_data)


class ReasonForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=200)


@dataclass(frozen=True)
class PlansPage:
    table: web.Listing
    missing: list[Card]
    may_keep: bool


@dataclass(frozen=True)
class PlanPage:
    line: PlanLine
    grade: str
    facts: list[web.Fact]
    checks: list[tuple[int, str, str]]
    timeline: list[web.Entry]
    moves: list[web.MoveForm]
    may_keep: bool


@dataclass(frozen=True)
class NewPage:
    form: PlanForm


@web.page(*READERS)
def guarantees(request: HttpRequest) -> HttpResponseBase:
    who, today = web.actor(request), clock.today()
    table = web.listing(
        request, selectors.plans(who), COLUMNS, title=_("保电方案"), sort="to",
        dress=lambda rows: selectors.plan_lines(who, rows, today),
        href=lambda line: reverse("reliability:guarantee", args=[line.plan.pk]),
    )  # fmt: skip
    page = PlansPage(table, selectors.without_plan(who, today), who.has(*KEEPERS))
    return web.show(request, page, "reliability/guarantees.html")


@web.page(*KEEPERS)
def new_guarantee(request: HttpRequest, account_id: int) -> HttpResponseBase:
    form = PlanForm(request.POST or None, initial={"from_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        key, who = request.POST.get("client_key", ""), web.actor(request)
        made = services.make_guarantee(account_id=account_id, given=form.given(), key=key, by=who, at=clock.now())
        messages.success(request, _("保电方案已登记。"))
        return redirect("reliability:guarantee", made)
    return web.show(request, NewPage(form), "reliability/new_guarantee.html")


@web.page(*READERS)
def guarantee(request: HttpRequest, guarantee_id: int) -> HttpResponseBase:
    return web.show(request, _plan_page(web.actor(request), guarantee_id), "reliability/guarantee.html")


@require_POST
@web.page(*KEEPERS)
def change_guarantee(request: HttpRequest, guarantee_id: int) -> HttpResponseBase:
    form, who = PlanForm(request.POST), web.actor(request)
    if not form.is_valid():
        return web.show(request, _plan_page(who, guarantee_id, form), "reliability/guarantee.html")
    return web.act(
        request,
        lambda: services.change_guarantee(guarantee_id=guarantee_id, given=form.given(), by=who, at=clock.now()),
        done=_("方案已更新。"),
        back=reverse("reliability:guarantee", args=[guarantee_id]),
    )


@require_POST
@web.page(*KEEPERS)
def tick(request: HttpRequest, guarantee_id: int, number: int) -> HttpResponseBase:
    return web.act(
        request,
        lambda: services.tick_check(guarantee_id=guarantee_id, number=number, by=web.actor(request), at=clock.now()),
        done=_("检查项已完成。"),
        back=reverse("reliability:guarantee", args=[guarantee_id]),
    )


@require_POST
@web.page(*KEEPERS)
def end_guarantee(request: HttpRequest, guarantee_id: int) -> HttpResponseBase:
    reason = request.POST.get("reason", "")
    return web.act(
        request,
        lambda: services.end_guarantee(guarantee_id=guarantee_id, reason=reason, by=web.actor(request), at=clock.now()),
        done=_("方案已终止。"),
        back=reverse("reliability:guarantees"),
    )


@require_POST
@web.page(*KEEPERS)
def reveal(request: HttpRequest, guarantee_id: int) -> HttpResponseBase:
    """Shown once, on the next page, and written to the journal."""
    who, reason = web.actor(request), request.POST.get("reason", "")
    found = services.reveal_contact(guarantee_id=guarantee_id, reason=reason, by=who, at=clock.now())
    messages.info(
        request, _("联系人 %(name)s，电话 %(phone)s（已记入查阅日志）") % {"name": found[0], "phone": found[1]}
    )
    return redirect("reliability:guarantee", guarantee_id)


def _plan_page(who: web.Actor, guarantee_id: int, form: PlanForm | None = None) -> PlanPage:
    row = selectors.plan_of(who, guarantee_id)
    line = selectors.plan_lines(who, [row], clock.today())[0]
    checks = [(number, text, done) for number, (text, done) in enumerate(row.checks)]
    keeps = who.has(*KEEPERS) and row.ended_at is None
    return PlanPage(
        line, words_of(Grade(row.grade)), _facts(line), checks, matters.timeline(selectors.plan_label(row.pk)),
        _moves(row, form) if keeps else [], keeps,
    )  # fmt: skip


def _facts(line: PlanLine) -> list[web.Fact]:
    row = line.plan
    return [
        web.Fact(_("客户"), line.card.name, note=line.card.code), web.Fact(_("地址"), line.card.place),
        web.Fact(_("供电所"), line.card.unit, note=line.card.area), web.Fact(_("开始"), row.from_on),
        web.Fact(_("结束"), row.to_on, note=_("即将到期或已到期") if line.amber else ""),
        web.Fact(_("电源"), _("%s 路") % row.sources), web.Fact(_("保安负荷"), f"{row.security_kw:g} kW"),
        web.Fact(_("自备应急电源"), f"{row.generator_kw:g} kW"),
        web.Fact(_("联系人"), _("已登记（加密）") if row.contact_sealed else _("未登记")),
    ]  # fmt: skip


def _moves(row: Guarantee, form: PlanForm | None) -> list[web.MoveForm]:
    names = ("event", "from_on", "to_on", "sources", "security_kw", "generator_kw")
    typed: dict[str, Any] = {name: getattr(row, name) for name in names}
    addresses = {
        verb: reverse(f"reliability:{name}", args=[row.pk])
        for verb, name in (("change", "change_guarantee"), ("reveal", "reveal"), ("end", "end_guarantee"))
    }
    return [
        web.MoveForm("change", _("修改或续期"), addresses["change"], form or PlanForm(initial=typed), tone="primary"),
        web.MoveForm("reveal", _("查看联系人"), addresses["reveal"], ReasonForm()),
        web.MoveForm("end", _("终止"), addresses["end"], ReasonForm(), tone="danger"),
    ]


def _gaps(line: PlanLine) -> web.Badge:
    if line.gaps:
        return web.Badge("late", _("缺 %s 项") % len(line.gaps))
    return web.Badge("soon", _("将到期")) if line.amber else web.Badge("good", _("完备"))


COLUMNS = (
    web.Column("customer", "客户", "card.name", note=lambda line: words_of(Grade(line.plan.grade))),
    web.Column("event", "保电任务", "plan.event"),
    web.Column("unit", "供电所", "card.unit", note="card.area"),
    web.Column("to", "到期", "plan.to_on", "day", "to_on"),
    web.Column("state", "方案", _gaps, "badge"),
    web.Column("gaps", "缺口", lambda line: "；".join(line.gaps), phone=False),
)
