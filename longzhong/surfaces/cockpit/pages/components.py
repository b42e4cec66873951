"""The living catalogue of the component set: everything full, empty and overlong."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.kit import clock, web
from longzhong.kit.errors import Refused
from longzhong.kit.web import MoveForm
from longzhong.surfaces.cockpit.pages import samples
from longzhong.surfaces.cockpit.pages.samples import Sample


class SampleForm(forms.Form):
    cause = forms.ChoiceField(label="原因", choices=[("", "请选择"), ("load", "配变重载"), ("line", "线路过长")])
    work = forms.CharField(label="处理情况", widget=forms.Textarea, help_text="写清做了什么、换了什么。")
    at = forms.DateField(label="完成日期", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    photo = forms.FileField(label="现场照片", required=False)
    told = forms.BooleanField(label="已告知客户", required=False)


@dataclass(frozen=True)
class ComponentsPage:
    table: web.Listing
    nothing: web.Listing
    form: forms.Form
    moves: list[MoveForm]
    sample: Sample


@web.page("admin")
def components(request: HttpRequest) -> HttpResponseBase:
    """All components with made-up data; the form refuses one cause, so that refusals can be seen."""
    form = SampleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["cause"] == "line":
            raise Refused("sample_refusal", _("线路过长须先立项，不能直接完工；填写的内容还在，工单没有改动。"))
        messages.success(request, _("已保存。"))
    rows = samples.rows(clock.now())
    full = web.listing(request, rows, samples.COLUMNS, samples.FILTERS, title=_("组件样例"), sort="-volts", per_page=10)
    empty = web.listing(request, [], samples.COLUMNS, title=_("空"), name="nothing")
    page = ComponentsPage(full, empty, form, _moves(), samples.sample(clock.now()))
    return web.show(request, page, "cockpit/components.html")


def _moves() -> list[MoveForm]:
    here = reverse("cockpit:components")
    return [
        MoveForm("accept", "接单", here, tone="primary", icon="check"),
        MoveForm("finish", "完工", here, SampleForm(), icon="tool"),
        MoveForm("close", "作废", here, ask="作废后不再计时，也不会派给别人。", tone="danger"),
    ]
