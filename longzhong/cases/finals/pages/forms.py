"""The small forms of a final answer: shapes only; each gives what it read as `Given`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.cases.finals.rules import GROUND_LABELS, HOW_LABELS, Given
from longzhong.cases.finals.services import Upload
from longzhong.kit import web


class StepForm(forms.Form):
    """A step that needs nothing but a press."""

    def given(self) -> Given:
        data = self.cleaned_data
        return Given(
            tuple(data.get("grounds", ())), data.get("answer", ""), data.get("reason", ""), data.get("how", "")
        )

    def uploads(self) -> list[Upload]:
        return [Upload("document", file.name or "file", file.read()) for file in self.cleaned_data.get("papers", ())]


class ReasonForm(StepForm):
    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class NoteForm(StepForm):
    reason = forms.CharField(
        label=_("审批意见"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class TellForm(StepForm):
    how = forms.ChoiceField(label=_("告知方式"), choices=[("", "—"), *((k.value, v) for k, v in HOW_LABELS.items())])
    reason = forms.CharField(label=_("告知情况和客户反应"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class FilesForm(StepForm):
    papers = web.FilesField(label=_("依据材料"), help_text=_("照片或 PDF，可多选：以往答复、法院文书、现场勘查等。"))
    reason = forms.CharField(label=_("说明"), required=False, max_length=200)


class AnswerForm(StepForm):
    grounds = forms.MultipleChoiceField(
        label=_("依据"), choices=[(k.value, v) for k, v in GROUND_LABELS.items()], widget=forms.CheckboxSelectMultiple
    )
    answer = forms.CharField(
        label=_("对客户的最终答复"), min_length=10, max_length=4000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("写清事实、法规依据和处理结果；请不要写电话和证件号。加密保存。"),
    )  # fmt: skip


class NewForm(AnswerForm):
    papers = web.FilesField(
        label=_("依据材料"), required=False, help_text=_("照片或 PDF，可多选；提交审批前至少一份。")
    )


FORMS: dict[str, type[StepForm]] = {
    "edit": AnswerForm, "attach": FilesForm, "endorse": NoteForm, "approve": NoteForm, "refuse": ReasonForm,
    "tell": TellForm, "withdraw": ReasonForm,
}  # fmt: skip


def form_for(verb: str, data: Any = None, files: Any = None, initial: dict[str, Any] | None = None) -> StepForm:
    """The form of a step, bound if data is given."""
    return FORMS.get(verb, StepForm)(data, files, auto_id=f"{verb}_%s", initial=initial)
