"""The addresses of every step, of what is printed, and of the reminder."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.closures import selectors, services
from longzhong.cases.closures.pages.detail import again_choices, choices_of, detail_page
from longzhong.cases.closures.pages.forms import FORMS, AgainForm, form_for
from longzhong.cases.closures.rules import HALL, READERS
from longzhong.dispatch.notifications.rules import COMPOSERS
from longzhong.kit import clock, papers, web
from longzhong.kit.errors import Refused
from longzhong.kit.papers import Paper

CHOSEN = ("bring", "assign")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAKERS: dict[str, tuple[Callable[[Paper], bytes], str]] = {
    "pdf": (papers.pdf, "application/pdf"),
    "docx": (papers.docx, WORD),
}


@require_POST
@web.page(*READERS)
def move(request: HttpRequest, closure_id: int, verb: str) -> HttpResponseBase:
    """Read the form, call the one service, go back; what was typed stays if the form isn't whole."""
    who = web.actor(request)
    choices = choices_of(who, closure_id) if verb in CHOSEN else None
    form = form_for(FORMS, verb, request.POST, request.FILES, choices=choices)
    if not form.is_valid():
        return web.show(request, detail_page(who, closure_id, (verb, form)), "closures/detail.html")
    services.take_step(
        closure_id=closure_id, verb=verb, given=form.given(), uploads=form.uploads(),
        key=request.POST.get("client_key", ""), by=who, at=clock.now(),
    )  # fmt: skip
    messages.success(request, _("“%(step)s”已登记。") % {"step": selectors.VERB_WORDS.get(verb, verb)})
    return redirect("closures:detail", closure_id)


@require_POST
@web.page(*COMPOSERS)
def remind(request: HttpRequest, closure_id: int) -> HttpResponseBase:
    services.remind_customer(closure_id=closure_id, by=web.actor(request), at=clock.now())
    messages.success(request, _("提醒短信已交给通知发送；同一天不会重复发。"))
    return redirect("closures:detail", closure_id)


@require_POST
@web.page(*HALL)
def again(request: HttpRequest, telling_id: int) -> HttpResponseBase:
    """A document was asked for that stood on no list: recorded as our fault."""
    who = web.actor(request)
    form = AgainForm(request.POST, choices=again_choices(selectors.telling_of(who, telling_id)))
    if not form.is_valid():
        raise Refused("words_missing", _("请选择补要的材料，写明为什么还要；什么都没有改动。"))
    fault = services.ask_again_once(
        telling_id=telling_id, given=form.given(), key=request.POST.get("client_key", ""), by=who, at=clock.now(),
    )  # fmt: skip
    messages.success(request, _("已登记为二次告知，待所长或优服办核实。"))
    return redirect(reverse("closures:fault", args=[fault]))


@require_POST
@web.page(*HALL)
def print_form(request: HttpRequest, closure_id: int, kind: str) -> HttpResponseBase:
    """Printed by a press, not by a link: it shows name and address, and that is journalled."""
    made = services.fill_paper(closure_id=closure_id, kind=kind, by=web.actor(request), at=clock.now())
    return _sent(made, request.POST.get("format", "pdf"))


@web.page(*READERS)
def list_print(request: HttpRequest, telling_id: int, form: str) -> HttpResponseBase:
    """The list as it was handed over; nothing personal in it."""
    return _sent(services.told_list(telling_id=telling_id, by=web.actor(request)), form)


def _sent(paper: Paper, form: str) -> HttpResponseBase:
    make, kind = MAKERS.get(form, MAKERS["pdf"])
    answer = HttpResponse(make(paper), content_type=kind)
    suffix = form if form in MAKERS else "pdf"
    answer["Content-Disposition"] = f'inline; filename="{paper.number}.{suffix}"'
    answer["Cache-Control"] = "no-store"
    return answer
