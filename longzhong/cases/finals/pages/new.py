"""起草最终答复: from a case, with the grounds, the words to the customer and the evidence."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.finals import selectors, services
from longzhong.cases.finals.pages.forms import NewForm
from longzhong.cases.finals.rules import DRAFTERS
from longzhong.cases.hotline import selectors as hotline
from longzhong.kit import clock, web


@dataclass(frozen=True)
class NewPage:
    facts: list[web.Fact]
    form: NewForm
    back: str


@web.page(*DRAFTERS)
def new(request: HttpRequest, case_id: int) -> HttpResponseBase:
    who = web.actor(request)
    standing = selectors.final_of(case_id)
    if standing is not None and request.method == "GET":
        return redirect(reverse("finals:detail", args=[standing.pk]))
    form = NewForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return web.show(request, _page(who, case_id, form), "finals/new.html")
    made = services.draft_once(
        case_id=case_id, given=form.given(), uploads=form.uploads(), key=request.POST.get("client_key", ""), by=who,
        at=clock.now(),
    )  # fmt: skip
    messages.success(request, _("最终答复已起草；核对依据材料后提交审批。"))
    return redirect(reverse("finals:detail", args=[made]))


def _page(who: web.Actor, case_id: int, form: NewForm) -> NewPage:
    case = hotline.case_of(who, case_id)
    facts = [
        web.Fact(_("诉求"), case.number, note=case.category.name),
        web.Fact(_("内容"), case.content),
        web.Fact(_("责任单位"), case.unit.name),
        web.Fact(_("负责人"), case.owner.name),
        web.Fact(_("来电次数"), case.calls_count),
        web.Fact(_("催办次数"), case.urges_count),
    ]
    return NewPage(facts, form, reverse("hotline:case", args=[case_id]))
