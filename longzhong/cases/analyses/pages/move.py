"""Begin a report, write it, and one address for every other step."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.analyses import selectors, services
from longzhong.cases.analyses.pages.detail import detail_page
from longzhong.cases.analyses.pages.forms import PartsForm, form_for, parts_form, rebased
from longzhong.cases.analyses.pages.words import part_words, sections
from longzhong.cases.analyses.rules import READERS, WRITERS
from longzhong.cases.complaints import selectors as complaints
from longzhong.kit import clock, web
from longzhong.kit.errors import Refused


@dataclass(frozen=True)
class NewPage:
    title: str
    moves: list[web.MoveForm]
    back: str


@dataclass(frozen=True)
class EditPage:
    """`newer`: somebody saved while this was written; its words stand beside what was typed."""

    title: str
    form: PartsForm
    newer: str
    sections: list[tuple[str, list[str]]]
    back: str


@web.page(*WRITERS)
def new(request: HttpRequest, complaint_id: int) -> HttpResponseBase:
    who = web.actor(request)
    if request.method == "POST":
        key = request.POST.get("client_key", "")
        made = services.open_once(complaint_id=complaint_id, key=key, by=who, at=clock.now())
        messages.success(request, _("报告已按投诉记录预填，请核对后补充。"))
        return redirect(reverse("analyses:edit", args=[made]))
    back = reverse("complaints:detail", args=[complaint_id])
    number = complaints.complaint_of(who, complaint_id).case.number or ""
    press = web.MoveForm("open", _("生成预填报告"), request.path, tone="primary")
    return web.show(request, NewPage(number, [press], back), "analyses/new.html")


@web.page(*WRITERS)
def edit(request: HttpRequest, report_id: int) -> HttpResponseBase:
    who, back = web.actor(request), reverse("analyses:detail", args=[report_id])
    card = selectors.report_card(who, report_id, clock.now())
    form = PartsForm(request.POST) if request.method == "POST" else parts_form(card.parts, card.report.version)
    if not form.is_bound or not form.is_valid():
        return web.show(request, EditPage(_title(card), form, "", [], back), "analyses/edit.html")
    given, key = form.given(), request.POST.get("client_key", "")
    try:
        services.take_step(report_id=report_id, verb="edit", given=given, key=key, by=who, at=clock.now())
    except Refused as refused:
        if refused.code != "stale_version":
            raise
        fresh = selectors.report_card(who, report_id, clock.now())
        page = EditPage(
            _title(fresh), rebased(given.parts, fresh.report.version), _newer(fresh), sections(fresh.parts), back
        )
        return web.show(request, page, "analyses/edit.html")
    messages.success(request, _("已保存为新版本；以前的版本都可以查看。"))
    return redirect(back)


@require_POST
@web.page(*READERS)
def move(request: HttpRequest, report_id: int, verb: str) -> HttpResponseBase:
    """Read the form, call the one service, go back; what was typed stays if the form isn't whole."""
    who = web.actor(request)
    form = form_for(verb, request.POST)
    if not form.is_valid():
        return web.show(request, detail_page(who, report_id, (verb, form)), "analyses/detail.html")
    key = request.POST.get("client_key", "")
    services.take_step(report_id=report_id, verb=verb, given=form.given(), key=key, by=who, at=clock.now())
    messages.success(request, _("“%(step)s”已登记。") % {"step": selectors.VERB_WORDS.get(verb, verb)})
    return redirect(reverse("analyses:detail", args=[report_id]))


def _title(card: selectors.Card) -> str:
    return _("编写穿透分析 %s") % card.report.complaint.case.number


def _newer(card: selectors.Card) -> str:
    """Who saved what meanwhile; the form now stands upon that version."""
    line = card.versions[0]
    return _("%(who)s 刚保存了第 %(n)s 版（改动：%(parts)s）。您写的还在下面，没有保存；请对照页末的新版本合并后再保存。") % {
        "who": line.by, "n": line.number, "parts": part_words(line.changed),
    }  # fmt: skip
