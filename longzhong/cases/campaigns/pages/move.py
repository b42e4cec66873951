"""Plan a campaign, change its plan, and one address for every other step."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.campaigns import selectors, services
from longzhong.cases.campaigns.pages.detail import detail_page
from longzhong.cases.campaigns.pages.forms import PlanForm, form_for, plan_form
from longzhong.cases.campaigns.rules import OFFICE, READERS
from longzhong.kit import clock, web


@dataclass(frozen=True)
class PlanPage:
    title: str
    form: PlanForm
    back: str


@web.page(*OFFICE)
def new(request: HttpRequest) -> HttpResponseBase:
    form = plan_form(web.actor(request), request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return web.show(request, PlanPage(_("新建专项整治"), form, reverse("campaigns:board")), "campaigns/plan.html")
    key = request.POST.get("client_key", "")
    made = services.draft_once(given=form.given(), key=key, by=web.actor(request), at=clock.now())
    messages.success(request, _("专项整治已立项；核对后启动，启动时冻结基线。"))
    return redirect(reverse("campaigns:detail", args=[made]))


@web.page(*OFFICE)
def edit(request: HttpRequest, campaign_id: int) -> HttpResponseBase:
    who, back = web.actor(request), reverse("campaigns:detail", args=[campaign_id])
    row = selectors.campaign_card(who, campaign_id, clock.now()).campaign
    initial = {
        "title": row.title, "aim": row.aim, "unit": row.unit_id, "starts_on": row.starts_on, "ends_on": row.ends_on,
        "basis": row.basis, "target_pct": row.target_pct, "categories": [one.pk for one in row.categories.all()],
    }  # fmt: skip
    form = plan_form(who, request.POST or None, initial)
    if request.method != "POST" or not form.is_valid():
        return web.show(request, PlanPage(_("修改方案"), form, back), "campaigns/plan.html")
    key = request.POST.get("client_key", "")
    services.take_step(campaign_id=campaign_id, verb="edit", given=form.given(), key=key, by=who, at=clock.now())
    return redirect(back)


@require_POST
@web.page(*READERS)
def move(request: HttpRequest, campaign_id: int, verb: str) -> HttpResponseBase:
    """Read the form, call the one service, go back; what was typed stays if the form isn't whole."""
    who = web.actor(request)
    row = selectors.campaign_card(who, campaign_id, clock.now()).campaign
    form = form_for(verb, row, who, request.POST)
    if not form.is_valid():
        return web.show(request, detail_page(who, campaign_id, (verb, form)), "campaigns/detail.html")
    key = request.POST.get("client_key", "")
    services.take_step(campaign_id=campaign_id, verb=verb, given=form.given(), key=key, by=who, at=clock.now())
    messages.success(request, _("“%(step)s”已登记。") % {"step": selectors.VERB_WORDS.get(verb, verb)})
    return redirect(reverse("campaigns:detail", args=[campaign_id]))
