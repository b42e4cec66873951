"""The forms of a report: shapes only; each gives what it read as `Given`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.cases.analyses.rules import MOST, PART_LABELS, Given, Part, Parts

HINTS = {
    Part.BASICS: _("谁来的诉求、什么时候、哪个单位；不写客户姓名、电话、地址。"),
    Part.EVENTS: _("按时间写清经过、查明的事实和证据。"),
    Part.PROBLEMS: _("管理、流程、人员哪里出了问题，为什么没有提前发现。"),
    Part.MEASURES: _("已经做了什么、还要做什么、谁负责、什么时候完成。"),
    Part.ADVICE: _("对本单位、专业部门和同类业务的建议。"),
}


class StepForm(forms.Form):
    """A step that needs nothing but a press."""

    def given(self) -> Given:
        return Given(reason=self.cleaned_data.get("reason", ""))


class ReasonForm(StepForm):
    reason = forms.CharField(label=_("原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class PartsForm(forms.Form):
    """The five parts; `base` is the version that they are written upon."""

    base = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for part in Part:
            self.fields[part.value] = forms.CharField(
                label=PART_LABELS[part], required=False, max_length=MOST, help_text=HINTS[part],
                widget=forms.Textarea(attrs={"rows": 8}),
            )  # fmt: skip

    def given(self) -> Given:
        data = self.cleaned_data
        return Given(parts={part.value: data.get(part.value, "") for part in Part}, base=data["base"])


FORMS: dict[str, type[StepForm]] = {"return": ReasonForm, "take_back": ReasonForm, "revise": ReasonForm}


def form_for(verb: str, data: Any = None) -> StepForm:
    """The form of a step, bound if data is given."""
    return FORMS.get(verb, StepForm)(data, auto_id=f"{verb}_%s")


def parts_form(parts: Parts, base: int) -> PartsForm:
    return PartsForm(initial={**parts, "base": base})


def rebased(typed: Parts, base: int) -> PartsForm:
    """What was typed, to be saved upon a newer version once the writer has read it."""
    return PartsForm(initial={**typed, "base": base})
