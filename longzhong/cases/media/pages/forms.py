"""The small forms of public opinion: shapes only; each gives what it read as `Given`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.cases.media.rules import GRADE_LABELS, PLATFORM_LABELS, TOPIC_LABELS, Given, Heat, NewItem

MOMENT = "%Y-%m-%dT%H:%M"
MOST = 2_000_000_000
NONE = [("", "—")]
GRADES = [*NONE, *((k.value, v) for k, v in GRADE_LABELS.items())]


def count_field(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST, initial=0)


class StepForm(forms.Form):
    """A step that needs nothing but a press."""

    def given(self) -> Given:
        data = self.cleaned_data
        plain = {name: data[name] for name in ("reason", "grade", "label", "text", "where") if name in data}
        return Given(**plain, owner=int(data.get("owner") or 0), heat=self.heat())

    def heat(self) -> Heat:
        data = self.cleaned_data
        return Heat(data.get("views") or 0, data.get("comments") or 0, data.get("reposts") or 0)


class ReasonForm(StepForm):
    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class NoteForm(StepForm):
    reason = forms.CharField(label=_("意见"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ReportForm(StepForm):
    reason = forms.CharField(label=_("向谁、怎样上报"), max_length=200)


class GradeForm(StepForm):
    grade = forms.ChoiceField(label=_("等级"), choices=GRADES)
    reason = forms.CharField(label=_("理由"), required=False, max_length=500, help_text=_("与建议等级不同的必填。"))


class OwnerForm(StepForm):
    owner = forms.ChoiceField(label=_("负责人"))


class NewOwnerForm(OwnerForm, ReasonForm):
    """Another owner, and why."""


class TextForm(StepForm):
    text = forms.CharField(
        label=_("回应口径"), min_length=10, max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("公开说什么；姓名、电话、门牌会自动隐去。批准后方可发布。"),
    )  # fmt: skip


class WhereForm(StepForm):
    where = forms.CharField(label=_("在哪里、怎样发布"), max_length=200)


class HeatForm(StepForm):
    views = count_field(_("浏览（次）"))
    comments = count_field(_("评论（条）"))
    reposts = count_field(_("转发（次）"))


class TieForm(StepForm):
    label = forms.CharField(
        label=_("事项页面的地址"), max_length=300,
        help_text=_("打开要关联的停电、诉求、投诉或小区移交的页面，把地址栏里的地址粘贴到这里。"),
    )  # fmt: skip


class UnitForm(forms.Form):
    """Whose the item is."""

    def __init__(self, units: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = forms.TypedChoiceField(label=_("责任单位"), choices=units, coerce=int)
        self.fields = {"unit": unit, **self.fields}


class NewForm(UnitForm):
    platform = forms.ChoiceField(label=_("平台"), choices=[*NONE, *((k.value, v) for k, v in PLATFORM_LABELS.items())])
    topic = forms.ChoiceField(label=_("主题"), choices=[(k.value, v) for k, v in TOPIC_LABELS.items()])
    title = forms.CharField(label=_("标题"), required=False, max_length=120, help_text=_("标题和内容至少填一样。"))
    content = forms.CharField(
        label=_("内容"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("姓名、电话、门牌会自动隐去；不登记发布人。"),
    )  # fmt: skip
    url = forms.CharField(label=_("链接"), required=False, max_length=500)
    posted_at = forms.DateTimeField(
        label=_("发布时间"), required=False, help_text=_("不填即为现在。"), input_formats=[MOMENT, "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
    )  # fmt: skip
    area = forms.CharField(
        label=_("台区编码"), required=False, max_length=40, help_text=_("说的是哪里；会显示那里的停电。")
    )
    views = count_field(_("浏览（次）"))
    comments = count_field(_("评论（条）"))
    reposts = count_field(_("转发（次）"))

    def new(self) -> NewItem:
        data = self.cleaned_data
        heat = Heat(data["views"], data["comments"], data["reposts"])
        plain = ("platform", "topic", "title", "content", "url", "posted_at", "area")
        return NewItem(**{name: data[name] for name in plain}, heat=heat)


class PasteForm(UnitForm):
    text = forms.CharField(
        label=_("粘贴的清单"), max_length=300_000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("从表格里复制，第一行是表头：平台、时间、标题、内容、链接、浏览、评论、转发、主题、台区。不会访问链接。"),
    )  # fmt: skip


FORMS: dict[str, type[StepForm]] = {
    "grade": GradeForm, "regrade": GradeForm, "report": ReportForm, "assign": OwnerForm, "reassign": NewOwnerForm,
    "draft": TextForm, "approve": NoteForm, "return": ReasonForm, "answer": WhereForm, "flare": ReasonForm, "close": ReasonForm,
    "dismiss": ReasonForm, "measure": HeatForm, "tie": TieForm,
}  # fmt: skip


def form_for(verb: str, data: Any = None, owners: list[tuple[int, str]] | None = None, **initial: Any) -> StepForm:
    """The form of a step, bound if data is given; `owners` are the choices of a new owner."""
    form = FORMS.get(verb, StepForm)(data, auto_id=f"{verb}_%s", initial=initial)
    owner = form.fields.get("owner")
    if isinstance(owner, forms.ChoiceField):
        owner.choices = [("", "—"), *(owners or [])]
    return form
