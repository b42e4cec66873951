"""新建通知: choose a template, then whom and what; people and texts are shown before anything is made, and sending asks again."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.dispatch.notifications import selectors, services
from longzhong.dispatch.notifications.models import Template
from longzhong.dispatch.notifications.pages.forms import ComposeForm
from longzhong.dispatch.notifications.rules import CHANNEL_WORDS, COMPOSERS, PURPOSES, NoticeLimits, Purpose
from longzhong.dispatch.notifications.selectors import Preview
from longzhong.kit import clock, web
from longzhong.register.customers import selectors as customers
from longzhong.register.org import selectors as org
from longzhong.register.policies import selectors as policies


@dataclass(frozen=True)
class ComposePage:
    templates: list[tuple[str, str, str]]
    template: Template | None
    form: ComposeForm | None
    accounts: int | None
    phones: int
    previews: list[tuple[str, Preview]]


@web.page(*COMPOSERS)
def new(request: HttpRequest) -> HttpResponseBase:
    """Without a template: the choice. POST: the preview; once it is confirmed, a batch that a job resolves."""
    who = web.actor(request)
    number = request.GET.get("template", "")
    if not number.isdecimal():
        return web.show(request, ComposePage(_choice(who), None, None, None, 0, []), "notifications/new.html")
    template = selectors.template_of(who, int(number))
    form = _form(request, who, template)
    accounts, shown = None, selectors.previews(template, {}, NoticeLimits())
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["confirmed"]:
            return _make(request, who, template, form)
        accounts, shown = _look(who, template, form)
        form.add_error("confirmed", _("请核对这里的人数和内容，再勾选这一项。"))
    named = [(CHANNEL_WORDS[one.channel], one) for one in shown]
    phones = len(form.cleaned_data.get("phones", ())) if form.is_bound else 0
    return web.show(request, ComposePage([], template, form, accounts, phones, named), "notifications/new.html")


def _choice(who: web.Actor) -> list[tuple[str, str, str]]:
    """(title, purpose, address) of each template in use."""
    address = reverse("notifications:new")
    rows = selectors.templates(who)
    return [(row.title, PURPOSES[Purpose(row.purpose)].words, f"{address}?template={row.pk}") for row in rows]


def _form(request: HttpRequest, who: web.Actor, template: Template) -> ComposeForm:
    mine = who.units(*COMPOSERS)
    units = [(node.id, node.name) for node in org.units(who) if node.id in mine]
    return ComposeForm(
        request.POST or None, units=units, channels=_channels(template),
        variables=selectors.variables_of(template), title=template.title,
    )  # fmt: skip


def _channels(template: Template) -> list[tuple[str, str]]:
    """The channels that the template has a text for; one without a provider says so."""
    through = selectors.open_channels()
    mark = _("（还没有通道）")
    return [
        (one.value, CHANNEL_WORDS[one] if one in through else f"{CHANNEL_WORDS[one]}{mark}")
        for one in selectors.texts_of(template)
    ]


def _look(who: web.Actor, template: Template, form: ComposeForm) -> tuple[int, list[Preview]]:
    """How many accounts it is about, and the texts with what was typed."""
    said, day = form.cleaned_data, clock.today()
    accounts = customers.audience_size(who, org.descendants(said["unit"], day), said["areas"], said["estate"].strip())
    limits = policies.limits(NoticeLimits, "notices", unit_id=said["unit"], day=day)
    shown = selectors.previews(template, form.params(), limits)
    return accounts, [one for one in shown if one.channel in said["channels"]]


def _make(request: HttpRequest, who: web.Actor, template: Template, form: ComposeForm) -> HttpResponseBase:
    notice_id = services.open_once(
        notice=form.notice(template.code), audience=form.audience(), phones=form.cleaned_data["phones"],
        key=request.POST.get("client_key", ""), by=who, at=clock.now(),
    )  # fmt: skip
    messages.success(request, _("正在组织收件人，完成后核对人数再发送。"))
    return redirect("notifications:notice", notice_id)
