"""随手记: a grid manager logs a direct call in three taps (S0-09), or makes it a case of their own (S0-06)."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from longzhong.cases.hotline import services
from longzhong.cases.hotline.pages.desk_forms import LATEST, YES_NO
from longzhong.cases.hotline.rules.cues import cues_of
from longzhong.cases.hotline.rules.given import TAKERS, Caller, NewCall, NewCase
from longzhong.cases.hotline.rules.words import TYPE_LABELS, CaseType, Channel, Urgency
from longzhong.cases.hotline.selectors.calls import call_rows
from longzhong.cases.hotline.selectors.desk import Found, find_caller
from longzhong.cases.hotline.services import DeskCall
from longzhong.cases.hotline.services.desking import ANSWER, OWN
from longzhong.kit import clock, web
from longzhong.kit.clock import civil_day
from longzhong.register.categories import selectors as categories

KINDS = (CaseType.REPAIR, CaseType.ENQUIRY, CaseType.QUERY, CaseType.APPLICATION, CaseType.OPINION, CaseType.COMPLAINT)
LEAVES = {
    CaseType.REPAIR: "repair.lv.single_out", CaseType.ENQUIRY: "enquiry.other", CaseType.QUERY: "query.account",
    CaseType.APPLICATION: "application.other", CaseType.OPINION: "opinion", CaseType.COMPLAINT: "complaint",
}  # fmt: skip
KIND_CHOICES = [(kind.value, TYPE_LABELS[kind]) for kind in KINDS]
DOES = [(ANSWER, _("已答复")), (OWN, _("转成我的诉求"))]


class QuickForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("什么事"), choices=[(kind.value, TYPE_LABELS[kind]) for kind in KINDS], widget=forms.RadioSelect
    )
    satisfied = forms.ChoiceField(label=_("客户满意吗"), choices=YES_NO, required=False, widget=forms.RadioSelect)
    elder = forms.BooleanField(label=_("老人或需要优先照顾"), required=False)
    phone = forms.CharField(label=_("来电号码"), max_length=40, required=False)
    text = forms.CharField(
        label=_("说了什么"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    do = forms.ChoiceField(choices=DOES, required=False)
    account = forms.IntegerField(min_value=1, max_value=LATEST, required=False, widget=forms.HiddenInput)
    area = forms.IntegerField(min_value=1, max_value=LATEST, required=False, widget=forms.HiddenInput)

    def done(self) -> DeskCall:
        data = self.cleaned_data
        kind = CaseType(data["kind"])
        text = data["text"] or str(TYPE_LABELS[kind])
        caller = Caller("", data["phone"], "", data["account"])
        heard = cues_of(text)
        call = NewCall(channel=Channel.GRID, text=text, caller=caller, area_id=data["area"], mood=heard.mood)
        if data["do"] != OWN:
            satisfied = {"yes": True, "no": False}.get(data["satisfied"])
            return DeskCall(do=ANSWER, call=call, reply=str(_("台区经理当场答复")), satisfied=satisfied)
        urgency = min(heard.urgency, Urgency.HIGH if data["elder"] else Urgency.NORMAL)
        case = NewCase(category_of(kind), urgency=urgency, hazard=heard.hazard, secrecy=heard.secrecy)
        return DeskCall(do=OWN, call=call, case=case)


@dataclass(frozen=True)
class QuickPage:
    q: str
    found: Found
    chosen: str
    form: QuickForm
    today: int


@web.page(*TAKERS)
def quick(request: HttpRequest) -> HttpResponseBase:
    """Choose who (or nobody), tap what, tap done."""
    who, now = web.actor(request), clock.now()
    form = QuickForm(request.POST or None, initial={**request.GET.dict(), "kind": CaseType.REPAIR.value})
    if request.method == "POST" and form.is_valid():
        said = services.finish_call(done=form.done(), key=request.POST.get("client_key", ""), by=who, at=now)
        messages.success(request, said)
        return redirect(reverse("hotline:quick"))
    q = request.GET.get("q", "")
    picked = request.GET.get("account") or request.GET.get("area")
    mine = call_rows(who).filter(taken_by=who.staff_id or 0, at__date=civil_day(now)).count()
    page = QuickPage(
        q, Found() if picked else find_caller(who, q), request.GET.get("name", "") if picked else "", form, mine
    )
    return web.show(request, page, "hotline/quick.html")


def category_of(kind: CaseType) -> int:
    """The plainest leaf of a type: what one tap means."""
    wanted = LEAVES[kind]
    leaves = categories.leaves(kind)
    return next((node.id for node in leaves if node.code == wanted), leaves[-1].id)
