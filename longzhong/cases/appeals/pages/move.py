"""Draft an appeal, one address for every other step, and the printed form."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.appeals import selectors, services
from longzhong.cases.appeals.pages.detail import detail_page
from longzhong.cases.appeals.pages.forms import NewForm, form_for
from longzhong.cases.appeals.rules import READERS
from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.complaints.rules import UNIT
from longzhong.dispatch.matters.rules import moment_words
from longzhong.kit import clock, papers, web
from longzhong.kit.papers import Paper

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAKERS: dict[str, tuple[Callable[[Paper], bytes], str]] = {
    "pdf": (papers.pdf, "application/pdf"),
    "docx": (papers.docx, WORD),
}


@dataclass(frozen=True)
class NewPage:
    facts: list[web.Fact]
    why: list[str]
    form: NewForm
    back: str


@web.page(*UNIT)
def new(request: HttpRequest, complaint_id: int) -> HttpResponseBase:
    """The form for a complaint; an appeal under way is opened instead."""
    who = web.actor(request)
    complaints.complaint_of(who, complaint_id)
    standing = selectors.live_of(complaint_id)
    if standing is not None and request.method == "GET":
        return redirect(reverse("appeals:detail", args=[standing.pk]))
    form = NewForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return web.show(request, _page(who, complaint_id, form), "appeals/new.html")
    made = services.draft_once(
        complaint_id=complaint_id, request=form.request(), uploads=form.uploads(), key=request.POST.get("client_key", ""),
        by=who, at=clock.now(),
    )  # fmt: skip
    messages.success(request, _("申诉已起草；登记三级盖章、上传盖章扫描件后提交。"))
    return redirect(reverse("appeals:detail", args=[made]))


@require_POST
@web.page(*READERS)
def move(request: HttpRequest, appeal_id: int, verb: str) -> HttpResponseBase:
    """Read the form, call the one service, go back; what was typed stays if the form isn't whole."""
    who, now = web.actor(request), clock.now()
    card = selectors.appeal_card(who, appeal_id, now)
    form = form_for(card, verb, now, request.POST, request.FILES)
    if not form.is_valid():
        return web.show(request, detail_page(card, now, (verb, form)), "appeals/detail.html")
    services.take_step(
        appeal_id=appeal_id, verb=verb, given=form.given(), uploads=form.uploads(), key=request.POST.get("client_key", ""),
        by=who, at=now,
    )  # fmt: skip
    messages.success(request, _("“%(step)s”已登记。") % {"step": selectors.VERB_WORDS.get(verb, verb)})
    return redirect(reverse("appeals:sit" if verb == "vote" else "appeals:detail", args=[appeal_id]))


@web.page(*READERS)
def printed(request: HttpRequest, appeal_id: int, form: str) -> HttpResponseBase:
    """申诉工单 as PDF for the seals, as Word to go on writing; nothing in it says who complained."""
    made = selectors.paper(web.actor(request), appeal_id, clock.now())
    suffix = form if form in MAKERS else "pdf"
    make, kind = MAKERS[suffix]
    answer = HttpResponse(make(made), content_type=kind)
    answer["Content-Disposition"] = f'inline; filename="{made.number}.{suffix}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _page(who: web.Actor, complaint_id: int, form: NewForm) -> NewPage:
    told = complaints.dossier(who, complaint_id)
    window = selectors.window_of(complaint_id)
    last = moment_words(window.last_at) if window else _("按核定日的制度计算")
    facts = [
        web.Fact(_("投诉"), told.number, note=told.category),
        web.Fact(_("现在的核定"), told.final_verdict or _("未核定"), note=told.final_responsibility),
        web.Fact(_("根本原因"), told.root_cause or "–"),
        web.Fact(_("责任单位"), told.unit),
        web.Fact(_("核定时间"), told.decided_at or "–"),
        web.Fact(_("可申诉至"), last, note=window.get_level_display() if window else ""),
    ]
    return NewPage(facts, window.why if window else [], form, reverse("complaints:detail", args=[complaint_id]))
