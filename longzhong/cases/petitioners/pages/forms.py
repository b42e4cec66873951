"""The small forms of files and incidents: shapes only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.cases.petitioners.rules import (
    CHANNEL_LABELS,
    LEVEL_LABELS,
    MOOD_LABELS,
    OUTCOME_LABELS,
    SETTLED_LABELS,
    Mood,
)
from longzhong.kit.clock import CST

AREA = {"rows": 3}
TEL = {"inputmode": "tel", "autocomplete": "off"}
DAY = {"type": "date"}
MOMENT = {"type": "datetime-local"}


def _choices(words: Any) -> list[tuple[str, str]]:
    return [(str(key), word) for key, word in words.items()]


def _reason(label: Any = None) -> forms.CharField:
    return forms.CharField(label=label or _("理由"), max_length=500, widget=forms.Textarea(attrs=AREA))


class PressForm(forms.Form):
    """A step that needs nothing but a press."""


class ReasonForm(forms.Form):
    reason = _reason()


class LevelForm(forms.Form):
    level = forms.ChoiceField(label=_("现在是"), choices=_choices(LEVEL_LABELS))
    reason = _reason(_("为什么"))


class MergeForm(forms.Form):
    number = forms.CharField(label=_("并入哪份档案（编号）"), max_length=24)
    reason = _reason(_("怎么确认是同一个人"))


class MoveForm(forms.Form):
    account = forms.CharField(
        label=_("新住址的户号"), required=False, max_length=32, help_text=_("没有户号时写小区或村。")
    )
    place = forms.CharField(
        label=_("小区或村"), required=False, max_length=120, help_text=_("只写到小区或村，不写房号。")
    )
    from_on = forms.DateField(label=_("从哪天起"), widget=forms.DateInput(attrs=DAY))


class PhoneForm(forms.Form):
    phone = forms.CharField(label=_("电话"), max_length=40, widget=forms.TextInput(attrs=TEL))


class MetForm(forms.Form):
    met_at = forms.DateTimeField(label=_("什么时候"), widget=forms.DateTimeInput(attrs=MOMENT))
    channel = forms.ChoiceField(label=_("在哪里"), choices=_choices(CHANNEL_LABELS))
    mood = forms.ChoiceField(label=_("情绪"), choices=_choices(MOOD_LABELS))
    text = forms.CharField(
        label=_("说了什么"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs=AREA),
        help_text=_("不写电话和证件号。"),
    )

    def clean_met_at(self) -> Any:
        return self.cleaned_data["met_at"].replace(tzinfo=CST)


class StepForm(forms.Form):
    text = forms.CharField(label=_("情况"), required=False, max_length=500, widget=forms.Textarea(attrs=AREA))


class SkipForm(forms.Form):
    text = _reason(_("为什么跳过这一步"))


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(label=_("结果"), choices=_choices(OUTCOME_LABELS))
    text = forms.CharField(label=_("说明"), required=False, max_length=500, widget=forms.Textarea(attrs=AREA))


class SettleForm(forms.Form):
    outcome = forms.ChoiceField(label=_("结果"), choices=_choices(SETTLED_LABELS))
    text = forms.CharField(label=_("怎么处置的"), required=False, max_length=500, widget=forms.Textarea(attrs=AREA))


class WhyForm(forms.Form):
    text = _reason()


class EscalateForm(forms.Form):
    """Three choices and go: somebody is shouting."""

    unit = forms.TypedChoiceField(label=_("营业厅"), coerce=int)
    window = forms.CharField(label=_("在哪里"), max_length=40, help_text=_("如“3号窗口”“大厅门口”。"))
    mood = forms.ChoiceField(label=_("情绪"), choices=_choices(MOOD_LABELS), initial=Mood.EXCITED)
    phone = forms.CharField(
        label=_("客户电话"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs=TEL),
        help_text=_("有档案的会自动对上。"),
    )
    text = forms.CharField(label=_("为什么事"), required=False, max_length=500, widget=forms.Textarea(attrs=AREA))

    def __init__(self, units: list[tuple[int, str]], data: Any = None) -> None:
        super().__init__(data, auto_id="call_%s")
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class NewForm(forms.Form):
    """A file by hand, for a visitor who never called."""

    unit = forms.TypedChoiceField(label=_("保管的营业厅"), coerce=int)
    name = forms.CharField(label=_("姓名"), required=False, max_length=60)
    phone = forms.CharField(label=_("电话"), required=False, max_length=40, widget=forms.TextInput(attrs=TEL))
    account = forms.CharField(label=_("户号"), required=False, max_length=32)
    place = forms.CharField(
        label=_("小区或村"), required=False, max_length=120, help_text=_("没有户号时写；不写房号。")
    )
    from_on = forms.DateField(label=_("住在那里从"), required=False, widget=forms.DateInput(attrs=DAY))
    reason = _reason(_("为什么建档"))

    def __init__(self, units: list[tuple[int, str]], data: Any = None) -> None:
        super().__init__(data)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
